// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/comparison/plotcolumn.h"
#include "models/query/variables.h"

// A range of a column, as people read it: "0.1 to 0.5", "adam, sgd".
QString rangeText(const PlotColumn &column, const PlotColumn::Range &range);

// The categories in a range.
QStringList categoriesIn(const PlotColumn &column, const PlotColumn::Range &range);

// What a query asks to find the experiments in a range of a column; nothing where no server compares it, such
// as the least value of a metric (PROTOCOL 5.5).
std::optional<query::Expression> brushed(
    const PlotColumn &column, const PlotColumn::Range &range, const query::Variables &variables);
