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
        bool head = false;
        bool foot = false;
        for (auto one = gap; one != next && !(head && foot); ++one)
            (series.values()[*one] > 0 ? head : foot) = true; // NaN compares false
        const double x = view.pixelOfX(series.steps()[*gap], size.width());
        const auto mark = [&](double base, double tip) {
            marks.append(QPolygonF({{x - markWidth / 2, base}, {x + markWidth / 2, base}, {x, tip}}));
        };
        if (foot)
            mark(size.height(), size.height() - markHeight);
        if (head)
            mark(markHeight, 0);
        gap = next;
    }
    return marks;
}
