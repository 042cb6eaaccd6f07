// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/runcolours.h"

#include <QObject>
#include <QSet>
#include <QStringList>

#include <optional>

// Which runs of a project are charted: those whose eye was opened, by the table or the legend; as long as none was,
// those that are selected in the table; while none is, the first ones. Gives each run its colour when it is first
// shown, and keeps it. Owned by the page of the table; lives on the main thread.
class VisibleRuns : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    static constexpr int first = 20; // as many as are told apart without much ado

    void clear(const std::optional<QStringList> &chosen = {}); // another subject; chosen: eyes that were open
    void setSelected(const QStringList &keys);
    bool wantsFirst() const { return !m_chosen && m_first.isEmpty(); }
    void setFirst(const QStringList &keys); // of the table as it was at first: what follows its order would jump
    // The person opens or shuts eyes; the first time those of the selection stay open beside.
    void setShown(const QStringList &keys, bool isShown);
    // Those that were open because they are selected stay open from now on; after that all become what the first one is not.
    void toggleSelected(const QStringList &keys);
    void showOnly(const QStringList &keys);
    void followSelection(); // eyes count no more

    bool isShown(const QString &key) const { return m_shown.contains(key); }
    const QStringList &selected() const { return m_selected; }
    const QStringList &shown() const { return m_order; }
    const std::optional<QStringList> &chosen() const { return m_chosen; } // eyes; none where the selection counts
    int colourOf(const QString &key) { return m_colours.colourOf(key); }

signals:
    void changed(); // what is shown

private:
    void followTable(); // as long as no eye counts
    void take(const QStringList &keys);

    RunColours m_colours;
    QStringList m_first;
    QStringList m_selected;
    std::optional<QStringList> m_chosen;
    QStringList m_order;
    QSet<QString> m_shown;
};
