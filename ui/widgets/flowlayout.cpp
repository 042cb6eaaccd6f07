// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/flowlayout.h"

#include <algorithm>

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.emplace_back(item);
    invalidate();
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem *taken = m_items[static_cast<std::size_t>(index)].release();
    m_items.erase(m_items.begin() + index);
    invalidate();
    return taken;
}

int FlowLayout::heightNeeded(int width) const
{
    return arrange({0, 0, width, 0}, false);
}

QSize FlowLayout::minimumSize() const
{
    QSize least;
    for (const auto &item : m_items)
        least = least.expandedTo(item->minimumSize());
    return least;
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int FlowLayout::arrange(const QRect &rect, bool moves) const
{
    int lineHeight = 0;
    for (const auto &item : m_items)
        lineHeight = std::max(lineHeight, item->sizeHint().height());
    const QRect inside = rect.marginsRemoved(contentsMargins());
    int left = inside.left();
    int top = inside.top();
    for (const auto &item : m_items) {
        if (item->isEmpty())
            continue; // hidden: it must not begin a row
        const QSize size = item->sizeHint();
        if (left > inside.left() && left + size.width() > inside.left() + inside.width()) {
            left = inside.left();
            top += lineHeight + spacing();
        }
        if (moves)
            item->setGeometry(QRect(QPoint(left, top + (lineHeight - size.height()) / 2), size));
        left += size.width() + spacing();
    }
    return top + lineHeight - rect.top() + contentsMargins().bottom();
}
