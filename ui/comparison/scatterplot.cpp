// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/comparison/scatterplot.h"

#include "models/values/format.h"
#include "ui/widgets/speech.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QRubberBand>
#include <QTextDocument>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace {

constexpr double radius = 3.5; // of a dot
constexpr double reach = 12; // how near the pointer must come
constexpr int dragDistance = 4;
constexpr int legendHeight = 24;
constexpr double gap = 8;
constexpr int tickRoom = 90; // pixels an axis label of x takes

} // namespace

ScatterPlot::ScatterPlot(QWidget *parent)
    : QWidget(parent)
    , m_band(new QRubberBand(QRubberBand::Rectangle, this))
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Scatter plot"));
    setMinimumSize(240, 180);
}

void ScatterPlot::setContent(Content content)
{
    m_content = std::move(content);
    m_scaleX = PlotScale(m_content.x, m_content.logarithmicX);
    m_scaleY = PlotScale(m_content.y, m_content.logarithmicY);
    m_colours = PlotColours(m_content.colour, palette());
    m_hovered.reset();
    m_chosen.clear();
    m_chosenX = m_chosenY = {};
    setAccessibleDescription(tr("%1 against %2, %3 experiments")
            .arg(m_content.y.title, m_content.x.title, format::count(static_cast<qint64>(drawn()))));
    lay();
    emit chosenChanged();
}

void ScatterPlot::choose(std::vector<std::size_t> indexes)
{
    std::sort(indexes.begin(), indexes.end());
    m_chosenX = m_chosenY = {};
    m_chosen = std::move(indexes);
    update();
    emit chosenChanged();
}

std::size_t ScatterPlot::drawn() const
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < m_content.x.values.size(); ++i)
        count += std::isfinite(m_scaleX.position(m_content.x.values[i])) && std::isfinite(m_scaleY.position(m_content.y.values[i]));
    return count;
}

std::optional<QPointF> ScatterPlot::placeOf(std::size_t index) const
{
    const double x = m_scaleX.position(m_content.x.values[index]);
    const double y = m_scaleY.position(m_content.y.values[index]);
    if (!std::isfinite(x) || !std::isfinite(y))
        return std::nullopt;
    return QPointF(m_area.left() + x * m_area.width(), m_area.bottom() - y * m_area.height());
}

void ScatterPlot::lay()
{
    const QFontMetricsF metrics(font());
    const double line = metrics.height();
    const double top = 1.5 * line + gap + (m_colours.isByColumn() ? legendHeight : 0);
    const double bottom = height() - 2 * line - 2 * gap;
    m_ticksY = m_scaleY.ticks(m_content.y, std::max(2, static_cast<int>((bottom - top) / (3 * line))));
    double left = 24;
    for (const Tick &tick : m_ticksY)
        left = std::max(left, std::min(width() * 0.3, metrics.horizontalAdvance(tick.label)) + 2 * gap);
    m_area = QRectF(QPointF(left, top), QPointF(width() - 2 * gap, std::max(top + 10, bottom)));
    m_ticksX = m_scaleX.ticks(m_content.x, std::max(2, static_cast<int>(m_area.width() / tickRoom)));
    m_picture = {};
    update();
}

// All dots of one colour are copies of one picture: 25,000 of them are a few milliseconds.
void ScatterPlot::drawDots(QPainter &painter) const
{
    const double ratio = devicePixelRatioF();
    const int cell = static_cast<int>(std::ceil(2 * radius + 2));
    const auto count = static_cast<int>(m_colours.colours().size());
    QPixmap atlas(QSize(cell * count, cell) * ratio);
    atlas.setDevicePixelRatio(ratio);
    atlas.fill(Qt::transparent);
    QPainter dots(&atlas);
    dots.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < count; ++i) {
        QColor colour = m_colours.colours()[static_cast<std::size_t>(i)];
        dots.setPen(QPen(theme::tokens(palette()).base, 0.8));
        colour.setAlphaF(0.85F);
        dots.setBrush(colour);
        dots.drawEllipse(QPointF(cell * i + cell / 2.0, cell / 2.0), radius, radius);
    }
    dots.end();
    std::vector<QPainter::PixmapFragment> fragments;
    for (std::size_t i = 0; i < m_content.x.values.size(); ++i) {
        if (const auto place = placeOf(i)) {
            const double source = cell * static_cast<double>(m_colours.indexOf(i)) * ratio;
            fragments.push_back(QPainter::PixmapFragment::create(
                *place, QRectF(source, 0, cell * ratio, cell * ratio), 1 / ratio, 1 / ratio));
        }
    }
    painter.drawPixmapFragments(fragments.data(), static_cast<int>(fragments.size()), atlas);
}

void ScatterPlot::paintEvent(QPaintEvent *)
{
    const theme::Tokens &tokens = theme::tokens(palette());
    if (m_picture.isNull() || m_picture.devicePixelRatioF() != devicePixelRatioF()) {
        m_picture = QPixmap(size() * devicePixelRatioF());
        m_picture.setDevicePixelRatio(devicePixelRatioF());
        m_picture.fill(tokens.base);
        QPainter painter(&m_picture);
        painter.setFont(font());
        const QFontMetricsF metrics(font());
        m_colours.paintLegend(painter, QRectF(m_area.left(), 0, m_area.width(), legendHeight), palette());
        for (const Tick &tick : m_ticksY) {
            const double y = m_area.bottom() - tick.position * m_area.height();
            painter.setPen(tokens.line);
            painter.drawLine(QPointF(m_area.left(), y), QPointF(m_area.right(), y));
            painter.setPen(tokens.secondary);
            const QRectF room(0, y - metrics.height(), m_area.left() - gap, 2 * metrics.height());
            painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter,
                metrics.elidedText(tick.label, Qt::ElideMiddle, room.width()));
        }
        for (const Tick &tick : m_ticksX) {
            const double x = m_area.left() + tick.position * m_area.width();
            painter.setPen(tokens.line);
            painter.drawLine(QPointF(x, m_area.top()), QPointF(x, m_area.bottom()));
            painter.setPen(tokens.secondary);
            const QRectF room(x - tickRoom / 2.0, m_area.bottom() + gap / 2, tickRoom, metrics.height());
            painter.drawText(room, Qt::AlignCenter, metrics.elidedText(tick.label, Qt::ElideMiddle, room.width()));
        }
        painter.setPen(tokens.text);
        painter.drawText(QRectF(gap, m_area.top() - 1.5 * metrics.height() - gap / 2, width() - 2 * gap, metrics.height()),
            Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(m_content.y.title, Qt::ElideMiddle, width() - 2 * gap));
        painter.drawText(QRectF(m_area.left(), height() - metrics.height() - gap / 2, m_area.width(), metrics.height()),
            Qt::AlignRight | Qt::AlignVCenter, metrics.elidedText(m_content.x.title, Qt::ElideMiddle, m_area.width()));
        drawDots(painter);
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_picture);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!m_chosen.empty()) {
        QColor veil = tokens.base;
        veil.setAlphaF(0.65F);
        painter.fillRect(m_area.adjusted(-radius, -radius, radius, radius), veil);
    }
    const auto ring = [&](std::size_t index, double size, const QColor &edge) {
        if (const auto place = placeOf(index)) {
            painter.setBrush(m_colours.of(index));
            painter.setPen(QPen(edge, 1.5));
            painter.drawEllipse(*place, size, size);
        }
    };
    for (const std::size_t index : m_chosen)
        ring(index, radius + 0.5, tokens.text);
    if (m_hovered)
        ring(*m_hovered, radius + 2.5, tokens.text);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(tokens.accent, 1));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    }
}

void ScatterPlot::resizeEvent(QResizeEvent *)
{
    lay();
}

void ScatterPlot::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        m_colours = PlotColours(m_content.colour, palette());
        lay();
    }
}

std::optional<std::size_t> ScatterPlot::nearest(QPointF place) const
{
    std::optional<std::size_t> best;
    double bestDistance = reach * reach;
    for (std::size_t i = 0; i < m_content.x.values.size(); ++i) {
        if (const auto there = placeOf(i)) {
            const QPointF away = *there - place;
            const double distance = QPointF::dotProduct(away, away);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = i;
            }
        }
    }
    return best;
}

QString ScatterPlot::textOf(std::size_t index) const
{
    QStringList lines{m_content.names.value(static_cast<qsizetype>(index))};
    const auto add = [&](const PlotColumn &column) { lines += column.title + QStringLiteral(": ") + column.text(column.values[index]); };
    add(m_content.x);
    add(m_content.y);
    if (m_content.colour)
        add(*m_content.colour);
    return lines.join(u'\n');
}

void ScatterPlot::hover(std::optional<std::size_t> index)
{
    if (index == m_hovered)
        return;
    m_hovered = index;
    update();
    const auto place = index ? placeOf(*index) : std::nullopt;
    // As plain text: names may hold anything.
    if (place)
        QToolTip::showText(mapToGlobal(place->toPoint() + QPoint(12, 12)),
            Qt::convertFromPlainText(textOf(*index), Qt::WhiteSpaceNormal), this);
    else
        QToolTip::hideText();
}

void ScatterPlot::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = event->position();
    m_isPressed = true;
}

void ScatterPlot::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_isPressed) {
        hover(nearest(event->position()));
        return;
    }
    if ((event->position() - m_pressed).manhattanLength() >= dragDistance || m_band->isVisible()) {
        hover(std::nullopt);
        m_band->setGeometry(QRectF(m_pressed, event->position()).normalized().toRect());
        m_band->show();
    }
}

void ScatterPlot::mouseReleaseEvent(QMouseEvent *event)
{
    if (!std::exchange(m_isPressed, false))
        return;
    if (m_band->isHidden()) {
        const auto index = nearest(event->position());
        choose(index ? std::vector<std::size_t>{*index} : std::vector<std::size_t>());
        return;
    }
    m_band->hide();
    const QRectF rectangle = QRectF(m_pressed, event->position()).normalized();
    std::vector<std::size_t> inside;
    for (std::size_t i = 0; i < m_content.x.values.size(); ++i) {
        const auto place = placeOf(i);
        if (place && rectangle.contains(*place))
            inside.push_back(i);
    }
    choose(inside);
    const auto xAt = [this](double pixel) { return m_scaleX.value((pixel - m_area.left()) / m_area.width()); };
    const auto yAt = [this](double pixel) { return m_scaleY.value((m_area.bottom() - pixel) / m_area.height()); };
    m_chosenX = {xAt(rectangle.left()), xAt(rectangle.right())};
    m_chosenY = {yAt(rectangle.bottom()), yAt(rectangle.top())};
    emit chosenChanged();
}

void ScatterPlot::mouseDoubleClickEvent(QMouseEvent *event)
{
    m_isPressed = false;
    if (const auto index = nearest(event->position()))
        emit activated(*index);
}

void ScatterPlot::leaveEvent(QEvent *)
{
    hover(std::nullopt);
}

// Along x, experiments without a place left out.
void ScatterPlot::walk(int by)
{
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < m_content.x.values.size(); ++i) {
        if (placeOf(i))
            order.push_back(i);
    }
    if (order.empty())
        return;
    std::stable_sort(order.begin(), order.end(),
        [this](std::size_t a, std::size_t b) { return m_content.x.values[a] < m_content.x.values[b]; });
    const auto now = m_hovered ? std::find(order.cbegin(), order.cend(), *m_hovered) : order.cend();
    const auto last = static_cast<std::ptrdiff_t>(order.size()) - 1;
    const std::ptrdiff_t place = now == order.cend() ? (by > 0 ? 0 : last) : std::clamp(now - order.cbegin() + by, std::ptrdiff_t{0}, last);
    const std::size_t index = order[static_cast<std::size_t>(place)];
    hover(index);
    speak(this, textOf(index));
}

void ScatterPlot::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        walk(-1);
        break;
    case Qt::Key_Right:
        walk(1);
        break;
    case Qt::Key_PageUp:
        walk(-10);
        break;
    case Qt::Key_PageDown:
        walk(10);
        break;
    case Qt::Key_Space:
        if (m_hovered) {
            std::vector<std::size_t> chosen = m_chosen;
            if (const auto found = std::find(chosen.begin(), chosen.end(), *m_hovered); found != chosen.end())
                chosen.erase(found);
            else
                chosen.push_back(*m_hovered);
            choose(std::move(chosen));
        }
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_hovered)
            emit activated(*m_hovered);
        break;
    case Qt::Key_Escape:
        if (m_chosen.empty())
            QWidget::keyPressEvent(event);
        else
            choose({});
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}
