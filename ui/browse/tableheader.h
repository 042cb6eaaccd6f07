// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHeaderView>

class ExperimentTable;

// The head of the experiment table: name and source of a column in two lines, and by which columns it is
// sorted, with their order where there are several. A click sorts, Shift+click adds. Owned by its view.
class TableHeader : public QHeaderView
{
    Q_OBJECT
public:
    TableHeader(ExperimentTable &table, QWidget *parent);

    // Sorts by the column, or turns its direction; adds to the others, or replaces them.
    static void sortBy(ExperimentTable &table, int section, bool add);

    QSize sizeHint() const override;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    QSize sectionSizeFromContents(int section) const override;

private:
    QFont titleFont() const;
    QFont kindFont() const;

    ExperimentTable &m_table;
};
