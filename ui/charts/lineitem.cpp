// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/lineitem.h"

#include "models/api/background.h"
#include "models/charts/gapmarks.h"

#include <QPainter>

namespace {

// Vertices that are drawn antialiased within a frame (9 ms where all of them are noise); more wait for the rest.
constexpr std::size_t fineInFrame = 6000;
constexpr int restMilliseconds = 150;
constexpr double dimmed = 0.5; // what lies behind a raised line

} // namespace

LineItem::LineItem(QGraphicsItem *parent)
    : QGraphicsObject(parent)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMilliseconds);
    connect(&m_rest, &QTimer::timeout, this, &LineItem::refine);
}

LineItem::~LineItem()
{
    if (m_cancelled)
        *m_cancelled = true;
}

void LineItem::setDrawing(Drawing drawing)
{
    m_drawing = std::move(drawing);
    invalidate();
}

void LineItem::setView(const View &view)
{
    if (view == m_view)
        return;
    m_view = view;
    invalidate();
}

void LineItem::setArea(const QRectF &area)
{
    if (area == m_area)
        return;
    prepareGeometryChange();
    m_area = area;
    invalidate();
}

void LineItem::setRaised(int line)
{
    if (line == m_raised)
        return;
    m_raised = line;
    m_raisedImage = {};
    update();
}

void LineItem::invalidate()
{
    if (m_cancelled)
        *m_cancelled = true;
    m_cancelled.reset();
    m_rest.stop();
    m_image = {};
    m_raisedImage = {};
    m_isFine = false;
    update();
}

void LineItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const double ratio = painter->device()->devicePixelRatioF();
    const QSize pixels = (m_area.size() * ratio).toSize();
    if (pixels.isEmpty() || (m_drawing.lines.empty() && m_drawing.bands.empty()))
        return;
    if (m_image.size() != pixels) {
        m_isFine = Rasteriser::fineCost(m_drawing, m_view, pixels.width()) <= fineInFrame;
        m_image = m_isFine ? Rasteriser::fine(m_drawing, m_view, pixels, ratio)
                           : m_rasteriser.quick(m_drawing, m_view, pixels, ratio);
        paintGaps(m_image);
        if (!m_isFine)
            m_rest.start();
    }
    const bool isRaised = m_raised >= 0 && static_cast<std::size_t>(m_raised) < m_drawing.lines.size();
    painter->setOpacity(isRaised ? dimmed : 1);
    painter->drawImage(m_area.topLeft(), m_image);
    painter->setOpacity(1);
    if (isRaised) {
        if (m_raisedImage.isNull()) {
            DrawnLine line = m_drawing.lines[static_cast<std::size_t>(m_raised)];
            line.width += 1;
            m_raisedImage = Rasteriser::fine({{}, {line}}, m_view, pixels, ratio);
        }
        painter->drawImage(m_area.topLeft(), m_raisedImage);
    }
}

void LineItem::refine()
{
    m_cancelled = std::make_shared<std::atomic_bool>(false);
    const auto draw = [drawing = m_drawing, view = m_view, pixels = m_image.size(),
                          ratio = m_image.devicePixelRatio(), cancelled = m_cancelled] {
        return Rasteriser::fine(drawing, view, pixels, ratio, cancelled.get());
    };
    runInBackground(this, draw, [this, cancelled = m_cancelled](const QImage &image) {
        if (*cancelled)
            return;
        m_image = image;
        paintGaps(m_image);
        m_isFine = true;
        update();
        emit refined();
    });
}

// Once a picture, not once a hover: there may be thousands.
void LineItem::paintGaps(QImage &image) const
{
    QPainter painter(&image);
    painter.setPen(Qt::NoPen);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const DrawnLine &line : m_drawing.lines) {
        painter.setBrush(line.colour);
        for (const QPolygonF &mark : gapMarks(*line.series, m_view, m_area.size()))
            painter.drawConvexPolygon(mark);
    }
}
