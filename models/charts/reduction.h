// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/series.h"
#include "models/charts/view.h"

#include <cstdint>
#include <span>
#include <vector>

// The rows [top, bottom) that a line covers in one pixel column; empty where bottom <= top.
struct Span
{
    std::int16_t top = 0;
    std::int16_t bottom = 0;
};

// For each pixel column the index of its first point, and the end of the last column: columns + 1 indexes.
std::vector<std::uint32_t> columnStarts(const Steps &steps, double x0, double x1, int columns);

// What a line covers, column by column, as values. A column with many points takes their range from the
// pyramid; one with few gets the exact part of the line that crosses it, so that a line with fewer
// points than pixels is right too. Every point is inside the range of its column, whatever the zoom; a
// point that is not finite is a gap, a column without any line is empty.
std::vector<Pyramid::Range> columnRanges(
    const Series &series, std::span<const std::uint32_t> starts, const View &view);

// The same as the pixels of a line with the given thickness. spans must be as long as there are columns.
void reduce(const Series &series, std::span<const std::uint32_t> starts, const View &view, int height,
    double thickness, std::span<Span> spans);
