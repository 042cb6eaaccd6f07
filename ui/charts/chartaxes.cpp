// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/chartaxes.h"

#include "models/charts/timeticks.h"
#include "ui/widgets/theme.h"

#include <QCategoryAxis>
#include <QChart>
#include <QFontMetricsF>
#include <QGraphicsSimpleTextItem>
#include <QGuiApplication>
#include <QPen>
#include <QSignalBlocker>

#include <algorithm>
#include <cmath>

namespace {

constexpr double rightMargin = 24; // or the last label is cut
constexpr double topMargin = 8;
constexpr double labelGap = 8;
constexpr double pixelsPerTickX = 85;
constexpr double pixelsPerTickY = 44;

QFont axisFont()
{
    QFont font = QGuiApplication::font();
    font.setPointSizeF(font.pointSizeF() * 11 / 13);
    return font;
}

// Every change would lay out the chart again; so the axis speaks once, at the end.
void replaceTicks(QCategoryAxis *axis, const std::vector<Tick> &ticks, double low, double high)
{
    {
        const QSignalBlocker blocker(axis);
        const QStringList before = axis->categoriesLabels();
        for (const QString &label : before)
            axis->remove(label);
        for (const Tick &tick : ticks) {
            QString label = tick.label; // the axis knows a tick by it, and clocks show 12:00 every day
            while (axis->categoriesLabels().contains(label))
                label += QChar(0x200B); // a blank without width
            axis->append(label, tick.position);
        }
    }
    axis->setRange(low, high);
    emit axis->categoriesChanged();
}

std::vector<Tick> horizontalTicks(const ChartAxes::Horizontal &x, const View &view, int count)
{
    using Scale = ChartAxes::Horizontal::Scale;
    switch (x.scale) {
    case Scale::Logarithmic:
        return logarithmicTicks(view.x0, view.x1, count);
    case Scale::WallTime:
        return wallTimeTicks(view.x0, view.x1, count);
    case Scale::Elapsed:
        return elapsedTicks(view.x0, view.x1, count);
    case Scale::Linear:
        break;
    }
    return linearTicks(view.x0, view.x1, count, x.leastInterval);
}

} // namespace

ChartAxes::ChartAxes(QChart *chart)
    : m_chart(chart)
    , m_x(new QCategoryAxis(chart))
    , m_y(new QCategoryAxis(chart))
    , m_unit(new QGraphicsSimpleTextItem(chart))
{
    m_chart->addAxis(m_x, Qt::AlignBottom);
    m_chart->addAxis(m_y, Qt::AlignLeft);
    for (QCategoryAxis *axis : {m_x, m_y}) {
        axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
        axis->setTruncateLabels(false);
    }
}

void ChartAxes::setPalette(const QPalette &palette)
{
    const theme::Tokens &tokens = theme::tokens(palette);
    for (QCategoryAxis *axis : {m_x, m_y}) {
        axis->setLabelsFont(axisFont());
        axis->setLabelsColor(tokens.secondary);
        axis->setGridLinePen(QPen(tokens.line, 1));
        axis->setLinePen(QPen(tokens.border, 1));
    }
    m_unit->setFont(axisFont());
    m_unit->setBrush(tokens.secondary);
}

// At the right end of the axis, where the last number leaves room.
void ChartAxes::placeUnit(const QRectF &area, const View &view, const std::vector<Tick> &ticks)
{
    const QRectF box = m_unit->boundingRect();
    const double left = area.right() - box.width() + rightMargin - 4;
    double taken = area.left();
    if (!ticks.empty()) {
        taken += view.pixelOfX(ticks.back().position, area.width())
            + QFontMetricsF(axisFont()).horizontalAdvance(ticks.back().label) / 2;
    }
    m_unit->setVisible(left > taken + labelGap);
    m_unit->setPos(left, area.bottom() + labelGap - 3);
}

QRectF ChartAxes::show(const View &view, const Horizontal &x, bool logarithmicY, QSizeF size)
{
    const QFontMetricsF metrics(axisFont());
    const double bottom = std::ceil(metrics.height()) + 10;
    const double height = std::max(1.0, size.height() - topMargin - bottom);
    const int rows = std::max(2, static_cast<int>(height / pixelsPerTickY));
    const std::vector<Tick> y = logarithmicY ? logarithmicTicks(view.y0, view.y1, rows)
                                             : linearTicks(view.y0, view.y1, rows);
    double widest = 0;
    for (const Tick &tick : y)
        widest = std::max(widest, metrics.horizontalAdvance(tick.label));
    m_left = std::max(m_left, std::ceil(widest) + 2 * labelGap);
    const QRectF area(m_left, topMargin, std::max(1.0, size.width() - m_left - rightMargin), height);

    const int columns = std::max(2, static_cast<int>(area.width() / pixelsPerTickX));
    if (m_chart->plotArea() != area)
        m_chart->setPlotArea(area);
    const std::vector<Tick> ticks = horizontalTicks(x, view, columns);
    m_unit->setText(x.unit);
    replaceTicks(m_x, ticks, view.x0, view.x1);
    placeUnit(area, view, ticks);
    replaceTicks(m_y, y, view.y0, view.y1);
    return area;
}
