// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/pyramid.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

constexpr std::size_t shift = 3;
constexpr std::size_t width = std::size_t{1} << shift; // members of a block
constexpr std::size_t topSize = 64; // a level this small needs none above it
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr Pyramid::Range nothing{infinity, -infinity};

inline void take(Pyramid::Range &range, double value)
{
    if (!std::isfinite(value))
        return;
    range.low = std::min(range.low, value);
    range.high = std::max(range.high, value);
}

inline void take(Pyramid::Range &range, const Pyramid::Range &other)
{
    range.low = std::min(range.low, other.low);
    range.high = std::max(range.high, other.high);
}

template<class Member>
void takeAll(Pyramid::Range &range, const Member *members, std::size_t begin, std::size_t end)
{
    for (std::size_t i = begin; i < end; ++i)
        take(range, members[i]);
}

template<class Member>
std::vector<Pyramid::Range> blocksOf(const Member *members, std::size_t count)
{
    std::vector<Pyramid::Range> blocks((count + width - 1) / width, nothing);
    for (std::size_t block = 0; block < blocks.size(); ++block)
        takeAll(blocks[block], members, block * width, std::min(count, (block + 1) * width));
    return blocks;
}

} // namespace

Pyramid::Pyramid(std::span<const double> values)
{
    if (values.empty())
        return;
    Range total = nothing;
    if (values.size() <= width) {
        takeAll(total, values.data(), 0, values.size());
    } else {
        m_levels.push_back(blocksOf(values.data(), values.size()));
        while (m_levels.back().size() > topSize)
            m_levels.push_back(blocksOf(m_levels.back().data(), m_levels.back().size()));
        takeAll(total, m_levels.back().data(), 0, m_levels.back().size());
    }
    if (!total.isEmpty())
        m_total = total;
}

Pyramid::Range Pyramid::range(std::span<const double> values, std::size_t begin, std::size_t end) const
{
    Range range = nothing;
    // What sticks out of whole blocks on either side is looked at one by one, the blocks a level higher.
    const auto takeEnds = [&](const auto *members) {
        const std::size_t firstWhole = (begin + width - 1) >> shift;
        const std::size_t endWhole = end >> shift;
        if (firstWhole >= endWhole) {
            takeAll(range, members, begin, end);
            return false;
        }
        takeAll(range, members, begin, firstWhole << shift);
        takeAll(range, members, endWhole << shift, end);
        begin = firstWhole;
        end = endWhole;
        return true;
    };
    if (m_levels.empty()) {
        takeAll(range, values.data(), begin, end);
        return range;
    }
    if (!takeEnds(values.data()))
        return range;
    for (std::size_t level = 0; level + 1 < m_levels.size(); ++level) {
        if (!takeEnds(m_levels[level].data()))
            return range;
    }
    takeAll(range, m_levels.back().data(), begin, end);
    return range;
}

void Pyramid::prefetch(std::span<const double> values, std::size_t index) const
{
    if (index >= values.size())
        return;
    __builtin_prefetch(values.data() + index);
    for (const std::vector<Range> &level : m_levels) {
        index >>= shift;
        __builtin_prefetch(level.data() + index);
    }
}

std::size_t Pyramid::bytes() const
{
    std::size_t bytes = 0;
    for (const std::vector<Range> &level : m_levels)
        bytes += level.capacity() * sizeof(Range);
    return bytes;
}
