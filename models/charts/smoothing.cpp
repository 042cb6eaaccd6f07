// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/smoothing.h"

#include "models/charts/vectorregisters.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

namespace {

constexpr double twemaScale = 1000;
constexpr double largestWeight = 0.999;
constexpr double slack = 1 + 1e-9; // even x are even but for rounding
constexpr std::size_t betweenLooks = 1024; // points from one look at the cancel flag to the next

// The finite points of a line, and where they came from. What is the same as the line's own is not copied.
class FinitePoints
{
public:
    FinitePoints(const Steps &x, std::span<const double> values)
        : y(values)
        , isEven(x.isUniform())
    {
        double largest = 0;
        bool isFinite = true;
        for (const double value : values) {
            const double size = std::abs(value);
            isFinite = isFinite && size <= std::numeric_limits<double>::max(); // false for NaN
            largest = size > largest ? size : largest;
            isConstant = isConstant && value == values.front();
        }
        if (!isFinite)
            takeFinite(x, values);
        else if (!isEven)
            takeAll(x);
        if (largest > 1e280)
            scaleDown();
    }

    std::size_t size() const { return y.size(); }
    // Halves first: the difference of two doubles may be more than one.
    double halfRange() const { return x.back() / 2 - x.front() / 2; }

    std::vector<double> x; // empty where isEven
    std::span<const double> y;
    std::vector<std::uint32_t> indexes; // empty where all points are finite
    double scale = 1; // y is divided by it: sums of values near the end of the doubles are none
    bool isConstant = true;
    bool isEven; // and without gaps

private:
    void takeAll(const Steps &steps)
    {
        x.resize(steps.size());
        for (std::size_t i = 0; i < x.size(); ++i)
            x[i] = steps[i];
    }

    void takeFinite(const Steps &steps, std::span<const double> values)
    {
        isEven = false;
        isConstant = true;
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (!std::isfinite(values[i]))
                continue;
            indexes.push_back(static_cast<std::uint32_t>(i));
            x.push_back(steps[i]);
            m_y.push_back(values[i]);
            isConstant = isConstant && values[i] == m_y.front();
        }
        y = m_y;
    }

    void scaleDown()
    {
        scale = 0x1p100;
        std::vector<double> scaled(y.begin(), y.end());
        for (double &value : scaled)
            value /= scale;
        m_y = std::move(scaled);
        y = m_y;
    }

    std::vector<double> m_y; // where it is not the line's own
};

// Sums of windows that only move forward, without taking anything away again: a spike that has left the
// window has left no rounding either. Sums are made from `middle` back to the left and forth to the right.
class WindowSum
{
public:
    explicit WindowSum(std::span<const double> values)
        : m_values(values)
        , m_back(values.size())
    {
    }

    // Of [begin, end), neither of which is before that of the last call.
    double sum(std::size_t begin, std::size_t end)
    {
        for (; m_end < end; ++m_end)
            m_forth += m_values[m_end];
        if (begin >= m_middle) {
            double sum = 0;
            for (std::size_t i = m_end; i > begin; --i)
                m_back[i - 1] = sum += m_values[i - 1];
            m_middle = m_end;
            m_forth = 0;
        }
        return (begin < m_middle ? m_back[begin] : 0) + m_forth;
    }

private:
    std::span<const double> m_values;
    std::vector<double> m_back;
    std::size_t m_middle = 0;
    std::size_t m_end = 0;
    double m_forth = 0;
};

// What is left of a weight from each point to the next. Distances repeat (steps are counted), so the last power of
// each is kept: a table is quicker than an exponential.
std::vector<double> twemaDecays(const FinitePoints &points, double logarithm)
{
    struct Known
    {
        double distance = 0;
        double decay = 1;
    };
    std::array<Known, 64> table;
    std::vector<double> decays(points.size(), 1);
    const double range = points.halfRange();
    for (std::size_t i = 1; range > 0 && i < decays.size(); ++i) {
        const double distance = points.x[i] / 2 - points.x[i - 1] / 2;
        Known &known = table[std::bit_cast<std::uint64_t>(distance) * 0x9e3779b97f4a7c15U >> 58];
        if (known.distance != distance)
            known = {distance, std::exp(twemaScale * (distance / range) * logarithm)};
        decays[i] = known.decay;
    }
    return decays;
}

std::vector<double> twema(const FinitePoints &points, double amount)
{
    const double logarithm = std::log(std::min(std::sqrt(amount), largestWeight));
    std::vector<double> result(points.size());
    double sum = 0;
    double bias = 0;
    const auto take = [&](std::size_t i, double decay) {
        sum = sum * decay + points.y[i];
        bias = bias * decay + 1;
        result[i] = sum / bias;
    };
    if (points.isEven) {
        const double decay = std::exp(twemaScale / static_cast<double>(points.size() - 1) * logarithm);
        for (std::size_t i = 0; i < result.size(); ++i)
            take(i, decay);
    } else {
        const std::vector<double> decays = twemaDecays(points, logarithm);
        for (std::size_t i = 0; i < result.size(); ++i)
            take(i, decays[i]);
    }
    return result;
}

std::vector<double> ema(const FinitePoints &points, double amount)
{
    amount = std::min(amount, largestWeight);
    std::vector<double> result(points.size());
    double sum = 0;
    double power = 1;
    for (std::size_t i = 0; i < points.size(); ++i) {
        sum = sum * amount + (1 - amount) * points.y[i];
        power *= amount;
        result[i] = sum / (1 - power);
    }
    return result;
}

// x from 0 in units of the mean distance between neighbours; all 0 where there is only one x.
std::vector<double> places(const FinitePoints &points)
{
    std::vector<double> places(points.size());
    const double halfRange = points.halfRange();
    const auto intervals = static_cast<double>(points.size() - 1);
    for (std::size_t i = 0; halfRange > 0 && i < places.size(); ++i)
        places[i] = (points.x[i] / 2 - points.x.front() / 2) / halfRange * intervals;
    return places;
}

// Calls take(i, begin, end) for each point with the points no further from it than reach.
template<class Take>
bool eachWindow(const std::vector<double> &places, double reach, const std::atomic_bool *cancelled, Take take)
{
    std::size_t begin = 0;
    std::size_t end = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (cancelled && i % betweenLooks == 0 && *cancelled)
            return false;
        while (places[i] - places[begin] > reach)
            ++begin;
        while (end < places.size() && places[end] - places[i] <= reach)
            ++end;
        take(i, begin, end);
    }
    return true;
}

std::vector<double> movingAverage(const FinitePoints &points, double amount, const std::atomic_bool *cancelled)
{
    const std::size_t size = points.size();
    std::vector<double> result(size);
    WindowSum sums(points.y);
    const auto take = [&](std::size_t i, std::size_t begin, std::size_t end) {
        result[i] = sums.sum(begin, end) / static_cast<double>(end - begin);
    };
    const double reach = std::floor((amount - 1) / 2);
    if (!points.isEven)
        return eachWindow(places(points), reach * slack, cancelled, take) ? result : std::vector<double>();
    const auto half = static_cast<std::size_t>(std::min(reach, static_cast<double>(size)));
    for (std::size_t i = 0; i < size; ++i)
        take(i, i > half ? i - half : 0, std::min(size, i + half + 1));
    return result;
}

// The weighted sums of `lanes` neighbouring points, all of whose weights are there. They stay in registers.
constexpr std::size_t lanes = 8;
std::array<double, lanes> evenSums(const double *y, const std::vector<double> &weights)
{
    std::array<double, lanes> sums{};
    for (std::size_t lane = 0; lane < lanes; ++lane)
        sums[lane] = y[lane];
    for (std::size_t distance = 1; distance < weights.size(); ++distance) {
        const double *const left = y - distance;
        const double *const right = y + distance;
        for (std::size_t lane = 0; lane < lanes; ++lane)
            sums[lane] += weights[distance] * (left[lane] + right[lane]);
    }
    return sums;
}

// With points at even x the weights are the same everywhere.
std::vector<double> evenGaussian(
    const FinitePoints &points, double amount, double radius, const std::atomic_bool *cancelled)
{
    const std::size_t size = points.size();
    const std::size_t reach = std::min(size - 1, static_cast<std::size_t>(std::min(radius, 1e15)));
    std::vector<double> weights(reach + 1, 1);
    std::vector<double> totals(reach + 1); // of the weights on one side up to a distance
    for (std::size_t distance = 1; distance <= reach; ++distance) {
        const double part = static_cast<double>(distance) / amount;
        weights[distance] = std::exp(-part * part / 2);
        totals[distance] = totals[distance - 1] + weights[distance];
    }
    std::vector<double> result(size);
    const double *const y = points.y.data();
    for (std::size_t i = 0; i < size;) {
        if (cancelled && *cancelled)
            return {};
        if (i >= reach && i + lanes + reach <= size) {
            for (const double sum : evenSums(y + i, weights))
                result[i++] = sum / (1 + 2 * totals[reach]);
            continue;
        }
        const std::size_t before = std::min(reach, i);
        const std::size_t after = std::min(reach, size - 1 - i);
        double sum = y[i];
        for (std::size_t distance = 1; distance <= before; ++distance)
            sum += weights[distance] * y[i - distance];
        for (std::size_t distance = 1; distance <= after; ++distance)
            sum += weights[distance] * y[i + distance];
        result[i++] = sum / (1 + totals[before] + totals[after]);
    }
    return result;
}

// weightOf(i, j) is the weight of point j in the result at point i.
template<class Weight>
std::vector<double> unevenGaussian(
    const FinitePoints &points, double radius, const std::atomic_bool *cancelled, Weight weightOf)
{
    std::vector<double> result(points.size());
    const bool isDone = eachWindow(
        places(points), radius * slack, cancelled, [&](std::size_t i, std::size_t begin, std::size_t end) {
            double sum = 0;
            double weights = 0;
            for (std::size_t j = begin; j < end; ++j) {
                const double weight = weightOf(i, j);
                sum += weight * points.y[j];
                weights += weight;
            }
            result[i] = sum / weights;
        });
    return isDone ? result : std::vector<double>();
}

// Whether all x are whole numbers, so that their distances are, up to the largest that is asked for.
bool isCounted(const FinitePoints &points, double largestDistance)
{
    constexpr double exact = 9e15; // below it doubles hold every whole number
    return largestDistance < 65536 && std::abs(points.x.front()) < exact && std::abs(points.x.back()) < exact
        && std::all_of(points.x.cbegin(), points.x.cend(), [](double x) { return x == std::trunc(x); });
}

std::vector<double> gaussian(const FinitePoints &points, double amount, const std::atomic_bool *cancelled)
{
    const double radius = std::floor(4 * amount + 0.5);
    if (points.isEven)
        return evenGaussian(points, amount, radius, cancelled);
    const double halfSpacing = points.halfRange() / static_cast<double>(points.size() - 1);
    const auto weightOf = [&](double halfDistance) {
        const double part = halfSpacing > 0 ? halfDistance / halfSpacing / amount : 0;
        return std::exp(-part * part / 2);
    };
    const double largest = 2 * halfSpacing * radius * slack;
    if (!isCounted(points, largest)) {
        return unevenGaussian(points, radius, cancelled,
            [&](std::size_t i, std::size_t j) { return weightOf(points.x[j] / 2 - points.x[i] / 2); });
    }
    std::vector<double> weights(static_cast<std::size_t>(largest) + 2);
    for (std::size_t distance = 0; distance < weights.size(); ++distance)
        weights[distance] = weightOf(static_cast<double>(distance) / 2);
    return unevenGaussian(points, radius, cancelled, [&](std::size_t i, std::size_t j) {
        return weights[static_cast<std::size_t>(std::abs(points.x[j] - points.x[i]))];
    });
}

} // namespace

bool Smoothing::isActive() const
{
    switch (kind) {
    case Kind::None:
        return false;
    case Kind::Twema:
    case Kind::Ema:
    case Kind::Gaussian:
        return amount > 0;
    case Kind::MovingAverage:
        return amount >= 3;
    }
    return false;
}

double usualAmount(Smoothing::Kind kind)
{
    switch (kind) {
    case Smoothing::Kind::None:
        return 0;
    case Smoothing::Kind::Twema:
    case Smoothing::Kind::Ema:
        return 0.6;
    case Smoothing::Kind::Gaussian:
        return 5;
    case Smoothing::Kind::MovingAverage:
        return 11;
    }
    return 0;
}

std::vector<double> smoothed(
    const Smoothing &smoothing, const Steps &x, std::span<const double> values, const std::atomic_bool *cancelled)
{
    if (cancelled && *cancelled)
        return {};
    const auto unchanged = [values] { return std::vector<double>(values.begin(), values.end()); };
    if (!smoothing.isActive())
        return unchanged();
    clearVectorRegisters();
    const FinitePoints points(x, values);
    if (points.isConstant)
        return unchanged();
    std::vector<double> compact;
    switch (smoothing.kind) {
    case Smoothing::Kind::None:
        break;
    case Smoothing::Kind::Twema:
        compact = twema(points, smoothing.amount);
        break;
    case Smoothing::Kind::Ema:
        compact = ema(points, smoothing.amount);
        break;
    case Smoothing::Kind::Gaussian:
        compact = gaussian(points, smoothing.amount, cancelled);
        break;
    case Smoothing::Kind::MovingAverage:
        compact = movingAverage(points, smoothing.amount, cancelled);
        break;
    }
    if (points.scale != 1) {
        for (double &value : compact)
            value *= points.scale;
    }
    if (compact.empty() || points.indexes.empty())
        return compact;
    std::vector<double> result = unchanged();
    for (std::size_t i = 0; i < compact.size(); ++i)
        result[points.indexes[i]] = compact[i];
    return result;
}
