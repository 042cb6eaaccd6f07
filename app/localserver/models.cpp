// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/assets.h"
#include "app/localserver/catalog.h"
#include "app/localserver/handlers.h"
#include "app/localserver/zip.h"

namespace localserver::handlers {

namespace {

void requireModel(Connection &db, std::int64_t experiment, const std::string &name)
{
    Rows rows = db.query("SELECT 1 FROM models WHERE experiment=? AND name=?", experiment, name);
    if (!rows.next())
        throw Failure(404, "The experiment has no model " + name + ".");
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
            out.key("registryRecords").beginArray().endArray();
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
    return service.store.read([&](Connection &db) {
        const catalog::Experiment found = catalog::experiment(db, request);
        const std::string name = request.required("modelName");
        requireModel(db, found.id, name);
        std::vector<std::pair<std::string, std::string>> files;
        Rows rows = db.query("SELECT a.name, c.content FROM assets a JOIN contents c ON c.asset=a.id WHERE "
                             "a.experiment=? AND a.model=? ORDER BY a.id",
            found.id, name);
        while (rows.next())
            files.emplace_back(rows.text(0), rows.text(1));
        return bytes(zipped(files));
    });
}

// PROTOCOL-ONLINE 4
Answer logRemoteModel(Service &service, const Request &request)
{
    const std::string key = requiredText(request.body, "experimentKey");
    const std::string model = requiredText(request.body, "modelName");
    service.store.write([&](Writing &writing) {
        const catalog::Experiment found = catalog::logged(writing.db, key, request.fromScript, service.user);
        for (const Json &entity : optionalArray(request.body, "remoteEntities")) {
            assets::Asset asset;
            asset.key = optionalText(entity, "assetId").value_or("");
            asset.name = optionalText(entity, "fileName").value_or(model);
            asset.type = "model-element";
            asset.model = model;
            asset.link = requiredText(entity, "remoteUrl");
            assets::store(writing.db, found.id, asset, {}, true);
        }
    });
    return acknowledge();
}

} // namespace localserver::handlers
