// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/rasteriser.h"

#include <QGraphicsObject>
#include <QTimer>

#include <atomic>
#include <memory>

// The lines and bands of a chart, drawn inside its plot area in place of QtCharts' own series, which are slow.
// Keeps the picture until lines, view or size change: hovering costs a copy of the image. A frame is
// drawn quickly; when nothing has changed for a moment an antialiased picture, made on another thread,
// takes its place. Owned by the chart of a ChartView.
class LineItem : public QGraphicsObject
{
    Q_OBJECT
public:
    explicit LineItem(QGraphicsItem *parent);
    ~LineItem() override;

    void setDrawing(Drawing drawing);
    const Drawing &drawing() const { return m_drawing; }
    const std::vector<DrawnLine> &lines() const { return m_drawing.lines; }
    void setView(const View &view);
    void setArea(const QRectF &area); // the plot area, in the parent's coordinates
    // One line lies above the others, stronger, and those are dimmed: the one that is pointed at. -1: none.
    void setRaised(int line);
    bool isFine() const { return m_isFine; } // the picture at rest is seen

    QRectF boundingRect() const override { return m_area; }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

signals:
    void refined();

private:
    void invalidate();
    void refine();
    void paintGaps(QImage &image) const;

    Drawing m_drawing;
    View m_view;
    QRectF m_area;
    Rasteriser m_rasteriser;
    QImage m_image;
    bool m_isFine = false;
    int m_raised = -1;
    QImage m_raisedImage;
    QTimer m_rest;
    std::shared_ptr<std::atomic_bool> m_cancelled; // of the fine picture being made
};
