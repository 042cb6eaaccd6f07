// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/evaluate.h"

#include <string>

namespace query {

// What a clause asks of one value; prepared once, asked of many.
class Test
{
public:
    // type is the variable's; op takes the place of the clause's own.
    Test(const Clause &clause, Operator op, const QString &type);

    Marks marks(const ValueColumn &values) const;
    bool ofText(std::string_view text) const;

private:
    bool ofNumber(double value) const; // as it is written
    bool ofOrder(std::optional<int> order) const;
    std::optional<int> order(std::string_view text, const std::string &operand, std::optional<double> number) const;
    std::optional<double> numberIn(std::string_view text) const;
    bool comparesNumbers() const;
    template<class Compare>
    Marks numberMarks(const ValueColumn &values, Compare compare) const;

    Operator m_op;
    bool m_isTag;
    bool m_isTextual; // a text compared with a column of texts
    bool m_isStringColumn;
    bool m_isTimeColumn;
    std::string m_text;
    std::string m_composed; // what a part of a text is compared with
    std::string m_highText; // of between
    std::optional<double> m_number;
    std::optional<double> m_high;
    bool m_isExact = true; // the doubles are the numbers, not just near them
};

} // namespace query
