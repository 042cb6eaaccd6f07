// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/pythontokens.h"

// What stands in a Python expression, and how what it is made of is put together.
namespace query::python {

struct Zone
{
    int offset = 0; // seconds east of UTC
};

struct Span
{
    double seconds = 0; // of a timedelta
};

// A part of the text and what it stands for.
struct Thing
{
    qsizetype at = 0;
    qsizetype end = 0;
    std::variant<Value, Variable, Expression, Zone, Span> what = Value();

    const Number *number() const;
    const QString *text() const;
    bool isNone() const;
    bool isConstant() const { return std::holds_alternative<Value>(what); }
    const Variable *variable() const { return std::get_if<Variable>(&what); }
    const Expression *condition() const { return std::get_if<Expression>(&what); }
};

struct Argument
{
    QString keyword; // empty where it is known by its place
    Thing thing;
};

// All of these throw a TextProblem.

// function is the last part of a dotted name: "Metric", "datetime", "float".
Thing called(const Token &function, const std::vector<Argument> &arguments, qsizetype end);
// Metric("loss").between(1, 2)
Thing calledOn(const Thing &thing, const Token &method, const std::vector<Argument> &arguments, qsizetype end);
// +, -, *, /, //, %, ** of two numbers; + of two texts
Thing calculated(const Thing &left, const Token &sign, const Thing &right);
Thing negative(const Thing &thing, const Token &sign);
// sign is ==, !=, <, <=, > or >=
Thing compared(const Thing &left, const Token &sign, const Thing &right);

} // namespace query::python
