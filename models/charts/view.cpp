// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/view.h"

#include <algorithm>
#include <cmath>

namespace {

constexpr double largest = 8e307; // twice as much still is a double

bool isReadable(double low, double high)
{
    const double size = std::max(std::abs(low), std::abs(high));
    return low >= -largest && high <= largest && high / 2 - low / 2 > std::max(size * 1e-12, 1e-290);
}

} // namespace

View View::zoomed(double partX, double partY, double factorX, double factorY) const
{
    View view = *this;
    const double x = x0 + partX * (x1 - x0);
    const double left = x - (x - x0) * factorX;
    const double right = x + (x1 - x) * factorX;
    if (factorX != 1 && isReadable(left, right)) {
        view.x0 = left;
        view.x1 = right;
    }
    const double y = yOf(partY, 1);
    const double bottom = y - (y - y0) * factorY;
    const double top = y + (y1 - y) * factorY;
    if (factorY != 1 && isReadable(bottom, top)) {
        view.y0 = bottom;
        view.y1 = top;
    }
    return view;
}

View View::panned(double partX, double partY) const
{
    View view = *this;
    const double right = partX * (x1 - x0);
    if (isReadable(x0 + right, x1 + right)) {
        view.x0 += right;
        view.x1 += right;
    }
    const double down = partY * (y1 / 2 - y0 / 2) * 2;
    if (isReadable(y0 - down, y1 - down)) {
        view.y0 -= down;
        view.y1 -= down;
    }
    return view;
}
