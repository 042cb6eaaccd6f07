// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/xaxis.h"

#include <cmath>
#include <limits>
#include <optional>

namespace {

// For each point the other metric's last value at the same step; NaN where it has none there.
std::vector<double> valuesAtSteps(const Points &points, const Points &over)
{
    std::vector<double> x(points.size(), std::numeric_limits<double>::quiet_NaN());
    if (points.hasSteps() != over.hasSteps())
        return x; // a count is no step
    std::size_t after = 0; // the first point of over behind the step
    std::optional<std::size_t> last; // the one with a place before it
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double step = points.steps()[i];
        for (; after < over.size() && over.steps()[after] <= step; ++after)
            last = over.hasPlace(after) ? after : last;
        if (last && over.steps()[*last] == step && points.hasPlace(i))
            x[i] = over.values()[*last];
    }
    return x;
}

std::vector<double> loggedSteps(const Points &points)
{
    std::vector<double> steps(points.size());
    for (std::size_t i = 0; i < steps.size(); ++i)
        steps[i] = points.steps()[i];
    for (const std::uint32_t i : points.withoutStep())
        steps[i] = std::numeric_limits<double>::quiet_NaN();
    return steps;
}

AxisSeries overNumbers(const Points &points, const std::vector<double> &x)
{
    AxisSeries result;
    std::vector<std::uint32_t> known;
    known.reserve(x.size());
    std::vector<double> knownX;
    knownX.reserve(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (!std::isfinite(x[i]))
            continue;
        known.push_back(static_cast<std::uint32_t>(i));
        knownX.push_back(x[i]);
    }
    result.leftOut = x.size() - known.size();
    if (known.empty())
        return result;
    const std::vector<std::uint32_t> order = ascendingOrder(knownX);
    if (order.empty() && result.leftOut == 0) {
        result.series = std::make_shared<const Series>(
            points.series()->over(std::make_shared<const Steps>(std::move(knownX))));
        return result;
    }
    for (const std::uint32_t i : order)
        result.points.push_back(known[i]);
    if (order.empty())
        result.points = std::move(known);
    result.series = std::make_shared<const Series>(Series::of(
        std::make_shared<const Steps>(inOrder(std::move(knownX), order)), inOrder(points.values(), result.points)));
    return result;
}

// A column of the points as x: shared where it is in order.
AxisSeries overColumn(const Points &points, const std::shared_ptr<const Steps> &column)
{
    AxisSeries result;
    if (!column) {
        result.leftOut = points.size();
        return result;
    }
    if (column->isAscending() && std::isfinite(column->first()) && std::isfinite(column->last())) {
        result.series = std::make_shared<const Series>(points.series()->over(column));
        return result;
    }
    std::vector<double> numbers(column->size());
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = (*column)[i];
    return overNumbers(points, numbers);
}

} // namespace

AxisSeries seriesOver(const XAxis &axis, const Points &points, const Points *over, double runStart)
{
    switch (axis.kind) {
    case XAxis::Kind::Epoch:
        return overColumn(points, points.epochs());
    case XAxis::Kind::WallTime:
        return overColumn(points, points.times());
    case XAxis::Kind::ElapsedTime: {
        std::vector<double> elapsed(points.times() ? points.size() : 0);
        for (std::size_t i = 0; i < elapsed.size(); ++i)
            elapsed[i] = ((*points.times())[i] - runStart) / 1000;
        return points.times() ? overNumbers(points, elapsed) : overColumn(points, nullptr);
    }
    case XAxis::Kind::Metric:
        return over ? overNumbers(points, valuesAtSteps(points, *over)) : overColumn(points, nullptr);
    case XAxis::Kind::Step:
        break;
    }
    if (!points.withoutStep().empty())
        return overNumbers(points, loggedSteps(points));
    AxisSeries result;
    if (points.size() > 0)
        result.series = points.series();
    return result;
}
