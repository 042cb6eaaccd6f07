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
// long as the values or not there at all; a single missing entry of epochs, times and durations is NaN. A point that
// alone has no step is kept behind the one that was logged before it, and is nowhere on an axis of steps. Steps and
// epochs are doubles: fractions are as logged, and whole numbers as far as number.h says. Immutable, shared by pointer
// between threads.
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
    const Steps &steps() const { return m_series->steps(); } // those of the order; see hasStep()
    bool hasSteps() const { return m_hasSteps; } // false: steps() only counts
    bool hasStep(std::size_t point) const; // false: steps() has the one before it there, or only counts
    // Whether it stands at its place in steps(), logged or counted: only then it can be joined with others.
    bool hasPlace(std::size_t point) const { return !m_hasSteps || hasStep(point); }
    const std::vector<std::uint32_t> &withoutStep() const { return m_withoutStep; } // ascending; empty without hasSteps()
    // Of a computed series: points of its metrics that are not in it, having no step to be joined by.
    std::size_t unjoined() const { return m_unjoined; }
    void setUnjoined(std::size_t count) { m_unjoined = count; }
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
    std::vector<std::uint32_t> m_withoutStep;
    std::size_t m_unjoined = 0;
    bool m_hasSteps = false;
};

using PointsPointer = std::shared_ptr<const Points>;
