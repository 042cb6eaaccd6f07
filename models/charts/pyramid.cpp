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

// Of a block that is not whole within [begin, end): its members that are, and nothing where the whole block would add
// nothing.
void Pyramid::includeEnd(Range &range, std::span<const double> values, std::size_t level, std::size_t block,
    std::size_t begin, std::size_t end, double slack) const
{
    const Range &whole = m_levels[level][block];
    if (!(whole.low < range.low - slack || whole.high > range.high + slack))
        return;
    const std::size_t memberShift = level * shift; // points of a member
    const std::size_t first = block << shift;
    const std::size_t count = level == 0 ? values.size() : m_levels[level - 1].size();
    for (std::size_t member = first; member < std::min(first + width, count); ++member) {
        const std::size_t memberBegin = member << memberShift;
        const std::size_t memberEnd = (member + 1) << memberShift;
        if (memberEnd <= begin || memberBegin >= end)
            continue;
        if (level == 0)
            take(range, values[member]);
        else if (memberBegin >= begin && memberEnd <= end)
            take(range, m_levels[level - 1][member]);
        else
            includeEnd(range, values, level - 1, member, begin, end, slack);
    }
}

// Whole blocks of the size that a few of them make up the range, then what sticks out on either side.
Pyramid::Range Pyramid::range(std::span<const double> values, std::size_t begin, std::size_t end, double slack) const
{
    Range range = nothing;
    if (end - begin < 2 * width || m_levels.empty()) {
        takeAll(range, values.data(), begin, end);
        return range;
    }
    std::size_t level = 0;
    while (level + 1 < m_levels.size() && (end - begin) >> ((level + 2) * shift) >= 4)
        ++level;
    const std::size_t blockShift = (level + 1) * shift;
    const std::size_t firstWhole = (begin + (std::size_t{1} << blockShift) - 1) >> blockShift;
    const std::size_t endWhole = end >> blockShift;
    takeAll(range, m_levels[level].data(), firstWhole, std::max(firstWhole, endWhole));
    if (const std::size_t block = begin >> blockShift; block < firstWhole)
        includeEnd(range, values, level, block, begin, end, slack);
    if (endWhole >= firstWhole && endWhole << blockShift < end)
        includeEnd(range, values, level, endWhole, begin, end, slack);
    return range;
}

void Pyramid::prefetch(std::span<const double> values, std::size_t index) const
{
    if (index >= values.size() || m_levels.empty())
        return;
    __builtin_prefetch(values.data() + (index & ~(width - 1)));
    const Range *const members = m_levels[0].data() + ((index >> (2 * shift)) << shift);
    __builtin_prefetch(members);
    __builtin_prefetch(members + width / 2);
}

std::size_t Pyramid::bytes() const
{
    std::size_t bytes = 0;
    for (const std::vector<Range> &level : m_levels)
        bytes += level.capacity() * sizeof(Range);
    return bytes;
}
