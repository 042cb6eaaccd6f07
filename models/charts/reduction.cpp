// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/reduction.h"

#include <algorithm>
#include <cmath>
#include <limits>

std::vector<std::uint32_t> columnStarts(const Steps &steps, double x0, double x1, int columns)
{
    std::vector<double> edges(static_cast<std::size_t>(columns) + 1, x1);
    for (int column = 0; column < columns; ++column)
        edges[static_cast<std::size_t>(column)] = x0 + column * ((x1 - x0) / columns);
    std::vector<std::uint32_t> starts(edges.size());
    steps.lowerBounds(edges, starts);
    return starts;
}

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t fewPoints = 24; // are looked at one by one
constexpr std::size_t ahead = 6; // columns whose memory is asked for early: it is what a frame waits for

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

// The points of a column, without what comes in from its neighbours.
void includePoints(Column &column, const Series &series, std::size_t begin, std::size_t end, double slack)
{
    if (end - begin >= fewPoints) {
        const Pyramid::Range range = series.pyramid().range(series.values(), begin, end, slack);
        column.low = std::min(column.low, range.low);
        column.high = std::max(column.high, range.high);
        return;
    }
    const double *const values = series.values().data();
    for (std::size_t point = begin; point < end; ++point)
        include(column, values[point]);
}

// Calls take(column, its content) from left to right.
template<class Take>
void eachColumn(const Series &series, std::span<const std::uint32_t> starts, const View &view, Take take)
{
    const std::size_t columns = starts.size() - 1;
    const double perPixel = (view.x1 - view.x0) / static_cast<double>(columns);
    double entry = between(series, starts[0], view.x0);
    for (std::size_t i = 0; i < columns; ++i) {
        Column column{infinity, -infinity, between(series, starts[i + 1], view.x0 + static_cast<double>(i + 1) * perPixel)};
        include(column, entry);
        include(column, column.exit);
        includePoints(column, series, starts[i], starts[i + 1], 0);
        entry = column.exit;
        take(i, column);
    }
}

// The same for frames: within slack, and where there are many points in both of two neighbouring columns, the line
// between them is only looked at where it shows: memory that is not read costs no time.
template<class Take>
void eachColumnWithin(const Series &series, std::span<const std::uint32_t> starts, const View &view, double slack, Take take)
{
    const std::size_t columns = starts.size() - 1;
    const double perPixel = (view.x1 - view.x0) / static_cast<double>(columns);
    const auto isDense = [&](std::size_t i) { return i < columns && starts[i + 1] - starts[i] >= fewPoints; };
    const auto exitOf = [&](std::size_t i) {
        return between(series, starts[i + 1], view.x0 + static_cast<double>(i + 1) * perPixel);
    };
    Column column{infinity, -infinity, noNumber};
    include(column, between(series, starts[0], view.x0));
    includePoints(column, series, starts[0], starts[1], slack);
    for (std::size_t i = 0; i < columns; ++i) {
        Column next{infinity, -infinity, noNumber};
        if (i + ahead < columns && isDense(i + ahead))
            series.pyramid().prefetch(series.values(), starts[i + ahead]);
        if (i + 1 < columns)
            includePoints(next, series, starts[i + 1], starts[i + 2], slack);
        const bool meets = column.low - slack <= next.high && next.low - slack <= column.high;
        if (!meets || !isDense(i) || !isDense(i + 1)) {
            const double exit = exitOf(i);
            include(column, exit);
            include(next, exit);
        }
        take(i, column);
        column = next;
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

    // Half a row: what is nearer can't be seen.
    double slack() const { return 1 / m_scale; }
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
    eachColumnWithin(series, starts, view, rows.slack(), [&](std::size_t i, const Column &column) {
        spans[i] = column.isEmpty() ? Span() : rows.span(column.low, column.high, thickness);
    });
}

void reduceBand(const Series &low, std::span<const std::uint32_t> lowStarts, const Series &high,
    std::span<const std::uint32_t> highStarts, const View &view, int height, double thickness, std::span<Span> spans)
{
    const Rows rows(view, height);
    if (&low == &high) {
        reduce(low, lowStarts, view, height, thickness, spans);
        return;
    }
    std::vector<double> lows(spans.size(), noNumber);
    eachColumnWithin(low, lowStarts, view, rows.slack(),
        [&](std::size_t i, const Column &column) { lows[i] = column.isEmpty() ? noNumber : column.low; });
    eachColumnWithin(high, highStarts, view, rows.slack(), [&](std::size_t i, const Column &column) {
        const bool isThere = !column.isEmpty() && !std::isnan(lows[i]);
        spans[i] = isThere ? rows.span(std::min(lows[i], column.high), std::max(lows[i], column.high), thickness) : Span();
    });
}
