// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/logging.h"

#include "app/localserver/entries.h"
#include "app/localserver/request.h"

#include <charconv>
#include <cmath>

namespace localserver::logging {

namespace {

// False for the whole numbers whose last digits a double loses.
bool holdsAllOf(double value, std::string_view text)
{
    constexpr double exact = 9007199254740992; // 2^53
    if (std::fabs(value) < exact || text.find_first_not_of("+-0123456789") != std::string_view::npos)
        return true;
    char digits[400];
    const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed).ptr;
    return text == std::string_view(digits, std::size_t(end - digits));
}

} // namespace

void appendPoint(Points &points, const Json &metric, std::int64_t time)
{
    const auto value = metric.find("metricValue");
    if (value == metric.end() || value->is_null())
        throw Failure(400, "The field metricValue is missing.");
    double number = std::nan("");
    if (value->is_boolean()) {
        number = value->get<bool>() ? 1 : 0;
    } else if (value->is_number_float()) {
        number = value->get<double>();
    } else {
        const std::string text = asText(*value);
        const auto read = toDouble(text);
        if (read)
            number = *read;
        else if (text == "True" || text == "False")
            number = text == "True" ? 1 : 0;
        if (read ? !holdsAllOf(*read, text) : std::isnan(number))
            points.texts.emplace_back(points.size(), text);
    }
    points.append(number, optionalNumber(metric, "step"), optionalNumber(metric, "epoch"),
        optionalInteger(metric, "timestamp").value_or(time));
}

void setParameter(Connection &db, std::int64_t experiment, const std::string &name, const Json &value,
    const std::string &context, Number step, std::int64_t time)
{
    // Where the script is: one each experiment, in whatever context it just is.
    const bool progress = name == "curr_step" || name == "curr_epoch";
    entries::set(db, experiment, schema::Parameter, progress ? name : entries::nameInContext(name, context),
        {asText(value), step, time, progress ? std::string() : context});
}

void setOther(
    Connection &db, std::int64_t experiment, const std::string &name, const Json &value, std::int64_t time)
{
    const bool isCurrent =
        entries::set(db, experiment, schema::Other, name, {asText(value), {}, time, {}});
    if (name == "Name" && isCurrent)
        db.run("UPDATE experiments SET name=? WHERE id=?",
            value.is_null() ? std::nullopt : std::optional(asText(value)), experiment);
}

} // namespace localserver::logging
