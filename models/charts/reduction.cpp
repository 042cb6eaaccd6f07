// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/reduction.h"

#include <algorithm>
#include <cmath>
#include <limits>

std::vector<std::uint32_t> columnStarts(const Steps &steps, double x0, double x1, int columns)
{
    std::vector<std::uint32_t> starts(static_cast<std::size_t>(columns) + 1);
    std::size_t index = 0;
    for (int column = 0; column <= columns; ++column) {
        const double x = column == columns ? x1 : x0 + column * ((x1 - x0) / columns);
        index = steps.lowerBound(x, index);
        starts[static_cast<std::size_t>(column)] = static_cast<std::uint32_t>(index);
    }
    return starts;
}

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// The line between two neighbouring points, read at x; NaN in a gap.
double between(const Series &series, std::size_t after, double x)
{
    if (after == 0 || after >= series.size())
        return std::numeric_limits<double>::quiet_NaN();
    const double before = series.steps()[after - 1];
    const double width = series.steps()[after] - before;
    const double part = width > 0 ? (x - before) / width : 0;
    return series.values()[after - 1] * (1 - part) + series.values()[after] * part;
}

struct Extent
{
    double low = infinity;
    double high = -infinity;
    void take(double value)
    {
        if (!std::isfinite(value))
            return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
};

// Calls take(column, low, high) for every column from left to right.
template<class Take>
void eachColumn(const Series &series, std::span<const std::uint32_t> starts, const View &view, Take take)
{
    const double *values = series.values().data();
    const std::size_t columns = starts.size() - 1;
    const double perPixel = (view.x1 - view.x0) / static_cast<double>(columns);
    double carried = 0; // the line at the right edge of the column before
    bool isCarried = false;

    for (std::size_t column = 0; column < columns; ++column) {
        const std::size_t begin = starts[column];
        const std::size_t end = starts[column + 1];
        Extent extent;
        if (end - begin >= Pyramid::leastCount) {
            const Pyramid::Range range = series.pyramid().range(
                begin == 0 ? 0 : begin - 1, std::min(end + 1, series.size()));
            extent = {range.low, range.high};
            isCarried = false;
        } else if (begin == end && (end == 0 || end == series.size())) {
            isCarried = false; // before the first or after the last point
        } else {
            extent.take(isCarried ? carried
                                  : between(series, begin, view.x0 + static_cast<double>(column) * perPixel));
            for (std::size_t i = begin; i < end; ++i)
                extent.take(values[i]);
            carried = between(series, end, view.x0 + static_cast<double>(column + 1) * perPixel);
            isCarried = true;
            extent.take(carried);
        }
        take(column, extent.low, extent.high);
    }
}

} // namespace

std::vector<Pyramid::Range> columnRanges(
    const Series &series, std::span<const std::uint32_t> starts, const View &view)
{
    std::vector<Pyramid::Range> ranges(starts.size() - 1);
    eachColumn(series, starts, view,
        [&](std::size_t column, double low, double high) { ranges[column] = {low, high}; });
    return ranges;
}

void reduce(const Series &series, std::span<const std::uint32_t> starts, const View &view, int height,
    double thickness, std::span<Span> spans)
{
    const double scale = height / (view.y1 / 2 - view.y0 / 2);
    const double half = thickness / 2;
    const double most = height;
    eachColumn(series, starts, view, [&](std::size_t column, double low, double high) {
        if (high < low) {
            spans[column] = {};
            return;
        }
        const double top = height - (high / 2 - view.y0 / 2) * scale - half;
        const double bottom = height - (low / 2 - view.y0 / 2) * scale + half + 0.5;
        spans[column] = {static_cast<std::int16_t>(std::clamp(top, 0.0, most)),
            static_cast<std::int16_t>(std::clamp(bottom, 0.0, most))};
    });
}
