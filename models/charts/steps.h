// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

// A column of numbers beside the values of a series: steps, epochs, times. Evenly spaced ones (nearly all
// steps) are kept as a rule, not as a column, and found by arithmetic; so are constant ones. Immutable, so that
// metrics of a run and runs of one sweep share it. As the x of a series it is ascending; equal neighbours
// are allowed.
class Steps
{
public:
    explicit Steps(std::vector<double> numbers);
    static Steps counted(std::size_t count); // 0, 1, 2, ...

    std::size_t size() const { return m_size; }
    double operator[](std::size_t index) const
    {
        return isRule() ? m_first + m_stride * static_cast<double>(index) : m_values[index];
    }
    double first() const { return (*this)[0]; }
    double last() const { return (*this)[m_size - 1]; }
    bool isUniform() const { return isRule() && m_stride > 0; } // evenly spaced and ascending
    bool isAscending() const { return m_isAscending; } // and without NaN

    // Of ascending ones: the first index whose step is not below x; size() where all are. from must not be
    // beyond the result: searching near the result before it is what makes a pass over pixel columns cheap.
    std::size_t lowerBound(double x, std::size_t from = 0) const;
    // The same for several ascending x at once, while the memory for the next ones is on its way.
    void lowerBounds(std::span<const double> x, std::span<std::uint32_t> indexes) const;
    std::size_t nearest(double x) const; // size() must not be 0

    std::size_t bytes() const { return sizeof *this + (m_values.capacity() + m_milestones.capacity()) * sizeof(double); }
    // NaN is equal to NaN in these, so that columns with missing entries can be shared.
    bool isSame(const Steps &other) const;
    std::size_t hash() const;
    bool operator==(const Steps &) const = default;

private:
    Steps() = default;
    bool isRule() const { return m_values.empty(); }
    // Between two milestones, expected to be spaced evenly.
    struct Stretch
    {
        std::size_t begin;
        std::size_t end;
        std::size_t expected;
    };
    Stretch stretchOf(double x, std::size_t from) const;
    std::size_t lowerBoundIn(const Stretch &stretch, double x) const;

    std::size_t m_size = 0;
    double m_first = 0;
    double m_stride = 1;
    bool m_isAscending = true;
    std::vector<double> m_values; // empty where first and stride say it all
    std::vector<double> m_milestones; // every 64th of the values: small enough to stay near the processor
};
