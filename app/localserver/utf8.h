// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// Texts come from scripts, shells and file systems. What is kept and answered is UTF-8, always.
namespace localserver::utf8 {

// U+FFFD, which stands for what could not be read.
inline constexpr std::string_view replacement = "\xEF\xBF\xBD";

// The length of the character that begins at `at`, in bytes; 0 where none does (RFC 3629, table 3-7 of the
// Unicode standard: no surrogates, no overlong forms, nothing beyond U+10FFFF).
std::size_t lengthAt(std::string_view text, std::size_t at);

// The same text, with U+FFFD in place of each byte that belongs to no character.
std::string cleaned(std::string text);

// The same text with letters and their accents as one character where there is one (normalization form C): what is
// searched for may come as one, and what was logged as two.
std::string composed(std::string text);

} // namespace localserver::utf8
