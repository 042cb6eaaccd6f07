// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/lenient.h"

#include "app/localserver/number.h"
#include "app/localserver/utf8.h"

#include <charconv>
#include <cmath>
#include <cstdint>

namespace localserver {

namespace {

// The four digits after \u, or a value beyond 16 bits.
unsigned codeUnit(std::string_view text, std::size_t at)
{
    unsigned unit = 0;
    const auto digits = text.substr(std::min(at, text.size()), 4);
    const auto end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, unit, 16);
    return digits.size() == 4 && read.ec == std::errc() && read.ptr == end ? unit : 0x10000;
}

bool isHigh(unsigned unit)
{
    return unit >= 0xD800 && unit < 0xDC00;
}

bool isLow(unsigned unit)
{
    return unit >= 0xDC00 && unit < 0xE000;
}

// Whether a parser's own integers and doubles hold it.
bool fitsBuiltIn(std::string_view number)
{
    const auto begin = number.data();
    const auto end = begin + number.size();
    if (number.find_first_of(".eE") == std::string_view::npos) {
        std::int64_t whole = 0;
        std::uint64_t unsignedWhole = 0;
        return std::from_chars(begin, end, whole).ec == std::errc()
            || std::from_chars(begin, end, unsignedWhole).ec == std::errc();
    }
    double real = 0;
    return std::from_chars(begin, end, real).ec == std::errc();
}

// RFC 8259, section 6
bool isJsonNumber(std::string_view token)
{
    std::size_t i = 0;
    const auto digits = [&] {
        const std::size_t from = i;
        while (i < token.size() && token[i] >= '0' && token[i] <= '9')
            ++i;
        return i - from;
    };
    i += token.substr(0, 1) == "-";
    const std::size_t first = i;
    const std::size_t whole = digits();
    if (whole == 0 || (whole > 1 && token[first] == '0'))
        return false;
    if (i < token.size() && token[i] == '.' && (++i, digits() == 0))
        return false;
    if (i < token.size() && (token[i] == 'e' || token[i] == 'E')) {
        ++i;
        i += i < token.size() && (token[i] == '+' || token[i] == '-');
        if (digits() == 0)
            return false;
    }
    return i == token.size();
}

class Mender {
public:
    explicit Mender(std::string_view json) : m_json(json) { m_result.text.reserve(json.size() + 16); }

    Mended run()
    {
        while (m_at < m_json.size()) {
            const char c = m_json[m_at];
            if (c == '"')
                string();
            else if (isOfToken(c))
                token();
            else
                take(1);
        }
        return std::move(m_result);
    }

private:
    static bool isOfToken(char c)
    {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'
            || c == '+' || c == '.';
    }

    void take(std::size_t length)
    {
        m_result.text.append(m_json, m_at, length);
        m_at += length;
    }
    void replace(std::size_t length, std::string_view by)
    {
        m_result.text += by;
        m_at += length;
    }

    void string()
    {
        ++m_strings;
        take(1);
        while (m_at < m_json.size()) {
            // Most of a text needs no looking at.
            std::size_t plain = m_at;
            while (plain < m_json.size() && isPlain(m_json[plain]))
                ++plain;
            take(plain - m_at);
            if (m_at == m_json.size())
                return;
            const char c = m_json[m_at];
            if (c == '"') {
                take(1);
                return;
            }
            if (c == '\\')
                escape();
            else
                oddByte();
        }
    }
    static bool isPlain(char c)
    {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
    }

    void escape()
    {
        if (m_at + 1 >= m_json.size() || m_json[m_at + 1] != 'u') {
            take(std::min<std::size_t>(2, m_json.size() - m_at));
            return;
        }
        const unsigned unit = codeUnit(m_json, m_at + 2);
        if (isHigh(unit) && m_json.substr(m_at + 6, 2) == "\\u" && isLow(codeUnit(m_json, m_at + 8)))
            take(12);
        else if (isHigh(unit) || isLow(unit))
            replace(6, utf8::replacement);
        else
            take(2);
    }

    void oddByte()
    {
        const auto byte = static_cast<unsigned char>(m_json[m_at]);
        if (byte < 0x20) {
            static constexpr char digits[] = "0123456789abcdef";
            const char escaped[] = {'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
            replace(1, {escaped, sizeof escaped});
        } else if (const std::size_t length = utf8::lengthAt(m_json, m_at)) {
            take(length);
        } else {
            replace(1, utf8::replacement);
        }
    }

    void token()
    {
        std::size_t end = m_at;
        while (end < m_json.size() && isOfToken(m_json[end]))
            ++end;
        const std::string_view token = m_json.substr(m_at, end - m_at);
        const auto value = toDouble(token);
        if (!value || (isJsonNumber(token) && fitsBuiltIn(token))) {
            take(token.size());
        } else if (isJsonNumber(token)) {
            m_result.numbers.push_back(m_strings++);
            replace(token.size(), '"' + std::string(token) + '"');
        } else if (!std::isfinite(*value)) {
            replace(token.size(), '"' + javaDouble(*value) + '"');
        } else {
            take(token.size());
        }
    }

    std::string_view m_json;
    std::size_t m_at = 0;
    std::size_t m_strings = 0;
    Mended m_result;
};

} // namespace

Mended mended(std::string_view json)
{
    return Mender(json).run();
}

} // namespace localserver
