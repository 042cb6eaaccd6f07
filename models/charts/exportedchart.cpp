// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/exportedchart.h"

Drawing ExportedChart::drawing() const
{
    Drawing drawing;
    for (const ExportedLine &line : lines) {
        if (line.band.low && line.band.high)
            drawing.bands.push_back(line.band);
        drawing.lines.push_back(line.drawn);
    }
    return drawing;
}
