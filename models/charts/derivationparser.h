// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/derivation.h"

#include <array>
#include <vector>

// What a derivation does, as a tree. Only for derivation.cpp and derivationparser.cpp.
struct Derivation::Node
{
    enum class Kind : quint8 { Number, Metric, Negate, Add, Subtract, Multiply, Divide, Power, Function };
    Kind kind = Kind::Number;
    double number = 0; // of Number
    std::size_t index = 0; // of Metric: in metrics(); of Function: in derivationFunctions
    std::vector<std::shared_ptr<const Node>> operands = {};
};

struct DerivationFunction
{
    const char16_t *name;
    bool takesMany; // two or more, otherwise one
    // One of these. What it makes of a number; of two numbers, one after the other; of a column.
    double (*ofNumber)(double) = nullptr;
    double (*ofTwo)(double, double) = nullptr;
    void (*ofColumn)(std::vector<double> &) = nullptr;
};

extern const std::array<DerivationFunction, 12> derivationFunctions;

// Recursive descent over the grammar in derivation.h. Throws nothing: stops at the first problem.
class DerivationParser
{
    Q_DECLARE_TR_FUNCTIONS(DerivationParser)
public:
    DerivationParser(const QString &text, const std::function<bool(const QString &)> &isMetric)
        : m_text(text)
        , m_isMetric(isMetric)
    {
    }

    std::shared_ptr<const Derivation::Node> parse(); // null where there is a problem
    QStringList metrics;
    std::optional<Derivation::Problem> problem;

private:
    using Node = Derivation::Node;
    using NodePointer = std::shared_ptr<const Node>;
    enum class Token : quint8 { End, Number, Name, Quoted, Symbol };

    void advance();
    void readQuoted();
    void readNumber();
    bool isSymbol(QStringView symbol) const { return m_token == Token::Symbol && m_value == symbol; }
    bool expect(QStringView symbol);
    NodePointer sum();
    NodePointer product();
    NodePointer unary();
    NodePointer primary();
    NodePointer function(const QString &name, qsizetype position);
    NodePointer metric(const QString &name);
    NodePointer fail(const QString &message, qsizetype position, qsizetype length);
    NodePointer failHere();

    const QString m_text;
    const std::function<bool(const QString &)> &m_isMetric;
    qsizetype m_next = 0; // behind the token
    Token m_token = Token::End;
    qsizetype m_position = 0; // of the token
    QString m_value; // name or symbol
    double m_number = 0;
    int m_depth = 0;
};
