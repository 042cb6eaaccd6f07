// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/semver.h"

#include <algorithm>
#include <charconv>

namespace localserver {

namespace {

std::vector<std::string_view> split(std::string_view text, char at)
{
    std::vector<std::string_view> parts;
    for (std::size_t from = 0;;) {
        const std::size_t to = text.find(at, from);
        parts.push_back(text.substr(from, to - from));
        if (to == std::string_view::npos)
            return parts;
        from = to + 1;
    }
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isNumber(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

std::optional<std::uint64_t> number(std::string_view text)
{
    std::uint64_t value = 0;
    if (!isNumber(text) || (text.size() > 1 && text[0] == '0')
        || std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc())
        return std::nullopt;
    return value;
}

bool areIdentifiers(const std::vector<std::string_view> &parts, bool leadingZeros)
{
    return std::all_of(parts.begin(), parts.end(), [&](std::string_view part) {
        if (isNumber(part))
            return leadingZeros || part == "0" || part[0] != '0';
        return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
            return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
        });
    });
}

int sign(int value)
{
    return (value > 0) - (value < 0);
}

// Numbers by value and below texts; without leading zeros the longer number is the larger.
int comparedIdentifiers(const std::string &left, const std::string &right)
{
    const bool leftNumber = isNumber(left);
    if (leftNumber != isNumber(right))
        return leftNumber ? -1 : 1;
    if (leftNumber && left.size() != right.size())
        return left.size() < right.size() ? -1 : 1;
    return sign(left.compare(right));
}

} // namespace

std::optional<SemanticVersion> semanticVersion(std::string_view text)
{
    SemanticVersion result;
    if (const auto plus = text.find('+'); plus != std::string_view::npos) {
        if (!areIdentifiers(split(text.substr(plus + 1), '.'), true))
            return std::nullopt;
        text = text.substr(0, plus);
    }
    if (const auto dash = text.find('-'); dash != std::string_view::npos) {
        const auto identifiers = split(text.substr(dash + 1), '.');
        if (!areIdentifiers(identifiers, false))
            return std::nullopt;
        result.preRelease.assign(identifiers.begin(), identifiers.end());
        text = text.substr(0, dash);
    }
    const auto numbers = split(text, '.');
    if (numbers.size() != result.numbers.size())
        return std::nullopt;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto value = number(numbers[i]);
        if (!value)
            return std::nullopt;
        result.numbers[i] = *value;
    }
    return result;
}

int compared(const SemanticVersion &left, const SemanticVersion &right)
{
    if (left.numbers != right.numbers)
        return left.numbers < right.numbers ? -1 : 1;
    if (left.preRelease.empty() != right.preRelease.empty())
        return left.preRelease.empty() ? 1 : -1;
    const std::size_t shared = std::min(left.preRelease.size(), right.preRelease.size());
    for (std::size_t i = 0; i < shared; ++i) {
        if (const int order = comparedIdentifiers(left.preRelease[i], right.preRelease[i]))
            return order;
    }
    return sign(int(left.preRelease.size()) - int(right.preRelease.size()));
}

} // namespace localserver
