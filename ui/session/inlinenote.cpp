// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/inlinenote.h"

#include "ui/widgets/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

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
QPixmap signOf(InlineNote::Kind kind, const QColor &colour, qreal ratio)
{
    QPixmap pixmap(QSize(signSize, signSize) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
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
    return pixmap;
}

} // namespace

InlineNote::InlineNote(QWidget *parent)
    : QWidget(parent)
    , m_sign(new QLabel)
    , m_text(new QLabel)
{
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText); // it may quote a server
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 2);
    layout->setSpacing(6);
    layout->addWidget(m_sign, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    setVisible(false);
}

void InlineNote::say(Kind kind, const QString &text)
{
    m_kind = kind;
    m_text->setText(text);
    m_text->setAccessibleName(text);
    m_sign->setVisible(kind != Kind::Hint);
    applyColours();
    setVisible(!text.isEmpty());
}

void InlineNote::clear()
{
    say(Kind::Hint, {});
}

QString InlineNote::text() const
{
    return m_text->text();
}

void InlineNote::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColours();
}

void InlineNote::applyColours()
{
    const theme::Tokens &tokens = theme::tokens(palette());
    const QColor colour = colourOf(m_kind, tokens);
    QPalette painted = m_text->palette();
    const QColor words = m_kind == Kind::Bad ? tokens.bad : tokens.secondary;
    if (painted.color(QPalette::WindowText) != words) {
        painted.setColor(QPalette::WindowText, words);
        m_text->setPalette(painted);
    }
    m_sign->setPixmap(signOf(m_kind, colour, devicePixelRatioF()));
}
