// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace localserver {

// The part of a body that a client asks for. Whole: send all at 200. Part: at 206. Beyond: 416.
struct ByteRange {
    enum Kind { Whole, Part, Beyond };
    Kind kind = Whole;
    std::uint64_t start = 0;
    std::uint64_t length = 0;
};

// By the headers Range and If-Range (RFC 9110 13.1.5 and 14.2), empty where there is none. What is no
// range of bytes is ignored, as are several ranges at once.
ByteRange byteRange(
    const std::string &range, const std::string &ifRange, std::uint64_t size, const std::string &etag);

} // namespace localserver
