// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/coverage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

Coverage::Coverage(QSize pixels)
    : m_width(std::max(0, pixels.width())) // an invalid size has negative ones
    , m_height(std::max(0, pixels.height()))
    , m_rows(static_cast<std::size_t>(m_height))
{
}

// Memory for a row is there once something is in it: most lines touch few.
inline float *Coverage::touch(int row, int begin, int end)
{
    Row &touched = m_rows[static_cast<std::size_t>(row)];
    if (touched.changes.empty())
        touched.changes.resize(static_cast<std::size_t>(m_width) + 2);
    touched.begin = std::min(touched.begin, begin);
    touched.end = std::max(touched.end, end);
    return touched.changes.data();
}

// An edge within the picture, downwards. In each row, the part of every pixel that lies to its right.
void Coverage::addInside(double x0, double y0, double x1, double y1, double sign)
{
    if (x0 == x1) { // the edges of upright strokes, of which there are most
        const int first = static_cast<int>(x0);
        const auto before = static_cast<float>(sign * (x0 - first));
        const auto after = static_cast<float>(sign) - before;
        for (int row = static_cast<int>(y0); row < m_height && row < y1; ++row) {
            const auto height = static_cast<float>(std::min<double>(row + 1, y1) - std::max<double>(row, y0));
            float *const changes = touch(row, first, first + 2);
            changes[first] += height * after;
            changes[first + 1] += height * before;
        }
        return;
    }
    const double slope = (x1 - x0) / (y1 - y0);
    const double leftmost = std::min(x0, x1);
    const double rightmost = std::max(x0, x1);
    double x = x0;
    for (int row = static_cast<int>(y0); row < m_height && row < y1; ++row) {
        const double height = std::min<double>(row + 1, y1) - std::max<double>(row, y0);
        const double next = std::clamp(x + slope * height, leftmost, rightmost);
        const double left = std::min(x, next);
        const double right = std::max(x, next);
        const int first = static_cast<int>(left);
        const int last = static_cast<int>(right);
        float *const changes = touch(row, first, last + 2);
        const double area = sign * height;
        if (first == last) {
            const double before = (left + right) / 2 - first;
            changes[first] += static_cast<float>(area * (1 - before));
            changes[first + 1] += static_cast<float>(area * before);
        } else {
            // Across several pixels: a triangle in the first and in the last, level steps between.
            const double step = 1 / (right - left);
            const double enter = first + 1 - left;
            const double leave = right - last;
            double sum = 0.5 * step * enter * enter;
            changes[first] += static_cast<float>(area * sum);
            for (int pixel = first + 1; pixel < last; ++pixel) {
                const double part = step * (enter + pixel - first - 0.5);
                changes[pixel] += static_cast<float>(area * (part - sum));
                sum = part;
            }
            const double inLast = 1 - 0.5 * step * leave * leave;
            changes[last] += static_cast<float>(area * (inLast - sum));
            changes[last + 1] += static_cast<float>(area * (1 - inLast));
        }
        x = next;
    }
}

// Cut to the picture: what is beside it goes along its border.
void Coverage::addEdge(QPointF from, QPointF to, double sign)
{
    if (from.y() > to.y()) {
        std::swap(from, to);
        sign = -sign;
    }
    if (!(from.y() < to.y()) || to.y() <= 0 || from.y() >= m_height)
        return;
    const double slope = (to.x() - from.x()) / (to.y() - from.y());
    const auto at = [&](double y) { return from.x() + (y - from.y()) * slope; };
    const double top = std::max(from.y(), 0.0);
    const double bottom = std::min<double>(to.y(), m_height);
    std::array<double, 4> borders{top, top, bottom, bottom};
    if (slope != 0) {
        const double left = from.y() - from.x() / slope;
        const double right = from.y() + (m_width - from.x()) / slope;
        borders[1] = std::clamp(std::min(left, right), top, bottom);
        borders[2] = std::clamp(std::max(left, right), top, bottom);
    }
    const auto inside = [&](double y) { return std::clamp(at(y), 0.0, static_cast<double>(m_width)); };
    for (std::size_t i = 0; i + 1 < borders.size(); ++i) {
        if (borders[i] < borders[i + 1])
            addInside(inside(borders[i]), borders[i], inside(borders[i + 1]), borders[i + 1], sign);
    }
}

// Counted positive whichever way round it is given: so overlapping ones add up and do not cancel.
void Coverage::addConvex(const QPointF *corners, int count)
{
    double turn = 0;
    for (int i = 0; i < count; ++i) {
        const QPointF &a = corners[i];
        const QPointF &b = corners[(i + 1) % count];
        turn += a.x() * b.y() - b.x() * a.y();
    }
    for (int i = 0; i < count; ++i)
        addEdge(corners[i], corners[(i + 1) % count], turn < 0 ? 1 : -1);
}

void Coverage::addArea(const QPolygonF &area)
{
    for (qsizetype i = 0; i < area.size(); ++i)
        addEdge(area[i], area[(i + 1) % area.size()], 1);
}

void Coverage::addLine(const QLineF &line, double width)
{
    const double length = line.length();
    if (!(length > 0))
        return;
    const QPointF aside = QPointF(line.dy(), -line.dx()) * (width / 2 / length);
    const std::array corners{line.p1() + aside, line.p2() + aside, line.p2() - aside, line.p1() - aside};
    addConvex(corners.data(), static_cast<int>(corners.size()));
}

void Coverage::addLine(const QPolygonF &line, double width)
{
    for (qsizetype i = 0; i + 1 < line.size(); ++i) {
        addLine(QLineF(line[i], line[i + 1]), width);
        if (i > 0)
            addJoint(line[i - 1], line[i], line[i + 1], width);
    }
}

// What two pieces of a line leave open between them, cut straight.
void Coverage::addJoint(QPointF before, QPointF at, QPointF after, double width)
{
    const QLineF in(before, at);
    const QLineF out(at, after);
    const double turn = in.dx() * out.dy() - in.dy() * out.dx();
    if (turn == 0 || !(in.length() > 0) || !(out.length() > 0))
        return;
    const double outside = (turn > 0 ? 1 : -1) * width / 2;
    const std::array corners{at, at + QPointF(in.dy(), -in.dx()) * (outside / in.length()),
        at + QPointF(out.dy(), -out.dx()) * (outside / out.length())};
    addConvex(corners.data(), static_cast<int>(corners.size()));
}

void Coverage::addCircle(QPointF middle, double radius)
{
    std::array<QPointF, 16> corners;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(corners.size());
        corners[i] = middle + radius * QPointF(std::cos(angle), std::sin(angle));
    }
    addConvex(corners.data(), static_cast<int>(corners.size()));
}

// Both halves of the channels at once.
static QRgb scaled(QRgb colour, unsigned part)
{
    const auto half = [part](unsigned channels) {
        const unsigned product = channels * part;
        return ((product + ((product >> 8) & 0xff00ff) + 0x800080) >> 8) & 0xff00ff;
    };
    return half(colour & 0xff00ff) | half((colour >> 8) & 0xff00ff) << 8;
}

void Coverage::lay(QRgb premultiplied, QImage &image)
{
    for (int y = 0; y < m_height; ++y) {
        Row &row = m_rows[static_cast<std::size_t>(y)];
        if (row.begin >= row.end)
            continue;
        auto *const pixels = reinterpret_cast<QRgb *>(image.scanLine(y));
        float sum = 0;
        unsigned covered = 0; // of 255
        for (int x = row.begin; x < std::min(row.end, m_width); ++x) {
            const float change = std::exchange(row.changes[static_cast<std::size_t>(x)], 0.0F);
            if (change != 0) {
                sum += change;
                covered = static_cast<unsigned>(std::min(std::abs(sum), 1.0F) * 255.0F + 0.5F);
            }
            if (covered == 0)
                continue;
            const QRgb over = covered == 255 ? premultiplied : scaled(premultiplied, covered);
            const auto rest = static_cast<unsigned>(255 - qAlpha(over));
            pixels[x] = rest == 0 ? over : over + scaled(pixels[x], rest);
        }
        std::fill(row.changes.end() - 2, row.changes.end(), 0.0F);
        row.begin = std::numeric_limits<int>::max();
        row.end = 0;
    }
}
