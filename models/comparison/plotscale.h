// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/ticks.h"
#include "models/comparison/plotcolumn.h"

// The axis of a column: its values on a line from 0 to 1, with a little air at both ends.
class PlotScale
{
public:
    PlotScale() = default;
    // Logarithmic only where all values are positive.
    PlotScale(const PlotColumn &column, bool logarithmic);
    // Whether the values are better seen on a logarithmic axis: positive, over more than two decades.
    static bool isWide(const PlotColumn &column);

    bool isLogarithmic() const { return m_logarithmic; }
    double position(double value) const; // NaN for what has no place
    double value(double position) const;
    // Positions from 0 to 1; of categories at most count of them.
    std::vector<Tick> ticks(const PlotColumn &column, int count) const;

private:
    bool m_logarithmic = false;
    double m_low = 0; // of position 0; log10 of it where logarithmic
    double m_high = 1;
};

// The smallest range of numbers with four digits that holds low and high: what a person would type.
PlotColumn::Range roundedOutward(double low, double high);
