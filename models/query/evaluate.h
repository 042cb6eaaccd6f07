// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/browse/valuecolumn.h"
#include "models/query/variables.h"

#include <functional>

// Who satisfies an expression, by the values at hand. Pure functions, for any thread.
//
// The semantics are those of PROTOCOL 5.4 and 5.5. What of them is not sure of the real server (PROTOCOL 12,
// U9 and U10), so that its answer and ours may differ:
// - a metric is compared by its current value, the last one;
// - where a value is missing, nothing holds but == None: neither x != 1 nor ~x.contains("a");
// - texts are compared with their case, and ordered by their bytes;
// - between() includes both ends;
// - == "" holds where a text is there and empty, not where it is missing;
// - ~Tag("a") holds for whatever has no tag a, also without any tag;
// - parameters and others are numbers or texts as the type of their column says: in one of type string, "5.0"
//   does not equal "5" but does equal the number 5; in one of type double a text that is no number is neither
//   less nor greater nor equal to any;
// - NaN is not equal to anything, itself included.
namespace query {

enum Mark : quint8 { No, Unknown, Yes }; // Unknown: the values that would tell are not loaded
using Marks = std::vector<quint8>; // one a row

struct Count
{
    std::size_t yes = 0;
    std::size_t unknown = 0;
    std::vector<Count> parts = {}; // of a group: of each child by itself, switched off or not
};

struct Evaluation
{
    Marks marks;
    Count count;
};

// The values of a variable, row by row: times in milliseconds since 1970 UTC, the duration in seconds, truth
// as 1 and 0. Of any tag: the tags of each row, joined by U+001F. Nothing where no value is known.
using ValuesOf = std::function<std::optional<ValueColumn>(const Variable &variable)>;

Evaluation evaluated(
    const Expression &expression, const Variables &variables, std::size_t rows, const ValuesOf &valuesOf);

} // namespace query
