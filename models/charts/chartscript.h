// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/exportedchart.h"

#include <QSizeF>

class QIODevice;

// A Python program that draws the chart with numpy and matplotlib; it contains every point of every line, NaN
// and infinities too, also those out of view. Run alone it opens a window, with the name of a file it
// writes that. size in logical pixels.
void writeScript(const ExportedChart &chart, QSizeF size, QIODevice &device);
