// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/tablevalues.h"

#include <array>
#include <map>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace query {

namespace {

using Place = TableColumn::Source;

// Where a place has two names, the first is what the server lists.
constexpr std::array<std::pair<QLatin1StringView, Place>, 7> metadata{{{"duration"_L1, Place::Duration},
    {"start_server_timestamp"_L1, Place::Start}, {"end_server_timestamp"_L1, Place::End},
    {"user_name"_L1, Place::User}, {"experimentKey"_L1, Place::Key}, {"runId"_L1, Place::Key},
    {"runActive"_L1, Place::State}}};

// Writes what an experiment has into a row of a column.
using Cell = std::function<void(ValueColumn &column, std::size_t row, std::size_t experiment)>;

// What the listing says of all experiments, for any thread.
struct Listing
{
    std::shared_ptr<const api::Experiments> all;
    std::vector<api::State> states;
};

Cell textCell(const TextColumn &texts) // missing where empty
{
    return [&texts](ValueColumn &column, std::size_t row, std::size_t experiment) {
        const QString text = texts.at(experiment);
        column.setText(row, text.isEmpty() ? QString() : text);
    };
}

Cell numberCell(const std::vector<qint64> &numbers, double unit)
{
    return [&numbers, unit](ValueColumn &column, std::size_t row, std::size_t experiment) {
        column.setNumber(row, static_cast<double>(numbers[experiment]) / unit);
    };
}

// In the units of the server's variables; null for columns that are not listed.
Cell listedCell(const Listing &listing, TableColumn::Source source)
{
    using Source = TableColumn::Source;
    const api::Experiments &all = *listing.all;
    switch (source) {
    case Source::Name:
        return textCell(all.names);
    case Source::User:
        return textCell(all.users);
    case Source::Key:
        return textCell(all.keys);
    case Source::Start:
        return numberCell(all.starts, 1);
    case Source::End:
        return numberCell(all.ends, 1);
    case Source::Duration:
        return numberCell(all.durations, 1000);
    case Source::State:
        return [&states = listing.states](ValueColumn &column, std::size_t row, std::size_t experiment) {
            if (states[experiment] != api::State::Unknown)
                column.setNumber(row, states[experiment] == api::State::Running ? 1 : 0);
        };
    default:
        return {};
    }
}

const ValueColumn *loaded(const ExperimentTable &table, const TableColumn &column)
{
    return column.source == Place::Tags ? &table.joinedTags() : table.values(column);
}

// Those of the variables of an expression; columns are shared, not copied.
void collect(const ExperimentTable &table, const Expression &expression, std::map<QString, ValueColumn> &columns)
{
    for (const Expression &child : expression.children())
        collect(table, child, columns);
    if (expression.isGroup())
        return;
    const std::optional<TableColumn> column = tableColumn({expression.clause().source, expression.clause().name});
    if (const ValueColumn *values = column ? loaded(table, *column) : nullptr)
        columns.emplace(column->id(), *values);
}

} // namespace

std::optional<TableColumn> tableColumn(const Variable &variable)
{
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
        for (const auto &[name, place] : metadata) {
            if (variable.name == name)
                return TableColumn{place, {}};
        }
        return std::nullopt;
    case Source::Environment:
    case Source::Unknown:
        break;
    }
    return std::nullopt;
}

std::optional<Variable> variableOf(const TableColumn &column)
{
    switch (column.source) {
    case Place::MetricLast:
    case Place::MetricMinimum:
    case Place::MetricMaximum:
        return Variable{Source::Metric, column.name};
    case Place::Parameter:
        return Variable{Source::Parameter, column.name};
    case Place::Other:
        return Variable{Source::Other, column.name};
    case Place::Name:
        return Variable{Source::Other, u"Name"_s};
    case Place::Tags:
        return Variable{Source::Tag, {}};
    default:
        break;
    }
    for (const auto &[name, place] : metadata) {
        if (column.source == place)
            return Variable{Source::Metadata, name};
    }
    return std::nullopt;
}

std::optional<ValueColumn> cellValue(const ExperimentTable &table, const TableColumn &column, std::size_t experiment)
{
    const Listing listing{table.sharedExperiments(), table.states()};
    if (const Cell cell = listedCell(listing, column.source)) {
        ValueColumn value(1);
        cell(value, 0, experiment);
        return value;
    }
    const ValueColumn *values = loaded(table, column);
    return values ? std::optional(values->rearranged({static_cast<int>(experiment)})) : std::nullopt;
}

ValuesOf valuesOf(const ExperimentTable &table, const Expression &expression)
{
    std::map<QString, ValueColumn> columns;
    collect(table, expression, columns);
    const Listing listing{table.sharedExperiments(), table.states()};
    return [columns = std::move(columns), listing](const Variable &variable) -> std::optional<ValueColumn> {
        const std::optional<TableColumn> column = tableColumn(variable);
        if (const Cell cell = column ? listedCell(listing, column->source) : Cell()) {
            ValueColumn listed(listing.all->size());
            for (std::size_t experiment = 0; experiment < listed.size(); ++experiment)
                cell(listed, experiment, experiment);
            return listed;
        }
        const auto values = column ? columns.find(column->id()) : columns.end();
        return values == columns.end() ? std::nullopt : std::optional(values->second);
    };
}

} // namespace query
