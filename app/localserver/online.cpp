// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/catalog.h"
#include "app/localserver/entries.h"
#include "app/localserver/handlers.h"
#include "app/localserver/sampling.h"
#include "app/localserver/schema.h"

// What a script does once at its start and end; what it logs between is with the other writes.
namespace localserver::handlers {

namespace {

void begin(Connection &db, std::int64_t experiment)
{
    db.run("UPDATE experiments SET life=?, beat=?, crashed=0, error='' WHERE id=?", schema::Script, now(),
        experiment);
}

// The answer of PROTOCOL-ONLINE 3.2. Left out on purpose: s3DirectAccessEnabled and featureToggles, and msg,
// which every script would print.
Answer handshake(Service &service, Connection &db, const catalog::Experiment &experiment)
{
    const std::string name = entries::current(db, experiment.id, schema::Other, "Name").value_or("");
    return answer(Json{
        {"runId", "run-" + experiment.key},
        {"ws_url", service.webSocketUrl},
        {"project_id", experiment.project.key},
        {"focusUrl", service.root + '/' + experiment.project.workspace + '/' + experiment.project.name + '/'},
        {"name", name},
        {"lastOffset", 0},
        {"cometWebAssetUrl", service.root + "/api/asset/download"},
        {"cometRestApiAssetUrl", service.root + "/api/rest/v2/experiment/asset/get-asset"},
        {"cometWebImageUrl", service.root + "/api/image/download"},
        {"cometRestApiImageUrl", service.root + "/api/rest/v2/image/get-image"},
        {"upload_file_size_limit_in_mb", 900},
        {"asset_upload_file_size_limit_in_mb", 900},
        {"uploadVideoMaxSizeMB", 900},
        {"githubEnabled", false},
    });
}

catalog::Experiment unknownRun(const std::string &key)
{
    throw Failure(400, "There is no experiment " + key + ".", 90210);
}

} // namespace

// PROTOCOL-ONLINE 3.2. A workspace or project that is not there is made.
Answer addRun(Service &service, const Request &request)
{
    const Json &body = request.body;
    return service.store.write([&](Writing &writing) {
        const std::string key = requiredText(body, "experimentKey");
        auto found = catalog::findExperiment(writing.db, key);
        if (found && !optionalBoolean(body, "getOrCreateEnabled", false))
            throw Failure(400, "There is an experiment " + key + " already.", 90999);
        if (!found) {
            const catalog::Project project =
                catalog::ensureProject(writing.db, optionalText(body, "teamName").value_or(service.user),
                    optionalText(body, "projectName").value_or("general"));
            found = catalog::create(writing.db, key, project, {}, service.user);
        }
        begin(writing.db, found->id);
        return handshake(service, writing.db, *found);
    });
}

// PROTOCOL-ONLINE 3.3
Answer getRun(Service &service, const Request &request)
{
    const std::string key = requiredText(request.body, "previousExperiment");
    return service.store.write([&](Writing &writing) {
        const auto found = catalog::findExperiment(writing.db, key);
        begin(writing.db, found ? found->id : unknownRun(key).id);
        return handshake(service, writing.db, *found);
    });
}

// PROTOCOL-ONLINE 3.3: a new experiment beside the old one with its parameters, and its metrics up to a step
Answer copySteps(Service &service, const Request &request)
{
    const Json &body = request.body;
    const std::string oldKey = requiredText(body, "copiedExperimentKey");
    const std::string newKey = requiredText(body, "newExperimentKey");
    const Number last = optionalNumber(body, "stepToCopyTo");
    return service.store.write([&](Writing &writing) {
        Connection &db = writing.db;
        const auto from = catalog::findExperiment(db, oldKey);
        if (!from)
            unknownRun(oldKey);
        const auto existing = catalog::findExperiment(db, newKey);
        const catalog::Experiment to =
            existing ? *existing : catalog::create(db, newKey, from->project, {}, service.user);
        std::vector<std::pair<std::string, std::string>> metrics;
        std::vector<std::pair<std::string, entries::Value>> parameters;
        {
            Rows rows = db.query("SELECT source, name, context, current, current_step, current_at FROM "
                                 "entries WHERE experiment=?",
                from->id);
            while (rows.next()) {
                if (rows.integer(0) == schema::Metric)
                    metrics.emplace_back(rows.text(1), rows.text(2));
                else if (rows.integer(0) == schema::Parameter)
                    parameters.emplace_back(rows.text(1),
                        entries::Value{rows.text(3), rows.optionalNumber(4), rows.integer(5), rows.text(2)});
            }
        }
        for (const auto &[name, value] : parameters)
            entries::set(db, to.id, schema::Parameter, name, value);
        for (const auto &[name, context] : metrics) {
            const Points points = readSeries(db, from->id, name).value_or(Points());
            std::vector<std::size_t> kept;
            for (std::size_t i = 0; i < points.size(); ++i) {
                if (!(points.steps[i] > last)) // those without a step too, and all where no step is named
                    kept.push_back(i);
            }
            writing.series.append(db, to.id, name, context, picked(points, kept));
        }
        begin(db, to.id);
        return handshake(service, db, to);
    });
}

// PROTOCOL-ONLINE 3.4: both, or log_points_3d fails in the script
Answer pointLimits(Service &, const Request &)
{
    return answer(Json{{"maxPoints", 1'000'000}, {"maxBoxes", 250'000}});
}

// PROTOCOL-ONLINE 3.6: the heartbeat, and with is_alive false the end of the run
Answer statusReport(Service &service, const Request &request)
{
    const Json &body = request.body;
    const std::string key = requiredText(body, "experimentKey");
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::logged(writing.db, key, true, service.user);
        const bool alive = optionalBoolean(body, "is_alive", true);
        const std::int64_t time = now();
        writing.db.run("UPDATE experiments SET life=?, beat=?, ended=? WHERE id=?",
            alive ? schema::Script : schema::Over, time, time, found.id);
        if (!alive) {
            // The last a script sends: it has the answers to all before.
            writing.db.run("DELETE FROM requests WHERE experiment=?", found.id);
            catalog::touch(writing.db, found.project.id);
        }
    });
    return answer(Json{{"is_alive_beat_duration_millis", 10'000}, {"gpu_monitor_interval_millis", 60'000},
        {"cpu_monitor_interval_millis", 68'000}, {"parameter_update_interval_millis", 60'000},
        {"pending_rpcs", false}});
}

// PROTOCOL-ONLINE 10: when the archived run really was
Answer offlineTimes(Service &service, const Request &request)
{
    const Json &body = request.body;
    const std::string key = requiredText(body, "experimentKey");
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::logged(writing.db, key, true, service.user);
        writing.db.run("UPDATE experiments SET started=ifnull(?, started), ended=ifnull(?, ended) WHERE id=?",
            optionalInteger(body, "startTimestamp"), optionalInteger(body, "endTimestamp"), found.id);
    });
    return acknowledge();
}

// PROTOCOL-ONLINE 11, point 13: taken, and nothing is done with it
Answer ignored(Service &, const Request &)
{
    return answer(Json::object());
}

// PROTOCOL-ONLINE 3.6
Answer pendingCalls(Service &, const Request &)
{
    return answer(Json{{"remoteProcedureCalls", Json::array()}});
}

} // namespace localserver::handlers
