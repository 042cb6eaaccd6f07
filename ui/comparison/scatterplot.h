// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/comparison/plotcolumn.h"
#include "ui/comparison/plotcolours.h"

#include <QPixmap>
#include <QWidget>

#include <optional>

class QRubberBand;

// One dot an experiment, two columns as its axes. Drag chooses those in a rectangle, a click the nearest; the
// arrow keys walk along x. Owned by a ComparisonPage.
class ScatterPlot : public QWidget
{
    Q_OBJECT
public:
    struct Content
    {
        PlotColumn x;
        PlotColumn y;
        std::optional<PlotColumn> colour;
        QStringList names; // one an experiment, as the columns have them
        bool logarithmicX = false;
        bool logarithmicY = false;
    };

    explicit ScatterPlot(QWidget *parent = nullptr);

    void setContent(Content content); // what was chosen is forgotten
    const Content &content() const { return m_content; }
    const std::vector<std::size_t> &chosen() const { return m_chosen; } // indexes, ascending
    void choose(std::vector<std::size_t> indexes);
    // Of the rectangle that was dragged last; empty where it was a click.
    PlotColumn::Range chosenX() const { return m_chosenX; }
    PlotColumn::Range chosenY() const { return m_chosenY; }
    std::optional<QPointF> placeOf(std::size_t index) const; // in the widget; nothing where it has none
    std::size_t drawn() const; // experiments that have both values

signals:
    void chosenChanged();
    void activated(std::size_t index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void lay(); // the plot area, by what the labels need
    void drawDots(QPainter &painter) const;
    std::optional<std::size_t> nearest(QPointF place) const;
    void hover(std::optional<std::size_t> index);
    void walk(int by);
    QString textOf(std::size_t index) const;

    Content m_content;
    PlotColours m_colours;
    PlotScale m_scaleX;
    PlotScale m_scaleY;
    std::vector<Tick> m_ticksX;
    std::vector<Tick> m_ticksY;
    QRectF m_area;
    QPixmap m_picture; // of all but what is chosen and pointed at
    std::vector<std::size_t> m_chosen;
    PlotColumn::Range m_chosenX;
    PlotColumn::Range m_chosenY;
    std::optional<std::size_t> m_hovered;
    QPointF m_pressed;
    bool m_isPressed = false;
    QRubberBand *m_band;
};
