// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/values/unicode.h"

#include <algorithm>

namespace unicode {

namespace {

bool isAscii(std::string_view utf8)
{
    return std::ranges::all_of(utf8, [](char c) { return static_cast<signed char>(c) >= 0; });
}

QString decoded(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace

std::string_view composed(std::string_view utf8, std::string &buffer)
{
    if (isAscii(utf8))
        return utf8;
    buffer = decoded(utf8).normalized(QString::NormalizationForm_C).toStdString();
    return buffer;
}

QString folded(const QString &text)
{
    return text.normalized(QString::NormalizationForm_C).toCaseFolded();
}

void appendFolded(std::string_view utf8, std::string &out)
{
    if (!isAscii(utf8)) {
        out += folded(decoded(utf8)).toStdString();
        return;
    }
    const std::size_t before = out.size();
    out.resize(before + utf8.size());
    std::ranges::transform(utf8, out.begin() + static_cast<std::ptrdiff_t>(before),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
}

bool hasFolded(const QString &text, const QString &part)
{
    return folded(text).contains(part);
}

} // namespace unicode
