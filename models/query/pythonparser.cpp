// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/pythonthing.h"
#include "models/query/translated.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace query {

namespace {

using namespace python;
using TokenKind = Token::Kind;

[[noreturn]] void fail(const Token &token, const QString &message)
{
    python::fail(token.at, std::max(token.end, token.at + 1), message);
}

// Python's grammar of expressions, as far as queries need it: each function reads what binds at least so
// closely as its name says, and the comparison binds least.
class Parser
{
public:
    explicit Parser(QStringView text) : m_tokens(python::tokens(text)) { }

    Expression whole();

private:
    const Token &token() const { return m_tokens[m_at]; }
    bool is(QStringView sign) const { return token().kind == TokenKind::Sign && token().text == sign; }
    bool isAnyOf(std::initializer_list<QStringView> signs) const;
    bool isWord(QStringView word) const { return token().kind == TokenKind::Name && token().text == word; }
    bool isComparison() const { return isAnyOf({u"==", u"!=", u"<", u">", u"<=", u">="}); }
    Token next() { return m_tokens[m_at++]; }
    void expect(QStringView sign, const QString &message);

    Thing comparison();
    Thing junction(bool any); // | or &
    Thing sum();
    Thing term();
    Thing unary();
    Thing power();
    Thing primary();
    Thing atom();
    Thing name();
    std::vector<Argument> arguments(); // up to the closing parenthesis, which is taken
    void refuseOtherSigns() const;
    void enter() const;

    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    int m_depth = 0;
};

// Counts how deep things are nested, so that no text overflows the stack.
class Nesting
{
public:
    Nesting(int &depth, const Token &token) : m_depth(depth)
    {
        constexpr int deepest = 100;
        if (++m_depth > deepest) {
            --m_depth;
            fail(token, tr("This is nested too deeply."));
        }
    }
    ~Nesting() { --m_depth; }
    Q_DISABLE_COPY_MOVE(Nesting)

private:
    int &m_depth;
};

bool Parser::isAnyOf(std::initializer_list<QStringView> signs) const
{
    return std::any_of(signs.begin(), signs.end(), [&](QStringView sign) { return is(sign); });
}

void Parser::expect(QStringView sign, const QString &message)
{
    refuseOtherSigns();
    if (!is(sign))
        fail(token(), message);
    ++m_at;
}

// What people write who know other languages, or Python's words for plain truth values.
void Parser::refuseOtherSigns() const
{
    static constexpr std::array<std::pair<QStringView, const char *>, 14> words{{
        {u"and", QT_TRANSLATE_NOOP("query", "Write & for “and”, with each comparison in parentheses.")},
        {u"or", QT_TRANSLATE_NOOP("query", "Write | for “or”, with each comparison in parentheses.")},
        {u"not", QT_TRANSLATE_NOOP("query", "Write ~ for “not”, with the comparison in parentheses.")},
        {u"in", QT_TRANSLATE_NOOP("query", "Write .contains() for “in”.")},
        {u"is", QT_TRANSLATE_NOOP("query", "Write == for “is”.")},
        {u"if", QT_TRANSLATE_NOOP("query", "“if” does not belong here.")},
        {u"&&", QT_TRANSLATE_NOOP("query", "Write a single &.")},
        {u"||", QT_TRANSLATE_NOOP("query", "Write a single |.")},
        {u"!", QT_TRANSLATE_NOOP("query", "Write ~ for “not”.")},
        {u"<>", QT_TRANSLATE_NOOP("query", "Write != for “not equal”.")},
        {u"=", QT_TRANSLATE_NOOP("query", "Write == to compare.")},
        {u":=", QT_TRANSLATE_NOOP("query", "Write == to compare.")},
        {u"^", QT_TRANSLATE_NOOP("query", "“Either, but not both” can’t be asked.")},
        {u"<<", QT_TRANSLATE_NOOP("query", "Write a single <.")},
    }};
    if (token().kind != TokenKind::Name && token().kind != TokenKind::Sign)
        return;
    for (const auto &[word, advice] : words) {
        if (token().text == word)
            fail(token(), tr(advice));
    }
}

Expression Parser::whole()
{
    if (token().kind == TokenKind::End)
        return Expression();
    const Thing thing = comparison();
    refuseOtherSigns();
    if (is(u")"))
        fail(token(), tr("There is no opening parenthesis for this one."));
    if (token().kind != TokenKind::End)
        fail(token(), tr("Something is missing before this: & or |, or a comparison."));
    if (thing.variable())
        python::fail(thing.at, thing.end, tr("This variable is not compared with anything."));
    if (!thing.condition())
        python::fail(thing.at, thing.end,
            tr("This is no condition. Conditions begin with Metric, Parameter, Other, Metadata, Environment or Tag."));
    return *thing.condition();
}

Thing Parser::comparison()
{
    const Nesting nesting(m_depth, token());
    Thing left = junction(true);
    if (!isComparison())
        return left;
    const Token sign = next();
    Thing result = compared(left, sign, junction(true));
    if (isComparison())
        fail(token(), tr("Comparisons can’t be chained. Write .between(), or two comparisons joined by &."));
    return result;
}

Thing Parser::junction(bool any)
{
    const QStringView sign = any ? u"|" : u"&";
    Thing first = any ? junction(false) : sum();
    if (!is(sign))
        return first;
    QList<Expression> parts;
    qsizetype end = 0;
    const auto take = [&](const Thing &thing, const Token &beside) {
        if (!thing.condition())
            fail(beside,
                tr("In Python, & and | bind more closely than comparisons. Put each comparison in parentheses."));
        parts += *thing.condition();
        end = thing.end;
    };
    take(first, token());
    while (is(sign)) {
        const Token beside = next();
        take(any ? junction(false) : sum(), beside);
    }
    return {first.at, end, any ? Expression::any(parts) : Expression::all(parts)};
}

Thing Parser::sum()
{
    Thing left = term();
    while (isAnyOf({u"+", u"-"})) {
        const Token sign = next();
        left = calculated(left, sign, term());
    }
    return left;
}

Thing Parser::term()
{
    Thing left = unary();
    while (isAnyOf({u"*", u"/", u"//", u"%"})) {
        const Token sign = next();
        left = calculated(left, sign, unary());
    }
    return left;
}

Thing Parser::unary()
{
    if (!isAnyOf({u"~", u"-", u"+"}))
        return power();
    const Nesting nesting(m_depth, token());
    const Token sign = next();
    const Thing thing = unary();
    if (sign.text != "~"_L1)
        return negative(thing, sign);
    if (!thing.condition())
        python::fail(sign.at, thing.end, tr("~ negates a condition. Put the comparison in parentheses: ~(… > …)."));
    return {sign.at, thing.end, thing.condition()->negated()};
}

Thing Parser::power()
{
    const Thing base = primary();
    if (!is(u"**"))
        return base;
    const Token sign = next();
    return calculated(base, sign, unary());
}

Thing Parser::primary()
{
    Thing thing = atom();
    while (is(u".")) {
        ++m_at;
        const Token method = next();
        if (method.kind != TokenKind::Name)
            fail(method, tr("A name was expected after the point."));
        expect(u"(", tr("“%1” needs parentheses: .%1(…)").arg(method.text));
        const std::vector<Argument> values = arguments();
        thing = calledOn(thing, method, values, m_tokens[m_at - 1].end);
    }
    if (is(u"("))
        fail(token(), tr("& or | is missing before this parenthesis."));
    return thing;
}

Thing Parser::atom()
{
    const Token first = token();
    switch (first.kind) {
    case TokenKind::End:
        fail(first, tr("The expression ends too early."));
    case TokenKind::Number:
        ++m_at;
        return {first.at, first.end, Value(first.number)};
    case TokenKind::Text: {
        QString text;
        for (; token().kind == TokenKind::Text; ++m_at) // texts side by side are one
            text += token().text;
        return {first.at, m_tokens[m_at - 1].end, Value(text)};
    }
    case TokenKind::Name:
        return name();
    case TokenKind::Sign:
        break;
    }
    refuseOtherSigns();
    if (!is(u"("))
        fail(first, tr("A condition or a value was expected here."));
    ++m_at;
    if (is(u")"))
        fail(first, tr("There is nothing between these parentheses."));
    Thing thing = comparison();
    if (token().kind == TokenKind::End)
        fail(first, tr("This parenthesis is not closed."));
    expect(u")", tr("A closing parenthesis was expected here."));
    thing.at = first.at;
    thing.end = m_tokens[m_at - 1].end;
    return thing;
}

// None, True, False, timezone.utc, or a function's name, under whichever module.
Thing Parser::name()
{
    refuseOtherSigns();
    const qsizetype at = token().at;
    Token last = next();
    while (is(u".") && m_tokens[m_at + 1].kind == TokenKind::Name) {
        ++m_at;
        last = next();
    }
    if (is(u"(")) {
        ++m_at;
        last.at = at;
        return called(last, arguments(), m_tokens[m_at - 1].end);
    }
    if (last.text == "None"_L1)
        return {at, last.end, Value()};
    if (last.text == "True"_L1 || last.text == "False"_L1)
        return {at, last.end, Value(last.text == "True"_L1)};
    if (last.text == "utc"_L1 || last.text == "UTC"_L1)
        return {at, last.end, Zone{0}};
    if (sourceNamed(last.text))
        fail(last, tr("“%1” needs a name: %1(\"…\")").arg(last.text));
    python::fail(at, last.end, tr("“%1” is not known here. Texts need quotation marks.").arg(last.text));
}

std::vector<Argument> Parser::arguments()
{
    std::vector<Argument> result;
    const Token opening = m_tokens[m_at - 1];
    while (!is(u")")) {
        QString keyword;
        const Token &following = m_tokens[std::min(m_at + 1, m_tokens.size() - 1)];
        if (token().kind == TokenKind::Name && following.kind == TokenKind::Sign && following.text == "="_L1) {
            keyword = token().text;
            m_at += 2;
        } else if (!result.empty() && !result.back().keyword.isEmpty()) {
            fail(token(), tr("Values without a name come before those with one."));
        }
        result.push_back({keyword, comparison()});
        if (token().kind == TokenKind::End)
            fail(opening, tr("This parenthesis is not closed."));
        if (!is(u","))
            break;
        ++m_at;
    }
    if (token().kind == TokenKind::End)
        fail(opening, tr("This parenthesis is not closed."));
    expect(u")", tr("A comma or a closing parenthesis was expected here."));
    return result;
}

} // namespace

Reading fromPython(QStringView text)
{
    try {
        return {Parser(text).whole(), std::nullopt};
    } catch (const TextProblem &problem) {
        return {Expression(), problem};
    }
}

} // namespace query
