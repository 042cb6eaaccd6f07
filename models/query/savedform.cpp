// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/savedform.h"

#include "models/query/translated.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace query {

namespace {

bool isAllOn(const Expression &expression)
{
    return expression.isOn()
        && std::all_of(expression.children().begin(), expression.children().end(), isAllOn);
}

bool isWhole(const Expression &expression) // Python's text says all there is to it
{
    const QList<Expression> &children = expression.children();
    return isAllOn(expression) && (!expression.isGroup() || children.size() > 1)
        && std::all_of(children.begin(), children.end(), isWhole);
}

bool isIncomplete(const Expression &expression)
{
    return !expression.isGroup() && !expression.clause().isFinished();
}

// Without conditions that are not finished.
Expression complete(const Expression &expression)
{
    QList<Expression> children;
    for (const Expression &child : expression.children()) {
        if (!isIncomplete(child))
            children += complete(child);
    }
    return expression.withChildren(std::move(children));
}

QJsonValue written(const Expression &expression)
{
    if (isWhole(expression))
        return toPython(expression);
    QJsonObject object;
    if (expression.isGroup()) {
        QJsonArray children;
        for (const Expression &child : expression.children())
            children += written(child);
        object.insert(expression.kind() == Expression::Kind::All ? "all"_L1 : "any"_L1, children);
        if (expression.isNegated())
            object.insert("negated"_L1, true);
    } else {
        object.insert("is"_L1, toPython(expression.switchedOn(true)));
    }
    if (!expression.isOn())
        object.insert("off"_L1, true);
    return object;
}

Reading read(const QJsonValue &json, int depth)
{
    constexpr int deepest = 100;
    if (json.isString())
        return fromPython(json.toString());
    const QJsonObject object = json.toObject();
    const bool isOn = !object["off"_L1].toBool();
    if (object["is"_L1].isString()) {
        Reading reading = fromPython(object["is"_L1].toString());
        if (!reading.problem)
            reading.expression = reading.expression.switchedOn(isOn);
        return reading;
    }
    const bool any = object["any"_L1].isArray();
    if (depth > deepest || (!any && !object["all"_L1].isArray()))
        return {Expression(), TextProblem{0, 0, tr("A condition, or a group of them, was expected.")}};
    QList<Expression> children;
    for (const QJsonValue &child : object[any ? "any"_L1 : "all"_L1].toArray()) {
        Reading reading = read(child, depth + 1);
        if (reading.problem)
            return reading;
        children += reading.expression;
    }
    const bool negated = object["negated"_L1].toBool();
    const Expression expression = any ? Expression::any(children, negated) : Expression::all(children, negated);
    return {expression.switchedOn(isOn), std::nullopt};
}

} // namespace

QJsonValue toJson(const Expression &expression)
{
    return written(isIncomplete(expression) ? Expression() : complete(expression));
}

Reading fromJson(const QJsonValue &json)
{
    return read(json, 0);
}

} // namespace query
