// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/values.h"
#include "models/query/value.h"

#include <span>

// One condition about one variable.
namespace query {

using Source = api::Column::Source;

// An operator and its opposite stand side by side (PROTOCOL 5.4).
enum class Operator : quint8 {
    Equal,
    NotEqual,
    Less,
    GreaterOrEqual,
    Greater,
    LessOrEqual,
    Between,
    NotBetween,
    Contains,
    NotContains,
    BeginsWith,
    NotBeginsWith,
    EndsWith,
    NotEndsWith,
    IsNull,
    IsNotNull,
    IsEmpty,
    IsNotEmpty,
};

constexpr Operator opposite(Operator op)
{
    return static_cast<Operator>(static_cast<quint8>(op) ^ 1);
}

// What an operator compares with.
enum class Operand : quint8 {
    Nothing,
    Single, // a text that is not empty (Equal, NotEqual), a number, bool or Moment
    Ordered, // the same, but any text
    Text,
    Pair,
};

Operand operandOf(Operator op);
QByteArray wireName(Operator op); // "greater_or_equal"
QByteArray pythonName(Operator op); // ">=", "startswith"; empty where Python needs ~
std::span<const Operator> operatorsFor(const QString &columnType); // those that a column's type can have

QByteArray pythonName(Source source); // "Parameter"
std::optional<Source> sourceNamed(QStringView pythonName);

struct Variable
{
    Source source = Source::Metric;
    QString name; // of a tag: the tag itself
};

struct Clause
{
    Source source = Source::Metric;
    QString name; // null: none is chosen yet; there may be one called ""
    Operator op = Operator::IsNotNull;
    Value value = {}; // of a tag: none

    bool operator==(const Clause &) const = default;
    // Whether the value is one for the operator; a tag only equals, without a value.
    bool isComplete() const;
    bool isFinished() const { return !name.isNull() && isComplete(); }
};

} // namespace query
