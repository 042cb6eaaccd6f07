// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/derivationparser.h"

#include "models/values/number.h"

#include <algorithm>
#include <cmath>

namespace {

constexpr qsizetype mostCharacters = 4000;
constexpr int mostNesting = 100; // calls that stand in each other on the stack

bool beginsName(QChar c)
{
    return c.isLetter() || c == u'_';
}

bool isInName(QChar c)
{
    return beginsName(c) || c.isDigit() || c == u'.';
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

} // namespace

std::vector<Derivation::Instruction> DerivationParser::parse()
{
    if (m_text.size() > mostCharacters) {
        fail(tr("An expression has at most %L1 characters.").arg(mostCharacters), mostCharacters,
            m_text.size() - mostCharacters);
        return {};
    }
    advance();
    if (!problem && m_token == Token::End)
        fail(tr("Name a metric, such as loss."), 0, m_text.size());
    else if (!problem && sum() && m_token != Token::End)
        failHere();
    else if (!problem && metrics.isEmpty())
        fail(tr("This names no metric."), 0, m_text.size());
    return problem ? std::vector<Derivation::Instruction>() : std::move(m_program);
}

bool DerivationParser::fail(const QString &message, qsizetype position, qsizetype length)
{
    if (!problem)
        problem = Derivation::Problem{position, length, message};
    return false;
}

bool DerivationParser::add(Kind kind, double number, std::size_t index)
{
    m_program.push_back({kind, number, index});
    return true;
}

// The token can't be where it is.
bool DerivationParser::failHere()
{
    if (m_token == Token::End)
        return fail(tr("Something is missing at the end."), m_text.size(), 0);
    const QString shown = m_text.mid(m_position, m_next - m_position);
    if (isSymbol(u"^"))
        return fail(tr("A power is written **."), m_position, 1);
    return fail(tr("“%1” can’t stand here.").arg(shown), m_position, m_next - m_position);
}

void DerivationParser::advance()
{
    m_position = m_next;
    while (m_position < m_text.size() && m_text[m_position].isSpace())
        ++m_position;
    m_next = m_position + 1;
    if (m_position >= m_text.size()) {
        m_next = m_position;
        m_token = Token::End;
        return;
    }
    const QChar c = m_text[m_position];
    if (c == u'\'' || c == u'"')
        return readQuoted();
    if (isDigit(c) || (c == u'.' && m_next < m_text.size() && isDigit(m_text[m_next])))
        return readNumber();
    if (beginsName(c)) {
        while (m_next < m_text.size() && isInName(m_text[m_next]))
            ++m_next;
        m_token = Token::Name;
    } else {
        const bool isPair = m_next < m_text.size()
            && ((c == u'*' && m_text[m_next] == u'*') || (c.isHighSurrogate() && m_text[m_next].isLowSurrogate()));
        m_next += isPair ? 1 : 0;
        m_token = Token::Symbol;
    }
    m_value = m_text.mid(m_position, m_next - m_position);
}

void DerivationParser::readQuoted()
{
    const QChar quote = m_text[m_position];
    m_token = Token::Quoted;
    m_value.clear();
    for (; m_next < m_text.size() && m_text[m_next] != quote; ++m_next) {
        if (m_text[m_next] == u'\\' && m_next + 1 < m_text.size())
            ++m_next;
        m_value.append(m_text[m_next]);
    }
    if (m_next >= m_text.size()) {
        fail(tr("The name has no closing %1.").arg(quote), m_position, m_text.size() - m_position);
        m_token = Token::End;
        return;
    }
    ++m_next;
}

void DerivationParser::readNumber()
{
    m_next = m_position;
    while (m_next < m_text.size()
        && (isInName(m_text[m_next]) || ((m_text[m_next] == u'-' || m_text[m_next] == u'+')
            && m_text[m_next - 1].toLower() == u'e' && m_next > m_position + 1)))
        ++m_next;
    const QString written = m_text.mid(m_position, m_next - m_position);
    const std::optional<double> value = number::read(written);
    m_number = value.value_or(0);
    m_token = Token::Number;
    if (!value || !std::isfinite(*value)) {
        fail(tr("“%1” is no number.").arg(written), m_position, m_next - m_position);
        m_token = Token::End;
    }
}

bool DerivationParser::expect(QStringView symbol)
{
    if (isSymbol(symbol)) {
        advance();
        return !problem;
    }
    if (m_token == Token::End)
        fail(tr("A “%1” is missing.").arg(symbol), m_text.size(), 0);
    else
        failHere();
    return false;
}

bool DerivationParser::sum()
{
    if (!product())
        return false;
    while (isSymbol(u"+") || isSymbol(u"-")) {
        const Kind kind = isSymbol(u"+") ? Kind::Add : Kind::Subtract;
        advance();
        if (!product())
            return false;
        add(kind);
    }
    return !problem;
}

bool DerivationParser::product()
{
    if (!unary())
        return false;
    while (isSymbol(u"*") || isSymbol(u"/")) {
        const Kind kind = isSymbol(u"*") ? Kind::Multiply : Kind::Divide;
        advance();
        if (!unary())
            return false;
        add(kind);
    }
    return !problem;
}

bool DerivationParser::unary()
{
    if (problem)
        return false;
    if (++m_depth > mostNesting)
        return fail(tr("This is nested too deeply."), m_position, m_next - m_position);
    if (isSymbol(u"-")) {
        advance();
        if (!unary())
            return false;
        add(Kind::Negate);
    } else {
        if (!primary())
            return false;
        if (isSymbol(u"**")) {
            advance();
            if (!unary())
                return false;
            add(Kind::Power);
        }
    }
    --m_depth;
    return !problem;
}

bool DerivationParser::primary()
{
    if (m_token == Token::Number) {
        add(Kind::Number, m_number);
        advance();
        return !problem;
    }
    if (m_token == Token::Name) {
        const QString name = m_value;
        const qsizetype position = m_position;
        qsizetype behind = m_next;
        while (behind < m_text.size() && m_text[behind].isSpace())
            ++behind;
        if (behind < m_text.size() && m_text[behind] == u'(') {
            advance();
            return function(name, position);
        }
        return metric(name);
    }
    if (m_token == Token::Quoted)
        return metric(m_value);
    if (isSymbol(u"(")) {
        advance();
        return sum() && expect(u")");
    }
    return failHere();
}

bool DerivationParser::function(const QString &name, qsizetype position)
{
    const auto *const found = std::find_if(derivationFunctions.begin(), derivationFunctions.end(),
        [&](const DerivationFunction &one) { return name == QStringView(one.name); });
    if (found == derivationFunctions.end())
        return fail(tr("There is no function “%1”.").arg(name), position, name.size());
    const auto index = static_cast<std::size_t>(found - derivationFunctions.begin());
    advance(); // the parenthesis
    int operands = 0;
    do {
        if (operands > 0)
            advance(); // the comma
        if (!sum())
            return false;
        ++operands;
        if (found->takesMany && operands > 1)
            add(Kind::Function, 0, index);
    } while (isSymbol(u","));
    if (!expect(u")"))
        return false;
    if (found->takesMany != (operands > 1)) {
        const QString sentence = found->takesMany ? tr("%1 takes two series or more.") : tr("%1 takes one series.");
        return fail(sentence.arg(name), position, name.size());
    }
    return found->takesMany || add(Kind::Function, 0, index);
}

bool DerivationParser::metric(const QString &name)
{
    if (m_isMetric && !m_isMetric(name)) {
        // What was meant may be a name that has to be in quotes: train/loss.
        qsizetype end = m_position;
        while (end < m_text.size() && (isInName(m_text[end]) || m_text[end] == u'/' || m_text[end] == u'-'))
            ++end;
        const QString longer = m_text.mid(m_position, end - m_position);
        if (m_token == Token::Name && m_isMetric(longer))
            return fail(tr("Put “%1” in quotes.").arg(longer), m_position, longer.size());
        return fail(tr("There is no metric “%1”.").arg(name), m_position, m_next - m_position);
    }
    qsizetype index = metrics.indexOf(name);
    if (index < 0) {
        index = metrics.size();
        metrics.append(name);
    }
    add(Kind::Metric, 0, static_cast<std::size_t>(index));
    advance();
    return !problem;
}
