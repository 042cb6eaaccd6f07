// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/pythontext.h"

#include <vector>

// The words of Python, for pythonparser.cpp.
namespace query::python {

struct Token
{
    enum class Kind : quint8 { Name, Number, Text, Sign, End };

    Kind kind = Kind::End;
    qsizetype at = 0;
    qsizetype end = 0;
    QString text; // of a name, a sign, or what a string literal stands for
    Number number;
};

// All of them, the last being the End. Throws a TextProblem.
std::vector<Token> tokens(QStringView text);

[[noreturn]] void fail(qsizetype at, qsizetype end, const QString &message);

} // namespace query::python
