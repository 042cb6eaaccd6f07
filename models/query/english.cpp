// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/english.h"

#include "models/query/normalform.h"
#include "models/query/translated.h"
#include "models/values/format.h"

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace query {

namespace {

// In the order of Operator; the second of times.
constexpr std::array<std::pair<const char *, const char *>, 18> sentences{{
    {QT_TRANSLATE_NOOP("query", "%1 is %2"), nullptr},
    {QT_TRANSLATE_NOOP("query", "%1 is not %2"), nullptr},
    {QT_TRANSLATE_NOOP("query", "%1 is less than %2"), QT_TRANSLATE_NOOP("query", "%1 is before %2")},
    {QT_TRANSLATE_NOOP("query", "%1 is %2 or more"), QT_TRANSLATE_NOOP("query", "%1 is %2 or later")},
    {QT_TRANSLATE_NOOP("query", "%1 is more than %2"), QT_TRANSLATE_NOOP("query", "%1 is after %2")},
    {QT_TRANSLATE_NOOP("query", "%1 is %2 or less"), QT_TRANSLATE_NOOP("query", "%1 is %2 or earlier")},
    {QT_TRANSLATE_NOOP("query", "%1 is from %2 to %3"), nullptr},
    {QT_TRANSLATE_NOOP("query", "%1 is less than %2 or more than %3"), nullptr},
    {QT_TRANSLATE_NOOP("query", "%1 contains %2"), nullptr},
    {QT_TRANSLATE_NOOP("query", "%1 does not contain %2"), nullptr},
    {QT_TRANSLATE_NOOP("query", "%1 begins with %2"), nullptr},
    {QT_TRANSLATE_NOOP("query", "%1 does not begin with %2"), nullptr},
    {QT_TRANSLATE_NOOP("query", "%1 ends with %2"), nullptr},
    {QT_TRANSLATE_NOOP("query", "%1 does not end with %2"), nullptr},
    {QT_TRANSLATE_NOOP("query", "%1 is missing"), nullptr},
    {QT_TRANSLATE_NOOP("query", "%1 is there"), nullptr},
    {QT_TRANSLATE_NOOP("query", "%1 is empty"), nullptr},
    {QT_TRANSLATE_NOOP("query", "%1 is not empty"), nullptr},
}};

struct KindWords
{
    Source source;
    const char *words;
};
constexpr std::array<KindWords, 5> kinds{{
    {Source::Metric, QT_TRANSLATE_NOOP("query", "metric %1")},
    {Source::Parameter, QT_TRANSLATE_NOOP("query", "parameter %1")},
    {Source::Other, QT_TRANSLATE_NOOP("query", "other value %1")},
    {Source::Metadata, QT_TRANSLATE_NOOP("query", "metadata %1")},
    {Source::Environment, QT_TRANSLATE_NOOP("query", "environment %1")},
}};

constexpr std::array<std::pair<QStringView, const char *>, 6> known{{
    {u"duration", QT_TRANSLATE_NOOP("query", "the duration")},
    {u"start_server_timestamp", QT_TRANSLATE_NOOP("query", "the start")},
    {u"end_server_timestamp", QT_TRANSLATE_NOOP("query", "the end")},
    {u"user_name", QT_TRANSLATE_NOOP("query", "the user")},
    {u"file_name", QT_TRANSLATE_NOOP("query", "the file name")},
    {u"experimentKey", QT_TRANSLATE_NOOP("query", "the key")},
}};

QString quoted(const QString &text)
{
    return u'“' + text + u'”';
}

// Names that could be read as part of the sentence stand in quotation marks.
QString nameText(const QString &name)
{
    const auto isOfWord
        = [](QChar c) { return c.isLetterOrNumber() || QStringView(u"_-./").contains(c); };
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), isOfWord) ? name : quoted(name);
}

QString variableText(const Clause &clause)
{
    if (clause.source == Source::Metadata) {
        for (const auto &[name, words] : known) {
            if (clause.name == name)
                return tr(words);
        }
    }
    const auto kind
        = std::find_if(kinds.begin(), kinds.end(), [&](const KindWords &kind) { return kind.source == clause.source; });
    return tr(kind == kinds.end() ? "%1" : kind->words).arg(nameText(clause.name));
}

QString numberText(const Number &number, bool isDuration)
{
    constexpr double longest = 1e12; // seconds
    if (isDuration && number.value >= 0 && number.value < longest)
        return format::duration(std::llround(number.value * 1000));
    return QString::fromLatin1(number.repr());
}

QString valueText(const Value &value, bool isDuration)
{
    if (const QString *text = std::get_if<QString>(&value))
        return quoted(*text);
    if (const Number *number = std::get_if<Number>(&value))
        return numberText(*number, isDuration);
    if (const bool *truth = std::get_if<bool>(&value))
        return *truth ? tr("true") : tr("false");
    if (const Moment *moment = std::get_if<Moment>(&value))
        return moment->offset ? moment->isoText() : tr("%1 UTC").arg(moment->isoText());
    return format::missing(); // of a clause that is not complete yet
}

QString clauseText(const Expression &expression, const Variables &variables)
{
    const Clause &clause = expression.clause();
    if (clause.source == Source::Tag)
        return (expression.isNegated() ? tr("the tag %1 is not there") : tr("the tag %1 is there"))
            .arg(quoted(clause.name));
    const bool isDuration = variables.type(clause.source, clause.name) == "timenumber"_L1;
    const auto &[usual, ofTime] = sentences[static_cast<std::size_t>(expression.op())];
    const bool isTime = ofTime && std::holds_alternative<Moment>(clause.value);
    const QString sentence = tr(isTime ? ofTime : usual);
    const QString variable = variableText(clause);
    if (const Pair *pair = std::get_if<Pair>(&clause.value))
        return sentence.arg(variable, numberText(pair->first, isDuration), numberText(pair->second, isDuration));
    return operandOf(clause.op) == Operand::Nothing ? sentence.arg(variable)
                                                    : sentence.arg(variable, valueText(clause.value, isDuration));
}

QString textOf(const Expression &expression, const Variables &variables, bool isInside)
{
    if (!expression.isGroup())
        return clauseText(expression, variables);
    QStringList parts;
    for (const Expression &child : expression.children())
        parts += textOf(child, variables, true);
    const bool all = expression.kind() == Expression::Kind::All;
    const QString last = parts.takeLast();
    const QString first = parts.join(", "_L1);
    QString text;
    if (parts.size() == 1)
        text = (all ? tr("%1 and %2") : tr("%1 or %2")).arg(first, last);
    else
        text = (all ? tr("%1, and %2") : tr("%1, or %2")).arg(first, last);
    if (expression.isNegated())
        return (all ? tr("not all of this holds (%1)") : tr("none of this holds (%1)")).arg(text);
    return isInside ? u'(' + text + u')' : text;
}

} // namespace

QString inEnglish(const Expression &expression, const Variables &variables)
{
    const Expression simple = simplified(expression);
    return simple.isGroup() && simple.children().isEmpty() ? tr("all experiments")
                                                           : textOf(simple, variables, false);
}

} // namespace query
