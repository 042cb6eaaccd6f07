// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/catalog.h"
#include "app/localserver/experimentrows.h"
#include "app/localserver/handlers.h"
#include "app/localserver/schema.h"
#include "app/localserver/utf8.h"

#include <algorithm>

namespace localserver::handlers {

namespace {

// Counts what the listing shows at first: linked experiments too, archived ones not.
const std::string columns = "SELECT p.key, p.name, w.name, p.description, p.public, p.updated, "
                            "(SELECT count(*) FROM experiments e WHERE e.project=p.id AND NOT e.archived) + "
                            "(SELECT count(*) FROM links l JOIN experiments e ON e.id=l.experiment WHERE "
                            "l.project=p.id AND NOT e.archived) "
                            "FROM projects p JOIN workspaces w ON w.id=p.workspace ";
const std::string selectProjects = columns + "WHERE p.workspace=? ORDER BY p.name";
const std::string selectProject = columns + "WHERE p.id=?";

// PROJECT of PROTOCOL 3.1; public and isPublic say the same.
void writeProject(JsonWriter &out, const Rows &rows, const Service &service)
{
    out.beginObject();
    out.key("projectId").string(rows.view(0));
    out.key("projectName").string(rows.view(1));
    out.key("workspaceName").string(rows.view(2));
    out.key("ownerUserName").string(service.user);
    out.key("projectDescription").string(rows.view(3));
    out.key("public").boolean(rows.boolean(4));
    out.key("isPublic").boolean(rows.boolean(4));
    out.key("lastUpdated").integer(rows.integer(5));
    out.key("numberOfExperiments").integer(rows.integer(6));
    out.endObject();
}

} // namespace

// PROTOCOL 3.1
Answer accountDetails(Service &service, const Request &)
{
    return answer(Json{{"userName", service.user}, {"defaultWorkspaceName", service.user}});
}

// PROTOCOL 3.1
Answer workspaces(Service &service, const Request &)
{
    return service.store.read([](Connection &db) {
        JsonWriter out;
        out.beginObject().key("workspaceNames").beginArray();
        Rows rows = db.query("SELECT name FROM workspaces ORDER BY id");
        while (rows.next())
            out.string(rows.view(0));
        out.endArray().endObject();
        return answer(std::move(out));
    });
}

// PROTOCOL-ANSWERS 8
Answer createWorkspace(Service &service, const Request &request)
{
    const std::string name = requiredText(request.body, "name");
    if (name.find('/') != std::string::npos)
        throw Failure(400, "The name of a workspace can't hold a slash.");
    service.store.write([&](Writing &writing) { catalog::ensureWorkspace(writing.db, name); });
    return acknowledge();
}

// PROTOCOL 3.1
Answer projects(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        JsonWriter out;
        out.beginObject().key("projects").beginArray();
        Rows rows =
            db.query(selectProjects.c_str(), catalog::workspace(db, request.required("workspaceName")));
        while (rows.next())
            writeProject(out, rows, service);
        out.endArray().endObject();
        return answer(std::move(out));
    });
}

// PROTOCOL 1.6: one page of the projects whose name holds `search`.
Answer projectsPage(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        const std::string search = utf8::composed(request.text("search"));
        const std::int64_t offset = std::max<std::int64_t>(0, request.integer("offset").value_or(0));
        const std::int64_t count = std::max<std::int64_t>(0, request.integer("count").value_or(100));
        std::int64_t total = 0;
        std::int64_t filtered = 0;
        JsonWriter out;
        out.beginObject().key("rows").beginArray();
        Rows rows =
            db.query(selectProjects.c_str(), catalog::workspace(db, request.required("workspaceName")));
        for (; rows.next(); ++total) {
            if (utf8::composed(std::string(rows.view(1))).find(search) == std::string::npos)
                continue;
            if (filtered >= offset && filtered - offset < count)
                writeProject(out, rows, service);
            ++filtered;
        }
        out.endArray()
            .key("filteredRowCount")
            .integer(filtered)
            .key("totalRowCount")
            .integer(total)
            .endObject();
        return answer(std::move(out));
    });
}

// PROTOCOL 3.1; an unknown project is a 404
Answer project(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        const catalog::Project found = catalog::project(db, request);
        Rows rows = db.query(selectProject.c_str(), found.id);
        rows.next();
        JsonWriter out;
        writeProject(out, rows, service);
        return answer(std::move(out));
    });
}

// PROTOCOL 3.1
Answer projectNotes(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        Rows rows = db.query("SELECT notes FROM projects WHERE id=?", catalog::project(db, request).id);
        rows.next();
        return answer(Json{{"notes", rows.text(0)}});
    });
}

// PROTOCOL 3.1
Answer createProject(Service &service, const Request &request)
{
    const Json &body = request.body;
    return service.store.write([&](Writing &writing) {
        const std::string workspace = optionalText(body, "workspaceName").value_or(service.user);
        const std::string name = requiredText(body, "projectName");
        if (catalog::findProject(writing.db, workspace, name))
            throw Failure(400, "There is a project " + workspace + '/' + name + " already.");
        const catalog::Project made = catalog::ensureProject(writing.db, workspace, name);
        writing.db.run("UPDATE projects SET description=?, public=? WHERE id=?",
            optionalText(body, "projectDescription").value_or(""), optionalBoolean(body, "isPublic", false),
            made.id);
        return acknowledge("created",
            Json{{"projectId", made.key}, {"projectName", made.name}, {"workspaceName", made.workspace}});
    });
}

// PROTOCOL 3.1: what is not given stays
Answer updateProject(Service &service, const Request &request)
{
    const Json &body = request.body;
    service.store.write([&](Writing &writing) {
        const catalog::Project found = catalog::project(writing.db, body);
        if (const auto name = optionalText(body, "newProjectName"); name && *name != found.name) {
            catalog::requireProjectName(*name);
            if (catalog::findProject(writing.db, found.workspace, *name))
                throw Failure(400, "There is a project " + found.workspace + '/' + *name + " already.");
            writing.db.run("UPDATE projects SET name=? WHERE id=?", *name, found.id);
        }
        if (const auto description = optionalText(body, "newProjectDescription"))
            writing.db.run("UPDATE projects SET description=? WHERE id=?", *description, found.id);
        if (body.contains("isPublic"))
            writing.db.run("UPDATE projects SET public=? WHERE id=?",
                optionalBoolean(body, "isPublic", false), found.id);
        catalog::touch(writing.db, found.id);
    });
    return acknowledge();
}

// PROTOCOL 3.1. A project with experiments is only deleted together with them.
Answer deleteProject(Service &service, const Request &request)
{
    const Json &body = request.body;
    service.store.write([&](Writing &writing) {
        const catalog::Project found = catalog::project(writing.db, body);
        std::vector<std::int64_t> experiments;
        {
            Rows rows = writing.db.query("SELECT id FROM experiments WHERE project=?", found.id);
            while (rows.next())
                experiments.push_back(rows.integer(0));
        }
        if (!experiments.empty() && !optionalBoolean(body, "deleteAllExperiments", false))
            throw Failure(400,
                "The project " + found.name + " holds experiments. Delete them too, or move them first.");
        for (const std::int64_t experiment : experiments)
            deleteRows(writing.db, experiment);
        writing.series.forget();
        writing.db.run("DELETE FROM links WHERE project=?", found.id);
        writing.db.run("DELETE FROM shares WHERE project=?", found.id);
        writing.db.run("DELETE FROM columns WHERE project=?", found.id);
        writing.db.run("DELETE FROM projects WHERE id=?", found.id);
    });
    return acknowledge("deleted");
}

// PROTOCOL 3.1
Answer setProjectNotes(Service &service, const Request &request)
{
    service.store.write([&](Writing &writing) {
        const catalog::Project found = catalog::project(writing.db, request.body);
        writing.db.run("UPDATE projects SET notes=? WHERE id=?",
            optionalText(request.body, "notes").value_or(""), found.id);
        catalog::touch(writing.db, found.id);
    });
    return acknowledge();
}

} // namespace localserver::handlers
