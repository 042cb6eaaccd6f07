// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/normalform.h"

#include <algorithm>

namespace query {

namespace {

using Kind = Expression::Kind;

bool isNothing(const Expression &expression)
{
    return expression.isGroup() && expression.children().isEmpty();
}

// Without the group's own negation.
Expression group(bool all, QList<Expression> children)
{
    return all ? Expression::all(std::move(children)) : Expression::any(std::move(children));
}

Expression pushedIn(const Expression &expression, bool negated)
{
    negated = negated != expression.isNegated();
    if (!expression.isGroup())
        return Expression(expression.clause(), negated);
    QList<Expression> children;
    for (const Expression &child : expression.children())
        children += pushedIn(child, negated);
    return group((expression.kind() == Kind::All) != negated, std::move(children));
}

bool hasAll(const Branch &branch, const Branch &other)
{
    return std::all_of(other.begin(), other.end(), [&](const Expression &clause) { return branch.contains(clause); });
}

// Keeps of two branches, of which one asks for all that the other does and more, the one that asks less.
void add(std::vector<Branch> &branches, const Branch &branch)
{
    for (const Branch &other : branches) {
        if (hasAll(branch, other))
            return;
    }
    std::erase_if(branches, [&](const Branch &other) { return hasAll(other, branch); });
    branches.push_back(branch);
}

// All that one and other ask together.
Branch joined(Branch one, const Branch &other)
{
    for (const Expression &clause : other) {
        if (!one.contains(clause))
            one += clause;
    }
    return one;
}

std::optional<std::vector<Branch>> branchesOf(const Expression &expression, std::size_t limit)
{
    if (!expression.isGroup())
        return std::vector<Branch>{{expression}};
    const bool all = expression.kind() == Kind::All;
    std::vector<Branch> result;
    if (all)
        result.push_back({});
    for (const Expression &child : expression.children()) {
        const auto more = branchesOf(child, limit);
        if (!more)
            return std::nullopt;
        std::vector<Branch> next = all ? std::vector<Branch>() : std::move(result);
        for (const Branch &branch : *more) {
            if (!all)
                add(next, branch);
            else
                for (const Branch &before : result)
                    add(next, joined(before, branch));
            if (next.size() > limit)
                return std::nullopt;
        }
        result = std::move(next);
    }
    return result;
}

} // namespace

bool counts(const Expression &part)
{
    if (!part.isOn())
        return false;
    return part.isGroup() ? std::ranges::any_of(part.children(), counts) : part.clause().isFinished();
}

std::size_t unfinished(const Expression &expression)
{
    if (!expression.isOn())
        return 0;
    if (!expression.isGroup())
        return expression.clause().isFinished() ? 0 : 1;
    std::size_t all = 0;
    for (const Expression &child : expression.children())
        all += unfinished(child);
    return all;
}

Expression simplified(const Expression &expression)
{
    if (!expression.isGroup())
        return counts(expression) ? expression : Expression();
    if (!expression.isOn())
        return Expression();
    QList<Expression> children;
    for (const Expression &child : expression.children()) {
        const Expression simple = simplified(child);
        if (!isNothing(simple))
            children += simple;
    }
    if (children.isEmpty())
        return Expression();
    if (children.size() == 1)
        return expression.isNegated() ? children.first().negated() : children.first();
    return expression.withChildren(std::move(children));
}

bool asksNothing(const Expression &expression)
{
    const Expression what = simplified(expression);
    return what.isGroup() && what.children().isEmpty();
}

Expression withNegationInside(const Expression &expression)
{
    return pushedIn(simplified(expression), false);
}

bool isConjunction(const Expression &expression)
{
    const auto isOf = [](const auto &self, const Expression &part) -> bool {
        return !part.isGroup()
            || (part.kind() == Kind::All
                && std::all_of(part.children().begin(), part.children().end(),
                    [&](const Expression &child) { return self(self, child); }));
    };
    return isOf(isOf, withNegationInside(expression));
}

std::optional<std::vector<Branch>> branches(const Expression &expression, std::size_t limit)
{
    return branchesOf(withNegationInside(expression), limit);
}

} // namespace query
