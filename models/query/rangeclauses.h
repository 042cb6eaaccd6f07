// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/variables.h"

namespace query {

// The conditions that a range chosen in a picture suggests. Nothing where the project has no such variable, or
// one of another type.

// Both ends included: numbers, durations in seconds, times in milliseconds since 1970 UTC.
std::optional<Expression> inRange(const Variable &variable, double low, double high, const Variables &variables);

std::optional<Expression> isOneOf(const Variable &variable, const QStringList &values, const Variables &variables);

} // namespace query
