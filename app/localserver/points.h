// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace localserver {

// The points of one metric, as columns. A text that a script logged as a metric value is NaN in values
// and named in texts.
struct Points {
    static constexpr std::int64_t none = std::numeric_limits<std::int64_t>::min();

    std::vector<double> values;
    std::vector<std::int64_t> steps; // none where the script gave none
    std::vector<std::int64_t> epochs; // likewise
    std::vector<std::int64_t> times; // milliseconds since 1970
    std::vector<std::pair<std::size_t, std::string>> texts; // by index, ascending

    std::size_t size() const { return values.size(); }
    void reserve(std::size_t size);
    void append(double value, std::int64_t step, std::int64_t epoch, std::int64_t time);
    void append(const Points &other);

    // Packed: doubles as they are, integers as differences in a varying number of bytes. About 11 bytes
    // a point for a plain training run.
    std::string packed() const;
    // Appends what packed() made. Throws std::runtime_error where the bytes are not such.
    void unpack(std::string_view bytes);

    // Brings them into the order to show, by step where all have one, else by time, and drops those
    // that came twice because a script sent them again after a lost connection (PROTOCOL-ONLINE 5).
    void settle();
};

} // namespace localserver
