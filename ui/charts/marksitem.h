// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QGraphicsItem>
#include <QPalette>

#include <optional>
#include <vector>

// What is marked in a chart beside its lines: the range that is selected, and the best value of each line. Lies
// between lines and cursor. Owned by the chart of a ChartView.
class MarksItem : public QGraphicsItem
{
public:
    struct Best
    {
        QPointF place; // in the plot area
        QColor colour;
    };

    explicit MarksItem(QGraphicsItem *parent);

    void setArea(const QRectF &area);
    void setPalette(const QPalette &palette);
    // The edges of the range in the plot area.
    void setRange(std::optional<std::pair<double, double>> range);
    void setBest(std::vector<Best> best);
    const std::vector<Best> &best() const { return m_best; }

    QRectF boundingRect() const override { return m_area; }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    QRectF m_area;
    QPalette m_palette;
    std::optional<std::pair<double, double>> m_range;
    std::vector<Best> m_best;
};
