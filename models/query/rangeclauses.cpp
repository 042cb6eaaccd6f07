// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/rangeclauses.h"

#include "models/query/clausetext.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace query {

namespace {

Number number(double value)
{
    const bool isWhole = value == std::floor(value) && std::abs(value) < 1e15;
    return isWhole ? Number::whole(static_cast<qint64>(value)) : Number::real(value);
}

} // namespace

std::optional<Expression> inRange(const Variable &variable, double low, double high, const Variables &variables)
{
    const QString type = variables.type(variable.source, variable.name);
    const auto clause = [&](Operator op, const Value &value) {
        return Expression(Clause{variable.source, variable.name, op, value});
    };
    if (type == "double"_L1 || type == "timenumber"_L1)
        return clause(Operator::Between, Pair(number(low), number(high)));
    if (type == "datetime"_L1) {
        return Expression::all({clause(Operator::GreaterOrEqual, Moment::fromEpoch(static_cast<qint64>(std::floor(low)))),
            clause(Operator::LessOrEqual, Moment::fromEpoch(static_cast<qint64>(std::ceil(high))))});
    }
    return std::nullopt;
}

std::optional<Expression> isOneOf(const Variable &variable, const QStringList &values, const Variables &variables)
{
    const QString type = variables.type(variable.source, variable.name);
    if (type.isNull() || variable.source == Source::Tag || values.isEmpty())
        return std::nullopt;
    QList<Expression> any;
    for (const QString &text : values) {
        const std::optional<Value> value = text.isEmpty() ? Value() : valueFromText(text, type);
        if (!value)
            return std::nullopt;
        any += Expression(Clause{variable.source, variable.name, text.isEmpty() ? Operator::IsEmpty : Operator::Equal, *value});
    }
    return any.size() == 1 ? any.front() : Expression::any(any);
}

} // namespace query
