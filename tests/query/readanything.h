// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/normalform.h"
#include "models/query/pythontext.h"
#include "models/query/wire.h"

// Gives some bytes to the parser. True where what comes out keeps its promises, whatever went in.
inline bool readAnything(const QByteArray &bytes)
{
    using namespace query;
    const QString text = QString::fromUtf8(bytes);
    const Reading reading = fromPython(text);
    if (reading.problem) {
        const TextProblem &problem = *reading.problem;
        return !problem.message.isEmpty() && problem.position >= 0 && problem.length >= 0
            && problem.position + problem.length <= text.size() + 1;
    }
    const Expression &expression = reading.expression;
    (void)branches(expression, 32);
    (void)predicates(expression, Variables(), Form::Newest);
    (void)rulesTree(expression, Variables());
    return fromPython(toPython(expression)).expression == simplified(expression);
}
