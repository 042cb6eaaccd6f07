// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/evaluate.h"

#include "models/query/test.h"

#include <algorithm>

namespace query {

namespace {

// Of an expression and of its negation, which are not each other's rest: where a value is missing, neither
// holds.
struct Outcome
{
    bool asks = true; // else it is a group of nothing
    Marks straight;
    Marks inverse; // only where it is needed
    Count count;
};

void combine(Marks &marks, const Marks &more, bool all)
{
    if (all)
        std::transform(marks.begin(), marks.end(), more.begin(), marks.begin(),
            [](quint8 a, quint8 b) { return std::min(a, b); });
    else
        std::transform(marks.begin(), marks.end(), more.begin(), marks.begin(),
            [](quint8 a, quint8 b) { return std::max(a, b); });
}

Count countOf(const Marks &marks)
{
    return {static_cast<std::size_t>(std::count(marks.begin(), marks.end(), Yes)),
        static_cast<std::size_t>(std::count(marks.begin(), marks.end(), Unknown))};
}

class Evaluator
{
public:
    Evaluator(const Variables &variables, std::size_t rows, const ValuesOf &valuesOf)
        : m_variables(variables), m_rows(rows), m_valuesOf(valuesOf)
    {
    }

    Outcome outcome(const Expression &expression, bool needsInverse) const;

private:
    Outcome ofClause(const Expression &expression, bool needsInverse) const;
    Outcome ofGroup(const Expression &expression, bool needsInverse) const;

    const Variables &m_variables;
    std::size_t m_rows;
    const ValuesOf &m_valuesOf;
};

Outcome Evaluator::outcome(const Expression &expression, bool needsInverse) const
{
    Outcome outcome
        = expression.isGroup() ? ofGroup(expression, needsInverse) : ofClause(expression, needsInverse);
    std::vector<Count> parts = std::move(outcome.count.parts);
    outcome.count = outcome.asks ? countOf(outcome.straight) : Count{m_rows};
    outcome.count.parts = std::move(parts);
    return outcome;
}

Outcome Evaluator::ofClause(const Expression &expression, bool needsInverse) const
{
    const Clause &clause = expression.clause();
    if (!clause.isFinished()) {
        Outcome nothing;
        nothing.asks = false;
        return nothing;
    }
    const std::optional<ValueColumn> values = m_valuesOf({clause.source, clause.name});
    const QString type = m_variables.type(clause.source, clause.name);
    const auto marks = [&](Operator op) {
        const bool isKnown = values && values->size() == m_rows;
        return isKnown ? Test(clause, op, type).marks(*values) : Marks(m_rows, Unknown);
    };
    Outcome outcome;
    outcome.straight = marks(expression.op());
    if (needsInverse)
        outcome.inverse = marks(opposite(expression.op()));
    return outcome;
}

Outcome Evaluator::ofGroup(const Expression &expression, bool needsInverse) const
{
    const bool all = expression.kind() == Expression::Kind::All;
    const bool isNegated = expression.isNegated();
    const bool needsBoth = needsInverse || isNegated;
    Outcome result;
    result.asks = false;
    Marks plain; // as if it were not negated
    Marks contrary;
    for (const Expression &child : expression.children()) {
        Outcome part = outcome(child, needsBoth);
        result.count.parts.push_back(std::move(part.count));
        if (!child.isOn() || !part.asks)
            continue;
        if (!result.asks) {
            plain = std::move(part.straight);
            contrary = std::move(part.inverse);
        } else {
            combine(plain, part.straight, all);
            if (needsBoth)
                combine(contrary, part.inverse, !all);
        }
        result.asks = true;
    }
    result.straight = std::move(isNegated ? contrary : plain);
    result.inverse = std::move(isNegated ? plain : contrary);
    return result;
}

} // namespace

Evaluation evaluated(
    const Expression &expression, const Variables &variables, std::size_t rows, const ValuesOf &valuesOf)
{
    Outcome outcome = Evaluator(variables, rows, valuesOf).outcome(expression, false);
    if (!outcome.asks || !expression.isOn())
        return {Marks(rows, Yes), {rows, 0, std::move(outcome.count.parts)}};
    return {std::move(outcome.straight), std::move(outcome.count)};
}

} // namespace query
