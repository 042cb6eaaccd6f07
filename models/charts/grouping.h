// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/series.h"

#include <QString>

#include <atomic>

// How lines are put together into one line a group.
struct Grouping
{
    enum class Source : quint8 { None, Parameter, Tag, Other }; // what the runs of a group have in common
    enum class Centre : quint8 { Mean, Median };
    enum class Band : quint8 {
        None,
        Std, // mean ± one standard deviation of the sample (divided by n - 1)
        StandardError, // mean ± that deviation / √n
        MinMax,
        Quantile, // from `quantile` to 1 - `quantile`, interpolated as numpy does ("linear")
    };
    Source source = Source::None;
    QString name; // of the parameter or other value; of the tag: empty groups by all tags of a run
    Centre centre = Centre::Mean;
    Band band = Band::Std; // Std and StandardError lie around the mean also where the median is drawn
    double quantile = 0.25; // 0 to 0.5

    bool isActive() const { return source != Source::None; }
    bool operator==(const Grouping &) const = default;
};

// One group at each x of the common grid.
//
// The grid is the x of the members where they agree, else every x that any of them has, at most `gridPoints`;
// where these are more, gridPoints evenly spaced ones (isResampled). Between two finite neighbours a member
// is interpolated linearly. Before its first and after its last point, and beside a point that is not finite,
// it has no value there and does not count; where it has several points at one x, the last one counts.
struct GroupSummary
{
    std::shared_ptr<const Steps> grid;
    std::vector<double> centre; // NaN where nobody counts
    std::vector<double> low; // the band; empty with Band::None. NaN for Std and StandardError where count < 2
    std::vector<double> high;
    std::vector<std::uint32_t> counts; // members that have a value there
    bool isResampled = false;
};

constexpr std::size_t gridPoints = 15000; // as many as the server keeps of a metric (PROTOCOL 1)

// Uses all cores. Null members don't count. Empty where cancelled meanwhile.
GroupSummary summarised(
    const Grouping &grouping, const std::vector<SeriesPointer> &members, const std::atomic_bool *cancelled = nullptr);
