// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/json.h"

#include "models/values/number.h"

#include <charconv>
#include <cstring>

namespace api::json {

namespace {

constexpr std::string_view nanMark = "\x7f";
constexpr std::string_view infinityMark = "\x7fI\x7f";
constexpr std::string_view minusInfinityMark = "\x7f-\x7f";
constexpr std::size_t none = std::string_view::npos;

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool isMark(char c)
{
    return c == '"' || (c & 0xDF) == '[' || (c & 0xDF) == ']'; // { and } are [ and ] with one more bit
}

// Most of a big answer is digits, so blocks without a mark are stepped over. A loop without a branch over
// single bytes: compilers turn it into a few vector instructions.
bool mayHaveMark(const char *block, int length)
{
    unsigned char marks = 0;
    for (int i = 0; i < length; ++i) {
        const auto c = static_cast<unsigned char>(block[i]);
        // The second test takes all four brackets for one, and a few letters besides.
        marks = static_cast<unsigned char>(marks | (c == '"') | ((c & 0xD9) == 0x59));
    }
    return marks != 0;
}

std::size_t nextMark(std::string_view text, std::size_t at)
{
    constexpr int block = 64;
    while (at + block <= text.size()) {
        if (mayHaveMark(text.data() + at, block)) {
            for (int i = 0; i < block; ++i, ++at) {
                if (isMark(text[at]))
                    return at;
            }
        } else {
            at += block;
        }
    }
    while (at < text.size() && !isMark(text[at]))
        ++at;
    return at;
}

// at is the opening quote; the place behind the closing one, or none.
std::size_t endOfString(std::string_view text, std::size_t at)
{
    for (std::size_t quote = text.find('"', at + 1); quote != none; quote = text.find('"', quote + 1)) {
        std::size_t backslashes = 0;
        while (text[quote - 1 - backslashes] == '\\')
            ++backslashes;
        if (backslashes % 2 == 0)
            return quote + 1;
    }
    return none;
}

std::size_t skipSpaces(std::string_view text, std::size_t at)
{
    while (at < text.size() && isSpace(text[at]))
        ++at;
    return at;
}

bool contains(std::string_view text, std::string_view word)
{
    for (std::size_t at = text.find(word[0]); at != none; at = text.find(word[0], at + 1)) {
        if (text.substr(at, word.size()) == word)
            return true;
    }
    return false;
}

void overwrite(char *place, std::size_t length, std::string_view mark)
{
    std::memset(place, ' ', length);
    place[0] = '"';
    std::memcpy(place + 1, mark.data(), mark.size());
    place[mark.size() + 1] = '"';
}

int hexDigits(std::string_view text)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    return text.size() == 4 && error == std::errc() && end == text.data() + 4 ? value : -1;
}

void appendUtf8(std::string &text, char32_t c)
{
    if (c < 0x80) {
        text += static_cast<char>(c);
    } else if (c < 0x800) {
        text += static_cast<char>(0xC0 | (c >> 6));
        text += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        text += static_cast<char>(0xE0 | (c >> 12));
        text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        text += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        text += static_cast<char>(0xF0 | (c >> 18));
        text += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        text += static_cast<char>(0x80 | (c & 0x3F));
    }
}

// at is the u of an escape; appends its character and returns the place behind it.
std::size_t appendUnicodeEscape(std::string &text, std::string_view inside, std::size_t at)
{
    constexpr char32_t replacement = 0xFFFD;
    const int unit = hexDigits(inside.substr(at + 1, 4));
    if (unit < 0) {
        appendUtf8(text, replacement);
        return at + 1;
    }
    at += 5;
    if (unit < 0xD800 || unit > 0xDFFF) {
        appendUtf8(text, static_cast<char32_t>(unit));
        return at;
    }
    if (unit < 0xDC00 && inside.substr(at, 2) == "\\u") {
        const int low = hexDigits(inside.substr(at + 2, 4));
        if (low >= 0xDC00 && low <= 0xDFFF) {
            appendUtf8(text, static_cast<char32_t>(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)));
            return at + 6;
        }
    }
    appendUtf8(text, replacement);
    return at;
}

} // namespace

std::size_t quoteBareNumbers(char *text, std::size_t size)
{
    const std::string_view all(text, size);
    if (!contains(all, "NaN") && !contains(all, "Infinity"))
        return 0;
    std::size_t count = 0;
    for (std::size_t at = 0; at < size; ++at) {
        if (text[at] == '"') {
            const std::size_t end = endOfString(all, at);
            if (end == none)
                break;
            at = end - 1;
        } else if (text[at] == 'N' && all.substr(at, 3) == "NaN") {
            overwrite(text + at, 3, nanMark);
            at += 2;
            ++count;
        } else if (text[at] == 'I' && all.substr(at, 8) == "Infinity") {
            const bool negative = at > 0 && text[at - 1] == '-';
            overwrite(text + at - negative, 8u + negative, negative ? minusInfinityMark : infinityMark);
            at += 7;
            ++count;
        }
    }
    return count;
}

std::optional<double> number(std::string_view text)
{
    return ::number::read(withoutMarks(text));
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string_view withoutMarks(std::string_view text)
{
    if (text.empty() || text.front() != '\x7f')
        return text;
    if (text == nanMark)
        return "NaN";
    if (text == infinityMark)
        return "Infinity";
    if (text == minusInfinityMark)
        return "-Infinity";
    return text;
}

void checkBounds(std::string_view text)
{
    std::size_t depth = 0;
    std::size_t lists = 0;
    std::size_t texts = 0;
    for (std::size_t at = nextMark(text, 0); at < text.size(); at = nextMark(text, at)) {
        if (text[at] == '"') {
            at = endOfString(text, at);
            if (at == none)
                return; // the readers say so
            if (++texts > mostTexts)
                throw Malformed{"there are more texts in it than this program reads at once"};
            continue;
        }
        if ((text[at] & 0xDF) == ']') {
            depth -= depth > 0 ? 1 : 0;
        } else {
            if (++depth > mostDepth)
                throw Malformed{"lists or objects are nested too deeply in it"};
            if (++lists > mostLists)
                throw Malformed{"there are more lists or objects in it than this program reads at once"};
        }
        ++at;
    }
}

std::size_t lengthOfValue(std::string_view text)
{
    if (text.empty())
        return endless;
    if (text[0] == '"')
        return endOfString(text, 0);
    std::size_t at = 0;
    if ((text[0] & 0xDF) != '[') {
        while (at < text.size() && text[at] != ',' && !isSpace(text[at]) && (text[at] & 0xDF) != ']')
            ++at;
        return at;
    }
    std::size_t depth = 0;
    while ((at = nextMark(text, at)) < text.size()) {
        if (text[at] == '"') {
            at = endOfString(text, at);
            if (at == none)
                break;
            continue;
        }
        depth += (text[at] & 0xDF) == '[' ? 1 : std::size_t(-1);
        ++at;
        if (depth == 0)
            return at;
    }
    return endless;
}

std::size_t forEachMember(
    std::string_view text, const std::function<std::size_t(std::string_view, std::string_view)> &member)
{
    const Malformed tooShort{"the text ends too early"};
    std::size_t at = 0;
    const auto expect = [&](char c, const char *otherwise) {
        at = skipSpaces(text, at);
        if (at == text.size())
            throw tooShort;
        if (text[at] != c)
            throw Malformed{otherwise};
    };
    expect('{', "an object was expected");
    at = skipSpaces(text, at + 1);
    for (bool isFirst = true; at < text.size() && text[at] != '}'; isFirst = false) {
        if (!isFirst) {
            expect(',', "a comma was expected");
            ++at;
        }
        expect('"', "a name was expected");
        const std::size_t keyEnd = endOfString(text, at);
        if (keyEnd == none)
            throw tooShort;
        const std::string_view key = text.substr(at + 1, keyEnd - at - 2);
        at = keyEnd;
        expect(':', "a colon was expected");
        at = skipSpaces(text, at + 1);
        const std::size_t length = at == text.size() ? endless : member(key, text.substr(at));
        if (length == endless)
            throw tooShort;
        if (length == 0)
            throw Malformed{"a value was expected"};
        at = skipSpaces(text, at + length);
    }
    if (at == text.size())
        throw tooShort;
    return at + 1;
}

std::string unescaped(std::string_view inside)
{
    std::string text;
    text.reserve(inside.size());
    for (std::size_t at = 0; at < inside.size();) {
        if (inside[at] != '\\' || at + 1 == inside.size()) {
            text += inside[at++];
            continue;
        }
        ++at;
        constexpr std::string_view letters = "bfnrt";
        if (inside[at] == 'u') {
            at = appendUnicodeEscape(text, inside, at);
        } else if (const std::size_t letter = letters.find(inside[at]); letter != none) {
            text += "\b\f\n\r\t"[letter];
            ++at;
        } else {
            text += inside[at++];
        }
    }
    return text;
}

QByteArray quoted(const QString &text)
{
    static constexpr char hex[] = "0123456789abcdef";
    QByteArray json;
    json.reserve(text.size() + 2);
    json += '"';
    for (const QChar c : text) {
        const ushort unit = c.unicode();
        constexpr std::string_view escapes = "\b\f\n\r\t\"\\";
        if (const std::size_t at = unit < 0x80 ? escapes.find(static_cast<char>(unit)) : none; at != none) {
            json += '\\';
            json += "bfnrt\"\\"[at];
        } else if (unit >= 0x20 && unit < 0x80) {
            json += static_cast<char>(unit);
        } else {
            json += "\\u";
            for (int shift = 12; shift >= 0; shift -= 4)
                json += hex[(unit >> shift) & 0xF];
        }
    }
    return json + '"';
}

QByteArray boolean(bool value)
{
    return value ? "true" : "false";
}

QByteArray list(const QList<QByteArray> &entries)
{
    return '[' + entries.join(", ") + ']';
}

QByteArray list(const QStringList &texts)
{
    QList<QByteArray> entries;
    for (const QString &text : texts)
        entries += quoted(text);
    return list(entries);
}

QByteArray object(std::initializer_list<std::pair<const char *, QByteArray>> members)
{
    QList<QByteArray> entries;
    for (const auto &[name, value] : members) {
        if (!value.isNull())
            entries += '"' + QByteArray(name) + "\": " + value;
    }
    return '{' + entries.join(", ") + '}';
}

} // namespace api::json
