// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <vector>

// A labelled place on an axis.
struct Tick
{
    double position = 0; // in the units of the axis: for the logarithm, log10 of the value
    QString label;
};

// Round numbers inside [low, high], at most about count of them: "2,500", "10k", "1e-6". They are multiples of
// leastInterval: 1 where nothing lies between whole numbers.
std::vector<Tick> linearTicks(double low, double high, int count, double leastInterval = 0);

// For an axis of log10: powers of ten, with 2 and 5 between them where there is room, round
// numbers where less than a decade is seen.
std::vector<Tick> logarithmicTicks(double low, double high, int count);
