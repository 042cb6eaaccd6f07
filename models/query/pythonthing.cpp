// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/pythonthing.h"

#include "models/query/translated.h"

#include <cmath>
#include <span>

using namespace Qt::StringLiterals;

namespace query::python {

namespace {

[[noreturn]] void fail(const Thing &thing, const QString &message)
{
    python::fail(thing.at, thing.end, message);
}

using Bound = std::vector<const Thing *>; // by parameter; nullptr where it is not given

// Each argument at the place of its parameter.
Bound bound(const Token &function, const std::vector<Argument> &arguments, std::span<const QStringView> parameters,
    std::size_t required, qsizetype end)
{
    Bound result(parameters.size(), nullptr);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const Argument &argument = arguments[i];
        std::size_t place = i;
        if (!argument.keyword.isEmpty())
            place = static_cast<std::size_t>(
                std::find(parameters.begin(), parameters.end(), argument.keyword) - parameters.begin());
        if (place >= parameters.size())
            fail(argument.thing,
                argument.keyword.isEmpty()
                    ? tr("%1() takes fewer values: %2.").arg(function.text).arg(parameters.size())
                    : tr("%1() knows no “%2”.").arg(function.text, argument.keyword));
        if (result[place])
            fail(argument.thing, tr("This is given twice."));
        result[place] = &argument.thing;
    }
    for (std::size_t i = 0; i < required; ++i) {
        if (!result[i])
            python::fail(function.at, end, tr("%1() needs: %2.").arg(function.text, parameters[i]));
    }
    return result;
}

const QString &textOf(const Thing &thing, const QString &message)
{
    if (!thing.text())
        fail(thing, message);
    return *thing.text();
}

qint64 wholeOf(const Thing &thing, qint64 least, qint64 most)
{
    const Number *number = thing.number();
    bool isShort = false;
    const qint64 value = number && number->isWhole() ? number->digits.toLongLong(&isShort) : 0;
    if (!isShort)
        fail(thing, tr("A whole number was expected."));
    if (value < least || value > most)
        fail(thing, tr("A number from %1 to %2 was expected.").arg(least).arg(most));
    return value;
}

Thing variable(const Token &function, const std::vector<Argument> &arguments, Source source, qsizetype end)
{
    static constexpr std::array<QStringView, 1> parameters{u"name"};
    const Thing &argument = *bound(function, arguments, parameters, 1, end)[0];
    const QString name = textOf(argument, tr("The name must be a text in quotation marks."));
    if (source == Source::Tag)
        return {function.at, end, Expression({source, name, Operator::Equal, {}})};
    return {function.at, end, Variable{source, name}};
}

Thing datetime(const Token &function, const std::vector<Argument> &arguments, qsizetype end)
{
    static constexpr std::array<QStringView, 9> parameters{
        u"year", u"month", u"day", u"hour", u"minute", u"second", u"microsecond", u"tzinfo", u"fold"};
    static constexpr std::array<std::pair<qint64, qint64>, 7> limits{
        {{1, 9999}, {1, 12}, {1, 31}, {0, 23}, {0, 59}, {0, 59}, {0, 999'999}}};
    const Bound values = bound(function, arguments, parameters, 3, end);
    std::array<qint64, limits.size()> fields{};
    for (std::size_t i = 0; i < limits.size(); ++i)
        fields[i] = values[i] ? wholeOf(*values[i], limits[i].first, limits[i].second) : 0;
    Moment moment;
    moment.date = QDate(static_cast<int>(fields[0]), static_cast<int>(fields[1]), static_cast<int>(fields[2]));
    if (!moment.date.isValid())
        fail(*values[2], tr("This month does not have so many days."));
    moment.microseconds = ((fields[3] * 60 + fields[4]) * 60 + fields[5]) * 1'000'000 + fields[6];
    if (const Thing *zone = values[7]; zone && !zone->isNone()) {
        if (!std::holds_alternative<Zone>(zone->what))
            fail(*zone, tr("A time zone was expected, as timezone.utc."));
        moment.offset = std::get<Zone>(zone->what).offset;
    }
    if (values[8])
        wholeOf(*values[8], 0, 1);
    return {function.at, end, Value(moment)};
}

Thing timedelta(const Token &function, const std::vector<Argument> &arguments, qsizetype end)
{
    static constexpr std::array<QStringView, 7> parameters{
        u"days", u"seconds", u"microseconds", u"milliseconds", u"minutes", u"hours", u"weeks"};
    static constexpr std::array<double, 7> lengths{86'400, 1, 1e-6, 1e-3, 60, 3'600, 604'800};
    const Bound values = bound(function, arguments, parameters, 0, end);
    double seconds = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!values[i])
            continue;
        if (!values[i]->number())
            fail(*values[i], tr("A number was expected."));
        seconds += values[i]->number()->value * lengths[i];
    }
    return {function.at, end, Span{seconds}};
}

Thing timezone(const Token &function, const std::vector<Argument> &arguments, qsizetype end)
{
    static constexpr std::array<QStringView, 2> parameters{u"offset", u"name"};
    const Bound values = bound(function, arguments, parameters, 1, end);
    const Span *span = std::get_if<Span>(&values[0]->what);
    if (!span)
        fail(*values[0], tr("A time from UTC was expected, as timedelta(hours=2)."));
    if (!(std::abs(span->seconds) < 86'400) || span->seconds != std::trunc(span->seconds))
        fail(*values[0], tr("Whole seconds and less than a day were expected."));
    if (values[1])
        textOf(*values[1], tr("The name must be a text in quotation marks."));
    return {function.at, end, Zone{static_cast<int>(span->seconds)}};
}

Thing real(const Token &function, const std::vector<Argument> &arguments, qsizetype end)
{
    static constexpr std::array<QStringView, 1> parameters{u"x"};
    static constexpr double infinity = std::numeric_limits<double>::infinity();
    const Thing &argument = *bound(function, arguments, parameters, 1, end)[0];
    if (const Number *number = argument.number())
        return {function.at, end, Value(Number::real(number->value))};
    const QString name = textOf(argument, tr("A number was expected.")).trimmed().toLower();
    const QStringView word = QStringView(name).mid(name.startsWith(u'-') || name.startsWith(u'+') ? 1 : 0);
    if (word == u"nan")
        return {function.at, end, Value(Number::real(api::missing))};
    if (word != u"inf" && word != u"infinity")
        fail(argument, tr("Write the number without float() and quotation marks."));
    return {function.at, end, Value(Number::real(name.startsWith(u'-') ? -infinity : infinity))};
}

Number numberOf(const Thing &thing)
{
    if (!thing.number())
        fail(thing, tr("Only numbers can be calculated with."));
    return *thing.number();
}

Operator operatorNamed(const QString &sign, bool isMirrored)
{
    struct Words
    {
        QStringView sign;
        Operator op;
        Operator mirrored;
    };
    static constexpr std::array<Words, 6> words{{
        {u"==", Operator::Equal, Operator::Equal},
        {u"!=", Operator::NotEqual, Operator::NotEqual},
        {u"<", Operator::Less, Operator::Greater},
        {u">", Operator::Greater, Operator::Less},
        {u"<=", Operator::LessOrEqual, Operator::GreaterOrEqual},
        {u">=", Operator::GreaterOrEqual, Operator::LessOrEqual},
    }};
    const auto found = std::find_if(words.begin(), words.end(), [&](const Words &w) { return w.sign == sign; });
    return isMirrored ? found->mirrored : found->op;
}

} // namespace

const Number *Thing::number() const
{
    const Value *value = std::get_if<Value>(&what);
    return value ? std::get_if<Number>(value) : nullptr;
}

const QString *Thing::text() const
{
    const Value *value = std::get_if<Value>(&what);
    return value ? std::get_if<QString>(value) : nullptr;
}

bool Thing::isNone() const
{
    const Value *value = std::get_if<Value>(&what);
    return value && std::holds_alternative<std::monostate>(*value);
}

Thing called(const Token &function, const std::vector<Argument> &arguments, qsizetype end)
{
    if (const std::optional<Source> source = sourceNamed(function.text))
        return variable(function, arguments, *source, end);
    using Call = Thing (*)(const Token &, const std::vector<Argument> &, qsizetype);
    static constexpr std::array<std::pair<QStringView, Call>, 5> functions{{{u"datetime", datetime}, {u"dt", datetime},
        {u"timedelta", timedelta}, {u"timezone", timezone}, {u"float", real}}};
    for (const auto &[name, call] : functions) {
        if (function.text == name)
            return call(function, arguments, end);
    }
    python::fail(function.at, function.end,
        tr("“%1” is not known here. Conditions begin with Metric, Parameter, Other, Metadata, Environment or Tag.")
            .arg(function.text));
}

Thing calledOn(const Thing &thing, const Token &method, const std::vector<Argument> &arguments, qsizetype end)
{
    static constexpr std::array<QStringView, 1> one{u"rhs"};
    static constexpr std::array<QStringView, 2> two{u"low", u"high"};
    static constexpr std::array methods{
        Operator::Between, Operator::Contains, Operator::BeginsWith, Operator::EndsWith};
    const auto op = std::find_if(methods.begin(), methods.end(),
        [&](Operator op) { return method.text == QLatin1StringView(pythonName(op)); });
    if (op == methods.end() || !thing.variable())
        python::fail(method.at, method.end,
            tr("“%1” is not known here. Variables have .between(), .contains(), .startswith() and .endswith().")
                .arg(method.text));
    const Variable &variable = *thing.variable();
    Value value;
    if (*op == Operator::Between) {
        const Bound values = bound(method, arguments, two, 2, end);
        value = Pair(numberOf(*values[0]), numberOf(*values[1]));
    } else {
        value = textOf(*bound(method, arguments, one, 1, end)[0], tr("A text in quotation marks was expected."));
    }
    return {thing.at, end, Expression({variable.source, variable.name, *op, value})};
}

Thing negative(const Thing &thing, const Token &sign)
{
    Number number = numberOf(thing);
    if (sign.text == "-"_L1) {
        if (number.isWhole() && number.digits != "0")
            number = Number::whole(number.digits.startsWith('-') ? number.digits.mid(1) : '-' + number.digits);
        else if (!number.isWhole())
            number.value = -number.value;
    }
    return {sign.at, thing.end, Value(number)};
}

Thing compared(const Thing &left, const Token &sign, const Thing &right)
{
    if (left.condition() || right.condition())
        python::fail(sign.at, sign.end,
            tr("“%1” compares a condition here. Put parentheses around each comparison.").arg(sign.text));
    if (left.variable() && right.variable())
        python::fail(left.at, right.end, tr("Two variables can’t be compared with each other."));
    const Thing &constant = left.variable() ? right : left;
    const Variable *variable = left.variable() ? left.variable() : right.variable();
    if (!variable)
        python::fail(left.at, right.end,
            tr("No variable is compared here. Conditions begin with Metric, Parameter, Other, Metadata, Environment "
               "or Tag."));
    if (!constant.isConstant())
        fail(constant, tr("This is not a value to compare with."));
    Clause clause{variable->source, variable->name, operatorNamed(sign.text, !left.variable()),
        std::get<Value>(constant.what)};
    const bool isEquality = clause.op == Operator::Equal || clause.op == Operator::NotEqual;
    const bool isEmptyText = constant.text() && constant.text()->isEmpty();
    if (constant.isNone() && !isEquality)
        fail(constant, tr("None can only be compared by == and !=."));
    if (isEquality && (constant.isNone() || isEmptyText)) {
        const bool isEqual = clause.op == Operator::Equal;
        if (constant.isNone())
            clause.op = isEqual ? Operator::IsNull : Operator::IsNotNull;
        else
            clause.op = isEqual ? Operator::IsEmpty : Operator::IsNotEmpty;
        clause.value = {};
    }
    return {left.at, right.end, Expression(clause)};
}

} // namespace query::python
