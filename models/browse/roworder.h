// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/values/textcolumn.h"

#include <QtGlobal>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

// How the rows of the experiment table are sorted. Pure functions, for any thread.

// What a column sorts by. A lower tier comes first in either direction (so what is missing is always
// last); values order the rows of one tier. Empty tiers mean that all rows are of one.
struct SortKeys
{
    std::vector<quint64> values;
    std::vector<quint8> tiers;
    quint64 bound = 0; // all values are below it, and not many times as many as rows; 0 where unknown
};

struct SortColumn
{
    std::function<SortKeys()> keys; // called where the sorting is done
    bool descending = false;
};

// Row numbers, sorted by the first column, equal ones by the second, and so on; equal rows stay in order.
std::vector<quint32> sortedRows(std::size_t rows, const std::vector<SortColumn> &by);

// Unsigned numbers that order as the doubles do. Not for NaN.
quint64 orderedBits(double value);

// For each text its place among them as people sort: case does not count, and numbers within are read
// as numbers ("run-2" before "run-10"). Equal texts have equal places.
std::vector<quint64> ranks(const TextColumn &texts);
