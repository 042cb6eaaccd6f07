// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/strokes.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace {

constexpr double straight = 0.75; // pixels that a line may leave the straight one: half of its width
constexpr double lonely = 1.5; // line widths from the middle of a lonely point to its edge
constexpr double margin = 2; // pixels outside that may still be seen of a line

// The points inside the view and one neighbour on each side.
struct Visible
{
    std::size_t begin;
    std::size_t end;
};
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

bool isReducible(const Visible &visible, int columns)
{
    return visible.end - visible.begin > static_cast<std::size_t>(2 * columns);
}

// From values to pixels of the plot.
class Plot
{
public:
    Plot(const View &view, QSizeF size)
        : m_view(view)
        , m_size(size)
    {
    }
    // Kept where a pen can still count; right for what is upright or level.
    double row(double value) const
    {
        return std::clamp(m_view.pixelOfY(value, m_size.height()), -m_size.height() * 4, m_size.height() * 5);
    }
    // Far outside it is where its line still has the same slope.
    QPointF at(double x, double value) const
    {
        constexpr double far = 1e12;
        return {std::clamp(m_view.pixelOfX(x, m_size.width()), -far, far),
            std::clamp(m_view.pixelOfY(value, m_size.height()), -far, far)};
    }
    // As far as a pen can count with.
    QRectF box() const { return {-m_size.width(), -m_size.height(), m_size.width() * 3, m_size.height() * 3}; }

private:
    View m_view;
    QSizeF m_size;
};

// What of a line lies in the box; null where nothing does.
QLineF clipped(const QLineF &line, const QRectF &box)
{
    double begin = 0;
    double end = 1;
    const auto clip = [&](double from, double way, double low, double high) {
        if (way == 0)
            return from >= low && from <= high;
        const double one = (low - from) / way;
        const double other = (high - from) / way;
        begin = std::max(begin, std::min(one, other));
        end = std::min(end, std::max(one, other));
        return begin <= end;
    };
    if (!clip(line.x1(), line.dx(), box.left(), box.right()) || !clip(line.y1(), line.dy(), box.top(), box.bottom()))
        return {};
    return {begin == 0 ? line.p1() : line.pointAt(begin), end == 1 ? line.p2() : line.pointAt(end)};
}

// Pieces under way: begun, continued and closed.
class Pen
{
public:
    explicit Pen(QList<QPolygonF> &pieces)
        : m_pieces(pieces)
    {
    }
    void to(QPointF point) { m_piece.append(point); }
    bool isDown() const { return !m_piece.isEmpty(); }
    void lift()
    {
        if (!m_piece.isEmpty())
            m_pieces.append(std::exchange(m_piece, {}));
    }

private:
    QList<QPolygonF> &m_pieces;
    QPolygonF m_piece;
};

void strokePoints(const Series &series, const Visible &visible, const Plot &plot, Strokes &strokes)
{
    Pen pen(strokes.pieces);
    const QRectF box = plot.box();
    std::optional<QPointF> before;
    for (std::size_t i = visible.begin; i < visible.end; ++i) {
        if (!std::isfinite(series.values()[i])) {
            pen.lift();
            before.reset();
            continue;
        }
        const QPointF point = plot.at(series.steps()[i], series.values()[i]);
        if (box.contains(point) && (!before || box.contains(*before))) {
            pen.to(point);
        } else if (before) {
            const QLineF seen = clipped({*before, point}, box);
            if (!seen.isNull() && !pen.isDown())
                pen.to(seen.p1());
            if (!seen.isNull())
                pen.to(seen.p2());
            if (!box.contains(point))
                pen.lift();
        }
        before = point;
    }
    pen.lift();
}

// Neighbouring columns overlap or touch, because each reaches to where the line leaves it. So an upright stroke
// needs no joints, and where the line only passes through it is drawn from edge to edge.
void strokeColumns(const std::vector<Column> &columns, double columnWidth, double height, const Plot &plot, Strokes &strokes)
{
    Pen pen(strokes.pieces);
    double entry = std::numeric_limits<double>::quiet_NaN();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const Column &column = columns[i];
        const double left = static_cast<double>(i) * columnWidth;
        const double right = left + columnWidth;
        const double top = plot.row(column.high);
        const double bottom = plot.row(column.low);
        const double from = std::exchange(entry, plot.row(column.exit));
        if (column.isEmpty() || bottom < -margin || top > height + margin) {
            pen.lift();
            continue;
        }
        const bool isWhole = std::isfinite(from) && std::isfinite(entry);
        if (isWhole && std::min(from, entry) - top <= straight && bottom - std::max(from, entry) <= straight) {
            if (!pen.isDown())
                pen.to({left, from});
            pen.to({right, entry});
            continue;
        }
        pen.lift();
        if (bottom - top > straight) {
            strokes.bars.append({left + columnWidth / 2, top, left + columnWidth / 2, bottom});
        } else {
            pen.to({left, (top + bottom) / 2});
            pen.to({right, (top + bottom) / 2});
        }
        pen.lift();
    }
    pen.lift();
}

std::vector<Column> columnsOf(const Series &series, const View &view, int columns)
{
    return reducedColumns(series, columnStarts(series.steps(), view.x0, view.x1, columns), view);
}

} // namespace

Strokes strokesOf(const Series &series, const View &view, int columns, QSizeF size)
{
    Strokes strokes;
    const Visible visible = visiblePoints(series, view);
    const Plot plot(view, size);
    if (isReducible(visible, columns))
        strokeColumns(columnsOf(series, view, columns), size.width() / columns, size.height(), plot, strokes);
    else
        strokePoints(series, visible, plot, strokes);
    return strokes;
}

QList<QPolygonF> areasOf(const Series &low, const Series &high, const View &view, int columns, QSizeF size)
{
    QList<QPolygonF> areas;
    const Plot plot(view, size);
    QPolygonF upper;
    QPolygonF lower;
    const auto close = [&] {
        if (!upper.isEmpty()) {
            std::reverse(lower.begin(), lower.end());
            areas.append(upper + lower);
        }
        upper.clear();
        lower.clear();
    };
    const Visible visible = visiblePoints(low, view);
    if (low.sharedSteps() == high.sharedSteps() && !isReducible(visible, columns)) {
        for (std::size_t i = visible.begin; i < visible.end; ++i) {
            if (!std::isfinite(low.values()[i]) || !std::isfinite(high.values()[i])) {
                close();
                continue;
            }
            const double x = plot.at(low.steps()[i], 0).x();
            upper.append({x, plot.row(high.values()[i])});
            lower.append({x, plot.row(low.values()[i])});
        }
        close();
        return areas;
    }
    // Upright edges at the columns' borders: each column shows all of its own and nothing of its neighbours.
    const std::vector<Column> lows = columnsOf(low, view, columns);
    const std::vector<Column> highs = &low == &high ? lows : columnsOf(high, view, columns);
    const double width = size.width() / columns;
    for (std::size_t i = 0; i < lows.size(); ++i) {
        if (lows[i].isEmpty() || highs[i].isEmpty()) {
            close();
            continue;
        }
        const double top = plot.row(highs[i].high);
        const double bottom = plot.row(lows[i].low);
        const double left = static_cast<double>(i) * width;
        upper << QPointF(left, top) << QPointF(left + width, top);
        lower << QPointF(left, bottom) << QPointF(left + width, bottom);
    }
    close();
    return areas;
}

bool isReduced(const Series &series, const View &view, int columns)
{
    return isReducible(visiblePoints(series, view), columns);
}

std::size_t strokeCost(const Series &series, const View &view, int columns)
{
    const Visible visible = visiblePoints(series, view);
    return std::min(visible.end - visible.begin, static_cast<std::size_t>(2 * columns));
}

// The dashes of a line, of a pattern of lengths drawn and left out in turn.
static QList<QPolygonF> dashesOf(const QPolygonF &line, const QList<double> &lengths)
{
    QList<QPolygonF> dashes;
    Pen pen(dashes);
    qsizetype part = 0;
    double left = lengths.front();
    pen.to(line.front());
    for (qsizetype i = 0; i + 1 < line.size(); ++i) {
        const QLineF piece(line[i], line[i + 1]);
        const double length = piece.length();
        double done = 0;
        while (length - done > left) {
            done += left;
            const QPointF end = piece.pointAt(done / length);
            pen.to(end);
            if (part % 2 == 0)
                pen.lift();
            part = (part + 1) % lengths.size();
            left = lengths[part];
        }
        left -= length - done;
        if (part % 2 == 0)
            pen.to(piece.p2());
    }
    pen.lift();
    return dashes;
}

void coverStrokes(Coverage &coverage, const Strokes &strokes, Qt::PenStyle style, double width)
{
    QList<double> lengths = QPen(Qt::black, width, style).dashPattern();
    for (double &length : lengths)
        length *= width;
    for (const QPolygonF &piece : strokes.pieces) {
        if (piece.size() == 1) {
            coverage.addCircle(piece.front(), width * lonely);
        } else if (lengths.isEmpty()) {
            coverage.addLine(piece, width);
        } else {
            for (const QPolygonF &dash : dashesOf(piece, lengths))
                coverage.addLine(dash, width);
        }
    }
    for (const QLineF &bar : strokes.bars)
        coverage.addLine(bar, width);
}

void drawStrokes(QPainter &painter, const Strokes &strokes, const QColor &colour, Qt::PenStyle style, double width)
{
    QPen pen(colour, width, style, Qt::FlatCap, Qt::BevelJoin);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(pen);
    QPainterPath path;
    QPainterPath dots; // a lonely point is not nothing
    for (const QPolygonF &piece : strokes.pieces) {
        if (piece.size() > 1)
            path.addPolygon(piece);
        else
            dots.addEllipse(piece.front(), width * lonely, width * lonely);
    }
    if (style != Qt::SolidLine) {
        painter.drawPath(path);
        path.clear();
        pen.setStyle(Qt::SolidLine);
        painter.setPen(pen);
    }
    for (const QLineF &bar : strokes.bars) {
        path.moveTo(bar.p1());
        path.lineTo(bar.p2());
    }
    painter.drawPath(path);
    painter.fillPath(dots, colour);
}
