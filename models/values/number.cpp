// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/values/number.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace number {

namespace {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\n\v\f\r";
    const std::size_t first = text.find_first_not_of(blanks);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

// Whether a decimal number that no double holds is too large, not too small.
bool isLarge(std::string_view digits)
{
    const std::size_t e = std::min(digits.find_first_of("eE"), digits.size());
    const std::string_view mantissa = digits.substr(0, e);
    std::string_view exponent = digits.substr(std::min(e + 1, digits.size()));
    const bool isNegative = exponent.starts_with('-');
    if (exponent.starts_with('+'))
        exponent.remove_prefix(1);
    long long power = 0;
    if (std::from_chars(exponent.data(), exponent.data() + exponent.size(), power).ec == std::errc::result_out_of_range)
        return !isNegative;
    const std::size_t first = mantissa.find_first_not_of("0.");
    const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
    return first != std::string_view::npos
        && power + static_cast<long long>(point) - static_cast<long long>(first) > 0;
}

// The digits of a whole number without the zeros in front; nothing where it is none.
struct Whole
{
    bool isNegative = false;
    std::string_view digits;
};
std::optional<Whole> wholeIn(std::string_view text)
{
    text = trimmed(text);
    Whole whole{text.starts_with('-'), text};
    if (text.starts_with('-') || text.starts_with('+'))
        whole.digits.remove_prefix(1);
    if (whole.digits.empty() || whole.digits.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    whole.digits.remove_prefix(std::min(whole.digits.find_first_not_of('0'), whole.digits.size()));
    whole.isNegative = whole.isNegative && !whole.digits.empty();
    return whole;
}

} // namespace

std::optional<double> read(std::string_view text)
{
    std::string_view digits = trimmed(text);
    const bool isNegative = digits.starts_with('-');
    if (isNegative || digits.starts_with('+'))
        digits.remove_prefix(1);
    // from_chars would take a sign again, and "nan(...)".
    if (digits.empty() || digits.front() == '-' || digits.back() == ')')
        return std::nullopt;
    double value = 0;
    const char *end = digits.data() + digits.size();
    const auto result = std::from_chars(digits.data(), end, value);
    if (result.ec == std::errc::invalid_argument || result.ptr != end)
        return std::nullopt;
    if (result.ec == std::errc::result_out_of_range)
        value = isLarge(digits) ? std::numeric_limits<double>::infinity() : 0;
    return isNegative ? -value : value;
}

std::optional<double> read(QStringView text)
{
    // Anything beyond Latin-1 becomes a question mark, of which no number is made.
    const QByteArray bytes = text.toLatin1();
    return read(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

std::string_view written(double value, Buffer &buffer)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value > 0 ? "Infinity" : "-Infinity";
    constexpr double wholeBelow = 18446744073709551616.0;
    const bool isWhole = value == std::trunc(value) && std::abs(value) < wholeBelow;
    char *const begin = buffer.data();
    char *const end = begin + buffer.size();
    const char *const last
        = isWhole ? std::to_chars(begin, end, value, std::chars_format::fixed).ptr : std::to_chars(begin, end, value).ptr;
    return {begin, static_cast<std::size_t>(last - begin)};
}

QString text(double value)
{
    Buffer buffer;
    const std::string_view all = written(value, buffer);
    return QString::fromLatin1(all.data(), static_cast<qsizetype>(all.size()));
}

std::optional<int> compareWhole(std::string_view one, std::string_view other)
{
    const std::optional<Whole> a = wholeIn(one);
    const std::optional<Whole> b = wholeIn(other);
    if (!a || !b)
        return std::nullopt;
    if (a->isNegative != b->isNegative)
        return a->isNegative ? -1 : 1;
    const bool isLonger = a->digits.size() > b->digits.size();
    const bool isAsLong = a->digits.size() == b->digits.size();
    if (isAsLong && a->digits == b->digits)
        return 0;
    const bool isLarger = isAsLong ? a->digits > b->digits : isLonger;
    return isLarger != a->isNegative ? 1 : -1;
}

} // namespace number
