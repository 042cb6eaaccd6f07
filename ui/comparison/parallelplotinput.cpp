// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What mouse and keyboard do with a ParallelPlot.
#include "ui/comparison/parallelplot.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace {

constexpr double reachOfAxis = 14;
constexpr double reachOfLine = 8;
constexpr int dragDistance = 4;
constexpr double keyStep = 0.05; // of the axis

} // namespace

std::optional<std::size_t> ParallelPlot::axisAt(QPointF place) const
{
    for (std::size_t axis = 0; axis < m_content.axes.size(); ++axis) {
        if (std::abs(place.x() - axisX(axis)) <= reachOfAxis)
            return axis;
    }
    return std::nullopt;
}

// The line of those kept that passes nearest to a place between two axes.
std::optional<std::size_t> ParallelPlot::nearest(QPointF place) const
{
    std::optional<std::size_t> best;
    double bestDistance = reachOfLine;
    for (std::size_t axis = 0; axis + 1 < m_content.axes.size(); ++axis) {
        const double left = axisX(axis);
        const double right = axisX(axis + 1);
        if (place.x() < left || place.x() > right)
            continue;
        const double part = (place.x() - left) / (right - left);
        for (const std::size_t experiment : m_kept) {
            const double from = placeOf(axis, experiment);
            const double y = from + part * (placeOf(axis + 1, experiment) - from);
            if (const double distance = std::abs(y - place.y()); distance < bestDistance) {
                bestDistance = distance;
                best = experiment;
            }
        }
    }
    return best;
}

void ParallelPlot::mousePressEvent(QMouseEvent *event)
{
    const auto axis = axisAt(event->position());
    if (event->button() != Qt::LeftButton || !axis)
        return;
    m_pressed = m_pointer = event->position();
    m_dragged = m_current = *axis;
    m_drag = event->position().y() < m_area.top() ? Drag::Title : Drag::Brush;
    update();
}

void ParallelPlot::mouseMoveEvent(QMouseEvent *event)
{
    m_pointer = event->position();
    const auto axis = axisAt(m_pointer);
    if (m_drag == Drag::None) {
        const bool isOnTitle = axis && m_pointer.y() < m_area.top();
        setCursor(isOnTitle ? Qt::OpenHandCursor : axis ? Qt::SizeVerCursor : Qt::ArrowCursor);
        m_hovered = axis ? std::nullopt : nearest(m_pointer);
        update();
        return;
    }
    m_hovered.reset();
    if (m_drag == Drag::Brush && std::abs(m_pointer.y() - m_pressed.y()) >= dragDistance) {
        const double from = std::clamp(std::max(m_pressed.y(), m_pointer.y()), m_area.top(), m_area.bottom());
        const double to = std::clamp(std::min(m_pressed.y(), m_pointer.y()), m_area.top(), m_area.bottom());
        brush(m_dragged, PlotColumn::Range{valueAt(m_dragged, from), valueAt(m_dragged, to)});
    }
    update();
}

void ParallelPlot::mouseReleaseEvent(QMouseEvent *event)
{
    const Drag drag = std::exchange(m_drag, Drag::None);
    if (drag == Drag::Brush && std::abs(event->position().y() - m_pressed.y()) < dragDistance && brushOf(m_dragged))
        brush(m_dragged, std::nullopt);
    if (drag == Drag::Title && std::abs(event->position().x() - m_pressed.x()) >= dragDistance) {
        std::size_t nearestAxis = 0;
        for (std::size_t axis = 0; axis < m_content.axes.size(); ++axis) {
            if (std::abs(event->position().x() - axisX(axis)) < std::abs(event->position().x() - axisX(nearestAxis)))
                nearestAxis = axis;
        }
        if (nearestAxis != m_dragged) {
            m_current = nearestAxis;
            emit axisMoved(static_cast<int>(m_dragged), static_cast<int>(nearestAxis));
        }
    }
    update();
}

void ParallelPlot::leaveEvent(QEvent *)
{
    m_hovered.reset();
    update();
}

// Left and right: the axis; with Ctrl they move it. Up and down: the upper end of its brush, with Shift the
// lower one. Space: a brush over all of it, or none.
void ParallelPlot::keyPressEvent(QKeyEvent *event)
{
    if (m_content.axes.empty()) {
        QWidget::keyPressEvent(event);
        return;
    }
    const std::size_t last = m_content.axes.size() - 1;
    const Brush *now = brushOf(m_current);
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const bool forward = event->key() == Qt::Key_Right;
        if (forward ? m_current == last : m_current == 0)
            break;
        const std::size_t to = forward ? m_current + 1 : m_current - 1;
        const std::size_t from = std::exchange(m_current, to);
        if (event->modifiers() & Qt::ControlModifier)
            emit axisMoved(static_cast<int>(from), static_cast<int>(to));
        speakAxis();
        update();
        break;
    }
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const double by = event->key() == Qt::Key_Up ? keyStep : -keyStep;
        const PlotScale &scale = m_scales[m_current];
        double low = now ? scale.position(now->range.low) : 0;
        double high = now ? scale.position(now->range.high) : 1;
        double &moved = event->modifiers() & Qt::ShiftModifier ? low : high;
        moved = std::clamp(moved + by, 0.0, 1.0);
        if (low < high)
            brush(m_current, PlotColumn::Range{scale.value(low), scale.value(high)});
        break;
    }
    case Qt::Key_Space:
        if (now)
            brush(m_current, std::nullopt);
        else
            brush(m_current, PlotColumn::Range{m_scales[m_current].value(0), m_scales[m_current].value(1)});
        break;
    case Qt::Key_Delete:
        brush(m_current, std::nullopt);
        break;
    case Qt::Key_Escape:
        if (m_brushes.empty())
            QWidget::keyPressEvent(event);
        else
            clearBrushes();
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}
