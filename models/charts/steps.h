// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <memory>
#include <vector>

// The x column of a series, ascending; equal neighbours are allowed. Evenly spaced steps (nearly all)
// are kept as a rule, not as a column, and found by arithmetic. Immutable, so that runs of one sweep share it.
class Steps
{
public:
    explicit Steps(std::vector<double> ascending);
    static Steps counted(std::size_t count); // 0, 1, 2, ...

    std::size_t size() const { return m_size; }
    double operator[](std::size_t index) const
    {
        return m_values.empty() ? m_first + m_stride * static_cast<double>(index) : m_values[index];
    }
    double first() const { return (*this)[0]; }
    double last() const { return (*this)[m_size - 1]; }
    bool isUniform() const { return m_values.empty(); }

    // The first index whose step is not below x; size() where all are. from must not be beyond the
    // result: searching near the result before it is what makes a pass over pixel columns cheap.
    std::size_t lowerBound(double x, std::size_t from = 0) const;
    std::size_t nearest(double x) const; // size() must not be 0

    std::size_t bytes() const { return sizeof *this + m_values.capacity() * sizeof(double); }
    bool operator==(const Steps &) const = default;

private:
    Steps() = default;

    std::size_t m_size = 0;
    double m_first = 0;
    double m_stride = 1;
    std::vector<double> m_values; // empty where uniform
};
