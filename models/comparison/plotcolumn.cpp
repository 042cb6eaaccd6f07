// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/comparison/plotcolumn.h"

#include "models/values/format.h"
#include "models/values/naturalorder.h"

#include <QHash>

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

using Source = TableColumn::Source;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

// Texts as indexes of the sorted categories; a null text is none.
void setCategories(PlotColumn &column, const QStringList &texts)
{
    QHash<QString, int> index;
    for (const QString &text : texts) {
        if (!text.isNull())
            index.insert(text, 0);
    }
    column.categories = index.keys();
    const QCollator collator = naturalOrder();
    std::sort(column.categories.begin(), column.categories.end(),
        [&collator](const QString &one, const QString &other) {
            const int order = collator.compare(one, other);
            return order != 0 ? order < 0 : one < other;
        });
    for (int i = 0; i < column.categories.size(); ++i)
        index[column.categories.at(i)] = i;
    column.kind = PlotColumn::Kind::Category;
    for (const QString &text : texts)
        column.values.push_back(text.isNull() ? none : index.value(text));
}

void setMilliseconds(PlotColumn &column, PlotColumn::Kind kind, const std::vector<qint64> &all,
    const std::vector<std::size_t> &experiments)
{
    column.kind = kind;
    for (const std::size_t experiment : experiments)
        column.values.push_back(all[experiment] > 0 ? static_cast<double>(all[experiment]) : none);
}

void setLogged(PlotColumn &column, const ValueColumn &logged, const std::vector<std::size_t> &experiments)
{
    std::size_t numbers = 0;
    std::size_t texts = 0;
    for (const std::size_t experiment : experiments) {
        const ValueColumn::Kind kind = logged.kind(experiment);
        numbers += kind == ValueColumn::Kind::Number;
        texts += kind == ValueColumn::Kind::Text;
        column.notLoaded += kind == ValueColumn::Kind::NotLoaded;
    }
    if (texts <= numbers) {
        for (const std::size_t experiment : experiments)
            column.values.push_back(logged.number(experiment));
        return;
    }
    QStringList all;
    for (const std::size_t experiment : experiments) {
        const ValueColumn::Kind kind = logged.kind(experiment);
        const bool isThere = kind != ValueColumn::Kind::Missing && kind != ValueColumn::Kind::NotLoaded;
        all.append(isThere ? logged.text(experiment) : QString());
    }
    setCategories(column, all);
}

} // namespace

std::size_t PlotColumn::missing() const
{
    return static_cast<std::size_t>(
        std::count_if(values.cbegin(), values.cend(), [](double value) { return std::isnan(value); }));
}

PlotColumn::Range PlotColumn::range() const
{
    Range range{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    for (const double value : values) {
        if (std::isfinite(value)) {
            range.low = std::min(range.low, value);
            range.high = std::max(range.high, value);
        }
    }
    return range;
}

bool PlotColumn::isPositive() const
{
    const Range all = range();
    return kind == Kind::Number && !all.isEmpty() && all.low > 0;
}

bool PlotColumn::isWhole() const
{
    return std::all_of(values.cbegin(), values.cend(),
        [](double value) { return !std::isfinite(value) || value == std::floor(value); });
}

QString PlotColumn::shortTitle() const
{
    const bool isPlain = column.isFixed() || !column.isMetric() || column.source == Source::MetricLast;
    return isPlain ? column.title() : title;
}

QString PlotColumn::text(double value) const
{
    if (std::isnan(value))
        return format::missing();
    switch (kind) {
    case Kind::Number:
        break;
    case Kind::Moment:
        return format::timeFull(static_cast<qint64>(value));
    case Kind::Duration:
        return format::duration(static_cast<qint64>(value));
    case Kind::Category:
        return categories.value(static_cast<int>(value));
    }
    return format::metricFull(value);
}

PlotColumn plotColumn(const ExperimentTable &table, const TableColumn &column, const std::vector<std::size_t> &experiments)
{
    PlotColumn result;
    result.column = column;
    result.title = table.exactTitle(column);
    result.values.reserve(experiments.size());
    const api::Experiments &all = table.experiments();
    const auto setTexts = [&](auto textOf) {
        QStringList texts;
        for (const std::size_t experiment : experiments)
            texts.append(textOf(experiment));
        setCategories(result, texts);
    };
    switch (column.source) {
    case Source::Start:
        setMilliseconds(result, PlotColumn::Kind::Moment, all.starts, experiments);
        break;
    case Source::End:
        setMilliseconds(result, PlotColumn::Kind::Moment, all.ends, experiments);
        break;
    case Source::Duration:
        setMilliseconds(result, PlotColumn::Kind::Duration, all.durations, experiments);
        break;
    case Source::State:
    case Source::User:
    case Source::Tags:
    case Source::Name:
    case Source::Key:
        setTexts([&](std::size_t experiment) {
            const QString text = table.exactText(experiment, column);
            return text.isEmpty() ? QString() : text;
        });
        break;
    case Source::Parameter:
    case Source::Other:
    case Source::MetricLast:
    case Source::MetricMinimum:
    case Source::MetricMaximum:
        if (const ValueColumn *logged = table.values(column)) {
            setLogged(result, *logged, experiments);
        } else {
            result.values.assign(experiments.size(), none);
            result.notLoaded = experiments.size();
        }
    }
    return result;
}

std::vector<TableColumn> plotColumns(const ExperimentTable &table)
{
    std::vector<TableColumn> columns;
    for (const TableColumn &column : table.columns()) {
        if (column.source != Source::Name && column.source != Source::Key && column.source != Source::Tags)
            columns.push_back(column);
    }
    return columns;
}

std::vector<std::size_t> shownExperiments(const ExperimentTable &table)
{
    std::vector<std::size_t> experiments;
    for (int row = 0; row < table.rowCount(); ++row) {
        if (const auto experiment = table.experimentAt(row))
            experiments.push_back(*experiment);
    }
    return experiments;
}
