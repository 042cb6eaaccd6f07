// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/comparison/parallelplot.h"

#include "models/api/background.h"
#include "models/comparison/brushed.h"
#include "models/values/format.h"
#include "ui/widgets/speech.h"
#include "ui/widgets/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace {

constexpr double gap = 8;
constexpr int legendHeight = 24;
constexpr std::size_t antialiased = 600; // more lines are drawn without

// Everything that the picture of the lines is made of.
struct Lines
{
    std::vector<double> xs; // of the axes
    std::vector<double> ys; // of each experiment, axis by axis
    std::vector<quint8> kept; // by experiment
    std::vector<QColor> colours; // by experiment
    QColor dimmed;
    QSize pixels;
    double ratio = 1;
};

QImage picture(const Lines &lines, const std::atomic_bool &cancelled)
{
    QImage image(lines.pixels, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(lines.ratio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    const std::size_t axes = lines.xs.size();
    const std::size_t count = lines.kept.size();
    painter.setRenderHint(QPainter::Antialiasing, count <= antialiased);
    const auto keptCount = static_cast<std::size_t>(std::count(lines.kept.cbegin(), lines.kept.cend(), 1));
    QPolygonF line(static_cast<qsizetype>(axes));
    // Those that are brushed away lie below.
    for (const quint8 kept : {quint8{0}, quint8{1}}) {
        const std::size_t all = kept ? keptCount : count - keptCount;
        // Many lines let what is below them show.
        const double opacity = kept ? std::clamp(60.0 / std::sqrt(static_cast<double>(all) + 1) / 6, 0.15, 0.9) : 0.35;
        for (std::size_t i = 0; i < count; ++i) {
            if (lines.kept[i] != kept)
                continue;
            if (i % 64 == 0 && cancelled)
                return {};
            for (std::size_t axis = 0; axis < axes; ++axis)
                line[static_cast<qsizetype>(axis)] = {lines.xs[axis], lines.ys[i * axes + axis]};
            QColor colour = kept ? lines.colours[i] : lines.dimmed;
            colour.setAlphaF(static_cast<float>(opacity));
            painter.setPen(QPen(colour, 1.2));
            painter.drawPolyline(line);
        }
    }
    return image;
}

} // namespace

ParallelPlot::ParallelPlot(QWidget *parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Parallel coordinates"));
    setMinimumSize(320, 180);
}

ParallelPlot::~ParallelPlot()
{
    if (m_cancelled)
        *m_cancelled = true;
}

void ParallelPlot::setContent(Content content)
{
    std::vector<Brush> brushes;
    for (const Brush &brush : m_brushes) {
        const TableColumn &column = m_content.axes[brush.axis].column;
        for (std::size_t axis = 0; axis < content.axes.size(); ++axis) {
            if (content.axes[axis].column == column && content.axes[axis].kind == m_content.axes[brush.axis].kind)
                brushes.push_back({axis, brush.range});
        }
    }
    m_content = std::move(content);
    m_brushes = std::move(brushes);
    m_colours = PlotColours(m_content.colour, palette());
    m_scales.clear();
    for (const PlotColumn &column : m_content.axes)
        m_scales.emplace_back(column, PlotScale::isWide(column));
    m_current = std::min(m_current, m_content.axes.empty() ? 0 : m_content.axes.size() - 1);
    m_hovered.reset();
    filter();
    lay();
    emit brushesChanged();
}

void ParallelPlot::brush(std::size_t axis, std::optional<PlotColumn::Range> range)
{
    std::erase_if(m_brushes, [axis](const Brush &brush) { return brush.axis == axis; });
    if (range)
        m_brushes.push_back({axis, *range});
    filter();
    draw();
    speakAxis();
    emit brushesChanged();
}

void ParallelPlot::clearBrushes()
{
    m_brushes.clear();
    filter();
    draw();
    emit brushesChanged();
}

void ParallelPlot::filter()
{
    m_kept.clear();
    for (std::size_t i = 0; i < static_cast<std::size_t>(m_content.names.size()); ++i) {
        const bool isKept = std::all_of(m_brushes.cbegin(), m_brushes.cend(), [&](const Brush &brush) {
            const double value = m_content.axes[brush.axis].values[i];
            return value >= brush.range.low && value <= brush.range.high;
        });
        if (isKept)
            m_kept.push_back(i);
    }
}

double ParallelPlot::axisX(std::size_t axis) const
{
    const auto count = static_cast<double>(m_content.axes.size());
    return count < 2 ? m_area.center().x() : m_area.left() + m_area.width() * static_cast<double>(axis) / (count - 1);
}

double ParallelPlot::placeOf(std::size_t axis, std::size_t experiment) const
{
    const double position = m_scales[axis].position(m_content.axes[axis].values[experiment]);
    return std::isfinite(position) ? m_area.bottom() - position * m_area.height() : m_foot;
}

double ParallelPlot::valueAt(std::size_t axis, double y) const
{
    return m_scales[axis].value((m_area.bottom() - y) / m_area.height());
}

void ParallelPlot::lay()
{
    const double line = QFontMetricsF(font()).height();
    const double top = line + 2 * gap + (m_colours.isByColumn() ? legendHeight : 0);
    const double side = std::min(70.0, width() * 0.08) + 12;
    m_foot = height() - line;
    m_area = QRectF(QPointF(side, top), QPointF(width() - side, std::max(top + 10, m_foot - 1.5 * line)));
    draw();
}

void ParallelPlot::draw()
{
    if (m_cancelled)
        *m_cancelled = true;
    update();
    if (m_content.axes.empty() || m_content.names.isEmpty()) {
        m_image = {};
        return;
    }
    const theme::Tokens &tokens = theme::tokens(palette());
    Lines lines;
    const std::size_t axes = m_content.axes.size();
    const auto count = static_cast<std::size_t>(m_content.names.size());
    for (std::size_t axis = 0; axis < axes; ++axis)
        lines.xs.push_back(axisX(axis));
    lines.ys.reserve(count * axes);
    lines.kept.assign(count, 0);
    for (const std::size_t kept : m_kept)
        lines.kept[kept] = 1;
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t axis = 0; axis < axes; ++axis)
            lines.ys.push_back(placeOf(axis, i));
        lines.colours.push_back(m_colours.of(i));
    }
    lines.dimmed = tokens.border;
    lines.ratio = devicePixelRatioF();
    lines.pixels = size() * lines.ratio;
    m_cancelled = std::make_shared<std::atomic_bool>(false);
    runInBackground(this, [lines = std::move(lines), cancelled = m_cancelled] { return picture(lines, *cancelled); },
        [this, cancelled = m_cancelled](const QImage &image) {
            if (*cancelled)
                return;
            m_image = image;
            update();
            emit drawn();
        });
}

const ParallelPlot::Brush *ParallelPlot::brushOf(std::size_t axis) const
{
    const auto found = std::find_if(
        m_brushes.cbegin(), m_brushes.cend(), [axis](const Brush &brush) { return brush.axis == axis; });
    return found == m_brushes.cend() ? nullptr : &*found;
}

void ParallelPlot::paintAxis(QPainter &painter, std::size_t axis) const
{
    const theme::Tokens &tokens = theme::tokens(palette());
    const PlotColumn &column = m_content.axes[axis];
    const QFontMetricsF metrics(painter.font());
    const double x = axisX(axis);
    const double room = m_content.axes.size() < 2 ? width() : m_area.width() / static_cast<double>(m_content.axes.size() - 1);
    const bool isCurrent = hasFocus() && axis == m_current;
    painter.setPen(QPen(isCurrent ? tokens.accent : tokens.secondary, isCurrent ? 2 : 1));
    painter.drawLine(QPointF(x, m_area.top()), QPointF(x, m_area.bottom()));

    // Half of the way to the neighbours, and never over the edge.
    const double half = std::min(room / 2 - gap / 2, std::min(x, width() - x) < 2 * gap ? room / 2 : room);
    const auto centred = [&](double y, const QString &text, const QColor &colour) {
        const QString shown = metrics.elidedText(text, Qt::ElideMiddle, 2 * half);
        const double wide = metrics.horizontalAdvance(shown);
        const double left = std::clamp(x - wide / 2, 2.0, std::max(2.0, width() - wide - 2));
        painter.setPen(colour);
        painter.drawText(QRectF(left, y, wide + 1, metrics.height()), Qt::AlignCenter, shown);
    };
    centred(m_area.top() - metrics.height() - gap, column.shortTitle(), isCurrent ? tokens.accent : tokens.text);
    if (column.missing() > 0)
        centred(m_foot - metrics.height() / 2, tr("no value"), tokens.secondary);

    const int count = std::max(2, static_cast<int>(m_area.height() / (3 * metrics.height())));
    for (const Tick &tick : m_scales[axis].ticks(column, count)) {
        const double y = m_area.bottom() - tick.position * m_area.height();
        painter.setPen(tokens.secondary);
        painter.drawLine(QPointF(x - 3, y), QPointF(x + 3, y));
        const QString label = metrics.elidedText(tick.label, Qt::ElideMiddle, std::min(room * 0.45, 120.0));
        const QRectF place(x + 6, y - metrics.height() / 2, metrics.horizontalAdvance(label) + 2, metrics.height());
        // The last axis has its labels on its left, the lines end there.
        const bool isLast = place.right() > width() - 2;
        QColor ground = tokens.base;
        ground.setAlphaF(0.75F);
        const QRectF there = isLast ? place.translated(-place.width() - 12, 0) : place;
        painter.fillRect(there, ground);
        painter.drawText(there, Qt::AlignVCenter | Qt::AlignLeft, label);
    }
    if (const Brush *brush = brushOf(axis)) {
        const double top = m_area.bottom() - m_scales[axis].position(brush->range.high) * m_area.height();
        const double bottom = m_area.bottom() - m_scales[axis].position(brush->range.low) * m_area.height();
        QColor tint = tokens.accent;
        tint.setAlphaF(0.25F);
        painter.setBrush(tint);
        painter.setPen(tokens.accent);
        painter.drawRoundedRect(QRectF(QPointF(x - 7, top), QPointF(x + 7, bottom)), 3, 3);
    }
}

void ParallelPlot::paintEvent(QPaintEvent *)
{
    const theme::Tokens &tokens = theme::tokens(palette());
    QPainter painter(this);
    painter.fillRect(rect(), tokens.base);
    m_colours.paintLegend(painter, QRectF(gap, 0, width() - 2 * gap, legendHeight), palette());
    if (!m_image.isNull())
        painter.drawImage(0, 0, m_image);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_hovered) {
        QPolygonF line;
        for (std::size_t axis = 0; axis < m_content.axes.size(); ++axis)
            line << QPointF(axisX(axis), placeOf(axis, *m_hovered));
        painter.setPen(QPen(tokens.text, 2.5));
        painter.drawPolyline(line);
        const QString name = QFontMetricsF(font()).elidedText(
            m_content.names.value(static_cast<qsizetype>(*m_hovered)), Qt::ElideMiddle, width() * 0.4);
        const double wide = QFontMetricsF(font()).horizontalAdvance(name) + 2 * gap;
        const double x = std::clamp(m_pointer.x() + 12, 0.0, std::max(0.0, width() - wide));
        const QRectF card(x, m_pointer.y() - 28, wide, 24);
        painter.setBrush(tokens.window);
        painter.setPen(tokens.border);
        painter.drawRoundedRect(card, 5, 5);
        painter.setPen(tokens.text);
        painter.drawText(card, Qt::AlignCenter, name);
    }
    for (std::size_t axis = 0; axis < m_content.axes.size(); ++axis)
        paintAxis(painter, axis);
    if (m_drag == Drag::Title) {
        painter.setPen(QPen(tokens.accent, 2));
        painter.drawLine(QPointF(m_pointer.x(), m_area.top() - gap), QPointF(m_pointer.x(), m_area.bottom()));
    }
}

void ParallelPlot::resizeEvent(QResizeEvent *)
{
    lay();
}

void ParallelPlot::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        m_colours = PlotColours(m_content.colour, palette());
        lay();
    }
}

void ParallelPlot::speakAxis()
{
    if (m_content.axes.empty())
        return;
    const PlotColumn &column = m_content.axes[m_current];
    QString text = tr("Axis %1").arg(column.title);
    if (const Brush *brush = brushOf(m_current))
        text += tr(", brushed: %1").arg(rangeText(column, brush->range));
    text += tr(", %1 of %2 experiments").arg(m_kept.size()).arg(m_content.names.size());
    speak(this, text);
}
