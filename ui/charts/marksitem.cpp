// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/marksitem.h"

#include "ui/widgets/theme.h"

#include <QPainter>

#include <algorithm>

MarksItem::MarksItem(QGraphicsItem *parent)
    : QGraphicsItem(parent)
{
    setAcceptedMouseButtons(Qt::NoButton);
}

void MarksItem::setArea(const QRectF &area)
{
    prepareGeometryChange();
    m_area = area;
}

void MarksItem::setPalette(const QPalette &palette)
{
    m_palette = palette;
    update();
}

void MarksItem::setRange(std::optional<std::pair<double, double>> range)
{
    m_range = range;
    update();
}

void MarksItem::setBest(std::vector<Best> best)
{
    m_best = std::move(best);
    update();
}

void MarksItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const theme::Tokens &tokens = theme::tokens(m_palette);
    if (m_range) {
        const double left = std::clamp(m_range->first, 0.0, m_area.width());
        const double right = std::clamp(m_range->second, 0.0, m_area.width());
        QColor tint = tokens.accent;
        tint.setAlphaF(0.12F);
        painter->fillRect(QRectF(m_area.left() + left, m_area.top(), right - left, m_area.height()), tint);
        painter->setPen(QPen(tokens.accent, 1));
        for (const double edge : {m_range->first, m_range->second}) {
            if (edge < 0 || edge > m_area.width())
                continue;
            const double x = std::floor(m_area.left() + edge) + 0.5;
            painter->drawLine(QPointF(x, m_area.top()), QPointF(x, m_area.bottom()));
        }
    }
    painter->setRenderHint(QPainter::Antialiasing);
    constexpr double radius = 5;
    for (const Best &best : m_best) {
        const QPointF place = m_area.topLeft() + best.place;
        if (!m_area.contains(place))
            continue;
        painter->setPen(QPen(tokens.base, 1.5));
        painter->setBrush(best.colour);
        const QPointF corners[] = {place - QPointF(0, radius), place + QPointF(radius, 0), place + QPointF(0, radius),
            place - QPointF(radius, 0)};
        painter->drawConvexPolygon(corners, 4);
    }
    painter->setRenderHint(QPainter::Antialiasing, false);
}
