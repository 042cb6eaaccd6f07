// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

// The one reader and the one writer of numbers. What is a number: optional blanks around, an optional sign,
// decimal digits with an optional point and exponent (5, 5., .5, -0, 1E-4), or nan, inf and infinity in any
// case. Beyond a double's range it is infinite or nought. Nothing else: no empty text, no 1_000, no 0x10.
namespace localserver {

// A step or an epoch. Holds every whole number of 64 bits and every double exactly; NaN where there is none.
using Number = long double;
static_assert(std::numeric_limits<Number>::digits >= 64);

inline constexpr Number noNumber = std::numeric_limits<Number>::quiet_NaN();
inline bool isGiven(Number number)
{
    return !std::isnan(number);
}

// None where the text is no number.
std::optional<double> toDouble(std::string_view text);
// The same reading, with all digits of a whole number of up to 64 bits.
std::optional<Number> toNumber(std::string_view text);

// As JSON has it: whole numbers with all their digits and without a point, others as the shortest text that
// reads back to the same double. Must be finite.
std::string numberText(Number number);

// A double as Java's Double.toString writes it, as the answers of a Comet server hold it: 5.0, 1.0E-5, NaN.
std::string javaDouble(double value);

} // namespace localserver
