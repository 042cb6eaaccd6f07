// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/steps.h"

#include <algorithm>
#include <cmath>

Steps Steps::counted(std::size_t count)
{
    Steps steps;
    steps.m_size = count;
    return steps;
}

Steps::Steps(std::vector<double> ascending)
    : m_size(ascending.size())
{
    if (m_size == 0)
        return;
    m_first = ascending.front();
    m_stride = m_size > 1 ? ascending[1] - m_first : 1;
    // The rule must give back exactly what was logged, or the column stays.
    bool uniform = m_stride > 0 && std::isfinite(m_stride);
    for (std::size_t i = 0; uniform && i < m_size; ++i)
        uniform = ascending[i] == m_first + m_stride * static_cast<double>(i);
    if (!uniform)
        m_values = std::move(ascending);
}

std::size_t Steps::lowerBound(double x, std::size_t from) const
{
    if (isUniform()) {
        const double position = std::ceil((x - m_first) / m_stride);
        const double size = static_cast<double>(m_size);
        auto index = static_cast<std::size_t>(std::clamp(position, 0.0, size));
        // Division may be off by one rounding; the steps themselves decide.
        while (index > 0 && (*this)[index - 1] >= x)
            --index;
        while (index < m_size && (*this)[index] < x)
            ++index;
        return index;
    }
    std::size_t low = from;
    std::size_t width = 1;
    while (low + width <= m_size && m_values[low + width - 1] < x) {
        low += width;
        width *= 2;
    }
    const auto begin = m_values.cbegin();
    const auto end = begin + static_cast<std::ptrdiff_t>(std::min(low + width, m_size));
    return static_cast<std::size_t>(
        std::lower_bound(begin + static_cast<std::ptrdiff_t>(low), end, x) - begin);
}

std::size_t Steps::nearest(double x) const
{
    const std::size_t after = lowerBound(x);
    if (after == 0)
        return 0;
    if (after == m_size)
        return m_size - 1;
    return x - (*this)[after - 1] < (*this)[after] - x ? after - 1 : after;
}
