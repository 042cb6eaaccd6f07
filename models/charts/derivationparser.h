// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/derivation.h"

#include <array>
#include <vector>

// What a derivation does, one step after the other on a stack of values: as long as an expression may be, nothing
// of it is nested when it is computed. Only for derivation.cpp and derivationparser.cpp.
struct Derivation::Instruction
{
    enum class Kind : quint8 {
        Number, // pushes number
        Metric, // pushes the column of metrics()[index]
        Negate, // changes the last value
        Add, // takes two, pushes one; so do the next four
        Subtract,
        Multiply,
        Divide,
        Power,
        Function, // of derivationFunctions[index]: takes two where takesMany, otherwise one
    };
    Kind kind = Kind::Number;
    double number = 0;
    std::size_t index = 0;
};

struct DerivationFunction
{
    const char16_t *name;
    bool takesMany; // two or more, otherwise one
    // One of these. What it makes of a number; of two numbers (the result and the next, where it takes more); of a
    // column.
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

    std::vector<Derivation::Instruction> parse(); // empty where there is a problem
    QStringList metrics;
    std::optional<Derivation::Problem> problem;

private:
    using Kind = Derivation::Instruction::Kind;
    enum class Token : quint8 { End, Number, Name, Quoted, Symbol };

    void advance();
    void readQuoted();
    void readNumber();
    bool isSymbol(QStringView symbol) const { return m_token == Token::Symbol && m_value == symbol; }
    bool expect(QStringView symbol);
    // Each reads its part of the grammar; false where there is a problem.
    bool sum();
    bool product();
    bool unary();
    bool primary();
    bool function(const QString &name, qsizetype position);
    bool metric(const QString &name);
    bool fail(const QString &message, qsizetype position, qsizetype length);
    bool failHere();
    bool add(Kind kind, double number = 0, std::size_t index = 0);

    const QString m_text;
    const std::function<bool(const QString &)> &m_isMetric;
    qsizetype m_next = 0; // behind the token
    Token m_token = Token::End;
    qsizetype m_position = 0; // of the token
    QString m_value; // name or symbol
    double m_number = 0;
    int m_depth = 0;
    std::vector<Derivation::Instruction> m_program;
};
