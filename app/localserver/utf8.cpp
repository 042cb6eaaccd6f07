// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/utf8.h"

#include <QString>

#include <algorithm>

namespace localserver::utf8 {

namespace {

bool isAscii(const std::string &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

} // namespace

std::size_t lengthAt(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
    };
    const unsigned first = byte(0);
    if (first < 0x80)
        return at < text.size() ? 1 : 0;
    const std::size_t length = first >= 0xC2 && first < 0xE0 ? 2
        : first >= 0xE0 && first < 0xF0                      ? 3
        : first >= 0xF0 && first < 0xF5                      ? 4
                                                             : 0;
    if (length == 0)
        return 0;
    // Of the second byte alone depends whether the form is overlong, a surrogate or too large.
    const unsigned least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const unsigned greatest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (byte(1) < least || byte(1) > greatest)
        return 0;
    for (std::size_t i = 2; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80)
            return 0;
    }
    return length;
}

std::string cleaned(std::string text)
{
    if (isAscii(text))
        return text;
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = lengthAt(text, i);
        if (length)
            result.append(text, i, length);
        else
            result += replacement;
        i += std::max<std::size_t>(length, 1);
    }
    return result;
}

std::string composed(std::string text)
{
    return isAscii(text) ? text : QString::fromStdString(text).normalized(QString::NormalizationForm_C).toStdString();
}

} // namespace localserver::utf8
