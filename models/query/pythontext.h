// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/expression.h"

// Expressions as Python of the comet_ml package has them:
// (Metric("loss") < .1) & ~Parameter("optimizer").startswith("ad") & Tag("a")
namespace query {

// Why a text is no expression: where, in UTF-16 units, and a sentence for people.
struct TextProblem
{
    qsizetype position = 0;
    qsizetype length = 0;
    QString message;
};

struct Reading
{
    Expression expression = {};
    std::optional<TextProblem> problem = {}; // then the expression asks for nothing
};

// Reads what Python would read the same: its precedence, literals and escapes, arithmetic with numbers,
// datetime(...) under the usual names. An empty text is an expression that asks for nothing. Any text is
// safe to read; it may be 200,000 characters long and nested a hundred deep.
Reading fromPython(QStringView text);

// One line that fromPython() reads as simplified() of the expression, and Python as the SDK's query. Empty
// where nothing is asked for.
QString toPython(const Expression &expression);

QString pythonString(const QString &text); // a literal, in quotes
QString pythonValue(const Value &value); // a literal, or datetime(...)

} // namespace query
