// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/assets.h"
#include "app/localserver/catalog.h"
#include "app/localserver/handlers.h"
#include "app/localserver/registryrows.h"

#include <algorithm>

namespace localserver::handlers {

namespace {

constexpr int invalidVersionCode = 42001; // INVALID_VERSION_STRING of comet_ml's exceptions.py

// A model that an experiment logged.
struct Logged {
    std::int64_t experiment = 0;
    std::string experimentKey;
    std::string workspace;
    std::string key;
    std::string name;
};

Logged loggedOf(Rows &&rows, const std::string &what)
{
    if (!rows.next())
        throw Failure(400, "There is no " + what + '.', 42006);
    return {rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4)};
}

#define LOGGED_MODELS                                                                                        \
    "SELECT e.id, e.key, w.name, m.key, m.name FROM models m JOIN experiments e ON e.id=m.experiment "       \
    "JOIN projects p ON p.id=e.project JOIN workspaces w ON w.id=p.workspace WHERE "

Logged loggedOfKey(Connection &db, const std::string &key)
{
    return loggedOf(db.query(LOGGED_MODELS "m.key=?", key), "experiment model " + key);
}

Logged loggedOfName(Connection &db, const std::string &experiment, const std::string &name)
{
    catalog::experiment(db, experiment);
    return loggedOf(db.query(LOGGED_MODELS "e.key=? AND m.name=?", experiment, name),
        "model " + name + " in the experiment " + experiment);
}

std::vector<std::string> texts(const Json &body, const char *field)
{
    std::vector<std::string> result;
    for (const Json &text : optionalArray(body, field)) {
        const std::string found = text.is_string() ? text.get<std::string>() : std::string();
        if (found.empty())
            throw Failure(400, std::string("The field ") + field + " must hold texts that are not empty.");
        if (std::find(result.begin(), result.end(), found) == result.end())
            result.push_back(found);
    }
    return result;
}

std::string requiredStatus(const std::string &status)
{
    const auto &all = registry::allowedStatuses();
    if (std::find(all.begin(), all.end(), status) != all.end())
        return status;
    std::string names;
    for (const std::string &name : all)
        names += (names.empty() ? "" : ", ") + name;
    throw Failure(400, "There is no status " + status + ". There are " + names + '.');
}

void note(Connection &db, const Service &service, std::int64_t version, const char *event,
    const Json &before = Json::object(), const Json &after = Json::object())
{
    db.run("INSERT INTO events(version, time, user, event, old, new) VALUES(?,?,?,?,?,?)", version, now(),
        service.user, event, dumped(before), dumped(after));
}

void touch(Connection &db, std::int64_t model, std::int64_t version = 0)
{
    const std::int64_t time = now();
    db.run("UPDATE registry SET updated=? WHERE id=?", time, model);
    db.run("UPDATE versions SET updated=? WHERE id=?", time, version);
}

void addStage(Connection &db, const Service &service, std::int64_t version, const std::string &stage)
{
    db.run("INSERT INTO stages(version, stage) VALUES(?,?)", version, stage);
    note(db, service, version, "MODEL_VERSION_TAG_ADDED", Json::object(), Json{{"tag", stage}});
}

bool removeStage(Connection &db, const Service &service, std::int64_t version, const std::string &stage)
{
    if (db.run("DELETE FROM stages WHERE version=? AND stage=?", version, stage) == 0)
        return false;
    note(db, service, version, "MODEL_VERSION_TAG_DELETED", Json{{"tag", stage}});
    return true;
}

std::string freeName(Connection &db, const std::string &workspace, const std::string &name)
{
    if (registry::findModel(db, workspace, name))
        throw Failure(400, "There is a model " + name + " in the registry of " + workspace + " already.");
    return name;
}

struct NewVersion {
    std::string version;
    std::string comment;
    std::string status;
    std::vector<std::string> stages;
};

// What the bodies of all three ways to register share, but for the names.
NewVersion newVersion(const Json &body, const char *comment, const char *stages)
{
    NewVersion result{optionalText(body, "version").value_or("1.0.0"),
        optionalText(body, comment).value_or(""),
        requiredStatus(optionalText(body, "status").value_or("None")), texts(body, stages)};
    if (!semanticVersion(result.version))
        throw Failure(400,
            "The version " + result.version + " is not a semantic version, such as 1.0.0 or 2.1.0-rc.1.",
            invalidVersionCode);
    return result;
}

std::string nameInRegistry(const Json &body, const Logged &logged)
{
    std::string name = registry::properName(optionalText(body, "registryModelName").value_or(logged.name));
    if (name.empty())
        name = registry::properName(logged.name);
    if (name.empty())
        throw Failure(400, "A registered model needs a name with a letter or a digit.");
    return name;
}

registry::Model makeModel(Connection &db, const Service &service, const Logged &logged,
    const std::string &name, const std::string &description, bool isPublic)
{
    const std::string key = newKey();
    const std::int64_t time = now();
    db.run("INSERT INTO registry(key, workspace, name, description, public, user, created, updated) "
           "VALUES(?,?,?,?,?,?,?,?)",
        key, catalog::workspace(db, logged.workspace), name, description, isPublic, service.user, time, time);
    return {db.lastId(), key, name, logged.workspace};
}

// The files are those that the experiment's model has now; they stay when it changes or goes.
Answer addVersion(Connection &db, const Service &service, const registry::Model &model, const Logged &logged,
    const NewVersion &wanted)
{
    {
        Rows rows = db.query("SELECT 1 FROM versions WHERE model=? AND version=?", model.id, wanted.version);
        if (rows.next())
            throw Failure(400, "The model " + model.name + " has a version " + wanted.version + " already.");
    }
    const std::string key = newKey();
    const std::int64_t time = now();
    db.run("INSERT INTO versions(key, model, version, comment, status, user, created, updated, experiment, "
           "experiment_model, experiment_model_name) VALUES(?,?,?,?,?,?,?,?,?,?,?)",
        key, model.id, wanted.version, wanted.comment, wanted.status, service.user, time, time,
        logged.experimentKey, logged.key, logged.name);
    const std::int64_t version = db.lastId();
    db.run("INSERT INTO files(version, asset) SELECT ?, id FROM assets WHERE experiment=? AND model=?",
        version, logged.experiment, logged.name);
    note(db, service, version, "MODEL_VERSION_CREATED");
    for (const std::string &stage : wanted.stages)
        addStage(db, service, version, stage);
    touch(db, model.id);
    return acknowledge("created", Json{{"registryModelId", model.key}, {"registryModelItemId", key}});
}

void removeVersion(Connection &db, std::int64_t version)
{
    for (const char *sql : {"DELETE FROM stages WHERE version=?", "DELETE FROM events WHERE version=?",
             "DELETE FROM files WHERE version=?", "DELETE FROM versions WHERE id=?"})
        db.run(sql, version);
}

} // namespace

// PROTOCOL 7: a new model with its first version
Answer registerModel(Service &service, const Request &request)
{
    const Json &body = request.body;
    const NewVersion wanted = newVersion(body, "comment", "stages");
    return service.store.write([&](Writing &writing) {
        Connection &db = writing.db;
        const Logged logged = loggedOfKey(db, requiredText(body, "experimentModelId"));
        const std::string name = freeName(db, logged.workspace, nameInRegistry(body, logged));
        const registry::Model model = makeModel(db, service, logged, name,
            optionalText(body, "description").value_or(""), optionalBoolean(body, "isPublic", false));
        return addVersion(db, service, model, logged, wanted);
    });
}

// PROTOCOL 7: a version of a model that is there
Answer registerVersion(Service &service, const Request &request)
{
    const Json &body = request.body;
    const NewVersion wanted = newVersion(body, "comment", "stages");
    return service.store.write([&](Writing &writing) {
        Connection &db = writing.db;
        const Logged logged = loggedOfKey(db, requiredText(body, "experimentModelId"));
        return addVersion(
            db, service, registry::model(db, logged.workspace, nameInRegistry(body, logged)), logged, wanted);
    });
}

// PROTOCOL 7: what newer clients send for both; the model keeps what it has where it is there already
Answer registerItem(Service &service, const Request &request)
{
    const Json &body = request.body;
    const NewVersion wanted = newVersion(body, "versionComment", "tags");
    return service.store.write([&](Writing &writing) {
        Connection &db = writing.db;
        const Logged logged =
            loggedOfName(db, requiredText(body, "experimentKey"), requiredText(body, "experimentModelName"));
        const std::string name = nameInRegistry(body, logged);
        const auto found = registry::findModel(db, logged.workspace, name);
        return addVersion(db, service,
            found ? *found
                  : makeModel(db, service, logged, name,
                      optionalText(body, "registryModelDescription").value_or(""),
                      optionalBoolean(body, "publicModel", false)),
            logged, wanted);
    });
}

// PROTOCOL 3.3: what is not given stays. A new name keeps its capitals (PROTOCOL-ANSWERS 7).
Answer updateRegistryModel(Service &service, const Request &request)
{
    const Json &body = request.body;
    service.store.write([&](Writing &writing) {
        Connection &db = writing.db;
        const registry::Model model = registry::modelOfKey(db, requiredText(body, "registryModelId"));
        if (const auto name = optionalText(body, "registryModelName"); name && *name != model.name) {
            if (registry::properName(*name).empty())
                throw Failure(400, "A registered model needs a name with a letter or a digit.");
            const auto other = registry::findModel(db, model.workspace, *name);
            if (!other || other->id != model.id)
                freeName(db, model.workspace, *name);
            db.run("UPDATE registry SET name=? WHERE id=?", *name, model.id);
        }
        if (const auto description = optionalText(body, "description"))
            db.run("UPDATE registry SET description=? WHERE id=?", *description, model.id);
        if (body.contains("isPublic"))
            db.run("UPDATE registry SET public=? WHERE id=?", optionalBoolean(body, "isPublic", false),
                model.id);
        touch(db, model.id);
    });
    return acknowledge();
}

// PROTOCOL 3.3
Answer setRegistryNotes(Service &service, const Request &request)
{
    const Json &body = request.body;
    service.store.write([&](Writing &writing) {
        const registry::Model model = registry::model(
            writing.db, requiredText(body, "workspaceName"), requiredText(body, "registryModelName"));
        writing.db.run(
            "UPDATE registry SET notes=? WHERE id=?", optionalText(body, "notes").value_or(""), model.id);
        touch(writing.db, model.id);
    });
    return acknowledge();
}

// PROTOCOL 3.3: what is not given stays; the stages are replaced as a whole
Answer updateItem(Service &service, const Request &request)
{
    const Json &body = request.body;
    const auto comment = optionalText(body, "comment");
    const bool staged = body.contains("stages") && !body["stages"].is_null();
    const std::vector<std::string> stages = texts(body, "stages");
    service.store.write([&](Writing &writing) {
        Connection &db = writing.db;
        const auto [model, version] = registry::item(db, requiredText(body, "registryModelItemId"));
        if (comment && *comment != version.comment) {
            db.run("UPDATE versions SET comment=? WHERE id=?", *comment, version.id);
            note(db, service, version.id, "MODEL_VERSION_COMMENT_CHANGED", Json{{"comment", version.comment}},
                Json{{"comment", *comment}});
        }
        const auto before = registry::stages(db, version.id);
        for (const std::string &stage : before) {
            if (staged && std::find(stages.begin(), stages.end(), stage) == stages.end())
                removeStage(db, service, version.id, stage);
        }
        for (const std::string &stage : stages) {
            if (std::find(before.begin(), before.end(), stage) == before.end())
                addStage(db, service, version.id, stage);
        }
        touch(db, model.id, version.id);
    });
    return acknowledge();
}

// PROTOCOL 7
Answer setItemStatus(Service &service, const Request &request)
{
    const std::string status = requiredStatus(requiredText(request.body, "status"));
    service.store.write([&](Writing &writing) {
        const auto [model, version] = registry::item(writing.db, requiredText(request.body, "modelItemId"));
        writing.db.run("UPDATE versions SET status=? WHERE id=?", status, version.id);
        note(writing.db, service, version.id, "MODEL_VERSION_STATUS_CHANGED",
            Json{{"registryModelStatus", version.status}, {"changedBy", service.user}},
            Json{{"registryModelStatus", status}, {"changedBy", service.user}});
        touch(writing.db, model.id, version.id);
    });
    return acknowledge();
}

// PROTOCOL 3.3, a GET that writes
Answer deleteRegistryModel(Service &service, const Request &request)
{
    service.store.write([&](Writing &writing) {
        Connection &db = writing.db;
        const registry::Model model = registry::model(db, request);
        for (const registry::Version &version : registry::versions(db, model))
            removeVersion(db, version.id);
        db.run("DELETE FROM registry WHERE id=?", model.id);
        assets::removeUnowned(db);
    });
    return acknowledge("Deleted");
}

// PROTOCOL 3.3, a GET that writes. The model stays when its last version goes.
Answer deleteItem(Service &service, const Request &request)
{
    service.store.write([&](Writing &writing) {
        const auto [model, version] = registry::item(writing.db, request.required("modelItemId"));
        removeVersion(writing.db, version.id);
        assets::removeUnowned(writing.db);
        touch(writing.db, model.id);
    });
    return acknowledge("Deleted");
}

// PROTOCOL 3.3, a GET that writes; a stage that is there is an error (PROTOCOL-ANSWERS 1)
Answer addItemStage(Service &service, const Request &request)
{
    const std::string stage = request.required("stage");
    service.store.write([&](Writing &writing) {
        const auto [model, version] = registry::item(writing.db, request.required("modelItemId"));
        const auto all = registry::stages(writing.db, version.id);
        if (std::find(all.begin(), all.end(), stage) != all.end())
            throw Failure(400, "The version " + version.text + " has the stage " + stage + " already.");
        addStage(writing.db, service, version.id, stage);
        touch(writing.db, model.id, version.id);
    });
    return acknowledge();
}

// PROTOCOL 3.3, a GET that writes
Answer deleteItemStage(Service &service, const Request &request)
{
    const std::string stage = request.required("stage");
    service.store.write([&](Writing &writing) {
        const auto [model, version] = registry::item(writing.db, request.required("modelItemId"));
        if (!removeStage(writing.db, service, version.id, stage))
            throw Failure(400, "The version " + version.text + " has no stage " + stage + '.');
        touch(writing.db, model.id, version.id);
    });
    return acknowledge("Deleted");
}

} // namespace localserver::handlers
