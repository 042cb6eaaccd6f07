// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/badge.h"

#include "ui/widgets/theme.h"

#include <QPainter>

#include <utility>

Badge::Badge(QWidget *parent)
    : QLabel(parent)
{
    QFont smaller = font();
    smaller.setPointSizeF(smaller.pointSizeF() * 12 / 13);
    setFont(smaller);
    setContentsMargins(8, 2, 8, 2);
    setAlignment(Qt::AlignCenter);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void Badge::show(const Words &words, Tone tone, const QString &explanation)
{
    m_words = words;
    m_tone = tone;
    m_explanation = explanation;
    apply();
}

void Badge::setBrief(bool isBrief)
{
    if (std::exchange(m_isBrief, isBrief) != isBrief)
        apply();
}

void Badge::apply()
{
    setText(m_isBrief ? m_words.brief : m_words.full);
    setToolTip(m_isBrief ? m_words.full + u'\n' + m_explanation : m_explanation);
    setAccessibleName(m_words.full);
    setAccessibleDescription(m_explanation);
    setVisible(!m_words.full.isEmpty());
    update();
}

void Badge::paintEvent(QPaintEvent *)
{
    const theme::Tokens &tokens = theme::tokens(palette());
    QColor ground = tokens.line;
    QColor ink = tokens.secondary;
    if (m_tone != Tone::Neutral) {
        ink = m_tone == Tone::Warning ? tokens.warn : tokens.bad;
        ground = ink;
        ground.setAlphaF(0.13F);
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(rect(), 5, 5);
    painter.setPen(ink);
    painter.drawText(contentsRect(), Qt::AlignCenter, text());
}
