// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/catalog.h"
#include "app/localserver/entries.h"
#include "app/localserver/experimentrows.h"
#include "app/localserver/handlers.h"

#include <limits>

namespace localserver::handlers {

namespace {

std::string webLink(const Service &service, const catalog::Project &project, const std::string &key)
{
    return service.root + '/' + project.workspace + '/' + project.name + '/' + key;
}

} // namespace

// PROTOCOL 3.2: without `archived` all, else only those; newest first. With page (from 1) and page_size
// one page, whose being short tells the end (PROTOCOL-ANSWERS 3).
Answer experiments(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        const catalog::Project project = catalog::project(db, request);
        const auto archived = request.boolean("archived");
        const std::int64_t size =
            request.integer("page_size").value_or(std::numeric_limits<std::int64_t>::max());
        const std::int64_t page = std::max<std::int64_t>(1, request.integer("page").value_or(1));
        Rows rows = db.query(
            "SELECT " EXPERIMENT_COLUMNS
            "FROM experiments e JOIN projects p ON p.id=e.project JOIN workspaces w ON w.id=p.workspace "
            "WHERE (e.project=?1 OR e.id IN (SELECT experiment FROM links WHERE project=?1)) "
            "AND (?2 IS NULL OR e.archived=?2) ORDER BY e.started DESC, e.id DESC LIMIT ?3 OFFSET ?4",
            project.id, archived, size, page == 1 ? std::int64_t(0) : (page - 1) * size);
        JsonWriter out;
        out.beginObject().key("experiments").beginArray();
        const std::int64_t time = now();
        while (rows.next())
            writeExperiment(out, rows, time);
        out.endArray().endObject();
        return answer(std::move(out));
    });
}

// PROTOCOL 4.1; an unknown key is a 404 here alone: comet_ml.start() makes an experiment of such a key only
// then (PROTOCOL-ONLINE 3.3)
Answer metadata(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        const std::string key = request.required("experimentKey");
        Rows rows =
            db.query("SELECT " EXPERIMENT_COLUMNS "FROM experiments e JOIN projects p ON p.id=e.project JOIN "
                     "workspaces w ON w.id=p.workspace WHERE e.key=?",
                key);
        if (!rows.next())
            throw Failure(404, "There is no experiment " + key + ".", 90211);
        JsonWriter out;
        writeExperiment(out, rows, now());
        return answer(std::move(out));
    });
}

// PROTOCOL 4b; a name is made up where none is given (PROTOCOL-ANSWERS 3)
Answer createExperiment(Service &service, const Request &request)
{
    const Json &body = request.body;
    return service.store.write([&](Writing &writing) {
        const std::string workspace = optionalText(body, "workspaceName").value_or(service.user);
        const catalog::Project project = catalog::ensureProject(
            writing.db, workspace, optionalText(body, "projectName").value_or("general"));
        const std::string key = optionalText(body, "experimentKey").value_or(newKey());
        if (catalog::findExperiment(writing.db, key))
            throw Failure(400, "There is an experiment " + key + " already.", 90999);
        const catalog::Experiment made = catalog::create(
            writing.db, key, project, optionalText(body, "experimentName").value_or(""), service.user);
        return acknowledge("created",
            Json{{"experimentKey", key}, {"workspaceName", project.workspace}, {"projectName", project.name},
                {"projectId", project.key}, {"link", webLink(service, project, key)},
                {"name", entries::current(writing.db, made.id, schema::Other, "Name").value_or("")}});
    });
}

// PROTOCOL 3.2, a GET that writes
Answer deleteExperiment(Service &service, const Request &request)
{
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::experiment(writing.db, request);
        deleteRows(writing.db, found.id);
        writing.series.forget();
        catalog::touch(writing.db, found.project.id);
    });
    return acknowledge("Deleted");
}

// PROTOCOL 3.2, a GET that writes
Answer archiveExperiment(Service &service, const Request &request)
{
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::experiment(writing.db, request);
        writing.db.run("UPDATE experiments SET archived=1 WHERE id=?", found.id);
        catalog::touch(writing.db, found.project.id);
    });
    return acknowledge("Archived");
}

// PROTOCOL 3.2, a GET that writes
Answer restoreExperiment(Service &service, const Request &request)
{
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::experiment(writing.db, request);
        writing.db.run("UPDATE experiments SET archived=0 WHERE id=?", found.id);
        catalog::touch(writing.db, found.project.id);
    });
    return acknowledge("Restored");
}

namespace {

void link(Connection &db, const catalog::Experiment &experiment, const catalog::Project &project)
{
    // Linking an experiment to where it is succeeds and does nothing (PROTOCOL-ANSWERS 2).
    if (project.id == experiment.project.id)
        return;
    if (db.run("INSERT INTO links(project, experiment) VALUES(?,?) ON CONFLICT DO NOTHING", project.id,
            experiment.id)
        == 0)
        return;
    entries::countAll(db, experiment.id, project.id, 1);
    catalog::touch(db, project.id);
}

void move(Connection &db, const catalog::Experiment &experiment, const catalog::Project &project)
{
    if (project.id == experiment.project.id)
        return;
    if (db.run("DELETE FROM links WHERE project=? AND experiment=?", project.id, experiment.id) == 0)
        entries::countAll(db, experiment.id, project.id, 1);
    entries::countAll(db, experiment.id, experiment.project.id, -1);
    db.run("UPDATE experiments SET project=? WHERE id=?", project.id, experiment.id);
    catalog::touch(db, experiment.project.id);
    catalog::touch(db, project.id);
}

} // namespace

// PROTOCOL 3.2: all or none; with symlink they stay where they are and are linked.
Answer moveExperiments(Service &service, const Request &request)
{
    const Json &body = request.body;
    service.store.write([&](Writing &writing) {
        const std::string workspace = requiredText(body, "targetWorkspaceName");
        const std::string name = requiredText(body, "targetProjectName");
        catalog::workspace(writing.db, workspace);
        const auto target = catalog::findProject(writing.db, workspace, name);
        if (!target)
            throw Failure(404, "There is no project " + workspace + '/' + name + " to move to.");
        for (const Json &key : optionalArray(body, "experimentKeys")) {
            const catalog::Experiment found = catalog::experiment(writing.db, asText(key));
            if (optionalBoolean(body, "symlink", false))
                link(writing.db, found, *target);
            else
                move(writing.db, found, *target);
        }
    });
    return acknowledge("moved");
}

// PROTOCOL 4b and PROTOCOL-ONLINE 4: the project is one of the experiment's workspace
Answer linkExperiment(Service &service, const Request &request)
{
    return service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::experiment(writing.db, request);
        const catalog::Project target =
            catalog::ensureProject(writing.db, found.project.workspace, request.required("projectName"));
        link(writing.db, found, target);
        return acknowledge("linked", Json{{"link", webLink(service, target, found.key)}});
    });
}

} // namespace localserver::handlers
