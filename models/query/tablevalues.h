// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/browse/experimenttable.h"
#include "models/query/evaluate.h"

namespace query {

// The column of the table that a variable's values are in; nothing for what no table shows (environment,
// most metadata).
std::optional<TableColumn> tableColumn(const Variable &variable);

std::optional<Variable> variableOf(const TableColumn &column); // the other way round

// The value of one cell, as the only one of a column; nothing for what the table does not know.
std::optional<ValueColumn> cellValue(const ExperimentTable &table, const TableColumn &column, std::size_t experiment);

// What a table has at this moment of the variables of an expression, experiment by experiment in the
// server's order: a snapshot that can go to another thread.
ValuesOf valuesOf(const ExperimentTable &table, const Expression &expression);

} // namespace query
