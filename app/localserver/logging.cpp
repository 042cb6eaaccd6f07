// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/logging.h"

#include "app/localserver/entries.h"
#include "app/localserver/request.h"

#include <cmath>

namespace localserver::logging {

void appendPoint(Points &points, const Json &metric, std::int64_t time)
{
    const auto value = metric.find("metricValue");
    if (value == metric.end() || value->is_null())
        throw Failure(400, "The field metricValue is missing.");
    double number = std::nan("");
    if (value->is_number()) {
        number = value->get<double>();
    } else if (value->is_boolean()) {
        number = value->get<bool>() ? 1 : 0;
    } else {
        const std::string text = entries::asText(*value);
        if (const auto parsed = toDouble(text))
            number = *parsed;
        else if (text == "True" || text == "False")
            number = text == "True" ? 1 : 0;
        else
            points.texts.emplace_back(points.size(), text);
    }
    points.append(number, optionalInteger(metric, "step").value_or(Points::none),
        optionalInteger(metric, "epoch").value_or(Points::none),
        optionalInteger(metric, "timestamp").value_or(time));
}

void setParameter(Connection &db, std::int64_t experiment, const std::string &name, const Json &value,
    const std::string &context, std::optional<std::int64_t> step, std::int64_t time)
{
    // Where the script is: one each experiment, in whatever context it just is.
    const bool progress = name == "curr_step" || name == "curr_epoch";
    entries::set(db, experiment, schema::Parameter, progress ? name : entries::nameInContext(name, context),
        {entries::asText(value), step, time, progress ? std::string() : context});
}

void setOther(
    Connection &db, std::int64_t experiment, const std::string &name, const Json &value, std::int64_t time)
{
    const bool isCurrent =
        entries::set(db, experiment, schema::Other, name, {entries::asText(value), {}, time, {}});
    if (name == "Name" && isCurrent)
        db.run("UPDATE experiments SET name=? WHERE id=?",
            value.is_null() ? std::nullopt : std::optional(entries::asText(value)), experiment);
}

} // namespace localserver::logging
