// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/chartedrun.h"
#include "models/charts/derivation.h"
#include "models/charts/grouping.h"
#include "models/charts/smoothing.h"
#include "models/charts/xaxis.h"

#include <QHash>

#include <limits>

// A run as a panel needs it: what is loaded of it, and to which group it belongs.
struct PanelRun
{
    ChartedRun run;
    QHash<QString, PointsPointer> metrics; // also those that only x or a derivation needs
    QString group; // its value of what Grouping names; null (not empty) where it has none
    // Milliseconds since 1970 UTC that count as zero elapsed time, the same in all panels; NaN where nothing is known of it.
    double start = std::numeric_limits<double>::quiet_NaN();
};

// What a panel is to show; series in the order drawn.
struct PanelQuestion
{
    std::vector<PanelRun> runs;
    std::vector<Derivation> series; // a plain metric is the simplest of them
    XAxis xAxis;
    bool logarithmicX = false;
    bool logarithmicY = false;
    Smoothing smoothing;
    bool showsRaw = true; // behind smoothed lines and behind groups
    Grouping grouping;
};

// One line of a panel.
struct PanelLine
{
    enum class Role : quint8 {
        Plain, // the points as they are; nothing is smoothed or grouped
        Raw, // faint, behind a smoothed line
        Smoothed,
        Member, // faint, of a group; smoothed where smoothing is on, and so is what the group is made of
        Centre, // of a group, its band in low and high
    };
    Role role = Role::Plain;
    std::size_t series = 0; // index in PanelQuestion::series
    std::optional<std::size_t> run; // index in PanelQuestion::runs; none for a centre
    std::optional<std::size_t> group; // index in PanelContent::groups

    // As it is drawn: with logarithmic axes both columns are log10. Raw and smoothed share x.
    SeriesPointer drawn;
    SeriesPointer low; // drawn like it; null without a band
    SeriesPointer high;

    // For reading: the same line in its own units, every digit. Point i of drawn is point i + skipped of exact: what
    // has no place on a logarithmic x axis is left out of drawn.
    SeriesPointer exact;
    SeriesPointer exactLow;
    SeriesPointer exactHigh;
    std::size_t skipped = 0;
    // Where its points were logged; null for a centre. Point i of exact is point AxisSeries::pointOf(i) of it.
    PointsPointer points;
    std::vector<std::uint32_t> order;

    std::size_t pointOf(std::size_t exactIndex) const { return order.empty() ? exactIndex : order[exactIndex]; }
};

// One group of runs, of one series.
struct PanelGroup
{
    QString value; // what its runs have in common; null: those that have no such value
    std::size_t series = 0; // index in PanelQuestion::series
    std::vector<std::size_t> members; // indexes in PanelQuestion::runs that have the series
    std::vector<std::uint32_t> counts; // of the members that have a value, for each point of the centre's exact
    bool isResampled = false; // see GroupSummary
};

// What could not be drawn, and why.
struct PanelOmission
{
    enum class Why : quint8 {
        NoMetric, // not loaded or never logged by the run
        NoX, // nothing for this x axis: no epochs, no timestamps, not the other metric
        PointsWithoutX, // some points have none
        PointsWithoutStep, // points of the metrics of a computed series that no step joins with others
        NotPositiveX, // points that have no place on a logarithmic x axis
        NotPositiveY, // points that are gaps on a logarithmic y axis
    };
    Why why = Why::NoMetric;
    std::size_t run = 0;
    std::size_t series = 0;
    std::size_t points = 0; // how many; 0 where it is the whole line
    std::size_t of = 0; // points that the run has logged of the series
};

// One series of one run on its way to the screen; null where there is nothing.
struct PanelSource
{
    PointsPointer points;
    AxisSeries axis;
    SeriesPointer smooth; // null where nothing is smoothed
    SeriesPointer drawn;
    SeriesPointer drawnSmooth;
    std::size_t skipped = 0; // as PanelLine::skipped

    const SeriesPointer &exact() const { return smooth ? smooth : axis.series; }
};

// Ready to be drawn: faint lines first, then the others, each in the order of series and runs.
struct PanelContent
{
    std::vector<PanelLine> lines;
    std::vector<PanelGroup> groups; // by series, then by first member; the one without a value last
    std::vector<PanelOmission> omissions;
    std::size_t points = 0; // logged ones behind the lines
    // Series of runs over the step that have none: their points are counted, 0, 1, 2, ...; and those that have steps.
    std::size_t counted = 0;
    std::size_t stepped = 0;
    bool isWholeX = false; // all steps or epochs are whole numbers: nothing lies between
    std::size_t beforeStart = 0; // points over elapsed time that are older than the start of their run
    std::vector<PanelSource> sources; // of run r and series s at s * runs + r: the next content begins with them
};

// Computes on the calling thread and the idle ones of the global pool; for runInBackground. before: the
// content shown until now, with its question, from which is taken what is still true. Empty where cancelled
// meanwhile.
//
// On a logarithmic y axis a band whose low edge is not positive reaches down to a tenth of the smallest positive
// value of that band and its centre.
PanelContent panelContent(const PanelQuestion &question, const std::atomic_bool *cancelled = nullptr,
    const PanelQuestion *beforeQuestion = nullptr, const PanelContent *before = nullptr);
