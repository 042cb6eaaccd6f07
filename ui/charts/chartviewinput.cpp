// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What mouse and keyboard do in a ChartView; what its cursor says is in chartviewcursor.cpp.

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
    m_dragStartX = xAt(m_dragStart); // the table that opens meanwhile may move what is drawn
    m_dragView = m_view;
    const bool left = event->button() == Qt::LeftButton;
    const bool panning = event->button() == Qt::MiddleButton
        || (left && (m_spaceHeld || event->modifiers() & Qt::ControlModifier));
    if (!m_area.contains(m_dragStart) || !(left || panning)) {
        event->ignore();
        return;
    }
    const bool selecting = m_isSelecting != event->modifiers().testFlag(Qt::ShiftModifier);
    m_drag = panning ? Drag::Pan : selecting ? Drag::Range : Drag::Rectangle;
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
    } else if (m_drag == Drag::Range) {
        const double start = m_dragStartX;
        const double now = xAt(position);
        m_isDragged = m_isDragged || std::abs(position.x() - m_dragStart.x()) > 3;
        if (m_isDragged)
            selectRange(Range{std::min(start, now), std::max(start, now)});
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
    // A click instead of a stroke ends the range.
    if (drag == Drag::Range && !std::exchange(m_isDragged, false))
        selectRange({});
    event->accept();
}

// Inside the view, in units of the axis.
double ChartView::xAt(QPointF position) const
{
    const double pixel = std::clamp(position.x() - m_area.left(), 0.0, m_area.width());
    const double x = fromDrawn(m_view.xOf(pixel, m_area.width()));
    return m_content.question().xAxis.kind == XAxis::Kind::Step ? std::round(x) : x;
}

void ChartView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && m_isZoomed)
        resetZoom();
    else if (event->button() == Qt::LeftButton)
        emit fullSizeRequested(); // all is seen already: larger
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
    const bool isArrow = event->key() >= Qt::Key_Left && event->key() <= Qt::Key_Down;
    if (shift && control && isArrow) { // for the panel
        event->ignore();
        return;
    }
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
        if (shift)
            emit logarithmicXRequested(!m_content.question().logarithmicX);
        else
            emit logarithmicYRequested(!m_content.question().logarithmicY);
        break;
    case Qt::Key_BracketLeft:
    case Qt::Key_BracketRight:
        emit smoothingRequested(event->key() == Qt::Key_BracketLeft ? -1 : 1);
        break;
    case Qt::Key_R:
        markRange();
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
        if (m_cursorX)
            hideCursor();
        else if (m_range)
            selectRange({});
        else {
            event->ignore();
            return;
        }
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

// The first press is where the range begins, the second one where it ends.
void ChartView::markRange()
{
    if (!m_cursorX)
        return;
    const double x = *m_cursorX;
    if (!m_rangeStart) {
        m_rangeStart = x;
        selectRange(Range{x, x});
        return;
    }
    const double start = *std::exchange(m_rangeStart, {});
    selectRange(Range{std::min(start, x), std::max(start, x)});
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

void ChartView::zoomAround(QPointF position, double factorX, double factorY)
{
    moveTo(m_view.zoomed((position.x() - m_area.left()) / m_area.width(),
        (position.y() - m_area.top()) / m_area.height(), factorX, factorY));
}

void ChartView::zoomInto(const QRectF &rectangle)
{
    // A stroke along one axis means that axis.
    constexpr double least = 8;
    if (rectangle.width() < least && rectangle.height() < least)
        return;
    View view = m_view;
    if (rectangle.width() >= least) {
        view.x0 = m_view.xOf(rectangle.left() - m_area.left(), m_area.width());
        view.x1 = m_view.xOf(rectangle.right() - m_area.left(), m_area.width());
    }
    if (rectangle.height() >= least) {
        view.y0 = m_view.yOf(rectangle.bottom() - m_area.top(), m_area.height());
        view.y1 = m_view.yOf(rectangle.top() - m_area.top(), m_area.height());
    }
    if (view == view.zoomed(0.5, 0.5, 0.999, 0.999))
        return; // too small to be told apart
    moveTo(view);
}

void ChartView::pan(double partX, double partY)
{
    moveTo(m_view.panned(partX, partY));
}
