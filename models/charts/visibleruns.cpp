// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/visibleruns.h"

void VisibleRuns::clear(const std::optional<QStringList> &chosen)
{
    m_first.clear();
    m_selected.clear();
    m_chosen = chosen;
    take(m_chosen.value_or(QStringList()));
}

void VisibleRuns::setSelected(const QStringList &keys)
{
    m_selected = keys;
    followTable();
}

void VisibleRuns::setFirst(const QStringList &keys)
{
    m_first = keys;
    followTable();
}

void VisibleRuns::setShown(const QStringList &keys, bool isShown)
{
    const QSet<QString> changed(keys.cbegin(), keys.cend());
    QStringList chosen = m_order;
    chosen.removeIf([&](const QString &key) { return changed.contains(key); });
    if (isShown) {
        // What was shown stays where it is, and with it the order of loading.
        chosen = m_order;
        for (const QString &key : keys) {
            if (!m_shown.contains(key))
                chosen.append(key);
        }
    }
    showOnly(chosen);
}

void VisibleRuns::toggleSelected(const QStringList &keys)
{
    setShown(keys, !m_chosen || !m_shown.contains(keys.constFirst()));
}

void VisibleRuns::showOnly(const QStringList &keys)
{
    m_chosen = keys;
    take(keys);
}

void VisibleRuns::followSelection()
{
    m_chosen.reset();
    followTable();
}

void VisibleRuns::followTable()
{
    if (!m_chosen)
        take(m_selected.isEmpty() ? m_first : m_selected);
}

void VisibleRuns::take(const QStringList &keys)
{
    if (keys == m_order)
        return;
    m_order = keys;
    m_shown = QSet<QString>(keys.cbegin(), keys.cend());
    for (const QString &key : keys)
        m_colours.colourOf(key);
    emit changed();
}
