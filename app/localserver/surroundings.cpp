// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/catalog.h"
#include "app/localserver/content.h"
#include "app/localserver/handlers.h"
#include "app/localserver/pieces.h"

namespace localserver::handlers {

namespace {

Answer merge(Service &service, const Request &request, schema::Piece piece, const Json &fields)
{
    const std::string key = requiredText(request.body, "experimentKey");
    service.store.write([&](Writing &writing) {
        pieces::mergeObject(
            writing.db, catalog::logged(writing.db, key, request.fromScript, service.user).id, piece, fields);
    });
    return acknowledge();
}

// Scripts send gpu_index, readers expect gpuIndex (PROTOCOL-ONLINE 4.5).
Json withCamelCaseGpus(Json fields)
{
    static constexpr std::pair<const char *, const char *> names[] = {
        {"gpu_index", "gpuIndex"}, {"total_memory", "totalMemory"}, {"power_limit", "powerLimit"}};
    const auto list = fields.find("gpuStaticInfoList");
    if (list == fields.end() || !list->is_array())
        return fields;
    for (Json &gpu : *list) {
        for (const auto &[from, to] : names) {
            if (gpu.is_object() && gpu.contains(from)) {
                gpu[to] = gpu[from];
                gpu.erase(from);
            }
        }
    }
    return fields;
}

} // namespace

// PROTOCOL 4: all five fields, null where nothing was written
Answer gitMetadata(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        const Json kept = pieces::readObject(db, catalog::experiment(db, request).id, schema::GitMetadata);
        Json body;
        for (const char *field : {"user", "root", "branch", "parent", "origin"})
            body[field] = kept.value(field, Json());
        return answer(body);
    });
}

// PROTOCOL 4: a zip; without one the body begins with {"msg" at 200
Answer gitPatch(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        auto zip = pieces::read(db, catalog::experiment(db, request).id, schema::GitPatch);
        return zip ? bytes(std::move(*zip)) : failure(200, "The experiment has no git patch.", 0);
    });
}

// PROTOCOL 4.4: every field, as the SDK asks for each without looking
Answer systemDetails(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        const catalog::Experiment found = catalog::experiment(db, request);
        Json body = pieces::readObject(db, found.id, schema::SystemDetails);
        for (const char *field : {"user", "pythonVersion", "pythonVersionVerbose", "pid", "osType", "os",
                 "osRelease", "machine", "processor", "ip", "hostname", "env", "maxTotalMemory",
                 "networkInterfaceIps", "command", "executable", "totalRam"}) {
            if (!body.contains(field))
                body[field] = nullptr;
        }
        for (const char *field :
            {"gpuStaticInfoList", "logAdditionalSystemInfoList", "osPackages", "installedPackages"}) {
            if (!body.contains(field))
                body[field] = Json::array();
        }
        body["systemMetricNames"] = Json::array();
        Rows rows = db.query("SELECT name FROM entries WHERE experiment=? AND source=? AND name >= 'sys.' "
                             "AND name < 'sys/' ORDER BY name",
            found.id, schema::Metric);
        while (rows.next())
            body["systemMetricNames"].push_back(rows.text(0));
        body["experimentKey"] = found.key;
        return answer(body);
    });
}

// PROTOCOL 4b; a part of the fields is fine
Answer setGitMetadata(Service &service, const Request &request)
{
    return merge(service, request, schema::GitMetadata, request.body);
}

// PROTOCOL 4b and PROTOCOL-ONLINE 6.6
Answer setGitPatch(Service &service, const Request &request)
{
    const std::string key = request.text("experimentId").empty() ? request.required("experimentKey")
                                                                 : request.text("experimentId");
    const Part *file = request.part("file");
    if (!file)
        throw Failure(400, "The part file is missing.");
    const std::string zip = file->content->text();
    service.store.write([&](Writing &writing) {
        pieces::set(writing.db, catalog::logged(writing.db, key, request.fromScript, service.user).id,
            schema::GitPatch, zip);
    });
    return acknowledge();
}

// PROTOCOL 4b and PROTOCOL-ONLINE 4.5
Answer setSystemDetails(Service &service, const Request &request)
{
    return merge(service, request, schema::SystemDetails, withCamelCaseGpus(request.body));
}

// PROTOCOL 4b
Answer setCloudDetails(Service &service, const Request &request)
{
    const Json &body = request.body;
    return merge(service, request, schema::SystemDetails,
        Json{{"cloudProvider", optionalText(body, "provider").value_or("")},
            {"cloudMetadata", body.value("metadata", Json())}});
}

// PROTOCOL 4b
Answer setDependencies(Service &service, const Request &request)
{
    return merge(service, request, schema::SystemDetails,
        Json{{"logDependencies", optionalArray(request.body, "logDependencies")}});
}

} // namespace localserver::handlers
