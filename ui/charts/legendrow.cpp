// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/legendrow.h"

#include "ui/widgets/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace {

constexpr int margin = 12;
constexpr int sample = 16;
constexpr int gap = 6;
constexpr int between = 14;
constexpr int widestName = 180;

} // namespace

LegendRow::LegendRow(QWidget *parent)
    : QWidget(parent)
{
    QFont smaller = font();
    smaller.setPointSizeF(smaller.pointSizeF() * 12 / 13);
    setFont(smaller);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setAccessibleName(tr("Lines"));
    hide();
}

void LegendRow::setEntries(std::vector<Entry> entries)
{
    m_entries = std::move(entries);
    QStringList names;
    for (const Entry &entry : m_entries)
        names.append(entry.name);
    setToolTip(names.join(u'\n'));
    setAccessibleDescription(names.join(u", "_s));
    setVisible(!m_entries.empty());
    update();
}

QSize LegendRow::sizeHint() const
{
    return {100, fontMetrics().height() + 4};
}

void LegendRow::paintEvent(QPaintEvent *)
{
    const theme::Tokens &tokens = theme::tokens(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int room = fontMetrics().horizontalAdvance(tr("+%1").arg(m_entries.size()));
    int left = margin;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const Entry &entry = m_entries[i];
        const QString name = fontMetrics().elidedText(entry.name, Qt::ElideMiddle, widestName);
        const int width = sample + gap + fontMetrics().horizontalAdvance(name);
        const bool isLast = i + 1 == m_entries.size();
        if (left + width > this->width() - margin - (isLast ? 0 : room + between)) {
            painter.setPen(tokens.secondary);
            painter.drawText(QRect(left, 0, this->width() - left - margin, height()), Qt::AlignVCenter | Qt::AlignLeft,
                tr("+%1").arg(m_entries.size() - i));
            return;
        }
        painter.setPen(QPen(entry.colour, 2.5, entry.style, Qt::FlatCap));
        painter.drawLine(left, height() / 2, left + sample, height() / 2);
        painter.setPen(tokens.text);
        painter.drawText(QRect(left + sample + gap, 0, width, height()), Qt::AlignVCenter | Qt::AlignLeft, name);
        left += width + between;
    }
}
