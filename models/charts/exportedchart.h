// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/points.h"
#include "models/charts/rasteriser.h"

#include <QString>

// A chart apart from any window: what pictures, tables and scripts are made of. A value that shares its
// columns, so that exporting can be done on another thread while the page goes on.

struct ExportedAxis
{
    enum class Scale : quint8 {
        Linear,
        Logarithmic, // the view and what is drawn are log10
        WallTime, // milliseconds since 1970 UTC, told in the time zone of this computer
        Elapsed, // seconds
    };
    QString title; // "step", "train/loss"
    Scale scale = Scale::Linear;
    bool isWhole = false; // nothing lies between whole numbers
};

// One line, and the band around it where it has one.
struct ExportedLine
{
    QString key; // of the run; empty for a group
    QString name; // in the legend, in tables and scripts: the run, or the group
    QString part; // what it is of that name where there are several: "raw", "smoothed", "mean"; else empty
    bool isInLegend = true; // false for faint lines
    DrawnLine drawn;
    SeriesPointer exact; // the same in its own units, every digit
    std::vector<double> withoutX; // values that are not in it, having no place on the x axis
    DrawnBand band; // low and high null without one
    SeriesPointer exactLow;
    SeriesPointer exactHigh;
};

// The points of one run behind the lines, as the server sent them.
struct ExportedPoints
{
    QString key;
    QString name;
    QString metric;
    PointsPointer points;
};

struct ExportedChart
{
    QString title;
    QString note; // beside the title: "TWEMA 0.9, mean ± std"
    ExportedAxis x;
    ExportedAxis y;
    View view; // what is seen, in what is drawn: log10 on a logarithmic axis
    std::vector<ExportedLine> lines; // in the order drawn
    std::vector<ExportedPoints> points;

    Drawing drawing() const;
    QString titleOfX() const; // for pictures: with the zone of wall time
};
