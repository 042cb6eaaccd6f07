// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/series.h"

#include <QtGlobal>

#include <optional>

// What a line says between two places on the x axis: TensorBoard's table of a selected range.
struct RangeReading
{
    // The points nearest to the two ends; none where the line has nothing between them.
    std::optional<std::size_t> first; // index in the series
    std::optional<std::size_t> last;
    double startValue = 0; // of first; NaN without one
    double endValue = 0;
    double difference = 0; // endValue - startValue
    double slope = 0; // difference / (x of last - x of first); NaN where these are the same
    // Of the finite values of points with start <= x <= end; NaN where there are none.
    double smallest = 0;
    double largest = 0;
    double mean = 0;
    std::size_t count = 0; // points with these
    std::size_t gaps = 0; // points there that are not finite
};
// start may be after end.
RangeReading readingBetween(const Series &series, double start, double end);

// Index of the point with the smallest or largest finite value, the first of equal ones; none where there is
// none.
enum class Best : quint8 { Smallest, Largest };
std::optional<std::size_t> bestPoint(const Series &series, Best best);
