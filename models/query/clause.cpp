// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/clause.h"

#include <array>

using namespace Qt::StringLiterals;

namespace query {

namespace {

struct OperatorWords
{
    const char *wire;
    const char *python;
    Operand operand;
};

// In the order of Operator.
constexpr std::array<OperatorWords, 18> operators{{
    {"equal", "==", Operand::Single},
    {"not_equal", "!=", Operand::Single},
    {"less", "<", Operand::Ordered},
    {"greater_or_equal", ">=", Operand::Ordered},
    {"greater", ">", Operand::Ordered},
    {"less_or_equal", "<=", Operand::Ordered},
    {"between", "between", Operand::Pair},
    {"not_between", "", Operand::Pair},
    {"contains", "contains", Operand::Text},
    {"not_contains", "", Operand::Text},
    {"begins_with", "startswith", Operand::Text},
    {"not_begins_with", "", Operand::Text},
    {"ends_with", "endswith", Operand::Text},
    {"not_ends_with", "", Operand::Text},
    {"is_null", "==", Operand::Nothing},
    {"is_not_null", "!=", Operand::Nothing},
    {"is_empty", "==", Operand::Nothing},
    {"is_not_empty", "!=", Operand::Nothing},
}};

struct SourceWords
{
    Source source;
    const char *python;
};

constexpr std::array<SourceWords, 6> sources{{
    {Source::Metric, "Metric"},
    {Source::Parameter, "Parameter"},
    {Source::Other, "Other"},
    {Source::Metadata, "Metadata"},
    {Source::Environment, "Environment"},
    {Source::Tag, "Tag"},
}};

constexpr std::array textual{Operator::Equal, Operator::NotEqual, Operator::Contains, Operator::NotContains,
    Operator::BeginsWith, Operator::NotBeginsWith, Operator::EndsWith, Operator::NotEndsWith, Operator::IsEmpty,
    Operator::IsNotEmpty, Operator::IsNull, Operator::IsNotNull, Operator::Less, Operator::LessOrEqual,
    Operator::Greater, Operator::GreaterOrEqual};
constexpr std::array ordered{Operator::Less, Operator::LessOrEqual, Operator::Greater, Operator::GreaterOrEqual,
    Operator::Equal, Operator::NotEqual, Operator::Between, Operator::NotBetween, Operator::IsNull,
    Operator::IsNotNull};
constexpr std::array logical{Operator::Equal, Operator::NotEqual, Operator::IsNull, Operator::IsNotNull};

} // namespace

Operand operandOf(Operator op)
{
    return operators[static_cast<std::size_t>(op)].operand;
}

QByteArray wireName(Operator op)
{
    return operators[static_cast<std::size_t>(op)].wire;
}

QByteArray pythonName(Operator op)
{
    return operators[static_cast<std::size_t>(op)].python;
}

std::span<const Operator> operatorsFor(const QString &columnType)
{
    if (columnType == "boolean"_L1)
        return logical;
    return columnType == "string"_L1 ? std::span<const Operator>(textual) : std::span<const Operator>(ordered);
}

QByteArray pythonName(Source source)
{
    for (const SourceWords &words : sources) {
        if (words.source == source)
            return words.python;
    }
    return {};
}

std::optional<Source> sourceNamed(QStringView pythonName)
{
    for (const SourceWords &words : sources) {
        if (pythonName == QLatin1StringView(words.python))
            return words.source;
    }
    return std::nullopt;
}

bool Clause::isComplete() const
{
    if (source == Source::Unknown)
        return false;
    if (source == Source::Tag)
        return op == Operator::Equal && std::holds_alternative<std::monostate>(value);
    const QString *text = std::get_if<QString>(&value);
    const bool isSingle = std::holds_alternative<Number>(value) || std::holds_alternative<bool>(value)
        || std::holds_alternative<Moment>(value);
    switch (operandOf(op)) {
    case Operand::Nothing:
        return std::holds_alternative<std::monostate>(value);
    case Operand::Single:
        return isSingle || (text && !text->isEmpty());
    case Operand::Ordered:
        return isSingle || text;
    case Operand::Text:
        return text;
    case Operand::Pair:
        return std::holds_alternative<Pair>(value);
    }
    return false;
}

} // namespace query
