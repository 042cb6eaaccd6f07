// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/clause.h"

#include <optional>

// Clauses as people read and type them. columnType is that of Variables::type(): "string", "double",
// "boolean", "datetime" or "timenumber"; null where the variable is not known.
namespace query {

QString sourceText(Source source); // "Parameter"
QString operatorText(Operator op, Source source, const QString &columnType); // "is at least", "is after"

// What a field shows of a single value: numbers and texts as they are, durations as "2 h 5 min", times as
// "2026-11-01 09:00". Empty where there is none.
QString valueText(const Value &value, const QString &columnType);
// What a person means by it; nothing where it is none: numbers in the person's or in Python's manner, durations
// as "90", "90 s", "2 h 5 min" or "1:30:00" in seconds, times in UTC.
std::optional<Value> valueFromText(const QString &text, const QString &columnType);
QString valueHint(const QString &columnType); // a placeholder: "10 min"

// The clause with another variable, and as much of operator and value as fits it.
Clause withVariable(const Clause &clause, Source source, const QString &name, const QString &columnType);
// The clause with another operator, and the value if it is one for it.
Clause withOperator(const Clause &clause, Operator op);

} // namespace query
