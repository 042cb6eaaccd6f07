// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/wire.h"

#include "models/api/json.h"
#include "models/api/querybody.h"
#include "models/query/normalform.h"

#include <algorithm>

namespace query {

namespace {

using Kind = Expression::Kind;
namespace json = api::json;

const QByteArray nested = "nested";
// The SDK makes a pair of every | and so nests three of them; servers need not follow that for hundreds.
constexpr qsizetype nestedAtMost = 16;

// A rule, or a group of which all or any must hold.
struct Part
{
    QByteArray rule; // its JSON without source and closing brace; empty in a group
    QByteArray source = {}; // of a rule
    bool saysSource = false;
    bool any = false;
    std::vector<Part> parts = {};

    bool isGroup() const { return rule.isEmpty(); }
};

struct Predicate
{
    QByteArray source;
    Part group;
    bool negated = false;
};

Part group(bool any, std::vector<Part> parts)
{
    return {{}, {}, false, any, std::move(parts)};
}

QByteArray text(const Part &part)
{
    if (!part.isGroup())
        return part.rule + (part.saysSource ? ", \"source\": \"" + part.source + "\"}" : QByteArray("}"));
    QList<QByteArray> rules;
    for (const Part &child : part.parts)
        rules += text(child);
    return json::object(
        {{"condition", part.any ? "\"OR\"" : "\"AND\""}, {"rules", json::list(rules)}, {"valid", "true"}});
}

QByteArray valueText(const Clause &clause)
{
    if (clause.source == Source::Tag)
        return json::quoted(clause.name);
    if (const QString *text = std::get_if<QString>(&clause.value))
        return json::quoted(*text);
    if (const Number *number = std::get_if<Number>(&clause.value))
        return number->json();
    if (const bool *truth = std::get_if<bool>(&clause.value)) {
        if (operandOf(clause.op) == Operand::Single) // == and != send 1 and 0 (PROTOCOL 5.4)
            return *truth ? "1" : "0";
        return json::boolean(*truth);
    }
    if (const Moment *moment = std::get_if<Moment>(&clause.value))
        return json::quoted(moment->isoText());
    if (const Pair *pair = std::get_if<Pair>(&clause.value))
        return "[\"" + pair->first.repr() + "\", \"" + pair->second.repr() + "\"]";
    return "null";
}

Part ruleOf(const Expression &expression, bool negated, const Variables &variables)
{
    const Clause &clause = expression.clause();
    const QByteArray name = json::quoted(clause.name);
    const Operator op = negated ? opposite(clause.op) : clause.op;
    QByteArray rule = json::object({{"id", name}, {"field", name},
        {"type", json::quoted(variables.type(clause.source, clause.name))},
        {"operator", '"' + wireName(op) + '"'}, {"value", valueText(clause)}});
    rule.chop(1);
    return {rule, api::sourceName(clause.source)};
}

void saySources(Part &part)
{
    part.saysSource = true;
    std::for_each(part.parts.begin(), part.parts.end(), saySources);
}

// What a predicate has become inside a larger group: the rule itself where it is only one.
Part unwrapped(Part group)
{
    if (group.parts.size() != 1)
        return group;
    Part part = group.parts.front();
    part.saysSource = true;
    return part;
}

// Where rules and groups stand side by side, each rule becomes a group.
void wrapRules(std::vector<Part> &parts)
{
    for (Part &part : parts)
        wrapRules(part.parts);
    const auto isGroup = [](const Part &part) { return part.isGroup(); };
    if (std::all_of(parts.begin(), parts.end(), isGroup) || std::none_of(parts.begin(), parts.end(), isGroup))
        return;
    for (Part &part : parts) {
        if (!part.isGroup())
            part = group(false, {part});
    }
}

// Left to right in pairs, as the SDK's operators combine.
template<class T, class Combine>
T folded(std::vector<T> operands, Combine combine)
{
    if (operands.size() > nestedAtMost)
        return combine(std::move(operands));
    T result = std::move(operands.front());
    for (std::size_t i = 1; i < operands.size(); ++i)
        result = combine(std::vector<T>{std::move(result), std::move(operands[i])});
    return result;
}

using Predicates = std::vector<Predicate>;

bool isChoice(const Predicate &predicate)
{
    return predicate.group.any && predicate.group.parts.size() > 1;
}

// AND: predicates of the same source become one.
void merge(Predicates &left, const Predicate &right)
{
    const auto same = std::find_if(
        left.begin(), left.end(), [&](const Predicate &predicate) { return predicate.source == right.source; });
    if (same == left.end()) {
        left.push_back(right);
    } else if (isChoice(*same) || isChoice(right)) {
        const bool isSimple = !same->group.any && same->group.parts.size() == 1;
        Part before = isSimple ? same->group.parts.front() : same->group;
        *same = {right.source, group(false, {std::move(before), right.group})};
    } else {
        same->group.parts.insert(same->group.parts.end(), right.group.parts.begin(), right.group.parts.end());
    }
}

// OR: one predicate, of the source that all of it has or of the source "nested".
Predicates either(const std::vector<Predicates> &operands)
{
    Predicate result{{}, group(true, {})};
    for (const Predicates &operand : operands) {
        std::vector<Part> parts;
        for (const Predicate &predicate : operand) {
            const bool isSame = result.source.isEmpty() || result.source == predicate.source;
            result.source = isSame ? predicate.source : nested;
            parts.push_back(unwrapped(predicate.group));
        }
        result.group.parts.push_back(parts.size() == 1 ? parts.front() : group(false, parts));
    }
    if (result.source == nested)
        saySources(result.group);
    return {result};
}

Predicates predicatesOf(const Expression &expression, bool inverted, const Variables &variables)
{
    const bool negated = expression.isNegated() != inverted;
    if (!expression.isGroup()) {
        const Part rule = ruleOf(expression, negated, variables);
        return {{rule.source, group(false, {rule}), negated}};
    }
    std::vector<Predicates> operands;
    for (const Expression &child : expression.children())
        operands.push_back(predicatesOf(child, negated, variables));
    if ((expression.kind() == Kind::Any) != negated)
        return folded(std::move(operands), either);
    Predicates result = operands.front();
    for (std::size_t i = 1; i < operands.size(); ++i) {
        for (const Predicate &predicate : operands[i])
            merge(result, predicate);
    }
    for (Predicate &predicate : result)
        predicate.negated = predicate.negated || negated;
    return result;
}

// AND or OR of experiments/search: grouped by source, each of which is one predicate.
Predicate grouped(bool any, const std::vector<Predicate> &operands)
{
    std::vector<QByteArray> sources;
    std::vector<std::vector<Part>> bySource;
    for (const Predicate &operand : operands) {
        const auto place = std::find(sources.begin(), sources.end(), operand.source) - sources.begin();
        if (static_cast<std::size_t>(place) == sources.size()) {
            sources.push_back(operand.source);
            bySource.emplace_back();
        }
        bySource[static_cast<std::size_t>(place)].push_back(unwrapped(operand.group));
    }
    if (sources.size() == 1) {
        wrapRules(bySource.front());
        return {sources.front(), group(any, bySource.front())};
    }
    std::vector<Part> parts;
    for (const std::vector<Part> &ofSource : bySource)
        parts.push_back(ofSource.size() == 1 ? ofSource.front() : group(any, ofSource));
    if (any)
        wrapRules(parts);
    return {nested, group(any, std::move(parts))};
}

Predicate searchOf(const Expression &expression, const Variables &variables)
{
    if (!expression.isGroup()) {
        Part rule = ruleOf(expression, expression.isNegated(), variables);
        rule.saysSource = true;
        return {rule.source, group(false, {rule})};
    }
    std::vector<Predicate> operands;
    for (const Expression &child : expression.children())
        operands.push_back(searchOf(child, variables));
    const bool any = expression.kind() == Kind::Any;
    return folded(std::move(operands),
        [any](const std::vector<Predicate> &several) { return grouped(any, several); });
}

bool isNothing(const Expression &expression)
{
    return expression.isGroup() && expression.children().isEmpty();
}

} // namespace

QByteArray predicates(const Expression &expression, const Variables &variables, Form form)
{
    const Expression simple = simplified(expression);
    QList<QByteArray> texts;
    for (const Predicate &predicate : isNothing(simple) ? Predicates() : predicatesOf(simple, false, variables)) {
        // Says how the rule was written; its operator is the opposite already (PROTOCOL 5.7).
        const bool saysNegated = form == Form::Newest && predicate.negated;
        texts += json::object({{"source", '"' + predicate.source + '"'}, {"query", text(predicate.group)},
            {"negated", saysNegated ? "true" : QByteArray()}});
    }
    return json::list(texts);
}

QByteArray rulesTree(const Expression &expression, const Variables &variables)
{
    const Expression inside = withNegationInside(expression);
    return text(isNothing(inside) ? group(false, {}) : searchOf(inside, variables).group);
}

} // namespace query
