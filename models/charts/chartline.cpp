// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/chartline.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

// Air for a range of values; also makes a range of a single value.
void widen(double &low, double &high, double part)
{
    constexpr double largest = std::numeric_limits<double>::max();
    constexpr double smallest = 1e-304; // what is less can't be divided into pixels
    double half = high / 2 - low / 2;
    const double size = std::max(std::abs(low), std::abs(high));
    if (half <= smallest) {
        half = size > smallest * 4 ? size / 4 : 0.5;
        part = 1;
    }
    low = std::max(low - half * 2 * part, -largest);
    high = std::min(high + half * 2 * part, largest);
}

// Whether the first or last of some values is drawn as a dot, there being no line to its neighbour.
bool isDot(const std::vector<double> &values, std::size_t end)
{
    const std::size_t neighbour = end == 0 ? 1 : end - 1;
    return std::isfinite(values[end]) && (neighbour >= values.size() || !std::isfinite(values[neighbour]));
}

} // namespace

View wholeView(const std::vector<SeriesPointer> &series)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    View view{infinity, -infinity, infinity, -infinity};
    double leftDot = infinity;
    double rightDot = -infinity;
    for (const SeriesPointer &one : series) {
        if (!one || one->size() == 0)
            continue;
        view.x0 = std::min(view.x0, one->steps().first());
        view.x1 = std::max(view.x1, one->steps().last());
        if (isDot(one->values(), 0))
            leftDot = std::min(leftDot, one->steps().first());
        if (isDot(one->values(), one->size() - 1))
            rightDot = std::max(rightDot, one->steps().last());
        const Pyramid::Range range = one->pyramid().total();
        if (!range.isEmpty()) {
            view.y0 = std::min(view.y0, range.low);
            view.y1 = std::max(view.y1, range.high);
        }
    }
    if (view.x1 < view.x0)
        view.x0 = 0, view.x1 = 1;
    if (view.y1 < view.y0)
        view.y0 = 0, view.y1 = 1;
    else
        widen(view.y0, view.y1, 0.04);
    if (!(view.x1 > view.x0)) {
        // More than the distance of two doubles, which beyond 2^53 is more than 1.
        const double half = std::max(1.0, std::abs(view.x0) * 1e-14);
        view.x0 -= half;
        view.x1 += half;
    } else {
        const double air = (view.x1 / 2 - view.x0 / 2) * 0.04; // a dot at the edge would be cut
        view.x1 = rightDot == view.x1 ? view.x1 + air : view.x1;
        view.x0 = leftDot == view.x0 ? view.x0 - air : view.x0;
    }
    return view;
}

std::vector<Reading> readingsAt(const std::vector<ChartLine> &lines, double step)
{
    std::vector<Reading> readings;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Series *series = lines[i].series.get();
        if (!series || series->size() == 0 || step < series->steps().first()
            || step > series->steps().last())
            continue;
        const std::size_t point = series->steps().nearest(step);
        readings.push_back({i, point, series->steps()[point], series->values()[point]});
    }
    std::stable_sort(readings.begin(), readings.end(), [](const Reading &a, const Reading &b) {
        if (std::isnan(a.value) || std::isnan(b.value))
            return !std::isnan(a.value) && std::isnan(b.value);
        return a.value > b.value;
    });
    return readings;
}

double leastSpacing(double value)
{
    const double size = std::abs(value);
    return std::nextafter(size, std::numeric_limits<double>::infinity()) - size;
}

std::optional<Reading> nearestPoint(const std::vector<SeriesPointer> &drawn, const View &view,
    double pixelX, double pixelY, double width, double height)
{
    std::optional<Reading> nearest;
    double least = std::numeric_limits<double>::infinity();
    const double x = view.xOf(pixelX, width);
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        if (!drawn[i] || drawn[i]->size() == 0)
            continue;
        const Series &series = *drawn[i];
        const std::size_t point = series.steps().nearest(x);
        const double step = series.steps()[point];
        const double value = series.values()[point];
        const double y = std::isfinite(value) ? view.pixelOfY(value, height) : value > 0 ? 0 : height;
        const double distance = std::hypot(view.pixelOfX(step, width) - pixelX, y - pixelY);
        if (distance < least) {
            least = distance;
            nearest = Reading{i, point, step, value};
        }
    }
    return nearest;
}
