// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/comparison/comparisontables.h"

#include "models/values/format.h"

#include <QCoreApplication>

namespace {

using Measure = ParameterImportance::Measure;
using Reason = ParameterImportance::Reason;

QString measureText(const ParameterImportance &row)
{
    const auto say = [](const char *text) { return QCoreApplication::translate("ImportanceTable", text); };
    switch (row.measure) {
    case Measure::RankCorrelation:
        return row.value < 0 ? say(QT_TRANSLATE_NOOP("ImportanceTable", "Rank correlation: falls as it grows"))
                             : say(QT_TRANSLATE_NOOP("ImportanceTable", "Rank correlation: grows with it"));
    case Measure::CorrelationRatio:
        return say(QT_TRANSLATE_NOOP("ImportanceTable", "Correlation ratio of its texts"));
    case Measure::None:
        break;
    }
    switch (row.reason) {
    case Reason::TooFew:
        return say(QT_TRANSLATE_NOOP("ImportanceTable", "Fewer than 3 experiments have both"));
    case Reason::ConstantParameter:
        return say(QT_TRANSLATE_NOOP("ImportanceTable", "The same in all experiments"));
    case Reason::ConstantMetric:
        return say(QT_TRANSLATE_NOOP("ImportanceTable", "The metric is the same in all experiments"));
    case Reason::TooManyTexts:
        return say(QT_TRANSLATE_NOOP("ImportanceTable", "Nearly every experiment has a text of its own"));
    case Reason::None:
        break;
    }
    return {};
}

QString strengthText(const ParameterImportance &row)
{
    return row.measure == Measure::None ? format::missing() : QString::number(row.value, 'f', 2);
}

} // namespace

std::vector<ParameterImportance> importancesOf(const std::vector<LoadedParameter> &parameters,
    const std::vector<std::size_t> &experiments, const std::vector<double> &metric)
{
    std::vector<ParameterColumn> columns;
    for (const LoadedParameter &parameter : parameters) {
        ParameterColumn column{parameter.name, {}};
        for (const std::size_t experiment : experiments) {
            const ValueColumn::Kind kind = parameter.values.kind(experiment);
            const bool isThere = kind != ValueColumn::Kind::Missing && kind != ValueColumn::Kind::NotLoaded;
            column.values += isThere ? parameter.values.text(experiment) : QString();
        }
        columns.push_back(std::move(column));
    }
    return parameterImportances(columns, metric);
}

BarTable::BarTable(QObject *parent)
    : RowTable<BarRow>(
        {
            {"name", tr("Experiment"), {}, Qt::AlignLeft, [](const BarRow &row) { return row.name; }, {}, {}},
            {"value", tr("Value"), {}, Qt::AlignLeft, [](const BarRow &row) { return format::metric(row.value); },
                [](const BarRow &row) { return row.value; }, [](const BarRow &row) { return row.text; }},
        },
        [](const BarRow &row) { return row.key; }, parent)
{
}

ImportanceTable::ImportanceTable(QObject *parent)
    : RowTable<ParameterImportance>(
        {
            {"parameter", tr("Parameter"), {}, Qt::AlignLeft,
                [](const ParameterImportance &row) { return row.parameter; }, {}, {}},
            {"strength", tr("Correlation"), tr("From -1 to 1; 0 is none. It proves no cause."), Qt::AlignLeft, strengthText,
                [](const ParameterImportance &row) { return row.measure == Measure::None ? QVariant() : QVariant(row.value); },
                [](const ParameterImportance &row) {
                    return row.measure == Measure::None ? QString() : format::metricFull(row.value);
                }},
            {"measure", tr("Measure"), {}, Qt::AlignLeft, measureText, {}, {}},
            {"experiments", tr("Experiments"), tr("That have both the parameter and the metric"), Qt::AlignRight,
                [](const ParameterImportance &row) { return format::count(static_cast<qint64>(row.count)); },
                [](const ParameterImportance &row) { return static_cast<qint64>(row.count); }, {}},
        },
        [](const ParameterImportance &row) { return row.parameter; }, parent)
{
}
