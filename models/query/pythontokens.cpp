// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/pythontokens.h"

#include "models/query/translated.h"
#include "models/values/number.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace query::python {

namespace {

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

int digitValue(QChar c)
{
    if (isDigit(c))
        return c.unicode() - u'0';
    const QChar lower = c.toLower();
    return lower >= u'a' && lower <= u'f' ? lower.unicode() - u'a' + 10 : 99;
}

bool beginsName(QChar c)
{
    return c.isLetter() || c == u'_' || c.isSurrogate();
}

bool continuesName(QChar c)
{
    return beginsName(c) || c.isDigit() || c.isMark();
}

// Digits of a base as decimal ones.
QByteArray decimal(const QByteArray &digits, int base)
{
    QByteArray result; // the last digit first
    for (const char digit : digits) {
        int carry = digitValue(QLatin1Char(digit));
        for (char &d : result) {
            carry += (d - '0') * base;
            d = static_cast<char>('0' + carry % 10);
            carry /= 10;
        }
        for (; carry > 0; carry /= 10)
            result += static_cast<char>('0' + carry % 10);
    }
    std::reverse(result.begin(), result.end());
    return result.isEmpty() ? QByteArray("0") : result;
}

class Lexer
{
public:
    explicit Lexer(QStringView text) : m_text(text) { }

    std::vector<Token> tokens();

private:
    QChar peek(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : QChar();
    }
    bool atEnd() const { return m_at >= m_text.size(); }
    QByteArray digits(int base);
    Token number();
    Token based(int base);
    Token string(qsizetype start, bool raw);
    void escape(QString &out);
    char32_t code(int count, int base, const QString &otherwise);
    void skipSpace();
    [[noreturn]] void failAtCharacter() const;

    QStringView m_text;
    qsizetype m_at = 0;
};

void Lexer::skipSpace()
{
    while (!atEnd()) {
        const QChar c = peek();
        if (c == u'#') {
            while (!atEnd() && peek() != u'\n')
                ++m_at;
        } else if (c == u'\\' && (peek(1) == u'\n' || (peek(1) == u'\r' && peek(2) == u'\n'))) {
            m_at += 2;
        } else if (c == u' ' || c == u'\t' || c == u'\n' || c == u'\r' || c == u'\f') {
            ++m_at;
        } else {
            return;
        }
    }
}

// Digits with single underscores between them.
QByteArray Lexer::digits(int base)
{
    QByteArray result;
    while (digitValue(peek()) < base || (peek() == u'_' && digitValue(peek(1)) < base && !result.isEmpty())) {
        if (peek() != u'_')
            result += peek().toLatin1();
        ++m_at;
    }
    return result;
}

Token Lexer::based(int base)
{
    Token token{Token::Kind::Number, m_at, 0, {}, {}};
    m_at += 2;
    if (peek() == u'_')
        ++m_at;
    const QByteArray read = digits(base);
    if (read.isEmpty() || continuesName(peek()))
        fail(token.at, m_at + 1, tr("This is not a number that Python can read."));
    constexpr qsizetype longest = 300;
    if (read.size() > longest)
        fail(token.at, m_at, tr("This number is too long."));
    token.number = Number::whole(decimal(read, base));
    return token;
}

Token Lexer::number()
{
    if (peek() == u'0') {
        const QChar letter = peek(1).toLower();
        const int base = letter == u'x' ? 16 : letter == u'o' ? 8 : letter == u'b' ? 2 : 0;
        if (base != 0)
            return based(base);
    }
    Token token{Token::Kind::Number, m_at, 0, {}, {}};
    QByteArray text = digits(10);
    bool isWhole = true;
    if (peek() == u'.') {
        ++m_at;
        isWhole = false;
        text += '.' + digits(10);
    }
    const bool hasSign = peek(1) == u'+' || peek(1) == u'-';
    if (peek().toLower() == u'e' && isDigit(peek(hasSign ? 2 : 1))) {
        text += 'e';
        if (peek(1) == u'-')
            text += '-';
        m_at += hasSign ? 2 : 1;
        text += digits(10);
        isWhole = false;
    }
    if (peek().toLower() == u'j')
        fail(token.at, m_at + 1, tr("Imaginary numbers can’t be compared."));
    if (continuesName(peek()))
        fail(token.at, m_at + 1, tr("This is not a number that Python can read."));
    if (isWhole) {
        constexpr qsizetype longest = 4300; // of Python's
        const bool isZero = text.count('0') == text.size();
        if (text.size() > longest)
            fail(token.at, m_at, tr("This number is too long."));
        if (text.size() > 1 && text[0] == '0' && !isZero)
            fail(token.at, m_at, tr("Python does not take a whole number that begins with 0."));
        token.number = Number::whole(isZero ? QByteArray("0") : text);
        return token;
    }
    token.number.value = number::read(std::string_view(text)).value_or(0);
    return token;
}

char32_t Lexer::code(int count, int base, const QString &otherwise)
{
    const qsizetype start = m_at;
    char32_t value = 0;
    while (m_at - start < count && digitValue(peek()) < base) {
        value = value * static_cast<char32_t>(base) + static_cast<char32_t>(digitValue(peek()));
        ++m_at;
    }
    if (!otherwise.isEmpty() && m_at - start < count)
        fail(start - 2, m_at, otherwise);
    return value;
}

// m_at is behind the backslash.
void Lexer::escape(QString &out)
{
    constexpr std::string_view letters = "\\'\"abfnrtv";
    constexpr std::string_view meanings = "\\'\"\a\b\f\n\r\t\v";
    const QChar c = peek();
    const std::size_t letter = c.unicode() < 0x80 ? letters.find(static_cast<char>(c.unicode())) : letters.npos;
    if (letter != letters.npos) {
        ++m_at;
        out += QLatin1Char(meanings[letter]);
    } else if (c == u'\n') {
        ++m_at; // the line goes on
    } else if (c == u'\r') {
        m_at += peek(1) == u'\n' ? 2 : 1;
    } else if (c >= u'0' && c <= u'7') {
        out += QChar(static_cast<char16_t>(code(3, 8, {})));
    } else if (c == u'x') {
        ++m_at;
        out += QChar(static_cast<char16_t>(code(2, 16, tr("\\x needs two hexadecimal digits."))));
    } else if (c == u'u') {
        ++m_at;
        out += QChar(static_cast<char16_t>(code(4, 16, tr("\\u needs four hexadecimal digits."))));
    } else if (c == u'U') {
        ++m_at;
        const char32_t value = code(8, 16, tr("\\U needs eight hexadecimal digits."));
        if (value > 0x10FFFF)
            fail(m_at - 10, m_at, tr("There is no such character."));
        if (value > 0xFFFF)
            out += QStringView(QChar::fromUcs4(value));
        else
            out += QChar(static_cast<char16_t>(value));
    } else if (c == u'N') {
        fail(m_at - 1, m_at + 1, tr("Write the character itself instead of its name."));
    } else {
        out += u'\\'; // Python keeps what it does not know
    }
}

// m_at is the opening quote.
Token Lexer::string(qsizetype start, bool raw)
{
    Token token{Token::Kind::Text, start, 0, u""_s, {}};
    const QChar quote = peek();
    const bool isLong = peek(1) == quote && peek(2) == quote;
    m_at += isLong ? 3 : 1;
    while (true) {
        if (atEnd())
            fail(start, m_at, tr("The text that begins here has no end: a quotation mark is missing."));
        const QChar c = peek();
        if (c == quote && (!isLong || (peek(1) == quote && peek(2) == quote))) {
            m_at += isLong ? 3 : 1;
            return token;
        }
        if (!isLong && (c == u'\n' || c == u'\r'))
            fail(start, m_at, tr("The text that begins here does not end on its line."));
        if (c == u'\0')
            failAtCharacter();
        ++m_at;
        if (c == u'\\' && !raw) {
            escape(token.text);
        } else if (c == u'\r') { // as Python reads line ends
            if (peek() != u'\n')
                token.text += u'\n';
        } else {
            token.text += c;
            if (c == u'\\' && !atEnd() && peek() != u'\r')
                token.text += m_text[m_at++]; // raw: a quote after it does not end the text
        }
    }
}

void Lexer::failAtCharacter() const
{
    const QChar c = peek();
    if (QStringView(u"“”„‟‘’‚«»").contains(c))
        fail(m_at, m_at + 1, tr("Python’s quotation marks are \" and '."));
    const bool isVisible = c.isPrint() && !c.isSpace();
    fail(m_at, m_at + 1,
        isVisible ? tr("“%1” does not belong here.").arg(c)
                  : tr("There is an invisible character here (U+%1).")
                        .arg(QString::number(c.unicode(), 16).toUpper().rightJustified(4, u'0')));
}

std::vector<Token> Lexer::tokens()
{
    static constexpr std::array<QStringView, 29> signs{u"**", u"//", u"<<", u">>", u"<=", u">=", u"==", u"!=", u"<>",
        u":=", u"&&", u"||", u"&", u"|", u"^", u"~", u"<", u">", u"(", u")", u",", u".", u"=", u"+", u"-", u"*",
        u"/", u"%", u"!"};
    std::vector<Token> result;
    while (true) {
        skipSpace();
        const qsizetype start = m_at;
        Token token{Token::Kind::End, start, 0, {}, {}};
        const QChar c = peek();
        const bool isPoint = c == u'.' && isDigit(peek(1));
        if (atEnd()) {
            token.end = start;
            result.push_back(token);
            return result;
        }
        if (isDigit(c) || isPoint) {
            token = number();
        } else if (c == u'"' || c == u'\'') {
            token = string(start, false);
        } else if (beginsName(c)) {
            while (continuesName(peek()))
                ++m_at;
            token.kind = Token::Kind::Name;
            token.text = m_text.mid(start, m_at - start).toString();
            if (peek() == u'"' || peek() == u'\'') {
                const QString prefix = token.text.toLower();
                if (prefix != "r"_L1 && prefix != "u"_L1)
                    fail(start, m_at, tr("A text can’t begin with “%1” here.").arg(token.text));
                token = string(start, prefix == "r"_L1);
            }
        } else {
            const auto sign = std::find_if(
                signs.begin(), signs.end(), [&](QStringView sign) { return m_text.mid(m_at).startsWith(sign); });
            if (sign == signs.end())
                failAtCharacter();
            token.kind = Token::Kind::Sign;
            token.text = sign->toString();
            m_at += sign->size();
        }
        token.end = m_at;
        result.push_back(std::move(token));
    }
}

} // namespace

void fail(qsizetype at, qsizetype end, const QString &message)
{
    throw TextProblem{at, end - at, message};
}

std::vector<Token> tokens(QStringView text)
{
    constexpr qsizetype longest = 200'000;
    if (text.size() > longest)
        fail(longest, text.size(), tr("The text is too long."));
    return Lexer(text).tokens();
}

} // namespace query::python
