// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace localserver {

using Json = nlohmann::json;

// Parses a request body. Bare NaN, Infinity and -Infinity, which Python's encoder writes (PROTOCOL 1.4),
// become the strings "NaN", "Infinity" and "-Infinity". Throws Failure 400 where it is no JSON.
Json parsed(const std::string &text);
// Compact, with replacement characters where a text is not UTF-8.
std::string dumped(const Json &value);

// A double as Java's Double.toString writes it, as the answers of a Comet server hold it: 5.0, 1.0E-5, NaN.
std::string javaDouble(double value);
// The number that a text is from end to end, NaN and infinities included.
std::optional<double> toDouble(std::string_view text);

// Writes JSON text front to back without building a tree; commas are put where they belong. For the
// answers that can be megabytes: charts and lists.
class JsonWriter {
public:
    JsonWriter &beginObject() { return open('{'); }
    JsonWriter &endObject() { return close('}'); }
    JsonWriter &beginArray() { return open('['); }
    JsonWriter &endArray() { return close(']'); }
    JsonWriter &key(std::string_view name);
    JsonWriter &string(std::string_view text);
    JsonWriter &integer(std::int64_t value);
    // Not finite: the strings "NaN", "Infinity", "-Infinity". The bare literals that Python's own decoder
    // takes are refused by simplejson, with which the SDK reads answers.
    JsonWriter &number(double value);
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
