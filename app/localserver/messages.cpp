// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/messages.h"

#include "app/localserver/catalog.h"
#include "app/localserver/entries.h"
#include "app/localserver/logging.h"
#include "app/localserver/pieces.h"
#include "app/localserver/request.h"

namespace localserver {

namespace {

// The names that REST has for the fields of env_details (PROTOCOL 4.4).
Json systemFields(const Json &environment)
{
    static constexpr std::pair<const char *, const char *> names[] = {{"os_type", "osType"},
        {"python_version", "pythonVersion"}, {"python_version_verbose", "pythonVersionVerbose"},
        {"python_exe", "executable"}};
    Json fields = environment;
    for (const auto &[from, to] : names) {
        if (fields.contains(from)) {
            fields[to] = fields[from];
            fields.erase(from);
        }
    }
    return fields;
}

Json gpuFields(const Json &list)
{
    Json result = Json::array();
    for (const Json &gpu : list) {
        result.push_back({{"name", gpu.value("name", Json())}, {"uuid", gpu.value("uuid", Json())},
            {"gpuIndex", gpu.value("gpu_index", Json())}, {"totalMemory", gpu.value("total_memory", Json())},
            {"powerLimit", gpu.value("power_limit", Json())}});
    }
    return result;
}

void logMetric(Writing &writing, std::int64_t experiment, const Json &metric, const std::string &context,
    std::int64_t time)
{
    Points points;
    logging::appendPoint(points, metric, time);
    writing.series.append(writing.db, experiment,
        entries::nameInContext(requiredText(metric, "metricName"), context), context, points);
}

void logTexts(Connection &db, std::int64_t experiment, const Json &message)
{
    if (const auto html = optionalText(message, "html"))
        pieces::append(db, experiment, schema::Html, *html);
    if (const auto html = optionalText(message, "htmlOverride"))
        pieces::set(db, experiment, schema::Html, *html);
    if (const auto graph = optionalText(message, "graph"))
        pieces::set(db, experiment, schema::Graph, *graph);
    if (const auto path = optionalText(message, "fileName"))
        db.run("UPDATE experiments SET file_path=? WHERE id=?", *path, experiment);
}

void logSurroundings(Connection &db, std::int64_t experiment, const Json &message)
{
    if (message.contains("git_meta"))
        pieces::mergeObject(db, experiment, schema::GitMetadata, message["git_meta"]);
    Json fields = Json::object();
    if (message.contains("env_details"))
        fields = systemFields(message["env_details"]);
    if (message.contains("installed_packages"))
        fields["installedPackages"] = message["installed_packages"];
    if (message.contains("os_packages"))
        fields["osPackages"] = message["os_packages"];
    if (message.contains("gpu_static_info"))
        fields["gpuStaticInfoList"] = gpuFields(message["gpu_static_info"]);
    if (message.contains("log_system_info"))
        fields["logAdditionalSystemInfoList"] = Json::array({message["log_system_info"]});
    if (!fields.empty())
        pieces::mergeObject(db, experiment, schema::SystemDetails, fields);
}

} // namespace

void logMessage(Writing &writing, const Json &message, const std::string &user)
{
    const bool output = message.contains("stdout");
    const Json &inner = message.at(output ? "stdout" : "log_data");
    const std::int64_t experiment =
        catalog::logged(writing.db, requiredText(inner, "experimentKey"), true, user).id;
    const std::int64_t time = optionalInteger(inner, "local_timestamp").value_or(now());
    if (output) {
        pieces::appendOutput(writing.db, experiment, requiredText(inner, "stdout"),
            optionalInteger(inner, "offset").value_or(0), time);
        return;
    }
    const std::string context = optionalText(inner, "context").value_or("");
    if (inner.contains("metric"))
        logMetric(writing, experiment, inner["metric"], context, time);
    for (const char *field : {"param", "params"}) {
        if (!inner.contains(field) || inner[field].is_null())
            continue;
        const Json &parameter = inner[field];
        logging::setParameter(writing.db, experiment, requiredText(parameter, "paramName"),
            parameter.value("paramValue", Json()), context, optionalInteger(parameter, "step"), time);
    }
    if (inner.contains("log_other"))
        logging::setOther(writing.db, experiment, requiredText(inner["log_other"], "key"),
            inner["log_other"].value("val", Json()), time);
    logTexts(writing.db, experiment, inner);
    logSurroundings(writing.db, experiment, inner);
}

} // namespace localserver
