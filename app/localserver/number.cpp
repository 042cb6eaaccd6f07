// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/number.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace localserver {

namespace {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\n\r\f\v";
    const auto begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

bool isWord(std::string_view text, std::string_view lowerCase)
{
    return std::equal(text.begin(), text.end(), lowerCase.begin(), lowerCase.end(),
        [](char a, char b) { return (a >= 'A' && a <= 'Z' ? char(a - 'A' + 'a') : a) == b; });
}

// Whether the text is digits with an optional point and exponent; the charconv of the standard library
// takes less (no "+", no "5." before an exponent everywhere) and more (nan(...)).
bool isDecimal(std::string_view text)
{
    const auto digits = [&text] {
        const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
        text.remove_prefix(end);
        return end;
    };
    std::size_t count = digits();
    if (!text.empty() && text.front() == '.') {
        text.remove_prefix(1);
        count += digits();
    }
    if (count == 0)
        return false;
    if (!text.empty() && (text.front() == 'e' || text.front() == 'E')) {
        text.remove_prefix(1);
        if (!text.empty() && (text.front() == '+' || text.front() == '-'))
            text.remove_prefix(1);
        if (digits() == 0)
            return false;
    }
    return text.empty();
}

// What a decimal that no double can hold is nearest to: infinity, or nought. The place of its first digit
// decides, with the exponent.
double beyondRange(std::string_view text)
{
    const auto e = std::min(text.find_first_of("eE"), text.size());
    const std::string_view mantissa = text.substr(0, e);
    const auto point = std::min(mantissa.find('.'), mantissa.size());
    const auto first = mantissa.find_first_of("123456789");
    if (first == std::string_view::npos)
        return 0;
    const std::string_view exponent = text.substr(std::min(e + 1, text.size()));
    if (!exponent.empty() && exponent.find_first_of("123456789") != std::string_view::npos) {
        std::int64_t value = 0;
        const bool negative = exponent.front() == '-';
        const auto begin = exponent.data() + (exponent.front() == '+' || negative);
        const auto read = std::from_chars(begin, exponent.data() + exponent.size(), value);
        const bool large = read.ec != std::errc() || value > std::int64_t(text.size());
        if (large)
            return negative ? 0 : HUGE_VAL;
    }
    return first < point ? HUGE_VAL : 0;
}

// Without blanks and sign.
std::optional<double> magnitude(std::string_view text)
{
    if (isWord(text, "nan"))
        return std::nan("");
    if (isWord(text, "inf") || isWord(text, "infinity"))
        return HUGE_VAL;
    if (!isDecimal(text))
        return std::nullopt;
    double value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    return result.ec == std::errc::result_out_of_range ? beyondRange(text) : value;
}

bool takeSign(std::string_view &text)
{
    const bool negative = !text.empty() && text.front() == '-';
    if (negative || (!text.empty() && text.front() == '+'))
        text.remove_prefix(1);
    return negative;
}

} // namespace

std::optional<double> toDouble(std::string_view text)
{
    text = trimmed(text);
    const bool negative = takeSign(text);
    const auto value = magnitude(text);
    if (!value || std::isnan(*value))
        return value;
    return negative ? -*value : *value;
}

std::optional<Number> toNumber(std::string_view text)
{
    std::string_view digits = trimmed(text);
    const bool negative = takeSign(digits);
    std::uint64_t whole = 0;
    const auto end = digits.data() + digits.size();
    const auto result = std::from_chars(digits.data(), end, whole);
    if (!digits.empty() && result.ec == std::errc() && result.ptr == end)
        return negative ? -Number(whole) : Number(whole);
    return toDouble(text);
}

std::string numberText(Number number)
{
    char buffer[64];
    constexpr Number beyond = 18446744073709551616.0L; // 2^64
    if (number == std::floor(number) && std::fabs(number) < beyond) {
        const auto end =
            std::to_chars(buffer, buffer + sizeof buffer, static_cast<std::uint64_t>(std::fabs(number))).ptr;
        return (number < 0 ? "-" : "") + std::string(buffer, end);
    }
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, static_cast<double>(number)).ptr;
    return std::string(buffer, end);
}

std::string javaDouble(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value > 0 ? "Infinity" : "-Infinity";
    if (value == 0)
        return std::signbit(value) ? "-0.0" : "0.0";
    char buffer[64];
    const double size = std::fabs(value);
    if (size >= 1e-3 && size < 1e7) {
        const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed).ptr;
        std::string text(buffer, end);
        return text.find('.') == std::string::npos ? text + ".0" : text;
    }
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
    const std::string_view text(buffer, std::size_t(end - buffer));
    const auto e = text.find('e');
    std::string result(text.substr(0, e));
    if (result.find('.') == std::string::npos)
        result += ".0";
    int exponent = 0;
    const std::size_t digits = e + (text[e + 1] == '+' ? 2 : 1);
    std::from_chars(text.data() + digits, end, exponent);
    return result + "E" + std::to_string(exponent);
}

} // namespace localserver
