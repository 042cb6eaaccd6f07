// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/catalog.h"
#include "app/localserver/experimentrows.h"
#include "app/localserver/handlers.h"
#include "app/localserver/schema.h"

namespace localserver::handlers {

// PROTOCOL 3.2, a GET that writes. Nothing can be sent to a script: it counts as finished until its
// next heartbeat, and one that died is not shown as crashed any more.
Answer stopExperiment(Service &service, const Request &request)
{
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::experiment(writing.db, request);
        writing.db.run("UPDATE experiments SET life=?, crashed=0 WHERE id=?", schema::Over, found.id);
    });
    return acknowledge("Stop Requested");
}

// PROTOCOL 4b, a GET that writes: the heartbeat of REST clients
Answer setStatus(Service &service, const Request &request)
{
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::experiment(writing.db, request);
        const std::int64_t time = now();
        writing.db.run(
            "UPDATE experiments SET life=?, beat=?, ended=? WHERE id=?", schema::Rest, time, time, found.id);
    });
    return answer(Json{{"isAliveBeatDurationMillis", 10'000}, {"gpuMonitorIntervalMillis", 60'000},
        {"cpuMonitorIntervalMillis", 68'000}});
}

// PROTOCOL 4b and PROTOCOL-ONLINE 3.7
Answer updateStatus(Service &service, const Request &request)
{
    const Json &body = request.body;
    const std::string key = requiredText(body, "experimentKey");
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::logged(writing.db, key, request.fromScript, service.user);
        const std::int64_t time = now();
        writing.db.run("UPDATE experiments SET crashed=?, error=? WHERE id=?",
            optionalBoolean(body, "hasCrashed", false), optionalText(body, "error").value_or(""), found.id);
        if (!optionalBoolean(body, "isAlive", true))
            writing.db.run("UPDATE experiments SET life=?, ended=? WHERE id=?", schema::Over, time, found.id);
        else if (!request.fromScript) // a script's heartbeats say it better
            writing.db.run("UPDATE experiments SET life=?, beat=?, ended=? WHERE id=?", schema::Rest, time,
                time, found.id);
    });
    return acknowledge();
}

// PROTOCOL 4b: what is null stays
Answer setStartEndTime(Service &service, const Request &request)
{
    const Json &body = request.body;
    const std::string key = requiredText(body, "experimentKey");
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::logged(writing.db, key, request.fromScript, service.user);
        writing.db.run("UPDATE experiments SET started=ifnull(?, started), ended=ifnull(?, ended) WHERE id=?",
            optionalInteger(body, "startTimeMillis"), optionalInteger(body, "endTimeMillis"), found.id);
    });
    return acknowledge();
}

// PROTOCOL-ANSWERS 8: here everything acknowledged can be read
Answer processingStatus(Service &service, const Request &request)
{
    service.store.read([&](Connection &db) { catalog::experiment(db, request); });
    return answer(Json{{"processing", false}});
}

} // namespace localserver::handlers
