// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/chartline.h"

#include <QDialog>

class ChartPanel;
class QLabel;
class QTableView;

// What a panel draws, as a table to read and to copy: the way to its values for those who can't see a plot. Deletes
// itself when it is closed.
class DataTable : public QDialog
{
    Q_OBJECT
public:
    static DataTable *open(ChartPanel &panel); // beside the panel's window

    void copy() const; // the selected cells, or all

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    explicit DataTable(ChartPanel &panel);

    QTableView *m_view;
    QLabel *m_count;
};
