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
constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t fewPoints = 24; // are looked at one by one
constexpr std::size_t ahead = 8; // columns whose memory is asked for early: it is what a frame waits for

// The line between two neighbouring points, read at x; NaN in a gap.
double between(const Series &series, std::size_t after, double x)
{
    if (after == 0 || after >= series.size())
        return noNumber;
    const double left = series.values()[after - 1];
    const double right = series.values()[after];
    if (!std::isfinite(left) || !std::isfinite(right))
        return noNumber;
    const double before = series.steps()[after - 1];
    const double width = series.steps()[after] - before;
    const double part = width > 0 ? std::clamp((x - before) / width, 0.0, 1.0) : 0;
    return left * (1 - part) + right * part;
}

inline void include(Column &column, double value)
{
    if (!std::isfinite(value))
        return;
    column.low = std::min(column.low, value);
    column.high = std::max(column.high, value);
}

// Calls take(column, its content) from left to right.
template<class Take>
void eachColumn(const Series &series, std::span<const std::uint32_t> starts, const View &view, Take take)
{
    const std::span<const double> values(series.values());
    const std::size_t columns = starts.size() - 1;
    const double perPixel = (view.x1 - view.x0) / static_cast<double>(columns);
    double entry = between(series, starts[0], view.x0);
    for (std::size_t i = 0; i < columns; ++i) {
        const std::size_t begin = starts[i];
        const std::size_t end = starts[i + 1];
        if (end - begin >= fewPoints && i + ahead < columns)
            series.pyramid().prefetch(values, starts[i + ahead]);
        Column column{infinity, -infinity, between(series, end, view.x0 + static_cast<double>(i + 1) * perPixel)};
        include(column, entry);
        include(column, column.exit);
        if (end - begin >= fewPoints) {
            const Pyramid::Range range = series.pyramid().range(values, begin, end);
            column.low = std::min(column.low, range.low);
            column.high = std::max(column.high, range.high);
        } else {
            for (std::size_t point = begin; point < end; ++point)
                include(column, values[point]);
        }
        entry = column.exit;
        take(i, column);
    }
}

// From a value to a row, the same for all columns of a picture.
class Rows
{
public:
    Rows(const View &view, int height)
        : m_base(view.y0 / 2)
        , m_scale(height / (view.y1 / 2 - view.y0 / 2))
        , m_height(height)
    {
    }

    Span span(double low, double high, double thickness) const
    {
        const double half = thickness / 2;
        const double top = m_height - (high / 2 - m_base) * m_scale - half;
        const double bottom = m_height - (low / 2 - m_base) * m_scale + half + 0.5;
        return {static_cast<std::int16_t>(std::clamp(top, 0.0, m_height)),
            static_cast<std::int16_t>(std::clamp(bottom, 0.0, m_height))};
    }

private:
    double m_base;
    double m_scale;
    double m_height;
};

} // namespace

std::vector<Column> reducedColumns(const Series &series, std::span<const std::uint32_t> starts, const View &view)
{
    std::vector<Column> columns(starts.size() - 1);
    eachColumn(series, starts, view, [&](std::size_t i, const Column &column) { columns[i] = column; });
    return columns;
}

void reduce(const Series &series, std::span<const std::uint32_t> starts, const View &view, int height,
    double thickness, std::span<Span> spans)
{
    const Rows rows(view, height);
    eachColumn(series, starts, view, [&](std::size_t i, const Column &column) {
        spans[i] = column.isEmpty() ? Span() : rows.span(column.low, column.high, thickness);
    });
}

void reduceBand(const Series &low, std::span<const std::uint32_t> lowStarts, const Series &high,
    std::span<const std::uint32_t> highStarts, const View &view, int height, double thickness, std::span<Span> spans)
{
    const Rows rows(view, height);
    const std::vector<Column> lows = reducedColumns(low, lowStarts, view);
    eachColumn(high, highStarts, view, [&](std::size_t i, const Column &column) {
        const bool isThere = !column.isEmpty() && !lows[i].isEmpty();
        spans[i] = isThere ? rows.span(std::min(lows[i].low, column.low), std::max(lows[i].high, column.high), thickness) : Span();
    });
}
