// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/expression.h"

#include <QHash>
#include <QStringList>

#include <vector>

namespace query {

// The variables of a project, as project/column-names lists them (PROTOCOL 5.2). Implicitly shared.
class Variables
{
public:
    Variables() = default;
    explicit Variables(const api::Columns &columns);

    // "string", "double", "boolean", "datetime" or "timenumber"; null where there is no such variable. A
    // tag is always a string, whether an experiment has it or not.
    QString type(Source source, const QString &name) const;
    // Those whose names are most like it, of the same source first; few and good ones.
    std::vector<Variable> nearest(Source source, const QString &name) const;

private:
    QHash<Source, QHash<QString, QString>> m_types;
};

// Why a clause can't be asked.
struct Problem
{
    enum class Kind : quint8 { Incomplete, UnknownVariable, WrongOperator };

    Kind kind = Kind::Incomplete;
    Path path; // of the clause
    QString message; // a sentence for people
    std::vector<Variable> nearest = {}; // of UnknownVariable
    std::vector<Operator> fitting = {}; // of WrongOperator
};

// Those of all clauses that are not switched off, in reading order. The SDKs refuse the same.
std::vector<Problem> problems(const Expression &expression, const Variables &variables);

} // namespace query
