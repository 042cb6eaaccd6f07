// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/rasteriser.h"

#include <QPainter>
#include <QPen>
#include <QPolygonF>

#include <algorithm>
#include <bit>
#include <cmath>

namespace {

QImage emptyImage(QSize pixels, double pixelRatio)
{
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(pixelRatio);
    image.fill(Qt::transparent);
    return image;
}

// Writes colour to the rows of [span) that covered does not have yet. Returns how many those were.
int writeSpan(Span span, QRgb colour, std::vector<quint64> &covered, QRgb *column, qsizetype stride)
{
    int written = 0;
    const int firstWord = span.top >> 6;
    const int lastWord = (span.bottom - 1) >> 6;
    for (int word = firstWord; word <= lastWord; ++word) {
        quint64 mask = ~quint64{0};
        if (word == firstWord)
            mask &= ~quint64{0} << (span.top & 63);
        if (word == lastWord && span.bottom - word * 64 < 64)
            mask &= (quint64{1} << (span.bottom - word * 64)) - 1;
        quint64 &cover = covered[static_cast<std::size_t>(word)];
        quint64 fresh = mask & ~cover;
        cover |= mask;
        QRgb *const rows = column + word * 64 * stride;
        while (fresh != 0) {
            const int skip = std::countr_zero(fresh);
            const int run = std::countr_one(fresh >> skip);
            QRgb *row = rows + skip * stride;
            for (int i = 0; i < run; ++i, row += stride)
                *row = colour;
            written += run;
            fresh = skip + run >= 64 ? 0 : fresh & (~quint64{0} << (skip + run));
        }
    }
    return written;
}

// The points of a line from begin to end without its gaps, in pieces of unbroken line.
template<class Draw>
void eachPiece(const Series &series, std::size_t begin, std::size_t end, Draw draw)
{
    std::size_t first = begin;
    for (std::size_t i = begin; i <= end; ++i) {
        if (i < end && std::isfinite(series.values()[i]))
            continue;
        if (i > first)
            draw(first, i);
        first = i + 1;
    }
}

// Keeps coordinates where the stroker can still count with them.
QPointF bounded(double x, double y, QSizeF size)
{
    return {std::clamp(x, -size.width() * 4, size.width() * 5),
        std::clamp(y, -size.height() * 4, size.height() * 5)};
}

void drawPiece(QPainter &painter, const QPolygonF &piece, double width)
{
    if (piece.size() > 1) {
        painter.drawPolyline(piece);
    } else if (piece.size() == 1) { // a lonely point is a dot, not nothing
        const QPen pen = painter.pen();
        painter.setPen(Qt::NoPen);
        painter.drawEllipse(piece.front(), width * 1.5, width * 1.5);
        painter.setPen(pen);
    }
}

void drawPoints(QPainter &painter, const DrawnLine &line, const View &view, QSizeF size,
    std::size_t begin, std::size_t end)
{
    const Series &series = *line.series;
    QPolygonF piece;
    eachPiece(series, begin, end, [&](std::size_t first, std::size_t last) {
        piece.clear();
        for (std::size_t i = first; i < last; ++i) {
            piece.append(bounded(view.pixelOfX(series.steps()[i], size.width()),
                view.pixelOfY(series.values()[i], size.height()), size));
        }
        drawPiece(painter, piece, line.width);
    });
}

// More points than pixels: every column is a stroke from its lowest to its highest value, joined to the
// column before at the nearer end.
void drawColumns(QPainter &painter, const DrawnLine &line, const View &view, int columns, QSizeF size)
{
    const auto starts = columnStarts(line.series->steps(), view.x0, view.x1, columns);
    const std::vector<Pyramid::Range> ranges = columnRanges(*line.series, starts, view);
    const double columnWidth = size.width() / columns;
    QPolygonF piece;
    for (int column = 0; column < columns; ++column) {
        const Pyramid::Range range = ranges[static_cast<std::size_t>(column)];
        const double top = range.isEmpty() ? 0 : view.pixelOfY(range.high, size.height());
        const double bottom = range.isEmpty() ? 0 : view.pixelOfY(range.low, size.height());
        if (range.isEmpty() || bottom < -line.width || top > size.height() + line.width) {
            drawPiece(painter, piece, line.width);
            piece.clear();
            continue;
        }
        const double x = (column + 0.5) * columnWidth;
        const QPointF high = bounded(x, top, size);
        const QPointF low = bounded(x, bottom, size);
        const bool highFirst = piece.isEmpty()
            || std::abs(piece.back().y() - high.y()) < std::abs(piece.back().y() - low.y());
        piece.append(highFirst ? high : low);
        if (low != high)
            piece.append(highFirst ? low : high);
    }
    drawPiece(painter, piece, line.width);
}

struct Visible
{
    std::size_t begin;
    std::size_t end;
};

// The points inside the view and one neighbour on each side.
Visible visiblePoints(const Series &series, const View &view)
{
    const std::size_t begin = series.steps().lowerBound(view.x0);
    const std::size_t end = series.steps().lowerBound(view.x1, begin);
    // Equal steps may stand at the right edge: take all of them in, and the first beyond.
    std::size_t beyond = end;
    while (beyond < series.size() && series.steps()[beyond] <= view.x1)
        ++beyond;
    return {begin == 0 ? 0 : begin - 1, std::min(beyond + 1, series.size())};
}

} // namespace

void Rasteriser::startColumns(const std::vector<DrawnLine> &lines, const View &view, int columns)
{
    m_starts.clear();
    m_startsOf.clear();
    for (const DrawnLine &line : lines) {
        const Steps &steps = line.series->steps();
        const auto same = std::find_if(m_starts.cbegin(), m_starts.cend(), [&](const Starts &starts) {
            return starts.steps == &steps || (steps.isUniform() && *starts.steps == steps);
        });
        m_startsOf.push_back(static_cast<std::size_t>(same - m_starts.cbegin()));
        if (same == m_starts.cend())
            m_starts.push_back({&steps, columnStarts(steps, view.x0, view.x1, columns)});
    }
}

QImage Rasteriser::quick(
    const std::vector<DrawnLine> &lines, const View &view, QSize pixels, double pixelRatio)
{
    QImage image = emptyImage(pixels, pixelRatio);
    const auto columns = static_cast<std::size_t>(pixels.width());
    startColumns(lines, view, pixels.width());
    m_spans.resize(lines.size() * columns);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        reduce(*lines[i].series, m_starts[m_startsOf[i]].indexes, view, pixels.height(),
            lines[i].width * pixelRatio, std::span(m_spans).subspan(i * columns, columns));
    }

    std::vector<QRgb> colours;
    for (const DrawnLine &line : lines)
        colours.push_back(line.colour.rgb());
    const qsizetype stride = image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb));
    auto *const bits = reinterpret_cast<QRgb *>(image.bits());
    std::vector<quint64> covered(static_cast<std::size_t>(pixels.height() + 63) / 64);
    for (std::size_t column = 0; column < columns; ++column) {
        std::fill(covered.begin(), covered.end(), 0);
        int left = pixels.height();
        for (std::size_t i = lines.size(); i-- > 0 && left > 0;) {
            const Span span = m_spans[i * columns + column];
            if (span.bottom > span.top)
                left -= writeSpan(span, colours[i], covered, bits + column, stride);
        }
    }
    return image;
}

std::size_t Rasteriser::fineCost(const std::vector<DrawnLine> &lines, const View &view, int columns)
{
    std::size_t cost = 0;
    for (const DrawnLine &line : lines) {
        const Visible visible = visiblePoints(*line.series, view);
        cost += std::min(visible.end - visible.begin, static_cast<std::size_t>(2 * columns));
    }
    return cost;
}

QImage Rasteriser::fine(const std::vector<DrawnLine> &lines, const View &view, QSize pixels,
    double pixelRatio, const std::atomic_bool *cancelled)
{
    QImage image = emptyImage(pixels, pixelRatio);
    const QSizeF size = QSizeF(pixels) / pixelRatio;
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const DrawnLine &line : lines) {
        if (cancelled && *cancelled)
            return {};
        const Visible visible = visiblePoints(*line.series, view);
        const std::size_t points = visible.end - visible.begin;
        // Dashes say something only where the eye can follow the line.
        const bool sparse = points <= static_cast<std::size_t>(pixels.width());
        QPen pen(line.colour, line.width, sparse ? line.style : Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin);
        painter.setPen(pen);
        painter.setBrush(line.colour);
        if (points <= static_cast<std::size_t>(2 * pixels.width()))
            drawPoints(painter, line, view, size, visible.begin, visible.end);
        else
            drawColumns(painter, line, view, pixels.width(), size);
    }
    painter.end();
    return image;
}
