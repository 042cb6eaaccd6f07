// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/browse/runstateglyph.h"

#include "ui/widgets/theme.h"

#include <QPainter>

namespace {

QRectF middle(const QRectF &rect, qreal size)
{
    return {rect.center().x() - size / 2, rect.center().y() - size / 2, size, size};
}

// Angles as QPainter counts them: sixteenths of a degree, anticlockwise from three o'clock.
void paintRing(QPainter &painter, const QRectF &circle, const QColor &colour, int start, int span)
{
    painter.setPen(QPen(colour, 1.6, Qt::SolidLine, Qt::RoundCap));
    painter.setBrush(Qt::NoBrush);
    painter.drawArc(circle, start * 16, span * 16);
}

} // namespace

void paintRunState(QPainter &painter, const QRectF &rect, api::State state, const QPalette &palette)
{
    const theme::Tokens &tokens = theme::tokens(palette);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    switch (state) {
    case api::State::Running: {
        const QRectF circle = middle(rect, 11);
        paintRing(painter, circle, tokens.accent, 90, -270);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.accent);
        painter.drawEllipse(middle(rect, 4));
        break;
    }
    case api::State::Finished: {
        const QPointF c = rect.center();
        painter.setPen(QPen(tokens.secondary, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(QPolygonF{c + QPointF(-4.5, 0), c + QPointF(-1.5, 3), c + QPointF(4.5, -3.5)});
        break;
    }
    case api::State::Crashed:
        paintFailed(painter, rect, palette);
        break;
    case api::State::Unknown:
        break;
    }
    painter.restore();
}

void paintLoading(QPainter &painter, const QRectF &rect, const QPalette &palette)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    paintRing(painter, middle(rect, 10), theme::tokens(palette).secondary, 60, 300);
    painter.restore();
}

void paintFailed(QPainter &painter, const QRectF &rect, const QPalette &palette)
{
    const theme::Tokens &tokens = theme::tokens(palette);
    const QRectF disc = middle(rect, 12);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.bad);
    painter.drawEllipse(disc);
    painter.setPen(QPen(tokens.base, 1.5, Qt::SolidLine, Qt::RoundCap));
    const QRectF cross = disc.adjusted(3.7, 3.7, -3.7, -3.7);
    painter.drawLine(cross.topLeft(), cross.bottomRight());
    painter.drawLine(cross.topRight(), cross.bottomLeft());
    painter.restore();
}
