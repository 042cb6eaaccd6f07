// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/chartedrun.h"
#include "models/charts/series.h"
#include "models/charts/view.h"

#include <optional>
#include <vector>

// A run and its points of the metric that a panel shows.
struct ChartLine
{
    ChartedRun run;
    SeriesPointer series;
};

// What a line says at a step.
struct Reading
{
    std::size_t line = 0; // index among the lines
    std::size_t point = 0; // index in its series
    double step = 0; // of the point; another than asked for where the line has none there
    double value = 0;
};

// The view that shows all of the series: steps from edge to edge, unless a dot would be cut there; values with a little air.
View wholeView(const std::vector<SeriesPointer> &series);

// For every line that spans the step, its point nearest to it, largest value first, NaN last.
std::vector<Reading> readingsAt(const std::vector<ChartLine> &lines, double step);

// By how much values of that size differ at least, as a double holds them.
double leastSpacing(double value);

// The point nearest to a place on the picture, measured in pixels; series as drawn, one a line, null
// where a line has none. What is not finite is where gapMarks() has its mark.
std::optional<Reading> nearestPoint(const std::vector<SeriesPointer> &drawn, const View &view,
    double pixelX, double pixelY, double width, double height);
