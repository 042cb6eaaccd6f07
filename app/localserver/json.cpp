// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/json.h"

#include "app/localserver/request.h"

#include <charconv>
#include <cmath>

namespace localserver {

namespace {

// Puts quotes around the three bare literals outside strings.
std::string withQuotedSpecials(const std::string &text)
{
    std::string result;
    result.reserve(text.size() + 16);
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            result += c;
            if (c == '\\' && i + 1 < text.size())
                result += text[++i];
            else if (c == '"')
                inString = false;
            continue;
        }
        std::string_view literal;
        for (const std::string_view candidate : {"NaN", "-Infinity", "Infinity"}) {
            if (std::string_view(text).substr(i, candidate.size()) == candidate)
                literal = candidate;
        }
        if (!literal.empty()) {
            result.append("\"").append(literal).append("\"");
            i += literal.size() - 1;
            continue;
        }
        inString = c == '"';
        result += c;
    }
    return result;
}

} // namespace

Json parsed(const std::string &text)
{
    Json value = Json::parse(text, nullptr, false);
    if (value.is_discarded()
        && (text.find("NaN") != std::string::npos || text.find("Infinity") != std::string::npos))
        value = Json::parse(withQuotedSpecials(text), nullptr, false);
    if (value.is_discarded())
        throw Failure(400, "The body of the request is not JSON.");
    return value;
}

std::string dumped(const Json &value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
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

std::optional<double> toDouble(std::string_view text)
{
    if (text == "NaN")
        return std::nan("");
    if (text == "Infinity" || text == "-Infinity")
        return text[0] == '-' ? -HUGE_VAL : HUGE_VAL;
    // from_chars would take "inf" and "nan(...)" too.
    if (text.empty() || text.find_first_not_of("0123456789+-.eE") != std::string_view::npos)
        return std::nullopt;
    double value = 0;
    const auto end = text.data() + text.size();
    const auto result = std::from_chars(text.data() + (text[0] == '+'), end, value);
    if (result.ec != std::errc() || result.ptr != end)
        return std::nullopt;
    return value;
}

void JsonWriter::separate()
{
    if (!m_first)
        m_text += ',';
    m_first = false;
}

JsonWriter &JsonWriter::open(char bracket)
{
    separate();
    m_text += bracket;
    m_first = true;
    return *this;
}

JsonWriter &JsonWriter::close(char bracket)
{
    m_text += bracket;
    m_first = false;
    return *this;
}

void JsonWriter::escape(std::string_view text)
{
    static constexpr char digits[] = "0123456789abcdef";
    m_text += '"';
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const unsigned char c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        m_text.append(text.substr(from, i - from));
        from = i + 1;
        if (c == '"' || c == '\\')
            (m_text += '\\') += char(c);
        else if (c == '\n')
            m_text += "\\n";
        else
            m_text.append("\\u00").append(1, digits[c >> 4]).append(1, digits[c & 15]);
    }
    m_text.append(text.substr(from));
    m_text += '"';
}

JsonWriter &JsonWriter::key(std::string_view name)
{
    separate();
    escape(name);
    m_text += ':';
    m_first = true;
    return *this;
}

JsonWriter &JsonWriter::string(std::string_view text)
{
    separate();
    escape(text);
    return *this;
}

JsonWriter &JsonWriter::integer(std::int64_t value)
{
    separate();
    char buffer[24];
    m_text.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
    return *this;
}

JsonWriter &JsonWriter::number(double value)
{
    if (!std::isfinite(value))
        return raw(std::isnan(value) ? "\"NaN\"" : value > 0 ? "\"Infinity\"" : "\"-Infinity\"");
    separate();
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    const std::string_view text(buffer, std::size_t(end - buffer));
    m_text += text;
    // 5 would come back as an integer.
    if (text.find_first_of(".e") == std::string_view::npos)
        m_text += ".0";
    return *this;
}

JsonWriter &JsonWriter::raw(std::string_view json)
{
    separate();
    m_text += json;
    return *this;
}

} // namespace localserver
