// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/chartline.h"

#include <QColor>
#include <QFont>
#include <QGraphicsItem>
#include <QPalette>

#include <optional>

// The cursor of a chart: a line at a place on the x axis, a dot on every series, the place on the axis, and (where the
// pointer is) a card with what each series says there. Lies above the lines. Owned by the chart of a ChartView.
class CursorItem : public QGraphicsItem
{
public:
    struct Row
    {
        QString name;
        QColor colour;
        Qt::PenStyle style = Qt::SolidLine;
        QString value;
        QString elsewhere; // the point's own place, where it is another: always told
        QString band; // of a group; told where there is room
        bool isFinite = true;
        double pixelX = 0; // in the plot area
        double pixelY = 0;
    };
    struct Content
    {
        QString step; // on the axis
        QString title; // "step 9,000"
        QString detail; // what else is known of the point that is pointed at: its epoch and time
        QString count; // "11 of 11"
        double pixelX = 0;
        std::vector<Row> rows; // largest value first
        int nearest = -1; // row that is pointed at
        bool showCard = false;
        double pointerY = 0;
    };

    explicit CursorItem(QGraphicsItem *parent);

    void setArea(const QRectF &area);
    void setPalette(const QPalette &palette);
    void setContent(std::optional<Content> content);
    const std::optional<Content> &content() const { return m_content; }

    QRectF boundingRect() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    void paintCard(QPainter *painter) const;
    void paintRows(QPainter *painter, const QRectF &inside, int first, int shown, bool showBands) const;

    QRectF m_area;
    QPalette m_palette;
    std::optional<Content> m_content;
};
