// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/gapmarks.h"

#include <algorithm>
#include <cmath>

QList<QPolygonF> gapMarks(const Series &series, const View &view, QSizeF size)
{
    constexpr double markWidth = 7;
    constexpr double markHeight = markWidth * 0.9;
    QList<QPolygonF> marks;
    const auto before = [&series](std::uint32_t gap, double x) { return series.steps()[gap] < x; };
    auto gap = std::lower_bound(series.gaps().cbegin(), series.gaps().cend(), view.x0, before);
    while (gap != series.gaps().cend() && series.steps()[*gap] <= view.x1) {
        const double bin = std::floor(view.pixelOfX(series.steps()[*gap], size.width()) / markWidth);
        const auto next = std::lower_bound(
            gap + 1, series.gaps().cend(), view.xOf((bin + 1) * markWidth, size.width()), before);
        bool isHigh = false;
        bool isLow = false;
        bool isNaN = false;
        for (auto one = gap; one != next && !(isHigh && isLow && isNaN); ++one) {
            const double value = series.values()[*one];
            (std::isnan(value) ? isNaN : value > 0 ? isHigh : isLow) = true;
        }
        const double x = view.pixelOfX(series.steps()[*gap], size.width());
        const auto triangle = [&](double base, double tip) {
            marks.append(QPolygonF({{x - markWidth / 2, base}, {x + markWidth / 2, base}, {x, tip}}));
        };
        double foot = size.height();
        if (isHigh)
            triangle(markHeight, 0);
        if (isLow) {
            triangle(foot - markHeight, foot);
            foot -= markHeight;
        }
        if (isNaN) {
            const double middle = foot - markHeight / 2;
            marks.append(QPolygonF({{x, foot - markHeight}, {x + markWidth / 2, middle}, {x, foot}, {x - markWidth / 2, middle}}));
        }
        gap = next;
    }
    return marks;
}
