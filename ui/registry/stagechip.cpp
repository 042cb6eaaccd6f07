// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/registry/stagechip.h"

#include "models/values/format.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int gap = 4;
constexpr int cellPadding = 10;

// The words that the registry's own documentation uses; an invalid colour for others.
QColor colourOf(const QString &stage, const theme::Tokens &tokens)
{
    const auto is = [&stage](QLatin1StringView word) { return stage.compare(word, Qt::CaseInsensitive) == 0; };
    if (is("production"_L1))
        return tokens.good;
    if (is("staging"_L1))
        return tokens.warn;
    if (is("development"_L1))
        return tokens.accent;
    return {};
}

} // namespace

int stagechip::width(const QString &stage, const QFontMetrics &metrics)
{
    return std::min(widest, metrics.horizontalAdvance(stage.simplified()) + 2 * padding);
}

void stagechip::paint(
    QPainter &painter, const QRect &rect, const QString &stage, const QPalette &palette, int textRight)
{
    const theme::Tokens &tokens = theme::tokens(palette);
    const QColor colour = colourOf(stage, tokens);
    QColor ground = colour.isValid() ? colour : tokens.line;
    if (colour.isValid())
        ground.setAlphaF(0.14F);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.base); // a chip on a selected row stays itself
    painter.drawRoundedRect(rect, 5, 5);
    painter.setBrush(ground);
    painter.drawRoundedRect(rect, 5, 5);
    painter.setPen(colour.isValid() ? colour : tokens.text);
    const QRect word(rect.left() + padding, rect.top(), textRight - rect.left() - padding, rect.height());
    painter.drawText(word, Qt::AlignVCenter | Qt::AlignLeft,
        painter.fontMetrics().elidedText(stage.simplified(), Qt::ElideMiddle, word.width()));
    painter.restore();
}

StagesDelegate::StagesDelegate(Stages stages, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_stages(std::move(stages))
{
}

void StagesDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &original, const QModelIndex &index) const
{
    QStyleOptionViewItem option = original;
    initStyleOption(&option, index);
    option.text.clear();
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
    painter->save();
    painter->setClipRect(option.rect);
    painter->setFont(option.font);
    const QStringList stages = m_stages(index);
    int left = option.rect.left() + cellPadding;
    const int right = option.rect.right() - cellPadding;
    for (qsizetype i = 0; i < stages.size(); ++i) {
        const int wanted = stagechip::width(stages[i], option.fontMetrics);
        const QString rest = u'+' + format::count(stages.size() - i);
        const int roomForRest
            = i + 1 < stages.size() ? option.fontMetrics.horizontalAdvance(rest) + gap : 0;
        if (i > 0 && left + wanted + roomForRest > right) {
            painter->setPen(theme::tokens(option.palette).secondary);
            painter->drawText(QRect(left, option.rect.top(), right - left + 1, option.rect.height()),
                Qt::AlignVCenter | Qt::AlignLeft, rest);
            break;
        }
        const int width = std::min(wanted, right - left - roomForRest);
        const QRect chip(left, option.rect.center().y() - stagechip::height / 2 + 1, width, stagechip::height - 2);
        stagechip::paint(*painter, chip, stages[i], option.palette, chip.right() - stagechip::padding + 2);
        left += width + gap;
    }
    painter->restore();
}

QSize StagesDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    int width = 2 * cellPadding;
    for (const QString &stage : m_stages(index))
        width += stagechip::width(stage, option.fontMetrics) + gap;
    return {width, stagechip::height + 4};
}
