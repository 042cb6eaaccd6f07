// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/series.h"

#include <QString>

#include <mutex>
#include <unordered_map>

// Columns that several metrics or runs have in common, each kept once as long as anybody uses it.
// Safe to use from several threads.
class ColumnPool
{
public:
    std::shared_ptr<const Steps> shared(Steps column);

private:
    std::mutex m_mutex;
    std::unordered_multimap<std::size_t, std::weak_ptr<const Steps>> m_columns; // by hash
    std::size_t m_sweepAt = 64;
};

// One metric of one run as the server sent it, in order of step: NaN and infinities kept, every column as
// long as the values or not there at all; a single missing entry of epochs, times and durations is NaN.
// Missing and unsorted steps are treated as Series says. Immutable, shared by pointer between threads.
class Points
{
public:
    struct Columns
    {
        std::vector<double> values;
        std::vector<double> steps;
        std::vector<double> epochs;
        std::vector<double> times; // milliseconds since 1970 UTC
        std::vector<double> durations; // as sent; unit and origin are not sure (PROTOCOL U11)
    };

    explicit Points(Columns columns, ColumnPool *pool = nullptr);
    // The same columns beside other values, for series that are computed; values as long as of.
    static Points withValues(const Points &of, std::vector<double> values);

    std::size_t size() const { return m_series->size(); }
    const std::vector<double> &values() const { return m_series->values(); }
    const Steps &steps() const { return m_series->steps(); }
    bool hasSteps() const { return m_hasSteps; } // false: steps() only counts
    // Null where the server sent none.
    const std::shared_ptr<const Steps> &epochs() const { return m_epochs; }
    const std::shared_ptr<const Steps> &times() const { return m_times; }
    const std::shared_ptr<const Steps> &durations() const { return m_durations; }
    const SeriesPointer &series() const { return m_series; } // over steps
    double firstTime() const; // of all times, whatever their order; NaN where there is none
    void countBytes(ByteCount &count) const;
    bool isSame(const Points &other) const; // all columns, NaN equal to NaN

private:
    Points() = default;

    SeriesPointer m_series;
    std::shared_ptr<const Steps> m_epochs;
    std::shared_ptr<const Steps> m_times;
    std::shared_ptr<const Steps> m_durations;
    bool m_hasSteps = false;
};

using PointsPointer = std::shared_ptr<const Points>;
