// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/variables.h"

// What servers are asked, in the JSON that the SDKs send; byte for byte where the SDK is right. All of it
// takes an expression without problems().
namespace query {

// Which servers take it: all, or those that know OR.
enum class Form : quint8 { Reference, Newest };

// The list "predicates" of project/query (PROTOCOL 5.3 to 5.7). The reference form can say conjunctions
// only. Not as the newest SDK, which sends ~(A & B) as ~A & ~B and (A & B) | C of several sources as
// A | B | C: what is meant is sent.
QByteArray predicates(const Expression &expression, const Variables &variables, Form form);

// The "rulesTree" of experiments/search (PROTOCOL 5.8).
QByteArray rulesTree(const Expression &expression, const Variables &variables);

} // namespace query
