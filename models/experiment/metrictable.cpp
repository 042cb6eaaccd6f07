// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/experiment/metrictable.h"

#include "models/values/format.h"
#include "models/values/number.h"

namespace {

// What people see of a value that the server keeps as text: a number reads like all numbers, any other
// text stays as it is.
QString shown(const QString &text)
{
    if (text.isNull())
        return format::missing();
    const std::optional<double> value = number::read(text);
    return value ? format::metric(*value) : text;
}

QVariant sortable(const QString &text)
{
    const std::optional<double> value = number::read(text);
    return value ? QVariant(*value) : QVariant(text);
}

RowTable<MetricRow>::Column valueColumn(
    const char *id, const QString &title, const QString &toolTip, QString MetricRow::*value)
{
    return {id, title, toolTip, Qt::AlignRight, [value](const MetricRow &row) { return shown(row.*value); },
        [value](const MetricRow &row) { return sortable(row.*value); },
        [value](const MetricRow &row) { return row.*value; }};
}

RowTable<MetricRow>::Column stepColumn(
    const char *id, const QString &title, const QString &toolTip, QString MetricRow::*step)
{
    return {id, title, toolTip, Qt::AlignRight, [step](const MetricRow &row) { return format::step(row.*step); },
        [step](const MetricRow &row) { return sortable(row.*step); },
        [step](const MetricRow &row) { return row.*step; }};
}

} // namespace

MetricTable::MetricTable(QObject *parent)
    : RowTable<MetricRow>(
        {
            {"name", tr("Metric"), {}, Qt::AlignLeft, [](const MetricRow &row) { return row.name; }, {}, {}},
            valueColumn("last", tr("Last"), tr("The value logged last"), &MetricRow::last),
            stepColumn("lastStep", tr("Step"), tr("The step of the last value"), &MetricRow::lastStep),
            valueColumn("min", tr("Min"), tr("The smallest value logged"), &MetricRow::minimum),
            stepColumn("minStep", tr("Step"), tr("The step of the smallest value"), &MetricRow::minimumStep),
            valueColumn("max", tr("Max"), tr("The largest value logged"), &MetricRow::maximum),
            stepColumn("maxStep", tr("Step"), tr("The step of the largest value"), &MetricRow::maximumStep),
        },
        [](const MetricRow &row) { return row.name + QChar(u'\n') + row.context; }, parent)
{
}

void MetricTable::setSummaries(const api::Summaries &summaries)
{
    std::vector<MetricRow> rows;
    rows.reserve(summaries.size());
    for (const api::Summary &summary : summaries) {
        rows.push_back({summary.name, summary.context, summary.current, summary.minimum, summary.maximum,
            summary.currentStep, summary.minimumStep, summary.maximumStep, summary.currentTime});
    }
    setRows(std::move(rows));
}
