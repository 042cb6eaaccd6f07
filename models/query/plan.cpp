// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/plan.h"

#include "models/query/normalform.h"

#include <QVersionNumber>

namespace query {

Form formFor(const QString &serverVersion)
{
    static const QVersionNumber newest(3, 58); // of the SDK whose OR is known (PROTOCOL 5.7)
    return QVersionNumber::fromString(serverVersion) >= newest ? Form::Newest : Form::Reference;
}

std::optional<Plan> plan(const Expression &expression, const Variables &variables, Form form)
{
    if (asksNothing(expression))
        return Plan();
    if (isConjunction(expression))
        return Plan{Plan::Way::Conjunction, {predicates(expression, variables, form)}};
    if (form == Form::Newest)
        return Plan{Plan::Way::Nested, {predicates(expression, variables, form)}};
    const auto all = branches(expression, mostBranches);
    if (!all)
        return std::nullopt;
    Plan result{Plan::Way::Branches};
    for (const Branch &branch : *all)
        result.predicates.push_back(predicates(Expression::all(branch), variables, form));
    return result;
}

} // namespace query
