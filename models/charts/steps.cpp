// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/steps.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

constexpr std::size_t perMilestone = 64;
constexpr std::size_t near = 4; // numbers beside the expected one that are looked at first

Steps Steps::counted(std::size_t count)
{
    Steps steps;
    steps.m_size = count;
    return steps;
}

Steps::Steps(std::vector<double> numbers)
    : m_size(numbers.size())
{
    if (m_size == 0)
        return;
    m_first = numbers.front();
    m_stride = m_size > 1 ? numbers[1] - m_first : 1;
    // The rule must give back exactly what was logged, or the column stays.
    bool isRule = std::isfinite(m_first) && std::isfinite(m_stride);
    for (std::size_t i = 0; isRule && i < m_size; ++i)
        isRule = numbers[i] == m_first + m_stride * static_cast<double>(i);
    if (isRule) {
        m_isAscending = m_stride >= 0;
        return;
    }
    // A comparison with NaN is false, and so NaN is never in order.
    m_isAscending = !std::isnan(m_first);
    for (std::size_t i = 1; m_isAscending && i < m_size; ++i)
        m_isAscending = numbers[i - 1] <= numbers[i];
    m_values = std::move(numbers);
    m_values.shrink_to_fit();
    for (std::size_t i = 0; i < m_size; i += perMilestone)
        m_milestones.push_back(m_values[i]);
    m_milestones.shrink_to_fit();
}

bool Steps::isSame(const Steps &other) const
{
    if (m_size != other.m_size || m_values.size() != other.m_values.size())
        return false;
    if (isRule())
        return m_first == other.m_first && m_stride == other.m_stride;
    return std::equal(m_values.cbegin(), m_values.cend(), other.m_values.cbegin(),
        [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); });
}

// From 64 of the numbers: nearly all different columns differ in these, and the others are compared.
std::size_t Steps::hash() const
{
    std::size_t hash = m_size;
    const std::size_t stride = std::max<std::size_t>(1, m_size / 64);
    for (std::size_t i = 0; i < m_size; i += stride) {
        const double number = (*this)[i];
        if (!std::isnan(number))
            hash = (hash ^ std::hash<double>()(number)) * 0x100000001b3U + (hash >> 29);
    }
    return hash;
}

std::size_t Steps::lowerBound(double x, std::size_t from) const
{
    if (isRule() && m_stride == 0)
        return x <= m_first ? 0 : m_size;
    if (isRule()) {
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
    return lowerBoundIn(stretchOf(x, from), x);
}

// Looked for from where from is, in ever longer steps.
Steps::Stretch Steps::stretchOf(double x, std::size_t from) const
{
    std::size_t low = from / perMilestone;
    std::size_t width = 1;
    while (low + width < m_milestones.size() && m_milestones[low + width] < x) {
        low += width;
        width *= 2;
    }
    const auto begin = m_milestones.cbegin();
    const auto end = begin + static_cast<std::ptrdiff_t>(std::min(low + width, m_milestones.size()));
    const auto after = static_cast<std::size_t>(std::lower_bound(begin + static_cast<std::ptrdiff_t>(low), end, x) - begin);
    if (after == 0)
        return {0, 0, 0};
    const std::size_t first = (after - 1) * perMilestone;
    const std::size_t last = std::min(after * perMilestone, m_size);
    const double left = m_milestones[after - 1];
    const double right = after < m_milestones.size() ? m_milestones[after] : m_values.back();
    const double part = (x / 2 - left / 2) / (right / 2 - left / 2); // halves do not overflow
    const double known = std::isfinite(part) ? std::clamp(part, 0.0, 1.0) : 0;
    return {first, last, first + static_cast<std::size_t>(known * static_cast<double>(last - first))};
}

// Among the few numbers beside where it is expected; then by halves.
std::size_t Steps::lowerBoundIn(const Stretch &stretch, double x) const
{
    std::size_t low = stretch.begin;
    std::size_t high = stretch.end;
    if (stretch.expected < high && m_values[stretch.expected] < x) {
        low = stretch.expected + 1;
        if (low + near < high && !(m_values[low + near] < x))
            high = low + near;
    } else {
        high = stretch.expected;
        if (low + near < high && m_values[high - near] < x)
            low = high - near + 1;
    }
    const auto begin = m_values.cbegin();
    return static_cast<std::size_t>(
        std::lower_bound(begin + static_cast<std::ptrdiff_t>(low), begin + static_cast<std::ptrdiff_t>(high), x) - begin);
}

void Steps::lowerBounds(std::span<const double> x, std::span<std::uint32_t> indexes) const
{
    if (isRule()) {
        std::transform(x.begin(), x.end(), indexes.begin(), [this](double one) { return static_cast<std::uint32_t>(lowerBound(one)); });
        return;
    }
    constexpr std::size_t ahead = 12;
    std::array<Stretch, ahead> stretches;
    std::size_t from = 0;
    for (std::size_t i = 0; i < x.size() + ahead; ++i) {
        Stretch &stretch = stretches[i % ahead];
        if (i >= ahead)
            indexes[i - ahead] = static_cast<std::uint32_t>(lowerBoundIn(stretch, x[i - ahead]));
        if (i < x.size()) {
            stretch = stretchOf(x[i], from);
            from = stretch.begin;
            // As far as it is looked for beside where it is expected: that may be two lines of memory.
            __builtin_prefetch(m_values.data() + (stretch.expected > near ? stretch.expected - near : 0));
            __builtin_prefetch(m_values.data() + std::min(stretch.expected + near + 1, m_size - 1));
        }
    }
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
