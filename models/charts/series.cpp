// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/series.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace {

// Fills in single missing steps and sorts both columns by step where they are not in order.
std::shared_ptr<const Steps> orderedSteps(std::vector<double> steps, std::vector<double> &values)
{
    const auto known = [](double step) { return std::isfinite(step); };
    if (steps.size() != values.size() || std::none_of(steps.cbegin(), steps.cend(), known))
        return std::make_shared<const Steps>(Steps::counted(values.size()));
    double before = *std::find_if(steps.cbegin(), steps.cend(), known);
    for (double &step : steps) {
        if (!known(step))
            step = before;
        before = step;
    }
    if (!std::is_sorted(steps.cbegin(), steps.cend())) {
        std::vector<std::size_t> order(steps.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return steps[a] < steps[b]; });
        std::vector<double> sortedSteps(steps.size());
        std::vector<double> sortedValues(values.size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            sortedSteps[i] = steps[order[i]];
            sortedValues[i] = values[order[i]];
        }
        steps = std::move(sortedSteps);
        values = std::move(sortedValues);
    }
    return std::make_shared<const Steps>(std::move(steps));
}

} // namespace

Series::Series(std::vector<double> steps, std::vector<double> values)
{
    m_steps = orderedSteps(std::move(steps), values);
    setValues(std::move(values));
}

void Series::setValues(std::vector<double> values)
{
    m_values = std::move(values);
    m_pyramid = Pyramid(m_values);
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        if (!std::isfinite(m_values[i]))
            m_gaps.push_back(static_cast<std::uint32_t>(i));
    }
}

std::size_t Series::bytes() const
{
    return sizeof *this + m_values.capacity() * sizeof(double) + m_gaps.capacity() * sizeof(std::uint32_t)
        + m_pyramid.bytes() + m_steps->bytes() / static_cast<std::size_t>(std::max(1L, m_steps.use_count()));
}

Series Series::logarithm() const
{
    std::vector<double> logarithms(m_values.size());
    std::transform(m_values.cbegin(), m_values.cend(), logarithms.begin(), [](double value) {
        return value > 0 ? std::log10(value) : std::numeric_limits<double>::quiet_NaN();
    });
    Series series;
    series.m_steps = m_steps;
    series.setValues(std::move(logarithms));
    return series;
}
