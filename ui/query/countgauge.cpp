// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/query/countgauge.h"

#include "models/values/format.h"
#include "ui/widgets/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace {
constexpr int barWidth = 32;
constexpr int barHeight = 4;
} // namespace

CountGauge::CountGauge(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void CountGauge::setCount(std::optional<std::size_t> count, std::size_t all, bool isSoughtFor)
{
    m_text = count ? format::count(static_cast<qint64>(*count)) : isSoughtFor ? u"…"_s : format::missing();
    m_share = count && all > 0 ? static_cast<double>(*count) / static_cast<double>(all) : 0;
    const QString whole = count
        ? tr("%1 of %2 experiments match").arg(m_text, format::count(static_cast<qint64>(all)))
        : tr("Not known yet how many match");
    setToolTip(whole);
    setAccessibleName(whole);
    update();
}

void CountGauge::setRemark(const QString &words, const QString &sentence)
{
    m_remark = words;
    if (!words.isEmpty()) {
        setToolTip(sentence);
        setAccessibleName(sentence);
    }
    update();
}

void CountGauge::setStrong(bool strong)
{
    m_isStrong = strong;
    update();
}

QSize CountGauge::sizeHint() const
{
    return {barWidth + 8 + fontMetrics().horizontalAdvance(u"000,000"_s), 28};
}

void CountGauge::paintEvent(QPaintEvent *)
{
    const theme::Tokens &tokens = theme::tokens(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!m_remark.isEmpty()) {
        painter.setPen(tokens.secondary);
        painter.drawText(rect(), Qt::AlignRight | Qt::AlignVCenter,
            fontMetrics().elidedText(m_remark, Qt::ElideRight, width()));
        return;
    }
    painter.setPen(Qt::NoPen);
    const QRectF bar(0, (height() - barHeight) / 2.0, barWidth, barHeight);
    painter.setBrush(tokens.line);
    painter.drawRoundedRect(bar, 2, 2);
    painter.setBrush(m_isStrong ? tokens.accent : tokens.secondary);
    if (m_share > 0)
        painter.drawRoundedRect(QRectF(bar.topLeft(), QSizeF(qMax(3.0, barWidth * m_share), barHeight)), 2, 2);
    QFont bold = font();
    bold.setWeight(m_isStrong ? QFont::DemiBold : QFont::Normal);
    painter.setFont(bold);
    painter.setPen(tokens.text);
    painter.drawText(rect(), Qt::AlignRight | Qt::AlignVCenter, m_text);
}
