// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/catalog.h"
#include "app/localserver/entries.h"
#include "app/localserver/handlers.h"
#include "app/localserver/logging.h"

namespace localserver::handlers {

namespace {

Answer summaries(Service &service, const Request &request, schema::Source source)
{
    return service.store.read([&](Connection &db) {
        JsonWriter out;
        entries::writeSummaries(out, db, catalog::experiment(db, request).id, source);
        return answer(std::move(out));
    });
}

void setParameter(Connection &db, std::int64_t experiment, const Json &value)
{
    const auto found = value.find("parameterValue");
    logging::setParameter(db, experiment, requiredText(value, "parameterName"),
        found == value.end() ? Json() : *found, optionalText(value, "context").value_or(""),
        optionalNumber(value, "step"), optionalInteger(value, "timestamp").value_or(now()));
}

void removeParameter(Connection &db, const Json &body)
{
    const catalog::Experiment found = catalog::experiment(db, requiredText(body, "experimentKey"));
    if (!entries::remove(db, found.id, schema::Parameter, requiredText(body, "parameterName")))
        throw Failure(404, "The experiment has no parameter " + requiredText(body, "parameterName") + ".");
}

} // namespace

// PROTOCOL 4
Answer parameters(Service &service, const Request &request)
{
    return summaries(service, request, schema::Parameter);
}

// PROTOCOL 4
Answer others(Service &service, const Request &request)
{
    return summaries(service, request, schema::Other);
}

// PROTOCOL 4
Answer tags(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        JsonWriter out;
        out.beginObject().key("tags").beginArray();
        Rows rows = db.query(
            "SELECT tag FROM tags WHERE experiment=? ORDER BY tag", catalog::experiment(db, request).id);
        while (rows.next())
            out.string(rows.view(0));
        out.endArray().endObject();
        return answer(std::move(out));
    });
}

// PROTOCOL 4b and, for scripts, PROTOCOL-ONLINE 4
Answer addTags(Service &service, const Request &request)
{
    const std::string key = requiredText(request.body, "experimentKey");
    Skipped skipped;
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::logged(writing.db, key, request.fromScript, service.user);
        storeEach(optionalArray(request.body, "addedTags"), "addedTags", skipped, [&](const Json &tag) {
            writing.db.run("INSERT INTO tags(experiment, tag) VALUES(?,?) ON CONFLICT DO NOTHING", found.id,
                entryText(tag));
        });
    });
    return acknowledge(skipped, "Saved");
}

// PROTOCOL 4b, newest SDK
Answer deleteTags(Service &service, const Request &request)
{
    const std::string key = requiredText(request.body, "experimentKey");
    Skipped skipped;
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::experiment(writing.db, key);
        storeEach(optionalArray(request.body, "tags"), "tags", skipped, [&](const Json &tag) {
            writing.db.run("DELETE FROM tags WHERE experiment=? AND tag=?", found.id, entryText(tag));
        });
    });
    return acknowledge(skipped, "Deleted");
}

// PROTOCOL 4b
Answer logParameter(Service &service, const Request &request)
{
    const std::string key = requiredText(request.body, "experimentKey");
    service.store.write([&](Writing &writing) {
        setParameter(
            writing.db, catalog::logged(writing.db, key, request.fromScript, service.user).id, request.body);
    });
    return acknowledge();
}

// PROTOCOL-ONLINE 4.2
Answer logParameterBatch(Service &service, const Request &request)
{
    const std::string key = requiredText(request.body, "experimentKey");
    return service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::logged(writing.db, key, request.fromScript, service.user);
        Skipped skipped;
        storeEach(optionalArray(request.body, "values"), "values", skipped,
            [&](const Json &value) { setParameter(writing.db, found.id, value); });
        return acknowledge(skipped);
    });
}

// PROTOCOL 4b, newest SDK
Answer deleteParameter(Service &service, const Request &request)
{
    service.store.write([&](Writing &writing) { removeParameter(writing.db, request.body); });
    return acknowledge("Deleted");
}

// PROTOCOL 4b, newest SDK: the body is an array; all or none
Answer deleteParameters(Service &service, const Request &request)
{
    if (!request.body.is_array())
        throw Failure(400, "An array of parameters was expected.");
    service.store.write([&](Writing &writing) {
        for (const Json &one : request.body)
            removeParameter(writing.db, one);
    });
    return acknowledge("Deleted");
}

// PROTOCOL 4b; the key Name renames the experiment
Answer logOther(Service &service, const Request &request)
{
    const Json &body = request.body;
    const std::string key = requiredText(body, "experimentKey");
    const std::string name = requiredText(body, "key");
    const auto found = body.find("value");
    const Json value = found == body.end() ? Json() : *found;
    service.store.write([&](Writing &writing) {
        const catalog::Experiment experiment =
            catalog::logged(writing.db, key, request.fromScript, service.user);
        logging::setOther(
            writing.db, experiment.id, name, value, optionalInteger(body, "timestamp").value_or(now()));
    });
    return acknowledge();
}

} // namespace localserver::handlers
