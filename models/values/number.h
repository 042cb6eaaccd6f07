// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <array>
#include <optional>
#include <string_view>

// The one reader and the one writer of numbers that were logged. What is shown, copied, exported, sorted and
// compared goes through these two, so that a text that is a number in one place is the same number in all.
//
// A number is a double, also as a step: all whole numbers up to 2^53 are exact in it. Beyond, a text keeps the digits
// that were logged; a column of points has the nearest double, of which every digit is written.
namespace number {

// What a text stands for: decimal digits with an optional sign, point and exponent ("5.", ".5", "+.5", "-0", "1E-4"),
// and nan, inf, infinity in any case with an optional sign, with blanks around or not. Too large for a double is
// infinite, too small is zero. Nothing for any other text: no empty one, no 1_000, no 0x10, no True.
std::optional<double> read(std::string_view text);
std::optional<double> read(QStringView text);

// The shortest text that read() takes for the same number: "0.1", "1e-07", "NaN", "-Infinity". A whole number below 2^64
// has all of its digits and no exponent, whatever is shorter: readers of tables take it for whole by that.
using Buffer = std::array<char, 32>;
std::string_view written(double value, Buffer &buffer);
QString text(double value);

// Whether all digits of both are whole numbers; then what the first is beside the other, less than 0 for less: also where
// both are the same double.
std::optional<int> compareWhole(std::string_view one, std::string_view other);

} // namespace number
