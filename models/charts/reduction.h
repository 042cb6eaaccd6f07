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
    bool isEmpty() const { return bottom <= top; }
};

// What a line does in one pixel column, as values.
struct Column
{
    double low; // of every point in it and of the line where it enters and leaves
    double high; // below low where the line isn't there
    double exit; // where it leaves on the right; NaN where it ends or has a gap
    bool isEmpty() const { return high < low; }
};

// For each pixel column the index of its first point, and the end of the last column: columns + 1 indexes.
std::vector<std::uint32_t> columnStarts(const Steps &steps, double x0, double x1, int columns);

// What a line does, column by column. Exact: nothing that was logged is left out and nothing is added, whatever
// the zoom and however many points there are; a point that is not finite is a gap.
std::vector<Column> reducedColumns(const Series &series, std::span<const std::uint32_t> starts, const View &view);

// The same as the pixels of a line with the given thickness. spans must be as long as there are columns.
void reduce(const Series &series, std::span<const std::uint32_t> starts, const View &view, int height,
    double thickness, std::span<Span> spans);

// The pixels between two lines, at least as thick as given.
void reduceBand(const Series &low, std::span<const std::uint32_t> lowStarts, const Series &high,
    std::span<const std::uint32_t> highStarts, const View &view, int height, double thickness, std::span<Span> spans);
