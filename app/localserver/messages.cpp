// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/messages.h"

#include "app/localserver/catalog.h"
#include "app/localserver/entries.h"
#include "app/localserver/hash.h"
#include "app/localserver/logging.h"
#include "app/localserver/pieces.h"
#include "app/localserver/request.h"

#include <algorithm>
#include <cstdio>

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

// What only appends must not do so twice. The script's own counter is in the message.
bool isResent(Connection &db, std::int64_t experiment, const Json &message)
{
    resent::Arrival arrival{resent::Messages, Hash().add(dumped(message)).value(), {}};
    return resent::isRepeated(db, experiment, arrival);
}

void logMessage(Writing &writing, Service &service, const Json &message)
{
    const bool output = message.contains("stdout");
    const Json &inner = message.at(output ? "stdout" : "log_data");
    const std::int64_t experiment =
        catalog::logged(writing.db, requiredText(inner, "experimentKey"), true, service.user).id;
    const std::int64_t time = optionalInteger(inner, "local_timestamp").value_or(now());
    if ((output || inner.contains("metric") || inner.contains("html"))
        && optionalInteger(inner, "offset") && isResent(writing.db, experiment, inner))
        return;
    if (output) {
        pieces::appendOutput(writing.db, experiment, requiredText(inner, "stdout"));
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
            parameter.value("paramValue", Json()), context, optionalNumber(parameter, "step"), time);
    }
    if (inner.contains("log_other"))
        logging::setOther(writing.db, experiment, requiredText(inner["log_other"], "key"),
            inner["log_other"].value("val", Json()), time);
    logTexts(writing.db, experiment, inner);
    logSurroundings(writing.db, experiment, inner);
}

} // namespace

void logText(Writing &writing, Service &service, const std::string &text)
{
    const auto log = [&](const Json &message) {
        try {
            logMessage(writing, service, message);
        } catch (const std::exception &problem) {
            std::fprintf(stderr, "websocket: %s\n", problem.what());
        }
    };
    try {
        const Json messages = parsed(text);
        if (messages.is_array())
            std::for_each(messages.begin(), messages.end(), log);
        else
            log(messages);
    } catch (const Failure &problem) {
        std::fprintf(stderr, "websocket: %s\n", problem.what());
    }
}

void Messages::add(std::string_view text)
{
    const std::lock_guard guard(m_lock);
    m_texts.emplace_back(text);
    if (!m_keeping) {
        m_keeping = true;
        m_workers.add([this] { keep(); });
    }
}

void Messages::keep()
{
    for (;;) {
        std::vector<std::string> texts;
        {
            const std::lock_guard guard(m_lock);
            texts.swap(m_texts);
            m_keeping = !texts.empty();
        }
        if (texts.empty())
            return;
        try {
            m_service.store.write([&](Writing &writing) {
                for (const std::string &text : texts)
                    logText(writing, m_service, text);
            });
        } catch (const std::exception &problem) {
            std::fprintf(stderr, "websocket: %zu messages were lost: %s\n", texts.size(), problem.what());
        }
    }
}

} // namespace localserver
