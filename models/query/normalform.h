// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/expression.h"

#include <optional>
#include <vector>

// Other ways to say the same.
namespace query {

// Whether a part asks for something: conditions that are switched off or not finished yet do not, nor do groups
// of nothing else.
bool counts(const Expression &part);
std::size_t unfinished(const Expression &expression); // how many conditions, of those that are switched on

// What counts of an expression, without groups of one. Where nothing is left: all of nothing, which asks for
// nothing.
Expression simplified(const Expression &expression);
bool asksNothing(const Expression &expression); // nothing counts of it: all match

// Simplified, and only clauses are negated. What De Morgan says of groups is all there is to it: each
// clause either holds or does not, also where a value is missing.
Expression withNegationInside(const Expression &expression);

// Whether nothing but AND is needed, which is all that project/query of the reference era can say.
bool isConjunction(const Expression &expression);

// As branches of which any must hold, each a list of clauses, negated or not, that must all hold.
// A clause that repeats itself, and a branch that says no more than another, are left out. Nothing where
// there would be more than limit branches.
using Branch = QList<Expression>;
std::optional<std::vector<Branch>> branches(const Expression &expression, std::size_t limit);

} // namespace query
