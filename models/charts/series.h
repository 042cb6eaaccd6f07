// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/pyramid.h"
#include "models/charts/steps.h"

#include <memory>
#include <vector>

// One metric of one run, ready to be drawn and read: steps in order, every value as it was logged, and
// the pyramid over them. NaN and infinities stay in the column as gaps, and are listed. Immutable and
// shared between threads; a transformed line (logarithm, later smoothing) is another Series on the same steps.
class Series
{
public:
    // Columns as the server sends them: steps may be missing as a whole (then the points are counted),
    // missing one by one (then the point stands at the step before it), unsorted (then sorted, equal
    // steps in the order logged) or repeated.
    Series(std::vector<double> steps, std::vector<double> values);

    std::size_t size() const { return m_values.size(); }
    const Steps &steps() const { return *m_steps; }
    const std::shared_ptr<const Steps> &sharedSteps() const { return m_steps; }
    void shareSteps(std::shared_ptr<const Steps> equal) { m_steps = std::move(equal); }
    const std::vector<double> &values() const { return m_values; }
    const Pyramid &pyramid() const { return m_pyramid; }
    const std::vector<std::uint32_t> &gaps() const { return m_gaps; } // indexes of NaN and infinities
    std::size_t bytes() const;

    // log10 of the values; what is not positive becomes a gap.
    Series logarithm() const;

private:
    Series() = default;
    void setValues(std::vector<double> values);

    std::shared_ptr<const Steps> m_steps;
    std::vector<double> m_values;
    std::vector<std::uint32_t> m_gaps;
    Pyramid m_pyramid;
};

using SeriesPointer = std::shared_ptr<const Series>;
