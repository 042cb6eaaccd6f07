// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/points.h"

// What the lines of a panel are drawn over.
struct XAxis
{
    enum class Kind : quint8 {
        Step, // as logged; counted where a metric of a run has none at all
        Epoch, // as logged
        WallTime, // milliseconds since 1970 UTC
        ElapsedTime, // seconds since the start of the run, from timestamps: what the server calls durations has
                     // no sure unit (PROTOCOL U11). Below 0 where a point says that it is older than its run
        Metric, // the value of another metric of the same run at the same step
    };
    Kind kind = Kind::Step;
    QString metric; // of Kind::Metric, otherwise empty

    bool operator==(const XAxis &) const = default;
};

// The points of one line over an x axis, in order of x; points at one x stay in order of step.
struct AxisSeries
{
    SeriesPointer series; // null where the run has nothing for this axis
    std::vector<std::uint32_t> points; // for each point of series its index in Points; empty where it is the same
    std::size_t leftOut = 0; // points that have no x

    std::size_t pointOf(std::size_t index) const { return points.empty() ? index : points[index]; }
};

// Shares columns and pyramid with the points wherever x is in order already. A point without an x (no step among
// points that have one, no epoch, no timestamp) is left out and counted. Over another metric, of which over must be the points of the same
// run (null: the run lacks it), a point stands at that metric's value of the same step, the last one where it
// was logged more than once; a step that only one of them has is left out, and so is a point whose x is NaN
// or infinite. runStart: milliseconds since 1970 UTC that count as zero elapsed time.
AxisSeries seriesOver(const XAxis &axis, const Points &points, const Points *over, double runStart);
