// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/linereading.h"

#include <algorithm>
#include <cmath>
#include <limits>

RangeReading readingBetween(const Series &series, double start, double end)
{
    constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();
    RangeReading reading;
    for (double *value : {&reading.startValue, &reading.endValue, &reading.difference, &reading.slope,
             &reading.smallest, &reading.largest, &reading.mean})
        *value = noNumber;
    const double low = std::min(start, end);
    const double high = std::max(start, end);
    const Steps &steps = series.steps();
    const std::vector<double> &values = series.values();
    if (series.size() == 0 || !(high >= steps.first() && low <= steps.last()))
        return reading;
    reading.first = steps.nearest(start);
    reading.last = steps.nearest(end);
    reading.startValue = values[*reading.first];
    reading.endValue = values[*reading.last];
    reading.difference = reading.endValue - reading.startValue;
    const double width = steps[*reading.last] - steps[*reading.first];
    if (width != 0)
        reading.slope = reading.difference / width;
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
