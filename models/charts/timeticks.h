// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/ticks.h"

#include <QTimeZone>

// Round times inside [low, high], milliseconds since 1970 UTC, as the clocks of a zone show them: about count of them. Days
// begin at midnight, or where clocks leap over that with their first moment, and hours count from there, also where
// clocks change in between. The label of the first tick of a day says which, once.
std::vector<Tick> wallTimeTicks(double low, double high, int count, const QTimeZone &zone = QTimeZone::systemTimeZone());

// What an axis of such ticks calls its zone: "UTC", "UTC+01:00"; where clocks change in between "Europe/Berlin".
QString zoneName(double low, double high, const QTimeZone &zone = QTimeZone::systemTimeZone());

// Round durations inside [low, high], in seconds: "30 s", "10 min", "2 h", "3 d".
std::vector<Tick> elapsedTicks(double low, double high, int count);
