// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/draft.h"

#include <utility>

namespace query {

void Draft::start(const Expression &expression)
{
    m_before.clear();
    m_after.clear();
    m_lastEdit.clear();
    m_expression = expression;
    emit changed();
}

void Draft::edit(const Expression &expression, const QString &name)
{
    if (expression == m_expression)
        return;
    if (name.isEmpty() || name != m_lastEdit)
        m_before.push_back(m_expression);
    m_lastEdit = name;
    m_after.clear();
    m_expression = expression;
    emit changed();
}

void Draft::undo()
{
    if (!canUndo())
        return;
    m_after.push_back(std::exchange(m_expression, m_before.back()));
    m_before.pop_back();
    m_lastEdit.clear();
    emit changed();
}

void Draft::redo()
{
    if (!canRedo())
        return;
    m_before.push_back(std::exchange(m_expression, m_after.back()));
    m_after.pop_back();
    m_lastEdit.clear();
    emit changed();
}

} // namespace query
