// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/json.h"

#include "app/localserver/request.h"

#include "app/localserver/lenient.h"
#include "app/localserver/utf8.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace localserver {

namespace {

// The texts that stand for numbers become what Json keeps of such.
class Restorer {
public:
    explicit Restorer(const std::vector<std::size_t> &numbers) : m_next(numbers.begin()), m_end(numbers.end())
    {
    }

    bool operator()(int, Json::parse_event_t event, Json &value)
    {
        if (event == Json::parse_event_t::key) {
            ++m_strings;
        } else if (event == Json::parse_event_t::value && value.is_string()) {
            if (m_next != m_end && *m_next == m_strings) {
                const auto &digits = value.get_ref<const std::string &>();
                value = Json::binary(Json::binary_t::container_type(digits.begin(), digits.end()));
                ++m_next;
            }
            ++m_strings;
        }
        return true;
    }

private:
    std::vector<std::size_t>::const_iterator m_next;
    std::vector<std::size_t>::const_iterator m_end;
    std::size_t m_strings = 0;
};

void write(JsonWriter &out, const Json &value)
{
    if (value.is_object()) {
        out.beginObject();
        for (const auto &[name, inner] : value.items()) {
            out.key(name);
            write(out, inner);
        }
        out.endObject();
    } else if (value.is_array()) {
        out.beginArray();
        for (const Json &inner : value)
            write(out, inner);
        out.endArray();
    } else if (value.is_binary()) {
        const auto &digits = value.get_binary();
        out.raw({reinterpret_cast<const char *>(digits.data()), digits.size()});
    } else {
        out.raw(value.dump(-1, ' ', false, Json::error_handler_t::replace));
    }
}

// Ends the parsing as soon as the field is there.
class OuterText : public nlohmann::json_sax<Json> {
public:
    explicit OuterText(std::initializer_list<std::string_view> names) : m_names(names) { }

    std::optional<std::string> found;

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t &) override { return true; }
    bool binary(binary_t &) override { return true; }
    bool string(string_t &text) override
    {
        if (m_depth != 1 || !m_wanted)
            return true;
        found = text;
        return false;
    }
    bool key(string_t &name) override
    {
        m_wanted = m_depth == 1 && std::find(m_names.begin(), m_names.end(), name) != m_names.end();
        return true;
    }
    bool start_object(std::size_t) override { return ++m_depth < JsonBounds::deepest; }
    bool end_object() override { return --m_depth > 0; }
    bool start_array(std::size_t) override { return m_depth++ > 0 && m_depth < JsonBounds::deepest; }
    bool end_array() override { return --m_depth > 0; }
    bool parse_error(std::size_t, const std::string &, const Json::exception &) override { return false; }

private:
    std::initializer_list<std::string_view> m_names;
    int m_depth = 0;
    bool m_wanted = false;
};

} // namespace

void JsonBounds::append(std::string_view text)
{
    for (const char c : text) {
        if (m_inString) {
            m_inString = m_escaped || c != '"';
            m_escaped = !m_escaped && c == '\\';
        } else if (c == '"') {
            m_inString = true;
        } else if (c == '[' || c == '{') {
            if (++m_depth > deepest)
                throw Failure(413, "The body is nested deeper than " + std::to_string(deepest) + " levels.");
            ++m_values;
        } else if (c == ']' || c == '}') {
            --m_depth;
        } else if (c == ',' && ++m_values > mostValues) {
            throw Failure(413, "The body holds more than " + std::to_string(mostValues) + " values.");
        }
    }
    if (m_values > mostValues)
        throw Failure(413, "The body holds more than " + std::to_string(mostValues) + " values.");
}

Json parsed(const std::string &text)
{
    JsonBounds().append(text);
    const Mended json = mended(text);
    Json value = json.numbers.empty() ? Json::parse(json.text, nullptr, false)
                                      : Json::parse(json.text, Restorer(json.numbers), false);
    if (value.is_discarded())
        throw Failure(400, "The body of the request is not JSON.");
    return value;
}

std::string dumped(const Json &value)
{
    JsonWriter out;
    write(out, value);
    return std::move(out).text();
}

std::optional<std::string> outerText(std::string_view json, std::initializer_list<std::string_view> names)
{
    OuterText reader(names);
    Json::sax_parse(mended(json).text, &reader);
    return std::move(reader.found);
}

bool isNumber(const Json &value)
{
    return value.is_number() || value.is_binary();
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
        if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\')
            continue;
        if (c >= 0x80) {
            if (const std::size_t length = utf8::lengthAt(text, i)) {
                i += length - 1;
                continue;
            }
        }
        m_text.append(text.substr(from, i - from));
        from = i + 1;
        if (c >= 0x80)
            m_text += utf8::replacement;
        else if (c == '"' || c == '\\')
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
