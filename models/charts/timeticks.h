// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/ticks.h"

// Round times inside [low, high], milliseconds since 1970 UTC, told in the time zone of this computer: about count of
// them. Where a day begins, and for the first of a view within a day, the label says which.
std::vector<Tick> wallTimeTicks(double low, double high, int count);

// Round durations inside [low, high], in seconds: "30 s", "10 min", "2 h", "3 d".
std::vector<Tick> elapsedTicks(double low, double high, int count);
