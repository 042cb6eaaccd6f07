// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/number.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace localserver {

// The points of one metric, as columns. A text that a script logged as a metric value is NaN in values
// and named in texts; so are the digits of a whole number that no double holds.
struct Points {
    std::vector<double> values;
    std::vector<Number> steps; // not given where the script gave none
    std::vector<Number> epochs; // likewise
    std::vector<std::int64_t> times; // milliseconds since 1970
    std::vector<std::pair<std::size_t, std::string>> texts; // by index, ascending

    std::size_t size() const { return values.size(); }
    void reserve(std::size_t size);
    void append(double value, Number step, Number epoch, std::int64_t time);
    void append(const Points &other);

    // Packed: doubles as they are, whole numbers as differences in a varying number of bytes. About 11 bytes
    // a point for a plain training run.
    std::string packed() const;
    // Appends what packed() made. Throws std::runtime_error where the bytes are not such.
    void unpack(std::string_view bytes);

    // Brings them into the order to show: by step where all have one, else by time.
    void settle();

private:
    void keep(const std::vector<std::size_t> &order);
};

} // namespace localserver
