// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/linereading.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();

std::optional<std::size_t> nearestInside(const Steps &steps, double x)
{
    if (!(x >= steps.first() && x <= steps.last()))
        return {};
    return steps.nearest(x);
}

} // namespace

RangeReading readingBetween(const Series &series, double start, double end)
{
    RangeReading reading;
    reading.difference = reading.slope = reading.smallest = reading.largest = reading.mean = noNumber;
    if (series.size() == 0 || std::isnan(start) || std::isnan(end))
        return reading;
    const Steps &steps = series.steps();
    const std::vector<double> &values = series.values();
    reading.first = nearestInside(steps, start);
    reading.last = nearestInside(steps, end);
    if (reading.first)
        reading.startValue = values[*reading.first];
    if (reading.last)
        reading.endValue = values[*reading.last];
    if (reading.first && reading.last) {
        reading.difference = reading.endValue - reading.startValue;
        const double width = steps[*reading.last] - steps[*reading.first];
        if (width != 0)
            reading.slope = reading.difference / width;
    }
    const double low = std::min(start, end);
    const double high = std::max(start, end);
    for (std::size_t i = steps.lowerBound(low); i < series.size() && steps[i] <= high; ++i) {
        if (!std::isfinite(values[i])) {
            ++reading.gaps;
            continue;
        }
        const auto before = static_cast<double>(reading.count++);
        if (before == 0) {
            reading.smallest = reading.largest = reading.mean = values[i];
            continue;
        }
        reading.smallest = std::min(reading.smallest, values[i]);
        reading.largest = std::max(reading.largest, values[i]);
        // Not a sum: 15,000 values near the end of the doubles have none.
        reading.mean += values[i] / (before + 1) - reading.mean / (before + 1);
    }
    return reading;
}

std::optional<std::size_t> bestPoint(const Series &series, Best best)
{
    std::optional<std::size_t> found;
    const std::vector<double> &values = series.values();
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i]))
            continue;
        if (!found || (best == Best::Smallest ? values[i] < values[*found] : values[i] > values[*found]))
            found = i;
    }
    return found;
}
