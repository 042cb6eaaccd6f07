// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/cursoritem.h"

#include "ui/widgets/theme.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace {

constexpr double padding = 8;
constexpr double swatchWidth = 16;
constexpr double gap = 8;
constexpr double mostNameWidth = 220;
constexpr double leastNameWidth = 90;
constexpr double pillHeight = 18;

QFont captionFont(double scale, QFont::Weight weight = QFont::Normal)
{
    QFont font = QGuiApplication::font();
    font.setPointSizeF(font.pointSizeF() * scale / 13);
    font.setWeight(weight);
    return font;
}

double rowHeight()
{
    return std::ceil(QFontMetricsF(captionFont(12)).height()) + 2;
}

// What stands before the value.
QString besideValue(const CursorItem::Row &row, bool showBand)
{
    if (!showBand || row.band.isEmpty())
        return row.elsewhere;
    return row.elsewhere.isEmpty() ? row.band : row.elsewhere + QStringLiteral("  ") + row.band;
}

} // namespace

CursorItem::CursorItem(QGraphicsItem *parent)
    : QGraphicsItem(parent)
{
    setAcceptedMouseButtons(Qt::NoButton);
}

void CursorItem::setArea(const QRectF &area)
{
    prepareGeometryChange();
    m_area = area;
}

void CursorItem::setPalette(const QPalette &palette)
{
    m_palette = palette;
    update();
}

void CursorItem::setContent(std::optional<Content> content)
{
    if (!content && !m_content)
        return;
    m_content = std::move(content);
    update();
}

QRectF CursorItem::boundingRect() const
{
    return m_area.adjusted(-40, 0, 40, pillHeight + 8);
}

void CursorItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    if (!m_content)
        return;
    const theme::Tokens &tokens = theme::tokens(m_palette);
    const double x = m_area.left() + m_content->pixelX;
    QPen line(tokens.secondary, 1, Qt::DashLine);
    line.setDashPattern({4, 3});
    painter->setPen(line);
    const double crisp = std::floor(x) + 0.5;
    painter->drawLine(QPointF(crisp, m_area.top()), QPointF(crisp, m_area.bottom()));

    painter->setRenderHint(QPainter::Antialiasing);
    const bool many = m_content->rows.size() > 24; // then the dots would hide the lines
    for (std::size_t i = 0; i < m_content->rows.size(); ++i) {
        const Row &row = m_content->rows[i];
        const bool isNearest = static_cast<int>(i) == m_content->nearest;
        if (!row.isFinite || row.pixelY < 0 || row.pixelY > m_area.height() || (many && !isNearest))
            continue;
        painter->setPen(QPen(tokens.base, 1.5));
        painter->setBrush(row.colour);
        const double radius = isNearest ? 5 : 3.5;
        painter->drawEllipse(m_area.topLeft() + QPointF(row.pixelX, row.pixelY), radius, radius);
    }

    const QFont font = captionFont(11, QFont::DemiBold);
    const double width = QFontMetricsF(font).horizontalAdvance(m_content->step) + 12;
    const QRectF pill(x - width / 2, m_area.bottom() + 4, width, pillHeight);
    painter->setPen(Qt::NoPen);
    painter->setBrush(tokens.text);
    painter->drawRoundedRect(pill, 4, 4);
    painter->setPen(tokens.base);
    painter->setFont(font);
    painter->drawText(pill, Qt::AlignCenter, m_content->step);
    if (m_content->showCard && !m_content->rows.empty())
        paintCard(painter);
    painter->setRenderHint(QPainter::Antialiasing, false);
}

void CursorItem::paintCard(QPainter *painter) const
{
    const theme::Tokens &tokens = theme::tokens(m_palette);
    const std::vector<Row> &rows = m_content->rows;
    const double height = rowHeight();
    const bool hasDetail = !m_content->detail.isEmpty();
    const double head = height + 6 + (hasDetail ? height : 0);
    const int all = static_cast<int>(rows.size());
    const int fitting = std::max(1, static_cast<int>((m_area.height() - head - 2 * padding - 4) / height));
    // Where not all fit, those around the nearest are seen, and a line says how many more there are.
    const int shown = all <= fitting ? all : std::max(1, fitting - 1);
    const int first = std::clamp(std::max(0, m_content->nearest) - shown / 2, 0, all - shown);

    const QFontMetricsF metrics(captionFont(12));
    const QFontMetricsF bold(captionFont(12, QFont::DemiBold));
    const double around = swatchWidth + 3 * gap + 2 * padding + 8;
    const double most = std::max(m_area.width(), 160.0);
    double widest = 0; // name and value
    bool hasRoom = true; // for bands
    for (int i = first; i < first + shown; ++i) {
        const Row &row = rows[static_cast<std::size_t>(i)];
        const QFontMetricsF &its = i == m_content->nearest ? bold : metrics;
        const double name = std::min(its.horizontalAdvance(row.name) + 1, mostNameWidth);
        const QString text = besideValue(row, true);
        const double beside = text.isEmpty() ? 0 : its.horizontalAdvance(text) + gap;
        const double value = its.horizontalAdvance(row.value) + 1;
        widest = std::max(widest, name + beside + value);
        hasRoom = hasRoom && (row.band.isEmpty() || std::min(name, leastNameWidth) + beside + value <= most - around);
    }
    // Where the plot is narrow names give way, and before they can't be read the bands; values and their places never.
    const QString &title = m_content->title;
    const double headWidth = std::max(bold.horizontalAdvance(title) + 24 + metrics.horizontalAdvance(m_content->count),
        metrics.horizontalAdvance(m_content->detail));
    const double width
        = std::min(std::max(around + widest, headWidth + 2 * padding + 8), most);
    const double cardHeight = head + height * (shown + (shown < all ? 1 : 0)) + 2 * padding;

    double left = m_area.left() + m_content->pixelX + 14;
    if (left + width > m_area.right())
        left = std::max(m_area.left() + m_content->pixelX - 14 - width, m_area.left());
    const double top = std::clamp(m_area.top() + m_content->pointerY + 14, m_area.top(),
        std::max(m_area.top(), m_area.bottom() - cardHeight));
    const QRectF card(std::round(left), std::round(top), std::ceil(width), std::ceil(cardHeight));

    painter->setPen(Qt::NoPen);
    for (int i = 3; i > 0; --i) {
        painter->setBrush(QColor(0, 0, 0, 12));
        painter->drawRoundedRect(card.adjusted(-i, -i + 2, i, i + 2), 8 + i, 8 + i);
    }
    painter->setPen(QPen(tokens.border, 1));
    painter->setBrush(tokens.base);
    painter->drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);

    const QRectF inside = card.adjusted(padding + 4, padding, -padding - 4, -padding);
    const QRectF headline(inside.left(), inside.top(), inside.width(), height);
    painter->setPen(tokens.text);
    painter->setFont(captionFont(12, QFont::DemiBold));
    painter->drawText(headline, Qt::AlignLeft | Qt::AlignVCenter, title);
    painter->setPen(tokens.secondary);
    painter->setFont(captionFont(11));
    painter->drawText(headline, Qt::AlignRight | Qt::AlignVCenter, m_content->count);
    if (hasDetail)
        painter->drawText(headline.translated(0, height), Qt::AlignLeft | Qt::AlignVCenter, m_content->detail);
    painter->setPen(QPen(tokens.line, 1));
    const double rule = std::floor(inside.top() + head - 4) + 0.5;
    painter->drawLine(QPointF(inside.left(), rule), QPointF(inside.right(), rule));

    paintRows(painter, inside.adjusted(0, head, 0, 0), first, shown, hasRoom);
    if (shown < all) {
        painter->setPen(tokens.secondary);
        painter->setFont(captionFont(11));
        const QRectF foot(inside.left(), inside.bottom() - height, inside.width(), height);
        painter->drawText(foot, Qt::AlignLeft | Qt::AlignVCenter,
            QCoreApplication::translate("CursorItem", "%1 higher, %2 lower").arg(first).arg(all - first - shown));
    }
}

void CursorItem::paintRows(QPainter *painter, const QRectF &inside, int first, int shown, bool showBands) const
{
    const theme::Tokens &tokens = theme::tokens(m_palette);
    const double height = rowHeight();
    for (int i = 0; i < shown; ++i) {
        const Row &row = m_content->rows[static_cast<std::size_t>(first + i)];
        const bool isNearest = first + i == m_content->nearest;
        const QRectF line(inside.left(), inside.top() + i * height, inside.width(), height);
        if (isNearest) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(tokens.selection);
            painter->drawRoundedRect(line.adjusted(-6, 0, 6, 0), 4, 4);
        }
        painter->setPen(QPen(row.colour, 2.5, row.style, Qt::FlatCap));
        painter->drawLine(QPointF(line.left(), line.center().y()), QPointF(line.left() + swatchWidth, line.center().y()));
        const QFont font = captionFont(12, isNearest ? QFont::DemiBold : QFont::Normal);
        painter->setFont(font);
        painter->setPen(tokens.text);
        const double nameLeft = line.left() + swatchWidth + gap;
        const QFontMetricsF rowMetrics(font);
        double valueWidth = rowMetrics.horizontalAdvance(row.value) + gap;
        const QString beside = besideValue(row, showBands);
        if (!beside.isEmpty())
            valueWidth += rowMetrics.horizontalAdvance(beside) + gap;
        const QRectF nameBox(nameLeft, line.top(), line.right() - valueWidth - nameLeft, height);
        painter->drawText(nameBox, Qt::AlignLeft | Qt::AlignVCenter,
            rowMetrics.elidedText(row.name, Qt::ElideMiddle, std::max(0.0, nameBox.width())));
        painter->setPen(row.isFinite ? tokens.text : tokens.bad);
        painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, row.value);
        if (!beside.isEmpty()) {
            const double taken = rowMetrics.horizontalAdvance(row.value) + gap;
            painter->setPen(tokens.secondary);
            painter->drawText(line.adjusted(0, 0, -taken, 0), Qt::AlignRight | Qt::AlignVCenter, beside);
        }
    }
}
