// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/rangestatistics.h"

#include "models/values/format.h"

#include <algorithm>
#include <cmath>
#include <limits>

std::vector<RangeRow> rangeStatistics(const std::vector<ChartLine> &lines, double x1, double x2)
{
    constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
    std::vector<RangeRow> rows;
    for (const ChartLine &line : lines) {
        RangeRow row;
        row.id = line.run.key + u'\n' + line.run.name;
        row.name = line.run.name.isEmpty() ? line.run.key : line.run.name;
        row.colour = line.run.colour;
        row.first = row.last = row.difference = row.slope = row.smallest = row.largest = nothing;
        const Series &series = *line.series;
        if (series.size() > 0 && x2 >= series.steps().first() && x1 <= series.steps().last()) {
            const std::size_t from = series.steps().nearest(x1);
            const std::size_t to = series.steps().nearest(x2);
            row.first = series.values()[from];
            row.last = series.values()[to];
            row.difference = row.last - row.first;
            const double width = series.steps()[to] - series.steps()[from];
            row.slope = width > 0 ? row.difference / width : nothing;
            const std::size_t end = series.steps().lowerBound(std::nextafter(x2, std::numeric_limits<double>::max()));
            for (std::size_t i = series.steps().lowerBound(x1); i < end; ++i) {
                ++row.points;
                const double value = series.values()[i];
                row.smallest = std::fmin(row.smallest, value); // a number rather than NaN
                row.largest = std::fmax(row.largest, value);
            }
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

namespace {

using Column = RowTable<RangeRow>::Column;

Column number(const char *id, const QString &title, const QString &toolTip, double RangeRow::*value)
{
    return {id, title, toolTip, Qt::AlignRight, [value](const RangeRow &row) { return format::metric(row.*value); },
        [value](const RangeRow &row) { return QVariant(row.*value); },
        [value](const RangeRow &row) { return format::metricFull(row.*value); }};
}

std::vector<Column> columns()
{
    return {
        {"name", RangeStatistics::tr("Run"), {}, Qt::AlignLeft, [](const RangeRow &row) { return row.name; }, {}, {}},
        number("first", RangeStatistics::tr("At the start"), RangeStatistics::tr("Value nearest to the start of the range"),
            &RangeRow::first),
        number("last", RangeStatistics::tr("At the end"), RangeStatistics::tr("Value nearest to the end of the range"),
            &RangeRow::last),
        number("difference", RangeStatistics::tr("Difference"), RangeStatistics::tr("End minus start"),
            &RangeRow::difference),
        number("slope", RangeStatistics::tr("Slope"), RangeStatistics::tr("Difference for each unit of the axis"),
            &RangeRow::slope),
        number("smallest", RangeStatistics::tr("Min"), RangeStatistics::tr("Smallest value in the range"),
            &RangeRow::smallest),
        number("largest", RangeStatistics::tr("Max"), RangeStatistics::tr("Largest value in the range"),
            &RangeRow::largest),
        {"points", RangeStatistics::tr("Points"), RangeStatistics::tr("Points in the range"), Qt::AlignRight,
            [](const RangeRow &row) { return format::count(row.points); },
            [](const RangeRow &row) { return QVariant(row.points); },
            [](const RangeRow &row) { return QString::number(row.points); }},
    };
}

} // namespace

RangeStatistics::RangeStatistics(QObject *parent)
    : RowTable(columns(), [](const RangeRow &row) { return row.id; }, parent)
{
}
