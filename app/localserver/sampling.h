// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/points.h"

#include <cstddef>
#include <vector>

namespace localserver {

// About so many points a series are in a sampled chart (PROTOCOL 6).
inline constexpr std::size_t sampleSize = 500;

// Indexes, ascending, of at most about `count` points that draw the same line: the first and the last,
// and of each stretch between the least, the greatest and, where there is one, the first NaN.
std::vector<std::size_t> sampled(const std::vector<double> &values, std::size_t count = sampleSize);

// The points at the given ascending indexes.
Points picked(const Points &points, const std::vector<std::size_t> &indexes);

} // namespace localserver
