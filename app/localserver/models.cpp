// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/assets.h"
#include "app/localserver/catalog.h"
#include "app/localserver/downloads.h"
#include "app/localserver/handlers.h"

namespace localserver::handlers {

namespace {

void requireModel(Connection &db, std::int64_t experiment, const std::string &name)
{
    Rows rows = db.query("SELECT 1 FROM models WHERE experiment=? AND name=?", experiment, name);
    if (!rows.next())
        throw Failure(404, "The experiment has no model " + name + ".");
}

// What was registered from the model.
void writeRecords(JsonWriter &out, Connection &db, const std::string &key)
{
    out.beginArray();
    Rows rows =
        db.query("SELECT r.key, v.key, r.name, v.version, v.created FROM versions v JOIN registry r ON "
                 "r.id=v.model WHERE v.experiment_model=? ORDER BY v.id",
            key);
    while (rows.next()) {
        out.beginObject();
        out.key("registryModelId").string(rows.view(0));
        out.key("registryModelItemId").string(rows.view(1));
        out.key("registryModelName").string(rows.view(2));
        out.key("version").string(rows.view(3));
        out.key("createdAt").integer(rows.integer(4));
        out.endObject();
    }
    out.endArray();
}

} // namespace

// PROTOCOL 4
Answer models(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        const catalog::Experiment found = catalog::experiment(db, request);
        JsonWriter out;
        out.beginObject().key("models").beginArray();
        Rows rows = db.query("SELECT key, name FROM models WHERE experiment=? ORDER BY id", found.id);
        while (rows.next()) {
            out.beginObject();
            out.key("experimentModelId").string(rows.view(0));
            out.key("experimentKey").string(found.key);
            out.key("modelName").string(rows.view(1));
            out.key("registryRecords");
            writeRecords(out, db, rows.text(0));
            out.endObject();
        }
        out.endArray().endObject();
        return answer(std::move(out));
    });
}

// PROTOCOL 4
Answer modelAssetList(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        const catalog::Experiment found = catalog::experiment(db, request);
        const std::string name = request.required("modelName");
        requireModel(db, found.id, name);
        return assets::list(db, service, found.id, found.key, {}, name);
    });
}

// PROTOCOL 4: a zip of just the model's files (PROTOCOL-ANSWERS 7); those kept elsewhere are left out
Answer downloadModel(Service &service, const Request &request)
{
    auto view = std::make_unique<Store::View>(service.store, Connection::Mode::Stream);
    Connection &db = view->connection();
    const catalog::Experiment found = catalog::experiment(db, request);
    const std::string name = request.required("modelName");
    requireModel(db, found.id, name);
    std::vector<downloads::File> files;
    {
        Rows rows =
            db.query("SELECT id, name, size, crc FROM assets WHERE experiment=? AND model=? AND link='' "
                     "ORDER BY id",
                found.id, name);
        while (rows.next())
            files.push_back(downloads::fileOf(rows));
    }
    return downloads::zip(std::move(view), files);
}

// PROTOCOL-ONLINE 4
Answer logRemoteModel(Service &service, const Request &request)
{
    const std::string key = requiredText(request.body, "experimentKey");
    const std::string model = requiredText(request.body, "modelName");
    Skipped skipped;
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::logged(writing.db, key, request.fromScript, service.user);
        const Json &entities = optionalArray(request.body, "remoteEntities");
        storeEach(entities, "remoteEntities", skipped, [&](const Json &entity) {
            assets::Asset asset;
            asset.key = optionalText(entity, "assetId").value_or("");
            asset.name = optionalText(entity, "fileName").value_or(model);
            asset.type = "model-element";
            asset.model = model;
            asset.link = requiredText(entity, "remoteUrl");
            assets::store(writing.db, found.id, asset, nullptr, true);
        });
    });
    return acknowledge(skipped);
}

} // namespace localserver::handlers
