// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/chartexport.h"

#include <cmath>
#include <limits>
#include <random>

// Charts as they are exported.
namespace exportedcharts {

using namespace Qt::StringLiterals;

inline constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();
inline constexpr double infinity = std::numeric_limits<double>::infinity();

inline const QString oddName = u"a \"b\", <i>c</i> & $d$ 😀 שלום\nnext\x01"_s;

inline ExportedLine lineOf(const QString &name, const SeriesPointer &series, QColor colour)
{
    ExportedLine line;
    line.name = name;
    line.drawn = {series, colour, Qt::SolidLine, 1.5, 1};
    line.exact = series;
    return line;
}

inline std::vector<double> falling(std::size_t count, unsigned seed)
{
    std::mt19937 generator(seed);
    std::normal_distribution<double> normal;
    std::vector<double> values(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double part = static_cast<double>(i) / static_cast<double>(count);
        values[i] = 2 * std::exp(-part * (2 + seed / 15.0)) + 0.05 * normal(generator);
    }
    return values;
}

// All that can be in a chart: raw and smoothed lines, a band, gaps, dashes, odd names.
inline ExportedChart richChart()
{
    ExportedChart chart;
    chart.title = u"val/loss"_s;
    chart.note = u"TWEMA 0.9"_s;
    chart.x.title = u"step"_s;
    chart.y.title = chart.title;
    std::vector<double> values = falling(200, 3);
    values[20] = noNumber;
    values[21] = infinity;
    values[22] = -infinity;
    values[100] = 1.0 / 3;
    const auto raw = std::make_shared<const Series>(std::vector<double>(), values);
    std::vector<double> centre(200);
    std::vector<double> low(200);
    std::vector<double> high(200);
    for (std::size_t i = 0; i < 200; ++i) {
        centre[i] = 2 * std::exp(-static_cast<double>(i) / 60);
        low[i] = centre[i] - 0.2;
        high[i] = centre[i] + 0.3;
    }
    const auto smooth = std::make_shared<const Series>(std::vector<double>(), centre);
    ExportedLine faint = lineOf(oddName, raw, Qt::blue);
    faint.part = u"raw"_s;
    faint.isInLegend = false;
    faint.drawn.opacity = rawOpacity;
    ExportedLine strong = lineOf(oddName, smooth, Qt::blue);
    strong.part = u"smoothed"_s;
    strong.exactLow = std::make_shared<const Series>(std::vector<double>(), low);
    strong.exactHigh = std::make_shared<const Series>(std::vector<double>(), high);
    strong.band = {strong.exactLow, strong.exactHigh, Qt::blue, bandOpacity};
    ExportedLine dashed = lineOf(u"_private"_s,
        std::make_shared<const Series>(std::vector<double>{0, 50, 50, 160}, std::vector<double>{1, 1.5, 0.5, 2}), Qt::red);
    dashed.drawn.style = Qt::DashLine;
    faint.key = strong.key = u"k1"_s;
    chart.lines = {faint, strong, dashed};
    chart.view = {-2, 210, -0.5, 3};

    Points::Columns columns;
    columns.values = {0.1, noNumber, 1e-300, infinity};
    columns.steps = {0, 10, 10, 30};
    columns.epochs = {0, 0, noNumber, 1};
    columns.times = {1731404460123, 1731404461000, 1731404462000, 1731404463000};
    chart.points.push_back({u"k1"_s, oddName, u"val/loss"_s, std::make_shared<const Points>(columns)});
    Points::Columns few;
    few.values = {5, 6};
    few.steps = {10, 20};
    chart.points.push_back({u"k2"_s, u"two"_s, u"val/loss"_s, std::make_shared<const Points>(few)});
    return chart;
}

inline bool isSame(double one, double other)
{
    return one == other || (std::isnan(one) && std::isnan(other));
}

} // namespace exportedcharts
