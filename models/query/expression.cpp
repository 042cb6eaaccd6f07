// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/expression.h"

namespace query {

namespace {

// Not in Python's words.
bool isOnlyNegative(const Clause &clause)
{
    return pythonName(clause.op).isEmpty() || (clause.source == Source::Tag && clause.op == Operator::NotEqual);
}

} // namespace

Expression::Expression() : m_node(new Node) { }

Expression::Expression(Node node) : m_node(new Node(std::move(node))) { }

Expression::Expression(Clause clause, bool negated) : m_node(new Node)
{
    if (isOnlyNegative(clause)) {
        clause.op = opposite(clause.op);
        negated = !negated;
    }
    m_node->kind = Kind::Clause;
    m_node->negated = negated;
    m_node->clause = std::move(clause);
}

Expression Expression::all(QList<Expression> children, bool negated)
{
    Node node;
    node.negated = negated;
    node.children = std::move(children);
    return Expression(std::move(node));
}

Expression Expression::any(QList<Expression> children, bool negated)
{
    Node node;
    node.kind = Kind::Any;
    node.negated = negated;
    node.children = std::move(children);
    return Expression(std::move(node));
}

Expression::Kind Expression::kind() const
{
    return m_node->kind;
}

bool Expression::isNegated() const
{
    return m_node->negated;
}

bool Expression::isOn() const
{
    return m_node->on;
}

const Clause &Expression::clause() const
{
    return m_node->clause;
}

Operator Expression::op() const
{
    return m_node->negated ? opposite(m_node->clause.op) : m_node->clause.op;
}

const QList<Expression> &Expression::children() const
{
    return m_node->children;
}

bool Expression::operator==(const Expression &other) const
{
    return m_node == other.m_node
        || (kind() == other.kind() && isNegated() == other.isNegated() && isOn() == other.isOn()
            && clause() == other.clause() && children() == other.children());
}

Expression Expression::negated() const
{
    Expression result(*this);
    result.m_node->negated = !m_node->negated;
    return result;
}

Expression Expression::switchedOn(bool on) const
{
    Expression result(*this);
    result.m_node->on = on;
    return result;
}

Expression Expression::withChildren(QList<Expression> children) const
{
    Expression result(*this);
    if (isGroup())
        result.m_node->children = std::move(children);
    return result;
}

const Expression *Expression::at(const Path &path) const
{
    const Expression *here = this;
    for (const int step : path) {
        if (step < 0 || step >= here->children().size())
            return nullptr;
        here = &here->children()[step];
    }
    return here;
}

// edit(children, place) changes the children of the group that path ends in.
template<class Edit>
Expression Expression::edited(const Path &path, qsizetype depth, Edit edit) const
{
    QList<Expression> children = this->children();
    const int step = path[depth];
    if (depth + 1 == path.size())
        edit(children, step);
    else if (step >= 0 && step < children.size())
        children[step] = children[step].edited(path, depth + 1, edit);
    return withChildren(std::move(children));
}

Expression Expression::replaced(const Path &path, const Expression &by) const
{
    if (path.isEmpty())
        return by;
    return edited(path, 0, [&](QList<Expression> &children, int place) {
        if (place >= 0 && place < children.size())
            children[place] = by;
    });
}

Expression Expression::removed(const Path &path) const
{
    if (path.isEmpty())
        return Expression();
    return edited(path, 0, [](QList<Expression> &children, int place) {
        if (place >= 0 && place < children.size())
            children.removeAt(place);
    });
}

Expression Expression::inserted(const Path &path, const Expression &before) const
{
    if (path.isEmpty())
        return *this;
    return edited(path, 0, [&](QList<Expression> &children, int place) {
        if (place >= 0 && place <= children.size())
            children.insert(place, before);
    });
}

Expression Expression::moved(const Path &from, const Path &to) const
{
    const Expression *part = at(from);
    const Expression *group = to.isEmpty() ? nullptr : at(to.mid(0, to.size() - 1));
    const bool isPlace = group && group->isGroup() && to.back() >= 0 && to.back() <= group->children().size();
    const bool isInside = to.size() > from.size() && to.mid(0, from.size()) == from;
    if (!part || from.isEmpty() || !isPlace || isInside)
        return *this;
    return removed(from).inserted(afterRemoval(to, from), *part);
}

Path afterRemoval(Path place, const Path &removed)
{
    const qsizetype last = removed.size() - 1;
    if (last >= 0 && place.size() > last && place.mid(0, last) == removed.mid(0, last) && place[last] > removed[last])
        --place[last];
    return place;
}

} // namespace query
