// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/stylepainting.h"

#include "ui/widgets/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

#include <algorithm>

namespace stylepainting {

namespace {

constexpr qreal radius = 6;

QPainterPath rounded(const QRect &rect)
{
    QPainterPath path;
    path.addRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    return path;
}

QColor withAlpha(QColor colour, qreal alpha)
{
    colour.setAlphaF(static_cast<float>(alpha));
    return colour;
}

} // namespace

void paintSelection(const QStyleOptionViewItem &option, QPainter *painter, bool withBar)
{
    const theme::Tokens &t = theme::tokens(option.palette);
    const bool active = option.state.testFlag(QStyle::State_Active);
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->fillRect(option.rect, active ? t.selection : withAlpha(t.selection, 0.75));
        if (withBar)
            painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), t.accent);
    } else if (option.state.testFlag(QStyle::State_MouseOver)
        && option.state.testFlag(QStyle::State_Enabled)) {
        painter->fillRect(option.rect, withAlpha(t.text, 0.04));
    }
}

void paintButton(const QStyleOptionButton &button, QPainter *painter)
{
    const theme::Tokens &t = theme::tokens(button.palette);
    const bool primary = button.features.testFlag(QStyleOptionButton::DefaultButton);
    const bool enabled = button.state.testFlag(QStyle::State_Enabled);
    const bool pressed = button.state.testAnyFlags(QStyle::State_Sunken | QStyle::State_On);
    const bool hovered = enabled && button.state.testFlag(QStyle::State_MouseOver);
    const bool flat = button.features.testFlag(QStyleOptionButton::Flat);
    if (flat && !pressed && !hovered && !button.state.testFlag(QStyle::State_HasFocus))
        return;
    const bool full = primary && enabled;
    const QColor fill = flat ? QColor(Qt::transparent) : full ? t.accent : button.palette.color(QPalette::Button);
    const QColor edge = flat ? fill : full ? t.accent : t.border;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(edge);
    painter->setBrush(fill);
    painter->drawPath(rounded(button.rect));
    if (pressed || hovered) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(withAlpha(t.text, pressed ? 0.12 : 0.05));
        painter->drawPath(rounded(button.rect));
    }
    if (button.state.testFlag(QStyle::State_HasFocus) && button.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(primary ? t.text : t.accent, 2));
        painter->drawPath(rounded(button.rect.adjusted(1, 1, -1, -1)));
    }
    painter->restore();
}

void paintToolButton(const QStyleOption &option, QPainter *painter)
{
    const theme::Tokens &t = theme::tokens(option.palette);
    const bool pressed = option.state.testAnyFlags(QStyle::State_Sunken | QStyle::State_On);
    const bool hovered = option.state.testFlag(QStyle::State_Enabled)
        && option.state.testFlag(QStyle::State_MouseOver);
    const bool focused = option.state.testFlag(QStyle::State_HasFocus)
        && option.state.testFlag(QStyle::State_KeyboardFocusChange);
    if (!pressed && !hovered && !focused)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(focused ? QPen(t.accent, 1.5) : QPen(Qt::NoPen));
    painter->setBrush(withAlpha(t.text, pressed ? 0.12 : hovered ? 0.07 : 0));
    painter->drawPath(rounded(option.rect));
    painter->restore();
}

void paintField(const QStyleOption &option, QPainter *painter)
{
    const theme::Tokens &t = theme::tokens(option.palette);
    const bool focused = option.state.testFlag(QStyle::State_HasFocus);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(focused ? t.accent : t.border, focused ? 1.5 : 1));
    painter->setBrush(option.palette.color(QPalette::Base));
    painter->drawPath(rounded(option.rect));
    painter->restore();
}

void paintArrow(const QStyleOption &option, QPainter *painter)
{
    const theme::Tokens &t = theme::tokens(option.palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(option.state.testFlag(QStyle::State_Enabled) ? t.secondary : t.faint);
    painter->drawConvexPolygon(QPolygonF{{-4, -2}, {4, -2}, {0, 2}}.translated(QRectF(option.rect).center()));
    painter->restore();
}

void paintMark(const QStyleOption &option, QPainter *painter, bool isRound)
{
    const theme::Tokens &t = theme::tokens(option.palette);
    const bool isFull = option.state.testAnyFlags(QStyle::State_On | QStyle::State_NoChange);
    const QColor on = option.state.testFlag(QStyle::State_Enabled) ? t.accent : t.faint;
    const QRectF box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    const qreal corner = isRound ? box.width() / 2 : 3;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(isFull ? on : option.state.testFlag(QStyle::State_HasFocus) ? t.accent : t.border);
    painter->setBrush(isFull ? on : t.base);
    painter->drawRoundedRect(box, corner, corner);
    const QPolygonF tick = option.state.testFlag(QStyle::State_NoChange)
        ? QPolygonF{{-3, 0}, {3, 0}} : QPolygonF{{-3.5, 0}, {-1, 2.5}, {3.5, -3}};
    painter->setPen(QPen(t.base, isRound ? 5 : 1.8, Qt::SolidLine, Qt::RoundCap));
    if (isFull && isRound)
        painter->drawPoint(box.center());
    else if (isFull)
        painter->drawPolyline(tick.translated(box.center()));
    painter->restore();
}

void paintHeaderSection(const QStyleOptionHeader &header, QPainter *painter)
{
    const theme::Tokens &t = theme::tokens(header.palette);
    painter->fillRect(header.rect, t.window);
    if (header.state.testFlag(QStyle::State_MouseOver) && header.state.testFlag(QStyle::State_Enabled))
        painter->fillRect(header.rect, withAlpha(t.text, 0.04));
    painter->setPen(t.line);
    painter->drawLine(header.rect.bottomLeft(), header.rect.bottomRight());
    if (header.orientation == Qt::Horizontal && header.position != QStyleOptionHeader::End
        && header.position != QStyleOptionHeader::OnlyOneSection) {
        painter->drawLine(header.rect.right(), header.rect.top() + 6, header.rect.right(),
            header.rect.bottom() - 6);
    }
}

void paintMenuBarItem(const QStyleOptionMenuItem &item, QPainter *painter)
{
    const theme::Tokens &t = theme::tokens(item.palette);
    painter->fillRect(item.rect, t.window);
    const bool isOpen = item.state.testAnyFlags(QStyle::State_Sunken | QStyle::State_Selected);
    if (isOpen && item.state.testFlag(QStyle::State_Enabled)) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(withAlpha(t.text, 0.08));
        painter->drawPath(rounded(item.rect.adjusted(1, 1, -1, -1)));
        painter->restore();
    }
    painter->setPen(item.palette.color(QPalette::WindowText));
    painter->drawText(item.rect, Qt::AlignCenter | Qt::TextHideMnemonic | Qt::TextSingleLine, item.text);
}

void paintTab(const QStyleOptionTab &tab, QPainter *painter)
{
    const theme::Tokens &t = theme::tokens(tab.palette);
    if (tab.state.testFlag(QStyle::State_MouseOver) && !tab.state.testFlag(QStyle::State_Selected))
        painter->fillRect(tab.rect, withAlpha(t.text, 0.04));
    if (!tab.state.testFlag(QStyle::State_Selected))
        return;
    QRect bar = tab.rect;
    bar.setTop(bar.bottom() - 2);
    painter->fillRect(bar.adjusted(8, 0, -8, 0), t.accent);
}

void paintProgress(const QStyleOptionProgressBar &bar, QPainter *painter)
{
    const theme::Tokens &t = theme::tokens(bar.palette);
    const int height = std::min(bar.rect.height(), 6);
    QRectF groove(bar.rect.left(), bar.rect.center().y() - height / 2, bar.rect.width(), height);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(t.line);
    painter->drawRoundedRect(groove, height / 2.0, height / 2.0);
    painter->setBrush(t.accent);
    if (bar.maximum > bar.minimum) {
        const qreal share = qBound(0.0,
            static_cast<qreal>(bar.progress - bar.minimum) / (bar.maximum - bar.minimum), 1.0);
        groove.setWidth(groove.width() * share);
    } else {
        // Unknown length: a still bar in the middle; nothing moves by itself.
        groove.adjust(groove.width() * 0.35, 0, -groove.width() * 0.35, 0);
    }
    if (groove.width() > 0)
        painter->drawRoundedRect(groove, height / 2.0, height / 2.0);
    painter->restore();
}

} // namespace stylepainting
