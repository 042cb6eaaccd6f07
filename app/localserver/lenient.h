// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace localserver {

// JSON text in which everything is mended that encoders of other languages write wrong, so that one bad
// value does not cost the rest of a request.
struct Mended {
    std::string text;
    // The texts among all texts, keys too, that stand for numbers no built-in type holds; ascending.
    std::vector<std::size_t> numbers;
};

// NaN, nan, -inf, Infinity and the like become texts; numbers beyond 64 bits or a double become texts and
// are listed; "\ud83d" without its other half and bytes that are no UTF-8 become U+FFFD; line ends and the
// like within texts are escaped. Whatever else is no JSON stays for the parser to refuse.
Mended mended(std::string_view json);

} // namespace localserver
