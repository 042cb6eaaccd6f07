// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/comparison/plotcolumn.h"
#include "ui/comparison/plotcolours.h"

#include <QImage>
#include <QWidget>

#include <atomic>
#include <memory>
#include <optional>

// Parallel coordinates: one axis a column, one line an experiment; what it has no value of is crossed at the
// foot. Dragging along an axis brushes: lines through all brushes stay, the others are dimmed. The title of an
// axis is dragged to another place, or moved by Ctrl and an arrow key. Owned by a ComparisonPage.
class ParallelPlot : public QWidget
{
    Q_OBJECT
public:
    struct Content
    {
        std::vector<PlotColumn> axes;
        std::optional<PlotColumn> colour;
        QStringList names; // one an experiment
    };
    struct Brush
    {
        std::size_t axis = 0;
        PlotColumn::Range range; // of its values
    };

    explicit ParallelPlot(QWidget *parent = nullptr);
    ~ParallelPlot() override;

    void setContent(Content content); // brushes stay with the columns that stay
    const Content &content() const { return m_content; }
    const std::vector<Brush> &brushes() const { return m_brushes; }
    void brush(std::size_t axis, std::optional<PlotColumn::Range> range);
    void clearBrushes();
    // Experiments through all brushes, ascending; all without any.
    const std::vector<std::size_t> &kept() const { return m_kept; }
    bool isDrawn() const { return !m_image.isNull(); } // large ones take a moment, on another thread

signals:
    void brushesChanged();
    void axisMoved(int from, int to);
    void drawn();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void lay();
    void draw();
    void filter();
    double axisX(std::size_t axis) const;
    double placeOf(std::size_t axis, std::size_t experiment) const; // y, in pixels
    std::optional<std::size_t> axisAt(QPointF place) const;
    std::optional<std::size_t> nearest(QPointF place) const;
    const Brush *brushOf(std::size_t axis) const;
    double valueAt(std::size_t axis, double y) const;
    void paintAxis(QPainter &painter, std::size_t axis) const;
    void speakAxis();

    Content m_content;
    PlotColours m_colours;
    std::vector<PlotScale> m_scales;
    std::vector<Brush> m_brushes;
    std::vector<std::size_t> m_kept;
    QRectF m_area; // of the axes, from the first to the last
    double m_foot = 0; // y of what has no value
    QImage m_image; // of the lines
    std::shared_ptr<std::atomic_bool> m_cancelled; // of the picture that is being made
    std::optional<std::size_t> m_hovered;
    std::size_t m_current = 0; // axis of the keyboard
    enum class Drag : quint8 { None, Brush, Title } m_drag = Drag::None;
    std::size_t m_dragged = 0;
    QPointF m_pressed;
    QPointF m_pointer;
};
