// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/rundelegate.h"

#include "models/charts/runlist.h"
#include "ui/charts/linestyle.h"
#include "ui/widgets/theme.h"

#include <QPainter>

#include <cmath>

using namespace Qt::StringLiterals;

namespace {

constexpr int padding = 12;
constexpr int sampleWidth = 18;
constexpr int eyeSize = 16;
constexpr int gap = 6;

} // namespace

QRect RunDelegate::eye(const QRect &row)
{
    return {row.left() + padding + sampleWidth + gap, row.center().y() - eyeSize / 2, eyeSize, eyeSize};
}

QSize RunDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {200, option.fontMetrics.height() + 8};
}

void RunDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const theme::Tokens &tokens = theme::tokens(option.palette);
    const QVariant colour = index.data(RunList::ColourRole);
    const bool isEmphasised = !m_emphasised.isEmpty() && index.data(RunList::KeyRole).toString() == m_emphasised;
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (isEmphasised || isSelected)
        painter->fillRect(option.rect, tokens.selection);
    if (isSelected)
        painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), tokens.accent);

    const int middle = option.rect.center().y();
    const int left = option.rect.left() + padding;
    if (colour.isValid()) {
        painter->setPen(QPen(theme::seriesColour(colour.toInt(), option.palette), 3, styleOfColour(colour.toInt()), Qt::FlatCap));
        painter->drawLine(left, middle, left + sampleWidth, middle);
    } else {
        painter->setPen(tokens.border);
        painter->drawRoundedRect(QRectF(left + 3.5, middle - 5.5, 11, 11), 3, 3);
    }
    const QIcon icon = theme::icon(colour.isValid() ? u"view-visible"_s : u"view-hidden"_s);
    painter->setOpacity(colour.isValid() ? 1 : 0.45);
    icon.paint(painter, eye(option.rect));
    painter->setOpacity(1);

    QFont font = option.font;
    font.setWeight(isEmphasised ? QFont::DemiBold : QFont::Normal);
    painter->setFont(font);
    const QFontMetrics metrics(font);
    const QString value = index.data(RunList::ValueTextRole).toString();
    const QRect text = option.rect.adjusted(eye(option.rect).right() - option.rect.left() + gap + 2, 0, -padding, 0);
    const int valueWidth = value.isEmpty() ? 0 : metrics.horizontalAdvance(value) + gap;
    painter->setPen(colour.isValid() ? tokens.text : tokens.faint);
    painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
        metrics.elidedText(index.data().toString().simplified(), Qt::ElideMiddle, text.width() - valueWidth));
    if (!value.isEmpty()) {
        painter->setPen(std::isnan(index.data(RunList::ValueRole).toDouble()) ? tokens.bad : tokens.text);
        painter->drawText(text, Qt::AlignRight | Qt::AlignVCenter, value);
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(tokens.accent);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5));
    }
    painter->restore();
}
