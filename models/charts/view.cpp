// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/view.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

constexpr double largestX = 8e307; // twice as much still is a double
constexpr double largestY = std::numeric_limits<double>::max();

// Whether one view may follow another: where doubles are too near each other it must not get narrower.
bool isReadable(double low, double high, double lowBefore, double highBefore, double largest)
{
    const double size = std::max(std::abs(low), std::abs(high));
    const double half = high / 2 - low / 2;
    return low >= -largest && high <= largest
        && (half > std::max(size * 1e-12, 1e-304) || half >= highBefore / 2 - lowBefore / 2);
}

} // namespace

View View::zoomed(double partX, double partY, double factorX, double factorY) const
{
    View view = *this;
    const double x = x0 + partX * (x1 - x0);
    const double left = x - (x - x0) * factorX;
    const double right = x + (x1 - x) * factorX;
    if (factorX != 1 && isReadable(left, right, x0, x1, largestX)) {
        view.x0 = left;
        view.x1 = right;
    }
    const double y = yOf(partY, 1);
    // Halves again.
    const double bottom = y - (y / 2 - y0 / 2) * factorY * 2;
    const double top = y + (y1 / 2 - y / 2) * factorY * 2;
    if (factorY != 1 && isReadable(bottom, top, y0, y1, largestY)) {
        view.y0 = bottom;
        view.y1 = top;
    }
    return view;
}

View View::panned(double partX, double partY) const
{
    View view = *this;
    const double right = partX * (x1 - x0);
    if (isReadable(x0 + right, x1 + right, x0, x1, largestX)) {
        view.x0 += right;
        view.x1 += right;
    }
    const double down = partY * (y1 / 2 - y0 / 2) * 2;
    if (isReadable(y0 - down, y1 - down, y0, y1, largestY)) {
        view.y0 -= down;
        view.y1 -= down;
    }
    return view;
}
