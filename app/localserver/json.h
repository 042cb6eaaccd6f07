// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/number.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace localserver {

// A number that fits neither 64 bits nor a double keeps its digits, as Json::binary: no text of a client can
// be one by accident.
using Json = nlohmann::json;

// Counts while a text arrives how deep it is nested and how many values it holds, so that what would cost
// gigabytes is refused before it is there. Wants no valid JSON.
class JsonBounds {
public:
    // Python's own encoder stops at a depth of about a thousand.
    static constexpr int deepest = 512;
    static constexpr std::size_t mostValues = 1'000'000;

    // Throws Failure 413 as soon as a limit is passed.
    void append(std::string_view text);

private:
    std::size_t m_values = 0;
    int m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
};

// Parses a request body within the bounds above and forgives what Python, R and JavaScript write without
// being JSON: NaN and infinities become the strings "NaN", "Infinity" and "-Infinity" (PROTOCOL 1.4), half a
// surrogate pair and bytes that are no UTF-8 become U+FFFD. Throws Failure 400 where it is no JSON.
Json parsed(const std::string &text);
// Compact. A text for a value that is one, with the digits of each number as they came.
std::string dumped(const Json &value);

// The value of the first field of this name in the outermost object, where it is a text. Keeps nothing else
// and needs no whole JSON: for the key of a request nobody has let in yet.
std::optional<std::string> outerText(std::string_view json, std::initializer_list<std::string_view> names);

// Whether it is a number, of any size.
bool isNumber(const Json &value);

// Writes JSON text front to back without building a tree; commas are put where they belong. For the
// answers that can be megabytes: charts and lists.
class JsonWriter {
public:
    JsonWriter &beginObject() { return open('{'); }
    JsonWriter &endObject() { return close('}'); }
    JsonWriter &beginArray() { return open('['); }
    JsonWriter &endArray() { return close(']'); }
    JsonWriter &key(std::string_view name);
    JsonWriter &string(std::string_view text); // U+FFFD in place of what is no UTF-8
    JsonWriter &integer(std::int64_t value);
    // Not finite: the strings "NaN", "Infinity", "-Infinity". The bare literals that Python's own decoder
    // takes are refused by simplejson, with which the SDK reads answers.
    JsonWriter &number(double value);
    // A step or epoch; null where there is none.
    JsonWriter &optionalNumber(Number value)
    {
        return isGiven(value) ? raw(numberText(value)) : null();
    }
    JsonWriter &boolean(bool value) { return raw(value ? "true" : "false"); }
    JsonWriter &null() { return raw("null"); }
    JsonWriter &raw(std::string_view json); // a value that is JSON already
    JsonWriter &optionalInteger(std::optional<std::int64_t> value)
    {
        return value ? integer(*value) : null();
    }
    // Empty is null.
    JsonWriter &optionalString(std::string_view text) { return text.empty() ? null() : string(text); }
    void reserve(std::size_t size) { m_text.reserve(size); }
    std::string text() && { return std::move(m_text); }

private:
    JsonWriter &open(char bracket);
    JsonWriter &close(char bracket);
    void separate();
    void escape(std::string_view text);

    std::string m_text;
    bool m_first = true; // the next value opens its container, or follows its key
};

} // namespace localserver
