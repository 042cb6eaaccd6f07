// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QWidget>

#include <vector>

// Names of lines beside samples of them, in one row: as many as have room, the rest as "+3". Owned by a ChartPanel.
class LegendRow : public QWidget
{
    Q_OBJECT
public:
    struct Entry
    {
        QString name;
        QColor colour;
        Qt::PenStyle style = Qt::SolidLine;
    };

    explicit LegendRow(QWidget *parent = nullptr);

    void setEntries(std::vector<Entry> entries); // none hides it
    const std::vector<Entry> &entries() const { return m_entries; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<Entry> m_entries;
};
