// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/series.h"

#include <QSize>

#include <cstdint>
#include <span>
#include <vector>

// What part of the plane is looked at. Steps from x0 to x1, values from y0 (bottom) to y1 (top).
struct View
{
    double x0 = 0;
    double x1 = 1;
    double y0 = 0;
    double y1 = 1;

    bool operator==(const View &) const = default;
    double xOf(double pixel, double width) const { return x0 + pixel * ((x1 - x0) / width); }
    double pixelOfX(double x, double width) const { return (x - x0) * (width / (x1 - x0)); }
    // Halves, because the difference of two values may be more than a double holds.
    double pixelOfY(double y, double height) const
    {
        return height - (y / 2 - y0 / 2) * (height / (y1 / 2 - y0 / 2));
    }
    double yOf(double pixel, double height) const { return y1 + (y0 / 2 - y1 / 2) * 2 * (pixel / height); }
};

// The rows [top, bottom) that a line covers in one pixel column; empty where bottom <= top.
struct Span
{
    std::int16_t top = 0;
    std::int16_t bottom = 0;
};

// For each pixel column the index of its first point, and the end of the last column: columns + 1 indexes.
std::vector<std::uint32_t> columnStarts(const Steps &steps, double x0, double x1, int columns);

// What a line of the given thickness covers, column by column. A column with many points takes their
// range from the pyramid; one with few gets the exact part of the line that crosses it, so that a line
// with fewer points than pixels is right too. Every point is inside the span of its column, whatever
// the zoom; a point that is not finite is a gap. spans must be as long as there are columns.
void reduce(const Series &series, std::span<const std::uint32_t> starts, const View &view, int height,
    double thickness, std::span<Span> spans);
