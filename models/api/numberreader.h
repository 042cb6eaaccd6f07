// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/reader.h"

#include <vector>

namespace api::decode {

// 200 series of 15,000 points with all of their columns, many times what is ever asked for at once: 128 MB.
inline constexpr std::size_t mostNumbers = std::size_t{16} << 20;

// Numbers into one vector that is used again and again, so that a column is allocated once and exactly.
class NumberReader
{
public:
    // Empty for null, and where every entry is null.
    void read(Value &value)
    {
        m_numbers.clear();
        if (isNull(value))
            return;
        ondemand::array array;
        if (value.get_array().get(array))
            fail("a list was expected");
        bool anyNumber = false;
        for (auto each : array) {
            if (m_left-- == 0)
                fail("there are more numbers than this program reads at once");
            double number = missing;
            Value element;
            if (const auto error = each.get(element))
                fail(error);
            if (takeNumber(element, number))
                anyNumber = true;
            else
                number = unusual(element, anyNumber);
            m_numbers.push_back(number);
        }
        if (!anyNumber)
            m_numbers.clear();
    }
    std::vector<double> column() const { return {m_numbers.begin(), m_numbers.end()}; }

private:
    double unusual(Value &value, bool &anyNumber)
    {
        try {
            if (isNull(value))
                return missing;
            anyNumber = true;
            return unusualNumber(value);
        } catch (Problem &problem) {
            isInsideElement(problem, m_numbers.size());
            throw;
        }
    }

    std::vector<double> m_numbers;
    std::size_t m_left = mostNumbers; // of all that one reader may read
};

} // namespace api::decode
