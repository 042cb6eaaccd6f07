// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/tablevalues.h"

#include <map>

using namespace Qt::StringLiterals;

namespace query {

namespace {

using Cell = std::function<void(ValueColumn &column, std::size_t experiment)>;

ValueColumn filled(const ExperimentTable &table, const Cell &cell)
{
    ValueColumn column(table.experimentCount());
    for (std::size_t experiment = 0; experiment < column.size(); ++experiment)
        cell(column, experiment);
    return column;
}

Cell textCell(const TextColumn &texts) // missing where empty
{
    return [&texts](ValueColumn &column, std::size_t experiment) {
        const QString text = texts.at(experiment);
        column.setText(experiment, text.isEmpty() ? QString() : text);
    };
}

Cell numberCell(const std::vector<qint64> &numbers, double unit)
{
    return [&numbers, unit](ValueColumn &column, std::size_t experiment) {
        column.setNumber(experiment, static_cast<double>(numbers[experiment]) / unit);
    };
}

// What the listing says of all experiments, in the units of the server's variables.
std::optional<ValueColumn> listed(const ExperimentTable &table, TableColumn::Source source)
{
    using Source = TableColumn::Source;
    const api::Experiments &all = table.experiments();
    switch (source) {
    case Source::Name:
        return filled(table, textCell(all.names));
    case Source::User:
        return filled(table, textCell(all.users));
    case Source::Key:
        return filled(table, textCell(all.keys));
    case Source::Start:
        return filled(table, numberCell(all.starts, 1));
    case Source::End:
        return filled(table, numberCell(all.ends, 1));
    case Source::Duration:
        return filled(table, numberCell(all.durations, 1000));
    case Source::State:
        return filled(table, [&](ValueColumn &column, std::size_t experiment) {
            if (table.state(experiment) != api::State::Unknown)
                column.setNumber(experiment, table.state(experiment) == api::State::Running ? 1 : 0);
        });
    case Source::Tags:
        return filled(table, [&](ValueColumn &column, std::size_t experiment) {
            if (table.areTagsKnown(experiment))
                column.setText(experiment, table.tags(experiment).join(QChar(0x1f)));
        });
    default:
        return std::nullopt;
    }
}

void collect(const ExperimentTable &table, const Expression &expression, std::map<QString, ValueColumn> &columns)
{
    for (const Expression &child : expression.children())
        collect(table, child, columns);
    if (expression.isGroup())
        return;
    const std::optional<TableColumn> column = tableColumn({expression.clause().source, expression.clause().name});
    if (!column || columns.contains(column->id()))
        return;
    if (const std::optional<ValueColumn> values = listed(table, column->source))
        columns.emplace(column->id(), *values);
    else if (const ValueColumn *values = table.values(*column))
        columns.emplace(column->id(), *values);
}

} // namespace

std::optional<TableColumn> tableColumn(const Variable &variable)
{
    using Place = TableColumn::Source;
    static const std::map<QString, Place> metadata{{u"duration"_s, Place::Duration},
        {u"start_server_timestamp"_s, Place::Start}, {u"end_server_timestamp"_s, Place::End},
        {u"user_name"_s, Place::User}, {u"experimentKey"_s, Place::Key}, {u"runId"_s, Place::Key},
        {u"runActive"_s, Place::State}};
    switch (variable.source) {
    case Source::Metric:
        return TableColumn{Place::MetricLast, variable.name};
    case Source::Parameter:
        return TableColumn{Place::Parameter, variable.name};
    case Source::Other:
        if (variable.name == "Name"_L1)
            return TableColumn{Place::Name, {}};
        return TableColumn{Place::Other, variable.name};
    case Source::Tag:
        return TableColumn{Place::Tags, {}};
    case Source::Metadata:
        if (const auto place = metadata.find(variable.name); place != metadata.end())
            return TableColumn{place->second, {}};
        return std::nullopt;
    case Source::Environment:
    case Source::Unknown:
        break;
    }
    return std::nullopt;
}

ValuesOf valuesOf(const ExperimentTable &table, const Expression &expression)
{
    std::map<QString, ValueColumn> columns;
    collect(table, expression, columns);
    return [columns = std::move(columns)](const Variable &variable) -> std::optional<ValueColumn> {
        const std::optional<TableColumn> column = tableColumn(variable);
        const auto values = column ? columns.find(column->id()) : columns.end();
        return values == columns.end() ? std::nullopt : std::optional(values->second);
    };
}

} // namespace query
