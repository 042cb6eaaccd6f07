// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/exportedchart.h"

#include "models/charts/timeticks.h"

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

QString ExportedChart::titleOfX() const
{
    if (x.scale != ExportedAxis::Scale::WallTime)
        return x.title;
    return QStringLiteral("%1 (%2)").arg(x.title, zoneName(view.x0, view.x1));
}
