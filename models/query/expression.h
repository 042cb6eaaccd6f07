// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/clause.h"

#include <QList>
#include <QSharedData>

namespace query {

// Which child of which child: {1, 0} is the first child of the second.
using Path = QList<int>;

// What is asked of experiments: a clause, or a group of which all or any must hold; each may be negated
// and switched off. An immutable value, cheap to copy; edits give another one. To negate does not mean the
// other experiments: the server turns each clause into its opposite, and no clause but IsNull holds where
// there is no value (PROTOCOL 5.4, 5.5).
class Expression
{
public:
    enum class Kind : quint8 { All, Any, Clause };

    Expression(); // asks for nothing: all of no conditions
    // NotContains and the like, which Python has no word for, become the negation of their opposite.
    explicit Expression(Clause clause, bool negated = false);
    static Expression all(QList<Expression> children, bool negated = false);
    static Expression any(QList<Expression> children, bool negated = false);

    Kind kind() const;
    bool isGroup() const { return kind() != Kind::Clause; }
    bool isNegated() const;
    bool isOn() const;
    const Clause &clause() const; // of a group: one that says nothing
    Operator op() const; // of a clause, the opposite where it is negated
    const QList<Expression> &children() const; // of a clause: none
    bool operator==(const Expression &other) const;

    Expression negated() const;
    Expression switchedOn(bool on) const;
    Expression withChildren(QList<Expression> children) const;

    // Paths that lead nowhere change nothing.
    const Expression *at(const Path &path) const;
    Expression replaced(const Path &path, const Expression &by) const;
    Expression removed(const Path &path) const;
    Expression inserted(const Path &path, const Expression &before) const; // the last may be one too large
    // With the part at one path in front of the other, which is one as for inserted(); both as they are now.
    // Into itself nothing moves.
    Expression moved(const Path &from, const Path &to) const;

private:
    struct Node;
    explicit Expression(Node node);
    template<class Edit>
    Expression edited(const Path &path, qsizetype depth, Edit edit) const;

    QSharedDataPointer<Node> m_node;
};

struct Expression::Node : QSharedData
{
    Kind kind = Kind::All;
    bool negated = false;
    bool on = true;
    Clause clause = {};
    QList<Expression> children = {};
};

// Where a place is when the part at the other path is gone.
Path afterRemoval(Path place, const Path &removed);

} // namespace query
