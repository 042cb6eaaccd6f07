// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <span>
#include <vector>

// Smallest and largest value of every 4, 8, 16, ... neighbours of a column, so that a pixel column is
// answered from a few blocks however many points are behind it. Blocks are floats relative to the middle
// of the column: half the memory, and still 1e-7 of the range from 1e-300 to 1e300. What is not finite is
// left out. Built once, off the main thread; immutable.
class Pyramid
{
public:
    struct Block
    {
        float low;
        float high; // below low where nothing is finite
    };
    struct Range
    {
        double low;
        double high;
        bool isEmpty() const { return high < low; }
    };

    Pyramid() = default;
    explicit Pyramid(std::span<const double> values);

    // Of the finite values of [begin, end), from blocks of at most a quarter of it: the range may
    // take in up to one block's neighbours on either side. end - begin must be at least leastCount.
    Range range(std::size_t begin, std::size_t end) const;
    Range total() const { return m_total; }
    std::size_t bytes() const;

    static constexpr std::size_t leastCount = 16;

private:
    double m_middle = 0;
    double m_half = 1;
    Range m_total{1, 0};
    std::vector<std::vector<Block>> m_levels; // [0] has blocks of 4
};
