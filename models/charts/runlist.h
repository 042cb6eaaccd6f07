// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/chartedrun.h"

#include <QAbstractListModel>
#include <QHash>

#include <optional>
#include <vector>

// The runs of a charts page, which are its legend as well: those that are drawn first, largest value first, then
// the others as the table has them. May hold a whole project. Sorting and filtering arrive as one layoutChanged.
// Owned by the page; lives on the main thread.
class RunList : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        KeyRole = Qt::UserRole,
        ColourRole, // int, of a run that is drawn; else invalid
        ValueRole, // double, where there is one
        ValueTextRole,
    };
    struct Entry
    {
        ChartedRun run;
        bool isShown = false;
        bool operator==(const Entry &) const = default;
    };

    explicit RunList(QObject *parent = nullptr);

    void setRuns(std::vector<Entry> runs); // in the order of the table
    // What each run says at the cursor, by key; those that are missing say nothing.
    void setValues(const QHash<QString, double> &values);
    // Colours that runs have where they are drawn as members of groups; others keep their own.
    void setColours(const QHash<QString, int> &colours);
    void setFilter(const QString &text); // in the name or the key, whatever the case

    int shownCount() const { return m_shownCount; } // whatever the filter
    int count() const { return static_cast<int>(m_runs.size()); }
    QStringList listedKeys() const; // as they are listed
    QModelIndex indexOf(const QString &key) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    template<class Change>
    void relayout(Change change);
    void arrange();
    const Entry &at(const QModelIndex &index) const { return m_runs[m_order[static_cast<std::size_t>(index.row())]]; }
    std::optional<double> valueOf(const Entry &entry) const;

    std::vector<Entry> m_runs;
    QHash<QString, double> m_values;
    QHash<QString, int> m_colours;
    QString m_filter;
    std::vector<std::size_t> m_order; // of those that match
    int m_shownCount = 0;
    int m_decimals = -1;
};
