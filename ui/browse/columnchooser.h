// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/browse/tablecolumn.h"

#include <QAbstractTableModel>
#include <QDialog>
#include <QSet>

#include <vector>

class QLabel;
class QTreeView;
class SearchField;

// All columns there could be, with a tick at those that are shown; of thousands those that contain every
// word of a search. Owned by ColumnChooser.
class ColumnChoices : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setChoices(std::vector<TableColumn> choices, const std::vector<TableColumn> &shown);
    void setSearch(const QString &words);
    std::size_t count() const { return m_all.size(); }
    std::size_t shownCount() const { return static_cast<std::size_t>(m_shown.size()); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;

signals:
    void toggled(const TableColumn &column, bool shown);

private:
    void find();

    std::vector<TableColumn> m_all;
    QStringList m_folded; // what is searched, one of each
    std::vector<int> m_found;
    QSet<QString> m_shown; // ids
    QString m_search;
};

// Where a person chooses the columns of the experiment table. What is ticked is shown at once. Owned by
// ExperimentsPage.
class ColumnChooser : public QDialog
{
    Q_OBJECT
public:
    explicit ColumnChooser(QWidget *parent = nullptr);

    void setChoices(std::vector<TableColumn> choices, const std::vector<TableColumn> &shown);

signals:
    void toggled(const TableColumn &column, bool shown);

private:
    void showCount();

    ColumnChoices *m_choices;
    SearchField *m_search;
    QTreeView *m_list;
    QLabel *m_count;
};
