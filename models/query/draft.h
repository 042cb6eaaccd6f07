// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/expression.h"

#include <QObject>

#include <vector>

namespace query {

// An expression that is being built, with what it was before. Owned by the builder.
class Draft : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    const Expression &expression() const { return m_expression; }
    // Another subject: nothing can be undone.
    void start(const Expression &expression);
    // Edits in a row with the same name, which is not empty, are undone together: typing in one field.
    void edit(const Expression &expression, const QString &name = {});

    bool canUndo() const { return !m_before.empty(); }
    bool canRedo() const { return !m_after.empty(); }
    void undo();
    void redo();

signals:
    void changed();

private:
    Expression m_expression;
    QString m_lastEdit;
    std::vector<Expression> m_before; // oldest first
    std::vector<Expression> m_after; // nearest last
};

} // namespace query
