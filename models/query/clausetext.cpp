// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/clausetext.h"

#include "models/values/number.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace query {

namespace {

struct OperatorTexts
{
    const char *common;
    const char *ofTimes; // where it reads otherwise
};

// In the order of Operator.
constexpr std::array<OperatorTexts, 18> operatorTexts{{
    {QT_TRANSLATE_NOOP("query", "is"), ""},
    {QT_TRANSLATE_NOOP("query", "is not"), ""},
    {QT_TRANSLATE_NOOP("query", "is less than"), QT_TRANSLATE_NOOP("query", "is before")},
    {QT_TRANSLATE_NOOP("query", "is at least"), QT_TRANSLATE_NOOP("query", "is not before")},
    {QT_TRANSLATE_NOOP("query", "is greater than"), QT_TRANSLATE_NOOP("query", "is after")},
    {QT_TRANSLATE_NOOP("query", "is at most"), QT_TRANSLATE_NOOP("query", "is not after")},
    {QT_TRANSLATE_NOOP("query", "is between"), ""},
    {QT_TRANSLATE_NOOP("query", "is not between"), ""},
    {QT_TRANSLATE_NOOP("query", "contains"), ""},
    {QT_TRANSLATE_NOOP("query", "does not contain"), ""},
    {QT_TRANSLATE_NOOP("query", "begins with"), ""},
    {QT_TRANSLATE_NOOP("query", "does not begin with"), ""},
    {QT_TRANSLATE_NOOP("query", "ends with"), ""},
    {QT_TRANSLATE_NOOP("query", "does not end with"), ""},
    {QT_TRANSLATE_NOOP("query", "is missing"), ""},
    {QT_TRANSLATE_NOOP("query", "has a value"), ""},
    {QT_TRANSLATE_NOOP("query", "is empty"), ""},
    {QT_TRANSLATE_NOOP("query", "is not empty"), ""},
}};

constexpr std::array<std::pair<Source, const char *>, 6> sourceTexts{{
    {Source::Metric, QT_TRANSLATE_NOOP("query", "Metric")},
    {Source::Parameter, QT_TRANSLATE_NOOP("query", "Parameter")},
    {Source::Other, QT_TRANSLATE_NOOP("query", "Other")},
    {Source::Metadata, QT_TRANSLATE_NOOP("query", "Metadata")},
    {Source::Environment, QT_TRANSLATE_NOOP("query", "Environment")},
    {Source::Tag, QT_TRANSLATE_NOOP("query", "Tag")},
}};

QString translated(const char *text)
{
    return QCoreApplication::translate("query", text);
}

struct Unit
{
    QLatin1StringView name;
    double seconds;
};
constexpr std::array<Unit, 5> units{{{"d"_L1, 86'400}, {"h"_L1, 3'600}, {"min"_L1, 60}, {"s"_L1, 1}, {"ms"_L1, 0.001}}};

QString durationText(double seconds)
{
    if (!std::isfinite(seconds) || seconds < 60 || seconds != std::floor(seconds))
        return QString::fromLatin1(Number::real(seconds).repr());
    auto rest = static_cast<qint64>(seconds);
    QStringList parts;
    for (const Unit &unit : units) {
        const auto size = static_cast<qint64>(unit.seconds);
        if (size > 0 && rest >= size) {
            parts += QString::number(rest / size) + u' ' + unit.name;
            rest %= size;
        }
    }
    return parts.join(u' ');
}

std::optional<Number> numberFromText(const QString &typed)
{
    const QString text = typed.trimmed();
    if (static const QRegularExpression whole(u"^-?(0|[1-9][0-9]*)$"_s); whole.match(text).hasMatch())
        return Number::whole(text.toLatin1());
    if (const std::optional<double> logged = number::read(text))
        return Number::real(*logged);
    bool isNumber = false; // as people of this country write it
    const double value = QLocale().toDouble(text, &isNumber);
    return isNumber ? std::optional(Number::real(value)) : std::nullopt;
}

// Whole seconds are sent as whole numbers, as 2 * 60 is in Python.
Number secondsOf(double seconds)
{
    const bool isWhole = seconds == std::floor(seconds) && std::abs(seconds) < 1e15;
    return isWhole ? Number::whole(static_cast<qint64>(seconds)) : Number::real(seconds);
}

std::optional<Number> durationFromText(const QString &typed)
{
    const QString text = typed.trimmed().toLower();
    if (const std::optional<Number> plain = numberFromText(text))
        return plain;
    static const QRegularExpression clock(u"^(?:(\\d+):)?(\\d+):(\\d\\d)$"_s);
    if (const auto match = clock.match(text); match.hasMatch())
        return Number::whole(match.captured(1).toLongLong() * 3600 + match.captured(2).toLongLong() * 60
            + match.captured(3).toLongLong());
    static const QRegularExpression part(u"\\G\\s*([0-9]+(?:\\.[0-9]+)?)\\s*(ms|min|d|h|m|s)\\s*"_s);
    double seconds = 0;
    qsizetype at = 0;
    while (at < text.size()) {
        const auto match = part.match(text, at);
        if (!match.hasMatch())
            return std::nullopt;
        const QString name = match.captured(2) == "m"_L1 ? u"min"_s : match.captured(2);
        const auto unit = std::ranges::find(units, QLatin1StringView(name.toLatin1()), &Unit::name);
        seconds += match.captured(1).toDouble() * unit->seconds;
        at = match.capturedEnd();
    }
    return at > 0 ? std::optional(secondsOf(seconds)) : std::nullopt;
}

std::optional<Moment> momentFromText(const QString &typed)
{
    const QString text = typed.trimmed().replace(u'T', u' ');
    for (const QString &format : {u"yyyy-MM-dd HH:mm:ss"_s, u"yyyy-MM-dd HH:mm"_s, u"yyyy-MM-dd"_s}) {
        const QDateTime time = QDateTime::fromString(text, format);
        if (time.date().isValid())
            return Moment{time.date(), qint64(time.time().msecsSinceStartOfDay()) * 1000, {}};
    }
    return std::nullopt;
}

} // namespace

QString sourceText(Source source)
{
    const auto found = std::ranges::find(sourceTexts, source, &std::pair<Source, const char *>::first);
    return found == sourceTexts.end() ? QString() : translated(found->second);
}

QString operatorText(Operator op, Source source, const QString &columnType)
{
    if (source == Source::Tag)
        return op == Operator::Equal ? translated(QT_TRANSLATE_NOOP("query", "is there"))
                                     : translated(QT_TRANSLATE_NOOP("query", "is not there"));
    const OperatorTexts &texts = operatorTexts[static_cast<std::size_t>(op)];
    return translated(columnType == "datetime"_L1 && *texts.ofTimes ? texts.ofTimes : texts.common);
}

QString valueText(const Value &value, const QString &columnType)
{
    if (const auto *text = std::get_if<QString>(&value))
        return *text;
    if (const auto *number = std::get_if<Number>(&value))
        return columnType == "timenumber"_L1 ? durationText(number->value) : QString::fromLatin1(number->repr());
    if (const auto *truth = std::get_if<bool>(&value))
        return *truth ? u"True"_s : u"False"_s;
    if (const auto *moment = std::get_if<Moment>(&value)) {
        const QString text = moment->isoText();
        return text.endsWith(":00"_L1) && text.size() == 19 ? text.chopped(3) : text;
    }
    return {};
}

std::optional<Value> valueFromText(const QString &text, const QString &columnType)
{
    if (columnType == "double"_L1 || columnType == "timenumber"_L1) {
        const auto number = columnType == "double"_L1 ? numberFromText(text) : durationFromText(text);
        return number ? std::optional<Value>(*number) : std::nullopt;
    }
    if (columnType == "datetime"_L1) {
        const auto moment = momentFromText(text);
        return moment ? std::optional<Value>(*moment) : std::nullopt;
    }
    if (columnType == "boolean"_L1) {
        const bool isTrue = text.compare("true"_L1, Qt::CaseInsensitive) == 0;
        const bool isKnown = isTrue || text.compare("false"_L1, Qt::CaseInsensitive) == 0;
        return isKnown ? std::optional<Value>(isTrue) : std::nullopt;
    }
    return Value(text);
}

QString valueHint(const QString &columnType)
{
    if (columnType == "timenumber"_L1)
        return translated(QT_TRANSLATE_NOOP("query", "90 s, 10 min, 2 h"));
    if (columnType == "datetime"_L1)
        return translated(QT_TRANSLATE_NOOP("query", "2026-11-01 09:00"));
    if (columnType == "boolean"_L1)
        return translated(QT_TRANSLATE_NOOP("query", "True or False"));
    return columnType == "double"_L1 ? translated(QT_TRANSLATE_NOOP("query", "a number"))
                                     : translated(QT_TRANSLATE_NOOP("query", "a text"));
}

Clause withOperator(const Clause &clause, Operator op)
{
    Clause other{clause.source, clause.name, op, clause.value};
    const Operand operand = operandOf(op);
    const auto *pair = std::get_if<Pair>(&clause.value);
    if (clause.source == Source::Tag || operand == Operand::Nothing)
        other.value = {};
    else if (operand == Operand::Pair && !pair)
        other.value = std::holds_alternative<Number>(clause.value)
            ? Value(Pair(std::get<Number>(clause.value), std::get<Number>(clause.value)))
            : Value();
    else if (operand != Operand::Pair && pair)
        other.value = pair->first;
    else if (operand == Operand::Text && !std::holds_alternative<QString>(clause.value))
        other.value = {};
    return other;
}

Clause withVariable(const Clause &clause, Source source, const QString &name, const QString &columnType)
{
    Clause other = withOperator({source, name, clause.op, clause.value}, clause.op);
    if (source == Source::Tag) {
        other.op = clause.op == Operator::NotEqual ? clause.op : Operator::Equal;
        other.value = {};
        return other;
    }
    const auto fitting = operatorsFor(columnType);
    if (!columnType.isEmpty() && std::ranges::find(fitting, clause.op) == fitting.end())
        other = withOperator(other, fitting.front());
    const bool isPair = operandOf(other.op) == Operand::Pair;
    if (!isPair && !std::holds_alternative<std::monostate>(other.value))
        other.value = valueFromText(valueText(other.value, {}), columnType).value_or(Value());
    return other;
}

} // namespace query
