// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/pyramid.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr Pyramid::Block emptyBlock{infinity, -infinity};
constexpr std::size_t topSize = 64; // a level this small needs none above it

Pyramid::Range finiteRange(std::span<const double> values)
{
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const double value : values) {
        if (!std::isfinite(value))
            continue;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    return {low, high};
}

} // namespace

Pyramid::Pyramid(std::span<const double> values)
    : m_total(finiteRange(values))
{
    if (m_total.isEmpty())
        return;
    // Halves first: the difference of two large numbers may be more than a double holds.
    m_middle = m_total.high / 2 + m_total.low / 2;
    m_half = m_total.high / 2 - m_total.low / 2;
    if (!(m_half > std::numeric_limits<double>::min()))
        m_half = 1;
    if (values.size() < leastCount)
        return;

    std::vector<Block> blocks((values.size() + 3) / 4, emptyBlock);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i]))
            continue;
        const auto value = static_cast<float>((values[i] - m_middle) / m_half);
        Block &block = blocks[i / 4];
        block.low = std::min(block.low, value);
        block.high = std::max(block.high, value);
    }
    m_levels.push_back(std::move(blocks));
    while (m_levels.back().size() > topSize) {
        const std::vector<Block> &below = m_levels.back();
        std::vector<Block> above((below.size() + 1) / 2);
        for (std::size_t i = 0; i < above.size(); ++i) {
            const Block &left = below[2 * i];
            const Block &right = 2 * i + 1 < below.size() ? below[2 * i + 1] : left;
            above[i] = {std::min(left.low, right.low), std::max(left.high, right.high)};
        }
        m_levels.push_back(std::move(above));
    }
}

Pyramid::Range Pyramid::range(std::size_t begin, std::size_t end) const
{
    if (m_levels.empty())
        return {1, 0};
    const int wanted = static_cast<int>(std::bit_width((end - begin) / leastCount)) - 1;
    const std::size_t level = std::min(static_cast<std::size_t>(std::max(0, wanted)), m_levels.size() - 1);
    const std::size_t shift = level + 2;
    const std::vector<Block> &blocks = m_levels[level];
    const Block *block = blocks.data() + (begin >> shift);
    const Block *const last = blocks.data() + std::min(blocks.size() - 1, (end - 1) >> shift);
    float low = infinity;
    float high = -infinity;
    for (; block <= last; ++block) {
        low = std::min(low, block->low);
        high = std::max(high, block->high);
    }
    return {m_middle + m_half * static_cast<double>(low), m_middle + m_half * static_cast<double>(high)};
}

std::size_t Pyramid::bytes() const
{
    std::size_t bytes = 0;
    for (const std::vector<Block> &level : m_levels)
        bytes += level.capacity() * sizeof(Block);
    return bytes;
}
