// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/chartsheet.h"

#include "models/charts/gapmarks.h"
#include "models/charts/ticks.h"
#include "models/charts/timeticks.h"

#include <QCoreApplication>
#include <QFont>
#include <QFontMetricsF>
#include <QGuiApplication>

#include <algorithm>
#include <cmath>

namespace {

using Text = ChartSheet::Text;

// Of white paper.
const QColor textColour(0x1C, 0x21, 0x26);
const QColor secondaryColour(0x56, 0x60, 0x6B);
const QColor gridColour(0xE2, 0xE5, 0xE9);
const QColor axisColour(0xC4, 0xCA, 0xD1);

constexpr double margin = 16;
constexpr double gap = 8;
constexpr double titleSize = 15;
constexpr double noteSize = 12;
constexpr double axisSize = 11;
constexpr double legendSize = 12;
constexpr double legendRow = 18;
constexpr double swatchWidth = 20;
constexpr double pixelsPerTickX = 85;
constexpr double pixelsPerTickY = 44;

QFontMetricsF metricsOf(const ChartSheet &sheet, double size, bool isBold = false)
{
    Text text;
    text.size = size;
    text.isBold = isBold;
    return QFontMetricsF(ChartSheet::font(sheet.family, text));
}

std::vector<Tick> ticksOf(const ExportedAxis &axis, double low, double high, int count)
{
    switch (axis.scale) {
    case ExportedAxis::Scale::Logarithmic:
        return logarithmicTicks(low, high, count);
    case ExportedAxis::Scale::WallTime:
        return wallTimeTicks(low, high, count);
    case ExportedAxis::Scale::Elapsed:
        return elapsedTicks(low, high, count);
    case ExportedAxis::Scale::Linear:
        break;
    }
    return linearTicks(low, high, count, axis.isWhole ? 1 : 0);
}

// Right of the plot, in as many columns as it takes, at most two fifths of the width. Returns where the plot ends.
double addLegend(ChartSheet &sheet, const ExportedChart &chart, double top, double bottom)
{
    std::vector<const ExportedLine *> entries;
    for (const ExportedLine &line : chart.lines) {
        if (line.isInLegend && !line.name.isEmpty())
            entries.push_back(&line);
    }
    const double right = sheet.size.width() - margin;
    if (entries.empty())
        return right;
    const QFontMetricsF metrics = metricsOf(sheet, legendSize);
    const double widestAllowed = std::min(220.0, sheet.size.width() / 5);
    double widest = 0;
    for (const ExportedLine *entry : entries)
        widest = std::max(widest, std::min(widestAllowed, std::ceil(metrics.horizontalAdvance(entry->name))));
    const double columnWidth = swatchWidth + gap + widest + 2 * gap;
    const auto rows = static_cast<std::size_t>(std::max(1.0, std::floor((bottom - top) / legendRow)));
    const auto most = static_cast<std::size_t>(std::max(1.0, std::floor(sheet.size.width() * 0.4 / columnWidth)));
    const std::size_t columns = std::min(most, (entries.size() + rows - 1) / rows);
    const bool isCut = entries.size() > rows * columns;
    const std::size_t shown = isCut ? rows * columns - 1 : entries.size();
    const double left = right - static_cast<double>(columns) * columnWidth + 2 * gap;
    const auto place = [&](std::size_t i) {
        return QPointF(left + static_cast<double>(i / rows) * columnWidth,
            top + legendRow / 2 + static_cast<double>(i % rows) * legendRow);
    };
    const double base = (metrics.ascent() - metrics.descent()) / 2;
    for (std::size_t i = 0; i < shown; ++i) {
        const ExportedLine &entry = *entries[i];
        const QPointF middle = place(i);
        sheet.swatches.push_back({QLineF(middle, middle + QPointF(swatchWidth, 0)), entry.drawn.colour, entry.drawn.style, 2});
        sheet.texts.push_back({metrics.elidedText(entry.name, Qt::ElideMiddle, widest + 1),
            middle + QPointF(swatchWidth + gap, base), Text::Anchor::Start, legendSize, false, textColour});
    }
    if (isCut) {
        const QString more = QCoreApplication::translate("ChartSheet", "and %1 more").arg(entries.size() - shown);
        sheet.texts.push_back({more, place(shown) + QPointF(swatchWidth + gap, base), Text::Anchor::Start, legendSize, false, secondaryColour});
    }
    return left - 2 * gap;
}

// Returns where the plot begins.
double addTitle(ChartSheet &sheet, const ExportedChart &chart)
{
    const double width = sheet.size.width() - 2 * margin;
    const QFontMetricsF bold = metricsOf(sheet, titleSize, true);
    const QFontMetricsF plain = metricsOf(sheet, noteSize);
    const double base = margin + bold.ascent();
    const double noteWidth = chart.note.isEmpty() ? 0 : std::min(width / 2, plain.horizontalAdvance(chart.note));
    const QString title = bold.elidedText(chart.title, Qt::ElideMiddle, width - noteWidth - 2 * gap);
    sheet.texts.push_back({title, {margin, base}, Text::Anchor::Start, titleSize, true, textColour});
    if (noteWidth > 0) {
        sheet.texts.push_back({plain.elidedText(chart.note, Qt::ElideRight, noteWidth + 1),
            {margin + bold.horizontalAdvance(title) + 2 * gap, base}, Text::Anchor::Start, noteSize, false, secondaryColour});
    }
    return margin + bold.height() + 1.5 * gap;
}

void addAxes(ChartSheet &sheet, const ExportedChart &chart, double top, double right)
{
    const QFontMetricsF metrics = metricsOf(sheet, axisSize);
    const View &view = chart.view;
    const double bottom = sheet.size.height() - margin - metrics.height() - gap;
    const double height = std::max(1.0, bottom - top);
    const std::vector<Tick> y = ticksOf(chart.y, view.y0, view.y1, std::max(2, static_cast<int>(height / pixelsPerTickY)));
    double widest = 0;
    for (const Tick &tick : y)
        widest = std::max(widest, metrics.horizontalAdvance(tick.label));
    const double left = margin + std::ceil(widest) + gap;
    sheet.plot = QRectF(left, top, std::max(1.0, right - left), height);
    const double base = (metrics.ascent() - metrics.descent()) / 2;
    for (const Tick &tick : y) {
        const double row = top + view.pixelOfY(tick.position, height);
        sheet.rules.push_back({QLineF(left, row, sheet.plot.right(), row), gridColour});
        sheet.texts.push_back({tick.label, {left - gap, row + base}, Text::Anchor::End, axisSize, false, secondaryColour});
    }
    const double labels = bottom + gap + metrics.ascent();
    const QString title = chart.titleOfX();
    const double unitWidth = metrics.horizontalAdvance(title);
    const int columns = std::max(2, static_cast<int>(sheet.plot.width() / pixelsPerTickX));
    for (const Tick &tick : ticksOf(chart.x, view.x0, view.x1, columns)) {
        const double column = left + view.pixelOfX(tick.position, sheet.plot.width());
        sheet.rules.push_back({QLineF(column, top, column, bottom), gridColour});
        // The axis' own name stands at its end.
        if (column + metrics.horizontalAdvance(tick.label) / 2 < sheet.plot.right() - unitWidth - gap || title.isEmpty())
            sheet.texts.push_back({tick.label, {column, labels}, Text::Anchor::Middle, axisSize, false, secondaryColour});
    }
    sheet.rules.push_back({QLineF(left, top, left, bottom), axisColour});
    sheet.rules.push_back({QLineF(left, bottom, sheet.plot.right(), bottom), axisColour});
    if (!title.isEmpty())
        sheet.texts.push_back({title, {sheet.plot.right(), labels}, Text::Anchor::End, axisSize, false, secondaryColour});
}

} // namespace

QFont ChartSheet::font(const QString &family, const Text &text)
{
    QFont font = QGuiApplication::font();
    font.setFamily(family);
    font.setPixelSize(static_cast<int>(text.size));
    font.setWeight(text.isBold ? QFont::DemiBold : QFont::Normal);
    return font;
}

ChartSheet ChartSheet::layOut(const ExportedChart &chart, QSizeF size)
{
    ChartSheet sheet;
    sheet.size = size;
    sheet.family = QGuiApplication::font().family();
    const double top = addTitle(sheet, chart);
    const double right = addLegend(sheet, chart, top, size.height() - margin);
    addAxes(sheet, chart, top, right);
    for (const ExportedLine &line : chart.lines) {
        for (const QPolygonF &mark : gapMarks(*line.drawn.series, chart.view, sheet.plot.size()))
            sheet.marks.push_back({mark.translated(sheet.plot.topLeft()), line.drawn.colour});
    }
    return sheet;
}
