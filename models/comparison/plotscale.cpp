// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/comparison/plotscale.h"

#include "models/charts/timeticks.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

constexpr double air = 0.04; // of the range, at each end

double rounded(double value, bool up)
{
    if (value == 0 || !std::isfinite(value))
        return value;
    const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - 3);
    const double digits = up ? std::ceil(value / unit) : std::floor(value / unit);
    // By the digits, so that 0.3 comes out as 0.3 and not as three times 0.1.
    return QString::number(digits * unit, 'g', 5).toDouble();
}

} // namespace

PlotScale::PlotScale(const PlotColumn &column, bool logarithmic)
    : m_logarithmic(logarithmic && column.isPositive())
{
    PlotColumn::Range range = column.range();
    if (range.isEmpty())
        return;
    if (column.kind == PlotColumn::Kind::Category)
        range = {0, static_cast<double>(column.categories.size() - 1)};
    if (m_logarithmic)
        range = {std::log10(range.low), std::log10(range.high)};
    double width = range.high - range.low;
    if (width == 0) // one value, in the middle
        width = range.high == 0 || column.kind == PlotColumn::Kind::Category ? 1 : std::abs(range.high);
    const double margin = range.high == range.low ? width / 2 : width * air;
    m_low = range.low - margin;
    m_high = range.high + margin;
}

bool PlotScale::isWide(const PlotColumn &column)
{
    const PlotColumn::Range range = column.range();
    return column.isPositive() && range.high > 100 * range.low;
}

double PlotScale::position(double value) const
{
    if (m_logarithmic)
        value = value > 0 ? std::log10(value) : std::numeric_limits<double>::quiet_NaN();
    return std::isfinite(value) ? (value - m_low) / (m_high - m_low) : std::numeric_limits<double>::quiet_NaN();
}

double PlotScale::value(double position) const
{
    const double value = m_low + position * (m_high - m_low);
    return m_logarithmic ? std::pow(10.0, value) : value;
}

std::vector<Tick> PlotScale::ticks(const PlotColumn &column, int count) const
{
    std::vector<Tick> ticks;
    switch (column.kind) {
    case PlotColumn::Kind::Number:
        ticks = m_logarithmic ? logarithmicTicks(m_low, m_high, count)
                              : linearTicks(m_low, m_high, count, column.isWhole() ? 1 : 0);
        break;
    case PlotColumn::Kind::Moment:
        ticks = wallTimeTicks(m_low, m_high, count);
        break;
    case PlotColumn::Kind::Duration:
        ticks = elapsedTicks(m_low / 1000, m_high / 1000, count);
        for (Tick &tick : ticks)
            tick.position *= 1000;
        break;
    case PlotColumn::Kind::Category: {
        const auto all = static_cast<int>(column.categories.size());
        const int step = std::max(1, (all + count - 1) / std::max(1, count));
        for (int i = 0; i < all; i += step)
            ticks.push_back({static_cast<double>(i), column.categories.at(i)});
    }
    }
    for (Tick &tick : ticks)
        tick.position = (tick.position - m_low) / (m_high - m_low);
    return ticks;
}

PlotColumn::Range roundedOutward(double low, double high)
{
    return {rounded(low, false), rounded(high, true)};
}
