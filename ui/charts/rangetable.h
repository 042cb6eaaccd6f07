// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/rangestatistics.h"

#include <QWidget>

class QLabel;
class QPushButton;
class RowTableView;

// What the lines of a chart do in the range that is selected: a small table below the plot, to be copied, and the way
// from there to a query. Owned by a ChartPanel.
class RangeTable : public QWidget
{
    Q_OBJECT
public:
    explicit RangeTable(QWidget *parent = nullptr);

    // metric: what a query can ask for; empty where it can't.
    void setRange(const QString &title, const QString &metric, std::vector<RangeRow> rows);
    void setRoom(int height); // pixels, as far as rows can be done without
    const RangeStatistics &rows() const { return m_rows; }
    QString text() const; // tab-separated, every digit

signals:
    void closed();
    void queryRequested(const QString &metric, double low, double high);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void ask();
    void fit();

    int m_room = 0;
    QString m_metric;
    RangeStatistics m_rows;
    QLabel *m_title;
    QPushButton *m_query;
    QPushButton *m_copy;
    RowTableView *m_view;
};
