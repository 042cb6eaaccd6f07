// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/byterange.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace localserver {

namespace {

// Digits alone; nothing where there are none or too many.
std::optional<std::uint64_t> number(std::string_view text)
{
    std::uint64_t value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() ? std::optional(value)
                                                                               : std::nullopt;
}

} // namespace

ByteRange byteRange(
    const std::string &range, const std::string &ifRange, std::uint64_t size, const std::string &etag)
{
    const ByteRange whole{ByteRange::Whole, 0, size};
    constexpr std::string_view unit = "bytes=";
    std::string_view text = range;
    if (text.substr(0, unit.size()) != unit || (!ifRange.empty() && ifRange != etag))
        return whole;
    text.remove_prefix(unit.size());
    const auto dash = text.find('-');
    if (dash == std::string_view::npos)
        return whole;
    const auto first = number(text.substr(0, dash));
    const auto last = number(text.substr(dash + 1));
    if (dash == 0) { // the last so many
        if (!last)
            return whole;
        const std::uint64_t length = std::min(*last, size);
        return length ? ByteRange{ByteRange::Part, size - length, length} : ByteRange{ByteRange::Beyond};
    }
    if (!first || (!last && dash + 1 < text.size()) || (last && *last < *first))
        return whole;
    if (*first >= size)
        return {ByteRange::Beyond};
    return {ByteRange::Part, *first, std::min(last.value_or(size), size - 1) - *first + 1};
}

} // namespace localserver
