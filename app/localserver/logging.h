// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/connection.h"
#include "app/localserver/json.h"
#include "app/localserver/points.h"

#include <cstdint>
#include <string>

// What REST, batches and the websocket have in common when a value is logged.
namespace localserver::logging {

// A point from {"metricValue","step","epoch","timestamp"}; without a timestamp at the given time.
// Numbers, and the texts that stand for numbers; true and false as 1 and 0. Any other text stays text
// and is NaN among the numbers (PROTOCOL-ONLINE 4.1). Throws Failure 400 where there is no value.
void appendPoint(Points &points, const Json &metric, std::int64_t time);

void setParameter(Connection &db, std::int64_t experiment, const std::string &name, const Json &value,
    const std::string &context, Number step, std::int64_t time);

// The name Name renames the experiment, unless it has a later one.
void setOther(
    Connection &db, std::int64_t experiment, const std::string &name, const Json &value, std::int64_t time);

} // namespace localserver::logging
