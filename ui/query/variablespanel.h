// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/variables.h"

#include <QAbstractItemModel>
#include <QWidget>

#include <functional>
#include <vector>

class QLabel;
class QMimeData;
class QTreeView;

// The variables of a project by their source, each with its type; those that all words of a search are in.
class VariableTree : public QAbstractItemModel
{
    Q_OBJECT
public:
    using QAbstractItemModel::QAbstractItemModel;

    void setColumns(const api::Columns &columns);
    void setSearch(const QString &words);
    std::size_t found() const;
    std::optional<query::Variable> variable(const QModelIndex &index) const; // nothing: a source
    QString typeText(const QModelIndex &index) const;
    // What was dragged from here; nothing where it was something else.
    static std::optional<query::Variable> dragged(const QMimeData &content);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &) const override { return 2; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;

private:
    struct Entry
    {
        QString name;
        QString folded;
        QString type;
    };
    struct Group
    {
        query::Source source;
        std::vector<Entry> entries;
        std::vector<std::size_t> found; // of entries
    };
    void find();
    const Group &groupOf(const QModelIndex &child) const { return m_groups[child.internalId() - 1]; }
    const Entry &entry(const QModelIndex &child) const;

    std::vector<Group> m_groups; // those with entries
    QStringList m_words;
};

// What a query can ask about, to be found and chosen: beside the cards of the builder, which owns it.
class VariablesPanel : public QWidget
{
    Q_OBJECT
public:
    using Values = std::function<QStringList(query::Source source, const QString &name)>;

    // values: those seen of a variable.
    VariablesPanel(Values values, QWidget *parent);

    void setColumns(const api::Columns &columns);
    QSize sizeHint() const override { return {224, 190}; }

signals:
    void chosen(const query::Variable &variable);

private:
    void showFound();
    void showSeen(const QModelIndex &index);

    Values m_values;
    VariableTree m_variables;
    QTreeView *m_tree;
    QLabel *m_count;
    QLabel *m_seen;
};
