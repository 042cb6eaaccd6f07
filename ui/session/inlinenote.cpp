// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/inlinenote.h"

#include "ui/widgets/theme.h"

#include <QEvent>
#include <QPainter>
#include <QResizeEvent>

namespace {

constexpr int signSize = 14;

QColor colourOf(InlineNote::Kind kind, const theme::Tokens &tokens)
{
    switch (kind) {
    case InlineNote::Kind::Hint:
        return tokens.secondary;
    case InlineNote::Kind::Good:
        return tokens.good;
    case InlineNote::Kind::Warning:
        return tokens.warn;
    case InlineNote::Kind::Bad:
        return tokens.bad;
    }
    return tokens.secondary;
}

// A tick, an exclamation mark or a cross: the state has a shape beside its colour.
void paintSign(QPainter &painter, InlineNote::Kind kind, const QColor &colour)
{
    painter.setPen(QPen(colour, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    switch (kind) {
    case InlineNote::Kind::Hint:
        break;
    case InlineNote::Kind::Good:
        painter.drawPolyline(QPolygonF{{2.5, 7.5}, {5.5, 10.5}, {11.5, 3.5}});
        break;
    case InlineNote::Kind::Warning:
        painter.drawLine(QPointF(7, 2.5), QPointF(7, 8));
        painter.drawPoint(QPointF(7, 11.5));
        break;
    case InlineNote::Kind::Bad:
        painter.drawLine(QPointF(3.5, 3.5), QPointF(10.5, 10.5));
        painter.drawLine(QPointF(10.5, 3.5), QPointF(3.5, 10.5));
        break;
    }
}

} // namespace

InlineNote::InlineNote(QWidget *parent)
    : QWidget(parent)
{
    setVisible(false);
}

void InlineNote::say(Kind kind, const QString &text)
{
    m_kind = kind;
    m_text = text;
    setAccessibleName(text);
    setVisible(!text.isEmpty());
    fit();
    update();
}

void InlineNote::clear()
{
    say(Kind::Hint, {});
}

QRect InlineNote::textRect() const
{
    return {m_kind == Kind::Hint ? 0 : signSize + 6, 0, width() - (m_kind == Kind::Hint ? 0 : signSize + 6), height()};
}

QSize InlineNote::sizeHint() const
{
    return {200, height()};
}

void InlineNote::fit()
{
    const QRect room(0, 0, textRect().width(), 1000);
    setFixedHeight(fontMetrics().boundingRect(room, Qt::TextWordWrap, m_text).height() + 2);
}

void InlineNote::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        fit();
}

void InlineNote::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fit();
}

void InlineNote::paintEvent(QPaintEvent *)
{
    const theme::Tokens &tokens = theme::tokens(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.save();
    painter.translate(0, (fontMetrics().height() - signSize) / 2.0);
    paintSign(painter, m_kind, colourOf(m_kind, tokens));
    painter.restore();
    painter.setPen(m_kind == Kind::Bad ? tokens.bad : tokens.secondary);
    painter.drawText(textRect(), Qt::TextWordWrap, m_text);
}
