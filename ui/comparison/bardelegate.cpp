// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/comparison/bardelegate.h"

#include "models/values/rowtable.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace {
constexpr int textWidth = 96;
constexpr int gap = 10;
constexpr double barHeight = 12;
} // namespace

void BarDelegate::setRange(double low, double high)
{
    m_low = std::min(low, 0.0);
    m_high = std::max(high, 0.0);
    if (m_low == m_high)
        m_high = 1;
}

void BarDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QString text = std::exchange(cell.text, QString());
    QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);

    const theme::Tokens &tokens = theme::tokens(option.palette);
    painter->save();
    painter->setPen(tokens.text);
    const QRect words(option.rect.left() + gap, option.rect.top(), textWidth - gap, option.rect.height());
    painter->drawText(words, Qt::AlignVCenter | Qt::AlignRight, text);
    bool isNumber = false;
    const double value = index.data(rowtable::SortRole).toDouble(&isNumber);
    if (isNumber) {
        const QRectF room(option.rect.left() + textWidth + gap, option.rect.center().y() - barHeight / 2,
            std::max(0, option.rect.width() - textWidth - 2 * gap), barHeight);
        const auto place = [&](double at) { return room.left() + room.width() * (at - m_low) / (m_high - m_low); };
        const double from = place(0);
        const double to = place(std::clamp(value, m_low, m_high));
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(value < 0 ? tokens.warn : tokens.accent);
        painter->drawRoundedRect(QRectF(QPointF(std::min(from, to), room.top()), QPointF(std::max(from, to), room.bottom())), 2, 2);
        painter->setPen(tokens.border);
        painter->drawLine(QPointF(from, option.rect.top()), QPointF(from, option.rect.bottom()));
    }
    painter->restore();
}
