// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>
#include <QStringList>

class QListView;
class QSortFilterProxyModel;
class QStandardItemModel;
class SearchField;

// A pop-up list of metric names to tick, with a search field: which panels a ChartPane shows. Newly ticked
// ones come last. Owned by a ChartPane.
class MetricChooser : public QFrame
{
    Q_OBJECT
public:
    explicit MetricChooser(QWidget *parent = nullptr);

    void setNames(const QStringList &names);
    void setChosen(const QStringList &names);
    void popUpBelow(QWidget *widget);

    QListView *list() const { return m_list; }
    SearchField *search() const { return m_search; }

signals:
    void chosenChanged(const QStringList &names);

private:
    void fill();
    void toggle(const QModelIndex &index);

    QStringList m_names;
    QStringList m_chosen;
    SearchField *m_search;
    QListView *m_list;
    QStandardItemModel *m_model;
    QSortFilterProxyModel *m_filter;
};
