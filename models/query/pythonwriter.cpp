// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/normalform.h"
#include "models/query/pythontext.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace query {

namespace {

using Kind = Expression::Kind;

// What can be seen and does not change how the text around it reads.
bool isPlain(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_NotAssigned:
    case QChar::Other_PrivateUse:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    case QChar::Separator_Space:
        return c == U' ';
    default:
        return true;
    }
}

QString hexadecimal(char32_t c)
{
    const auto escaped = [c](QLatin1StringView prefix, int digits) {
        return prefix + QString::number(c, 16).rightJustified(digits, u'0');
    };
    return c < 0x100 ? escaped("\\x"_L1, 2) : c < 0x10000 ? escaped("\\u"_L1, 4) : escaped("\\U"_L1, 8);
}

QString numberText(const Number &number)
{
    const QString text = QString::fromLatin1(number.repr());
    return number.isWhole() || std::isfinite(number.value) ? text : u"float(\"%1\")"_s.arg(text);
}

QString momentText(const Moment &moment)
{
    const qint64 seconds = moment.microseconds / 1'000'000;
    const qint64 rest = moment.microseconds % 1'000'000;
    QStringList fields;
    for (const qint64 field : {qint64(moment.date.year()), qint64(moment.date.month()), qint64(moment.date.day()),
             seconds / 3600, seconds / 60 % 60, seconds % 60, rest})
        fields += QString::number(field);
    while (fields.size() > 3 && fields.last() == "0"_L1)
        fields.removeLast();
    if (moment.offset == 0)
        fields += u"tzinfo=timezone.utc"_s;
    else if (moment.offset)
        fields += u"tzinfo=timezone(timedelta(seconds=%1))"_s.arg(*moment.offset);
    return u"datetime(%1)"_s.arg(fields.join(", "_L1));
}

// The clause without its negation; a comparison needs parentheses wherever something stands beside it.
QString clauseText(const Clause &clause, bool isAlone)
{
    const QString variable
        = QString::fromLatin1(pythonName(clause.source)) + u'(' + pythonString(clause.name) + u')';
    if (clause.source == Source::Tag)
        return variable;
    const QString op = QString::fromLatin1(pythonName(clause.op));
    QString value;
    switch (operandOf(clause.op)) {
    case Operand::Text:
        return variable + u'.' + op + u'(' + pythonValue(clause.value) + u')';
    case Operand::Pair:
        return variable + u'.' + op + pythonValue(clause.value);
    case Operand::Nothing:
        value = clause.op == Operator::IsNull || clause.op == Operator::IsNotNull ? u"None"_s : u"\"\""_s;
        break;
    case Operand::Single:
    case Operand::Ordered:
        value = pythonValue(clause.value);
    }
    const QString text = variable + u' ' + op + u' ' + value;
    return isAlone ? text : u'(' + text + u')';
}

QString textOf(const Expression &expression, bool isAlone)
{
    const QLatin1StringView sign = expression.isNegated() ? "~"_L1 : ""_L1;
    if (!expression.isGroup())
        return sign + clauseText(expression.clause(), isAlone && !expression.isNegated());
    QStringList parts;
    for (const Expression &child : expression.children())
        parts += textOf(child, false);
    const QString text = parts.join(expression.kind() == Kind::All ? " & "_L1 : " | "_L1);
    return isAlone && !expression.isNegated() ? text : sign + u'(' + text + u')';
}

} // namespace

QString pythonString(const QString &text)
{
    QString result(u'"');
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        char32_t whole = c.unicode();
        if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            whole = QChar::surrogateToUcs4(c, text[++i]);
        static constexpr QStringView escapes = u"\\\"\n\r\t";
        if (const qsizetype escape = whole < 0x80 ? escapes.indexOf(c) : -1; escape >= 0)
            result += u'\\' + QString(QLatin1Char("\\\"nrt"[escape]));
        else if (isPlain(whole))
            result += QStringView(QChar::fromUcs4(whole));
        else
            result += hexadecimal(whole);
    }
    return result + u'"';
}

QString pythonValue(const Value &value)
{
    if (const QString *text = std::get_if<QString>(&value))
        return pythonString(*text);
    if (const Number *number = std::get_if<Number>(&value))
        return numberText(*number);
    if (const bool *truth = std::get_if<bool>(&value))
        return *truth ? u"True"_s : u"False"_s;
    if (const Moment *moment = std::get_if<Moment>(&value))
        return momentText(*moment);
    if (const Pair *pair = std::get_if<Pair>(&value))
        return u'(' + numberText(pair->first) + ", "_L1 + numberText(pair->second) + u')';
    return u"None"_s;
}

QString toPython(const Expression &expression)
{
    const Expression simple = simplified(expression);
    return simple.isGroup() && simple.children().isEmpty() ? QString() : textOf(simple, true);
}

} // namespace query
