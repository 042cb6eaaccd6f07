// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTableView>

class TextFilter;

// A small table of whole rows as the program shows them: no grid, sorted by a click on a head, one row
// chosen, a filter over all columns; Tab leaves it. Its model is a RowTable. Owned by the page it stands in.
class RowTableView : public QTableView
{
    Q_OBJECT
public:
    explicit RowTableView(const QString &accessibleName, QWidget *parent = nullptr);

    void setRows(QAbstractItemModel *rows); // not owned
    TextFilter *proxy() const { return m_proxy; }
    int currentRow() const; // of the RowTable; -1 where there is none
    void setCurrentRow(int row); // of the RowTable
    // As wide as what is in them, within reason; the last column takes the rest.
    void fitColumns();
    // The chosen row to the clipboard, tab-separated, with exact values.
    void copy() const;

private:
    TextFilter *m_proxy;
};
