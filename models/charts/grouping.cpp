// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/grouping.h"

#include "models/api/background.h"
#include "models/charts/vectorregisters.h"

#include <QtConcurrentMap>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>
#include <span>

namespace {

constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();
constexpr double smallestSquares = 1e-290; // below it they lose digits
constexpr std::size_t blockPoints = 256; // with 100 members 200 KB: they stay in a core's own cache

std::vector<double> distinct(const Steps &steps)
{
    std::vector<double> x;
    x.reserve(steps.size());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (x.empty() || steps[i] != x.back())
            x.push_back(steps[i]);
    }
    return x;
}

std::vector<double> evenlySpaced(double first, double last)
{
    std::vector<double> x(gridPoints);
    for (std::size_t i = 0; i < gridPoints; ++i) {
        const double part = static_cast<double>(i) / static_cast<double>(gridPoints - 1);
        x[i] = first * (1 - part) + last * part;
    }
    return x;
}

struct Grid
{
    std::shared_ptr<const Steps> x;
    bool isResampled = false;
};

Grid commonGrid(const std::vector<const Series *> &members)
{
    const std::shared_ptr<const Steps> &first = members.front()->sharedSteps();
    std::vector<const Steps *> others;
    for (const Series *member : members) {
        const Steps *steps = &member->steps();
        if (steps != first.get() && !steps->isSame(*first))
            others.push_back(steps);
    }
    std::sort(others.begin(), others.end());
    others.erase(std::unique(others.begin(), others.end()), others.end());
    std::vector<double> all = distinct(*first);
    if (others.empty() && all.size() == first->size())
        return {first, false};
    for (const Steps *steps : others) {
        if (all.size() > gridPoints)
            break;
        const std::vector<double> added = distinct(*steps);
        std::vector<double> merged;
        merged.reserve(all.size() + added.size());
        std::set_union(all.cbegin(), all.cend(), added.cbegin(), added.cend(), std::back_inserter(merged));
        all = std::move(merged);
    }
    // Where members agree their points are the grid, however many.
    if (others.empty() || all.size() <= gridPoints)
        return {std::make_shared<const Steps>(std::move(all)), false};
    double low = first->first();
    double high = first->last();
    for (const Steps *steps : others) {
        low = std::min(low, steps->first());
        high = std::max(high, steps->last());
    }
    return {std::make_shared<const Steps>(evenlySpaced(low, high)), true};
}

// The member's values at grid points from begin on; NaN where it has none.
void readMember(const Series &member, const Steps &grid, std::size_t begin, std::span<double> values)
{
    const Steps &steps = member.steps();
    const std::vector<double> &logged = member.values();
    if (&steps == &grid || (steps.isUniform() && steps.isSame(grid))) {
        std::transform(logged.cbegin() + static_cast<std::ptrdiff_t>(begin),
            logged.cbegin() + static_cast<std::ptrdiff_t>(begin + values.size()), values.begin(),
            [](double value) { return std::isfinite(value) ? value : noNumber; });
        return;
    }
    std::size_t after = steps.lowerBound(grid[begin]);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double x = grid[begin + i];
        while (after < steps.size() && steps[after] <= x)
            ++after;
        double value = noNumber;
        if (after > 0 && steps[after - 1] == x) {
            value = logged[after - 1];
        } else if (after > 0 && after < steps.size()) {
            std::size_t last = after;
            while (last + 1 < steps.size() && steps[last + 1] == steps[after])
                ++last;
            // Halves: the distance of two doubles may be more than one.
            const double before = steps[after - 1] / 2;
            const double part = (x / 2 - before) / (steps[after] / 2 - before);
            value = logged[after - 1] * (1 - part) + logged[last] * part;
        }
        values[i] = std::isfinite(value) ? value : noNumber;
    }
}

struct Moments
{
    double mean = noNumber;
    double deviation = noNumber; // of the sample
};

// Of at least one finite value; also where the sum of their squares is more than a double, or less.
Moments scaledMoments(std::span<const double> values)
{
    double largest = 0;
    for (const double value : values)
        largest = std::max(largest, std::abs(value));
    if (!(largest > 0))
        return {0, values.size() > 1 ? 0 : noNumber};
    const auto count = static_cast<double>(values.size());
    double mean = 0;
    for (const double value : values)
        mean += value / largest / count;
    double squares = 0;
    for (const double value : values)
        squares += (value / largest - mean) * (value / largest - mean);
    return {mean * largest, values.size() > 1 ? std::sqrt(squares / (count - 1)) * largest : noNumber};
}

// As numpy.quantile(method="linear").
double quantileOf(std::span<const double> sorted, double part)
{
    const double position = part * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    const double rest = position - static_cast<double>(below);
    return sorted[below] * (1 - rest) + sorted[above] * rest;
}

// One block of the grid: what the members have there, a row each, and what becomes of it.
class Block
{
public:
    Block(const Grouping &grouping, const std::vector<const Series *> &members, GroupSummary &summary)
        : m_grouping(grouping)
        , m_members(members)
        , m_summary(summary)
    {
    }

    void compute(std::size_t begin)
    {
        m_begin = begin;
        m_width = std::min(blockPoints, m_summary.grid->size() - begin);
        m_values.resize(m_members.size() * m_width);
        for (std::size_t i = 0; i < m_members.size(); ++i)
            readMember(*m_members[i], *m_summary.grid, begin, row(i));
        count();
        using Band = Grouping::Band;
        const bool isAroundMean = m_grouping.band == Band::Std || m_grouping.band == Band::StandardError;
        if (isAroundMean || m_grouping.centre == Grouping::Centre::Mean)
            takeMoments(isAroundMean);
        if (m_grouping.band == Band::Quantile || m_grouping.centre == Grouping::Centre::Median)
            takeQuantiles();
        if (m_grouping.band == Band::MinMax)
            takeRange();
    }

private:
    std::span<double> row(std::size_t member) { return {m_values.data() + member * m_width, m_width}; }
    double *at(std::vector<double> &column) const { return column.data() + m_begin; }

    void count()
    {
        std::uint32_t *counts = m_summary.counts.data() + m_begin;
        for (std::size_t i = 0; i < m_members.size(); ++i) {
            const std::span<const double> values = row(i);
            for (std::size_t j = 0; j < m_width; ++j)
                counts[j] += values[j] == values[j] ? 1 : 0; // not NaN
        }
    }

    std::span<const double> known(std::size_t column)
    {
        m_known.clear();
        for (std::size_t i = 0; i < m_members.size(); ++i) {
            const double value = row(i)[column];
            if (!std::isnan(value))
                m_known.push_back(value);
        }
        return m_known;
    }

    void takeMoments(bool hasBand)
    {
        const std::uint32_t *counts = m_summary.counts.data() + m_begin;
        m_means.assign(m_width, 0);
        m_squares.assign(m_width, 0);
        for (std::size_t i = 0; i < m_members.size(); ++i) {
            const std::span<const double> values = row(i);
            for (std::size_t j = 0; j < m_width; ++j)
                m_means[j] += values[j] == values[j] ? values[j] : 0;
        }
        for (std::size_t j = 0; j < m_width; ++j)
            m_means[j] /= counts[j]; // 0 / 0 where nobody counts: NaN
        for (std::size_t i = 0; hasBand && i < m_members.size(); ++i) {
            const std::span<const double> values = row(i);
            for (std::size_t j = 0; j < m_width; ++j) {
                const double distance = values[j] == values[j] ? values[j] - m_means[j] : 0;
                m_squares[j] += distance * distance;
            }
        }
        for (std::size_t j = 0; j < m_width; ++j) {
            Moments moments{m_means[j], counts[j] > 1 ? std::sqrt(m_squares[j] / (counts[j] - 1)) : noNumber};
            const bool isLost = !std::isfinite(moments.mean) || std::isinf(moments.deviation)
                || (hasBand && m_squares[j] < smallestSquares);
            if (counts[j] > 0 && isLost)
                moments = scaledMoments(known(j));
            if (m_grouping.centre == Grouping::Centre::Mean)
                at(m_summary.centre)[j] = moments.mean;
            if (!hasBand)
                continue;
            const bool isError = m_grouping.band == Grouping::Band::StandardError;
            const double half = isError ? moments.deviation / std::sqrt(counts[j]) : moments.deviation;
            at(m_summary.low)[j] = moments.mean - half;
            at(m_summary.high)[j] = moments.mean + half;
        }
    }

    void takeQuantiles()
    {
        const double quantile = std::clamp(m_grouping.quantile, 0.0, 0.5);
        for (std::size_t j = 0; j < m_width; ++j) {
            (void)known(j);
            std::sort(m_known.begin(), m_known.end());
            const auto of = [&](double part) { return m_known.empty() ? noNumber : quantileOf(m_known, part); };
            if (m_grouping.centre == Grouping::Centre::Median)
                at(m_summary.centre)[j] = of(0.5);
            if (m_grouping.band == Grouping::Band::Quantile) {
                at(m_summary.low)[j] = of(quantile);
                at(m_summary.high)[j] = of(1 - quantile);
            }
        }
    }

    void takeRange()
    {
        for (std::size_t j = 0; j < m_width; ++j)
            at(m_summary.low)[j] = at(m_summary.high)[j] = noNumber;
        for (std::size_t i = 0; i < m_members.size(); ++i) {
            for (std::size_t j = 0; j < m_width; ++j) {
                at(m_summary.low)[j] = std::fmin(at(m_summary.low)[j], row(i)[j]); // passes over NaN
                at(m_summary.high)[j] = std::fmax(at(m_summary.high)[j], row(i)[j]);
            }
        }
    }

    const Grouping &m_grouping;
    const std::vector<const Series *> &m_members;
    GroupSummary &m_summary;
    std::size_t m_begin = 0;
    std::size_t m_width = 0;
    std::vector<double> m_values;
    std::vector<double> m_means;
    std::vector<double> m_squares;
    std::vector<double> m_known;
};

} // namespace

GroupSummary summarised(
    const Grouping &grouping, const std::vector<SeriesPointer> &members, const std::atomic_bool *cancelled)
{
    std::vector<const Series *> present;
    for (const SeriesPointer &member : members) {
        if (member && member->size() > 0)
            present.push_back(member.get());
    }
    if (present.empty())
        return {};
    Grid grid = commonGrid(present);
    GroupSummary summary;
    summary.grid = std::move(grid.x);
    summary.isResampled = grid.isResampled;
    const std::size_t size = summary.grid->size();
    summary.centre.resize(size);
    summary.counts.resize(size);
    if (grouping.band != Grouping::Band::None) {
        summary.low.resize(size);
        summary.high.resize(size);
    }
    std::vector<std::size_t> begins;
    for (std::size_t begin = 0; begin < size; begin += blockPoints)
        begins.push_back(begin);
    QtConcurrent::blockingMap(&partThreads(), begins, [&](std::size_t begin) {
        if (cancelled && *cancelled)
            return;
        clearVectorRegisters();
        Block(grouping, present, summary).compute(begin);
    });
    if (cancelled && *cancelled)
        return {};
    return summary;
}
