// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/browse/experimenttable.h"
#include "models/query/variables.h"

namespace query {

// The conditions that a cell of a table suggests.
struct CellClauses
{
    QString value; // as people read it; empty where there is none
    std::optional<Clause> same;
    std::optional<Clause> other;
    std::optional<Clause> greater; // of numbers, times and durations
    std::optional<Clause> less;
};

// None where the server has no such variable, the value is not loaded or compares with nothing (NaN), and of
// least and greatest values of metrics, which the server does not compare (PROTOCOL 5.5); of tags neither.
CellClauses cellClauses(
    const ExperimentTable &table, const TableColumn &column, std::size_t experiment, const Variables &variables);

} // namespace query
