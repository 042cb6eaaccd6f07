// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/pyramid.h"
#include "models/charts/steps.h"

#include <memory>
#include <unordered_set>
#include <vector>

// Memory of what is shared: everything counts once, however many hold it.
struct ByteCount
{
    std::unordered_set<const void *> known;
    std::size_t bytes = 0;

    void add(const void *what, std::size_t size) { bytes += known.insert(what).second ? size : 0; }
};

// One line, ready to be drawn and read: its x in order, every value as it was logged, and the pyramid over them.
// NaN and infinities stay in the column as gaps, and are listed. Immutable and shared between threads; the
// same values over another x share column and pyramid, other values over the same x share that.
class Series
{
public:
    // Columns as the server sends them: steps may be missing as a whole (then the points are counted),
    // missing one by one (then the point stands at the step before it), unsorted (then sorted, equal
    // steps in the order logged) or repeated.
    Series(std::vector<double> steps, std::vector<double> values);
    // x must be ascending and as long as values.
    static Series of(std::shared_ptr<const Steps> x, std::vector<double> values);

    std::size_t size() const { return values().size(); }
    const Steps &steps() const { return *m_steps; }
    const std::shared_ptr<const Steps> &sharedSteps() const { return m_steps; }
    const std::vector<double> &values() const { return m_column->values; }
    const Pyramid &pyramid() const { return m_column->pyramid; }
    const std::vector<std::uint32_t> &gaps() const { return m_column->gaps; } // indexes of NaN and infinities
    void countBytes(ByteCount &count) const;

    // The same values over another x, which must be ascending and as long.
    Series over(std::shared_ptr<const Steps> x) const;
    // log10 of the values; what is not positive becomes a gap.
    Series logarithm() const;

private:
    Series() = default;
    struct Column
    {
        std::vector<double> values;
        std::vector<std::uint32_t> gaps;
        Pyramid pyramid;
    };
    static std::shared_ptr<const Column> column(std::vector<double> values);

    std::shared_ptr<const Steps> m_steps;
    std::shared_ptr<const Column> m_column;
};

using SeriesPointer = std::shared_ptr<const Series>;

// The order in which the numbers ascend, equal ones as they are now; empty where that is how they are.
std::vector<std::uint32_t> ascendingOrder(const std::vector<double> &numbers);
// The numbers in that order.
std::vector<double> inOrder(std::vector<double> numbers, const std::vector<std::uint32_t> &order);
// Steps of a metric with `count` values, as Series says, still in the order logged; wasCounted tells where none
// were known.
std::vector<double> completedSteps(std::vector<double> steps, std::size_t count, bool *wasCounted = nullptr);
