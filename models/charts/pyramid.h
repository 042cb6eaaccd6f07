// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <span>
#include <vector>

// Smallest and largest value of every 8, 64, 512, ... neighbours of a column, so that a pixel column is
// answered exactly from a few dozen numbers however many points are behind it. The blocks cost 29 % of the
// column. What is not finite is left out. Built once, off the main thread; immutable.
class Pyramid
{
public:
    struct Range
    {
        double low;
        double high;
        bool isEmpty() const { return high < low; }
    };

    Pyramid() = default;
    explicit Pyramid(std::span<const double> values);

    // Of the finite values of [begin, end); values are those it was built from. To the last digit, or with a slack
    // near enough: what would widen the range by less is not looked for.
    Range range(std::span<const double> values, std::size_t begin, std::size_t end, double slack = 0) const;
    Range total() const { return m_total; }
    std::size_t bytes() const;

    // Asks for the memory that a range which begins or ends at index may read, without waiting for it.
    void prefetch(std::span<const double> values, std::size_t index) const;

private:
    void includeEnd(Range &range, std::span<const double> values, std::size_t level, std::size_t block, std::size_t begin,
        std::size_t end, double slack) const;

    Range m_total{1, 0};
    std::vector<std::vector<Range>> m_levels; // [0] has blocks of 8
};
