// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/exportedchart.h"

class QIODevice;

// A chart as a table in UTF-8, comma-separated as RFC 4180 says, with a header. Every digit is written; missing
// entries are empty, NaN and infinities go by name. Times are ISO 8601 in UTC where they are the x of what is
// shown, milliseconds since 1970 where they are a column of the raw points. Rows of a wide table are
// joined at the same x; a step that a run logged twice makes two rows. A point that has no x (no step, no time) is at
// the end, in the order logged, its x empty. Writing ends where the device fails.

// Of each line what is in view: "line", "part", x, y, the band's "low" and "high" where there is any, and the "key"
// of its run.
void writeShownLong(const ExportedChart &chart, QIODevice &device);
// x and a column for each line.
void writeShownWide(const ExportedChart &chart, QIODevice &device);
// Of each run and metric every point: "run", "key", "metric", "step", "epoch", "time_ms", "duration", "value".
void writeRawLong(const ExportedChart &chart, QIODevice &device);
// "step", and for each run and metric the columns that it has. The points that have no step share rows by their order.
void writeRawWide(const ExportedChart &chart, QIODevice &device);
