// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/rangestatistics.h"

#include "models/charts/linereading.h"
#include "models/values/format.h"

std::vector<RangeRow> rangeStatistics(const std::vector<ChartLine> &lines, double x1, double x2)
{
    std::vector<RangeRow> rows;
    for (const ChartLine &line : lines) {
        const RangeReading reading = readingBetween(*line.series, x1, x2);
        RangeRow row;
        row.id = line.run.key + u'\n' + line.run.name;
        row.name = line.run.name.isEmpty() ? line.run.key : line.run.name;
        row.colour = line.run.colour;
        row.first = reading.startValue;
        row.last = reading.endValue;
        row.difference = reading.difference;
        row.slope = reading.slope;
        row.smallest = reading.smallest;
        row.largest = reading.largest;
        row.mean = reading.mean;
        row.points = static_cast<qint64>(reading.count + reading.gaps);
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
        number("mean", RangeStatistics::tr("Mean"), RangeStatistics::tr("Mean of the values in the range"), &RangeRow::mean),
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
