// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What mouse and keyboard do in a ChartView.

#include "ui/charts/chartview.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QRubberBand>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

void ChartView::wheelEvent(QWheelEvent *event)
{
    const QPoint angle = event->angleDelta();
    const int delta = angle.y() != 0 ? angle.y() : angle.x(); // Alt makes it horizontal
    if (delta == 0 || !m_area.contains(event->position())) {
        event->ignore(); // beside the plot the page scrolls
        return;
    }
    const double factor = std::pow(0.8, delta / 120.0);
    const bool onlyX = event->modifiers() & Qt::ControlModifier;
    const bool onlyY = event->modifiers() & Qt::ShiftModifier;
    zoomAround(event->position(), onlyY && !onlyX ? 1 : factor, onlyX && !onlyY ? 1 : factor);
    hover(event->position());
    event->accept();
}

void ChartView::mousePressEvent(QMouseEvent *event)
{
    m_dragStart = event->position();
    m_dragView = m_view;
    const bool left = event->button() == Qt::LeftButton;
    const bool panning = event->button() == Qt::MiddleButton
        || (left && (m_spaceHeld || event->modifiers() & Qt::ControlModifier));
    if (!m_area.contains(m_dragStart) || !(left || panning)) {
        event->ignore();
        return;
    }
    m_drag = panning ? Drag::Pan : Drag::Rectangle;
    if (panning)
        viewport()->setCursor(Qt::ClosedHandCursor);
    event->accept();
}

void ChartView::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF position = event->position();
    if (m_drag == Drag::Pan) {
        moveTo(m_dragView.panned((m_dragStart.x() - position.x()) / m_area.width(),
            (m_dragStart.y() - position.y()) / m_area.height()));
    } else if (m_drag == Drag::Rectangle) {
        const QRectF rectangle = QRectF(m_dragStart, position).normalized().intersected(m_area);
        m_band->setGeometry(rectangle.toRect());
        m_band->show();
    } else {
        hover(position);
    }
    event->accept();
}

void ChartView::mouseReleaseEvent(QMouseEvent *event)
{
    const Drag drag = std::exchange(m_drag, Drag::None);
    viewport()->setCursor(m_spaceHeld ? Qt::OpenHandCursor : Qt::CrossCursor);
    if (drag == Drag::Rectangle) {
        m_band->hide();
        zoomInto(QRectF(m_dragStart, event->position()).normalized().intersected(m_area));
    }
    event->accept();
}

void ChartView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        resetZoom();
    event->accept();
}

void ChartView::leaveEvent(QEvent *event)
{
    QChartView::leaveEvent(event);
    if (m_cursorIsOwn)
        hideCursor();
}

void ChartView::keyPressEvent(QKeyEvent *event)
{
    constexpr double notch = 0.8;
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    const bool control = event->modifiers() & Qt::ControlModifier;
    const QPointF middle = m_area.center();
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomAround(middle, notch, control ? 1 : notch);
        break;
    case Qt::Key_Minus:
        zoomAround(middle, 1 / notch, control ? 1 : 1 / notch);
        break;
    case Qt::Key_0:
        resetZoom();
        break;
    case Qt::Key_L:
        setLogarithmic(!m_logarithmic);
        break;
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int direction = event->key() == Qt::Key_Left ? -1 : 1;
        if (shift)
            pan(direction * 0.1, 0);
        else
            moveCursor(control ? direction * 100 : direction);
        break;
    }
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (shift)
            pan(0, event->key() == Qt::Key_Up ? -0.1 : 0.1);
        else
            changeLine(event->key() == Qt::Key_Up ? -1 : 1);
        break;
    case Qt::Key_Escape:
        if (!m_cursorStep) {
            event->ignore();
            return;
        }
        hideCursor();
        break;
    case Qt::Key_Space:
        if (!event->isAutoRepeat()) {
            m_spaceHeld = true;
            viewport()->setCursor(Qt::OpenHandCursor);
        }
        break;
    default:
        event->ignore();
        return;
    }
    event->accept();
}

void ChartView::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Space || event->isAutoRepeat()) {
        event->ignore();
        return;
    }
    m_spaceHeld = false;
    if (m_drag == Drag::None)
        viewport()->setCursor(Qt::CrossCursor);
    event->accept();
}

void ChartView::focusOutEvent(QFocusEvent *event)
{
    QChartView::focusOutEvent(event);
    m_spaceHeld = false; // its release goes elsewhere
    m_drag = Drag::None;
    m_band->hide();
    viewport()->setCursor(Qt::CrossCursor);
}

// Along the line the cursor is on, by its points; the first press puts it on the first line.
void ChartView::moveCursor(int points)
{
    if (m_lines.empty())
        return;
    const std::size_t line = m_cursorLine.value_or(0);
    const Series &series = *m_lines[line].series;
    if (series.size() == 0)
        return;
    const double from = m_cursorStep.value_or(std::max(m_view.x0, series.steps().first()));
    std::size_t point = series.steps().nearest(from);
    if (m_cursorStep) {
        const auto last = static_cast<qint64>(series.size()) - 1;
        point = static_cast<std::size_t>(std::clamp(static_cast<qint64>(point) + points, qint64{0}, last));
    }
    const double step = series.steps()[point];
    if (step < m_view.x0 || step > m_view.x1) { // the view goes along
        const double width = m_view.x1 - m_view.x0;
        pan((step < m_view.x0 ? step - m_view.x0 - width / 10 : step - m_view.x1 + width / 10) / width, 0);
    }
    m_cursorIsOwn = true;
    showCursor(step, line, true, m_pointerY);
    emit cursorMoved(step);
    speakCursor();
}

// To the line above or below at the cursor, as the card lists them.
void ChartView::changeLine(int by)
{
    if (!m_cursorStep) {
        moveCursor(0);
        return;
    }
    const std::vector<Reading> readings = readingsAt(m_lines, *m_cursorStep);
    if (readings.empty())
        return;
    const auto current = std::find_if(readings.cbegin(), readings.cend(),
        [this](const Reading &reading) { return m_cursorLine == reading.line; });
    const auto last = static_cast<qint64>(readings.size()) - 1;
    const qint64 index = current == readings.cend() ? 0 : current - readings.cbegin() + by;
    const Reading &next = readings[static_cast<std::size_t>(std::clamp(index, qint64{0}, last))];
    m_cursorIsOwn = true;
    showCursor(*m_cursorStep, next.line, true, m_pointerY);
    speakCursor();
}
