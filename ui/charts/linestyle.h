// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtCore/qnamespace.h>

#include <cstddef>

// From the 7th line on colours are closer together: dashes tell them apart.
inline Qt::PenStyle styleOfColour(int colour)
{
    constexpr int plain = 6;
    constexpr Qt::PenStyle styles[] = {Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    return colour < plain ? Qt::SolidLine : styles[(colour / plain - 1) % 3];
}

// Where a run has several lines, the dashes tell these.
inline Qt::PenStyle styleOfSeries(std::size_t series)
{
    constexpr Qt::PenStyle styles[] = {Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    return styles[series % 4];
}
