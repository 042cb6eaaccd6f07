// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/cellclauses.h"

#include "models/query/clausetext.h"
#include "models/query/tablevalues.h"

using namespace Qt::StringLiterals;

namespace query {

namespace {

// What a clause would compare with to find the value.
std::optional<Value> comparable(const ValueColumn &cell, const QString &type)
{
    const bool isNumber = cell.kind(0) == ValueColumn::Kind::Number;
    if (type == "datetime"_L1) {
        if (!isNumber)
            return std::nullopt;
        return Value(Moment::fromEpoch(static_cast<qint64>(cell.number(0))));
    }
    if (type == "boolean"_L1 && isNumber)
        return Value(cell.number(0) != 0);
    return valueFromText(cell.text(0), type);
}

} // namespace

CellClauses cellClauses(
    const ExperimentTable &table, const TableColumn &column, std::size_t experiment, const Variables &variables)
{
    const std::optional<Variable> variable = variableOf(column);
    if (!variable || variable->source == Source::Tag || (column.isMetric() && tableColumn(*variable) != column))
        return {};
    const QString type = variables.type(variable->source, variable->name);
    const std::optional<ValueColumn> cell = cellValue(table, column, experiment);
    if (type.isNull() || !cell || !cell->isLoaded(0))
        return {};
    const auto clause = [&](Operator op, const Value &value = {}) {
        return Clause{variable->source, variable->name, op, value};
    };
    CellClauses clauses;
    if (cell->kind(0) == ValueColumn::Kind::Missing) {
        clauses.same = clause(Operator::IsNull);
        clauses.other = clause(Operator::IsNotNull);
        return clauses;
    }
    if (cell->text(0).isEmpty()) {
        clauses.same = clause(Operator::IsEmpty);
        clauses.other = clause(Operator::IsNotEmpty);
        return clauses;
    }
    const std::optional<Value> value = comparable(*cell, type);
    if (!value || cell->kind(0) == ValueColumn::Kind::NaN)
        return {};
    clauses.value = valueText(*value, type);
    if (type != "datetime"_L1) { // nobody means a millisecond
        clauses.same = clause(Operator::Equal, *value);
        clauses.other = clause(Operator::NotEqual, *value);
    }
    if (type != "string"_L1 && type != "boolean"_L1) {
        clauses.greater = clause(Operator::Greater, *value);
        clauses.less = clause(Operator::Less, *value);
    }
    return clauses;
}

} // namespace query
