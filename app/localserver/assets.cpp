// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/assets.h"

#include "app/localserver/catalog.h"
#include "app/localserver/content.h"
#include "app/localserver/downloads.h"
#include "app/localserver/handlers.h"
#include "app/localserver/storedbytes.h"

namespace localserver {

namespace assets {

namespace {

constexpr const char *combined = "histogram_combined_3d";

void removeRow(Connection &db, std::int64_t id)
{
    if (db.run("UPDATE assets SET experiment=NULL WHERE id=?1 AND id IN (SELECT asset FROM files)", id) > 0)
        return;
    removeBytes(db, id);
    db.run("DELETE FROM histograms WHERE asset=?", id);
    db.run("DELETE FROM assets WHERE id=?", id);
}

void insert(Connection &db, std::int64_t id, std::int64_t experiment, const Asset &asset, std::uint64_t size,
    std::optional<std::int64_t> crc)
{
    db.run("INSERT INTO assets(id, key, experiment, name, type, model, context, step, epoch, created, size, "
           "link, metadata, tags, crc) "
           "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        id, asset.key, experiment, asset.name, asset.type, asset.model, asset.context, asset.step,
        asset.epoch, now(), std::int64_t(size), asset.link, asset.metadata, asset.tags, crc);
}

// Python writes NaN and Infinity bare; with them, and where it is no UTF-8, the text is written anew.
std::string histogramText(const Content &content)
{
    std::string text = content.text();
    return Json::accept(text) ? text : dumped(parsed(text));
}

// What a histogram takes in the content of its asset.
std::int64_t sizeOf(std::optional<std::int64_t> step, std::size_t size)
{
    return std::int64_t(std::string_view("{\"step\":,\"histogram\":},").size() + size
        + (step ? std::to_string(*step).size() : std::string_view("null").size()));
}

// The asset that holds all histograms of a name.
std::int64_t histogramsOf(Connection &db, std::int64_t experiment, Asset asset)
{
    asset.type = combined;
    Rows rows = db.query("SELECT id FROM assets WHERE experiment=? AND type=? AND name=? AND context=?",
        experiment, combined, asset.name, asset.context);
    if (rows.next())
        return rows.integer(0);
    asset.step = {};
    asset.key = newKey(); // those that scripts give belong to single histograms
    const std::int64_t id = Content::freeNumber(db);
    insert(db, id, experiment, asset, std::string_view("{\"histograms\":[]}").size() - 1, {});
    return id;
}

// Histograms come one by one.
std::string storeHistogram(
    Connection &db, std::int64_t experiment, const Asset &asset, const Content &content, bool overwrite)
{
    const std::string text = histogramText(content);
    const std::int64_t id = histogramsOf(db, experiment, asset);
    std::int64_t more = sizeOf(asset.step, text.size());
    {
        Rows rows = db.query("SELECT step, length(CAST(content AS BLOB)) FROM histograms WHERE asset=?1 AND "
                             "(key=?2 OR (?3 AND step IS ?4))",
            id, asset.key, overwrite, asset.step);
        while (rows.next())
            more -= sizeOf(rows.optionalInteger(0), std::size_t(rows.integer(1)));
    }
    db.run("DELETE FROM histograms WHERE asset=?1 AND (key=?2 OR (?3 AND step IS ?4))", id, asset.key,
        overwrite, asset.step);
    db.run(
        "INSERT INTO histograms(asset, step, key, content) VALUES(?,?,?,?)", id, asset.step, asset.key, text);
    db.run("UPDATE assets SET size=size+? WHERE id=?", more, id);
    return asset.key;
}

// A text sample comes without a name (PROTOCOL-ONLINE 6.1), as whatever a client sends carelessly.
std::string madeUpName(Connection &db, std::int64_t experiment, const std::string &type)
{
    Rows rows = db.query("SELECT count(*) FROM assets WHERE experiment=? AND type=?", experiment, type);
    rows.next();
    return type + '-' + std::to_string(rows.integer(0) + 1) + (type == "text-sample" ? ".txt" : "");
}

} // namespace

// By its key, or by that of one of its histograms; 0 where there is none.
std::int64_t rowOf(Connection &db, std::int64_t experiment, const std::string &key)
{
    {
        Rows rows = db.query("SELECT id FROM assets WHERE experiment=? AND key=?", experiment, key);
        if (rows.next())
            return rows.integer(0);
    }
    Rows rows = db.query(
        "SELECT a.id FROM assets a JOIN histograms h ON h.asset=a.id WHERE a.experiment=? AND h.key=?",
        experiment, key);
    return rows.next() ? rows.integer(0) : 0;
}

std::optional<std::string> combinedHistograms(Connection &db, std::int64_t asset)
{
    std::string text = "{\"histograms\":[";
    bool first = true;
    Rows rows = db.query("SELECT step, content FROM histograms WHERE asset=? ORDER BY step, id", asset);
    for (; rows.next(); first = false) {
        text += first ? "{\"step\":" : ",{\"step\":";
        text += rows.isNull(0) ? "null" : rows.view(0);
        text += ",\"histogram\":";
        text += rows.view(1);
        text += '}';
    }
    return first ? std::nullopt : std::optional(text + "]}");
}

std::string store(
    Connection &db, std::int64_t experiment, Asset asset, const Content *content, bool overwrite)
{
    if (asset.key.empty())
        asset.key = newKey();
    if (asset.name.empty() || asset.name == "auto-generated-in-the-backend")
        asset.name = madeUpName(db, experiment, asset.type);
    if (asset.type == "histogram3d" && content)
        return storeHistogram(db, experiment, asset, *content, overwrite);
    std::vector<std::int64_t> replaced;
    {
        Rows rows = db.query("SELECT id FROM assets WHERE experiment=?1 AND (key=?2 OR (?3 AND name=?4 AND "
                             "type=?5 AND model=?6 AND context=?7 AND step IS ?8))",
            experiment, asset.key, overwrite, asset.name, asset.type, asset.model, asset.context, asset.step);
        while (rows.next())
            replaced.push_back(rows.integer(0));
    }
    for (const std::int64_t id : replaced)
        removeRow(db, id);
    if (content)
        insert(db, content->completed(db), experiment, asset, content->size(), content->crc());
    else
        insert(db, Content::freeNumber(db), experiment, asset, 0, {});
    if (!asset.model.empty())
        db.run("INSERT INTO models(key, experiment, name) VALUES(?,?,?) ON CONFLICT DO NOTHING", newKey(),
            experiment, asset.model);
    return asset.key;
}

bool remove(Connection &db, std::int64_t experiment, const std::string &key)
{
    const std::int64_t id = rowOf(db, experiment, key);
    if (!id)
        return false;
    // A cloud of points goes with its items.
    for (const char *item : {"-points", "-boxes", "-thumbnail"}) {
        if (const std::int64_t part = rowOf(db, experiment, key + item))
            removeRow(db, part);
    }
    removeRow(db, id);
    db.run("DELETE FROM models WHERE experiment=?1 AND name NOT IN (SELECT model FROM assets WHERE "
           "experiment=?1)",
        experiment);
    return true;
}

void removeAll(Connection &db, std::int64_t experiment)
{
    db.run("UPDATE assets SET experiment=NULL WHERE experiment=? AND id IN (SELECT asset FROM files)",
        experiment);
    db.run("DELETE FROM contents WHERE id IN (SELECT x.content FROM assets a JOIN extents x ON x.asset=a.id "
           "WHERE a.experiment=?)",
        experiment);
    db.run("DELETE FROM extents WHERE asset IN (SELECT id FROM assets WHERE experiment=?)", experiment);
    db.run("DELETE FROM histograms WHERE asset IN (SELECT id FROM assets WHERE experiment=?)", experiment);
    db.run("DELETE FROM assets WHERE experiment=?", experiment);
}

void removeUnowned(Connection &db)
{
    std::vector<std::int64_t> unowned;
    {
        Rows rows = db.query(
            "SELECT id FROM assets WHERE experiment IS NULL AND id NOT IN (SELECT asset FROM files)");
        while (rows.next())
            unowned.push_back(rows.integer(0));
    }
    for (const std::int64_t id : unowned)
        removeRow(db, id);
}

namespace {

#define ASSET_COLUMNS                                                                                        \
    "a.key, a.name, a.size, a.context, a.step, a.epoch, a.link, a.created, a.type, a.model, a.metadata, "    \
    "a.tags "

// ASSET of PROTOCOL 4.5, of a row of ASSET_COLUMNS
void writeAsset(JsonWriter &out, const Rows &rows, const Service &service, const std::string &experimentKey)
{
    const std::string key = rows.text(0);
    const std::string place = "?experimentKey=" + experimentKey + "&assetId=" + key;
    const std::string_view kind = rows.view(8);
    const bool remote = !rows.view(6).empty();
    const std::string link = remote ? rows.text(6) : service.root + "/api/asset/download" + place;
    out.beginObject();
    out.key("assetId").string(key);
    out.key("fileName").string(rows.view(1));
    out.key("fileSize").integer(rows.integer(2));
    out.key("runContext").optionalString(rows.view(3));
    out.key("step").optionalInteger(rows.optionalInteger(4));
    out.key("epoch").optionalInteger(rows.optionalInteger(5));
    out.key("remote").boolean(remote);
    out.key("link").string(link);
    out.key("compressedAssetLink").string(link);
    out.key("s3Link").null();
    out.key("createdAt").integer(rows.integer(7));
    out.key("dir").string(rows.view(9).empty() ? "assets" : "models/" + rows.text(9));
    out.key("canView").boolean(kind == "image");
    out.key("audio").boolean(kind == "audio");
    out.key("video").boolean(kind == "video");
    out.key("histogram").boolean(kind == combined);
    out.key("image").boolean(kind == "image");
    out.key("type").string(kind);
    out.key("metadata").optionalString(rows.view(10));
    out.key("tags").beginArray();
    if (!rows.view(11).empty())
        out.string(rows.view(11));
    out.endArray();
    out.key("curlDownload")
        .string("curl \"" + service.root + "/api/rest/v2/experiment/asset/get-asset" + place
            + "\" -H \"Authorization: <Your Api Key>\"");
    out.key("experimentKey").string(experimentKey);
    out.endObject();
}

} // namespace

Answer list(Connection &db, const Service &service, std::int64_t experiment, const std::string &experimentKey,
    const std::string &type, const std::string &model, const std::string &name)
{
    JsonWriter out;
    out.beginObject().key("assets").beginArray();
    Rows rows = db.query("SELECT " ASSET_COLUMNS
                         "FROM assets a WHERE experiment=?1 AND (?2='' OR ?2='all' OR type=?2) "
                         "AND (?3='' OR model=?3) AND (?4='' OR name=?4) ORDER BY id",
        experiment, type, model, name);
    while (rows.next())
        writeAsset(out, rows, service, experimentKey);
    out.endArray().endObject();
    return answer(std::move(out));
}

void writeFiles(JsonWriter &out, Connection &db, const Service &service, std::int64_t version,
    const std::string &experimentKey)
{
    out.beginArray();
    Rows rows = db.query("SELECT " ASSET_COLUMNS
                         "FROM files f JOIN assets a ON a.id=f.asset WHERE f.version=? ORDER BY a.id",
        version);
    while (rows.next())
        writeAsset(out, rows, service, experimentKey);
    out.endArray();
}

} // namespace assets

namespace handlers {

// PROTOCOL 4.5
Answer assetList(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        const catalog::Experiment found = catalog::experiment(db, request);
        return assets::list(db, service, found.id, found.key, request.text("type"), {});
    });
}

// As the list, of one name; what newer SDKs ask a newer server for
Answer assetsByName(Service &service, const Request &request)
{
    return service.store.read([&](Connection &db) {
        const catalog::Experiment found = catalog::experiment(db, request);
        return assets::list(
            db, service, found.id, found.key, request.text("type"), {}, request.required("assetName"));
    });
}

namespace {

// The items of a cloud of points: its own asset has no bytes (PROTOCOL-ONLINE 6.3).
std::vector<downloads::File> cloudItems(Connection &db, std::int64_t cloud)
{
    std::vector<downloads::File> files;
    Rows rows = db.query("SELECT i.id, i.name, i.size, i.crc FROM assets a JOIN assets i ON "
                         "i.experiment=a.experiment AND i.key IN (a.key || '-points', a.key || '-boxes') "
                         "WHERE a.id=? AND a.type='3d-image' ORDER BY i.id",
        cloud);
    while (rows.next())
        files.push_back(downloads::fileOf(rows));
    return files;
}

// An experiment's asset, or one that only the registry has now; 0 where there is none.
std::int64_t findAsset(Connection &db, const std::string &experimentKey, const std::string &key)
{
    const auto experiment = catalog::findExperiment(db, experimentKey);
    const std::int64_t own = experiment ? assets::rowOf(db, experiment->id, key) : 0;
    if (own)
        return own;
    Rows rows = db.query("SELECT a.id FROM versions v JOIN files f ON f.version=v.id JOIN assets a ON "
                         "a.id=f.asset WHERE v.experiment=? AND a.key=?",
        experimentKey, key);
    return rows.next() ? rows.integer(0) : 0;
}

} // namespace

// PROTOCOL 4.6, and the addresses given out in the handshake (PROTOCOL-ONLINE 3.2). Always as bytes,
// so that the SDK takes JSON assets for what it asked for.
Answer getAsset(Service &service, const Request &request)
{
    auto view = std::make_unique<Store::View>(service.store, Connection::Mode::Stream);
    Connection &db = view->connection();
    const std::string experiment = request.required("experimentKey");
    const std::string image = request.text("imageId");
    const std::string key = image.empty() ? request.required("assetId") : image;
    const std::int64_t id = findAsset(db, experiment, key);
    if (!id) {
        catalog::experiment(db, experiment);
        throw Failure(404, "The experiment has no asset " + key + ".");
    }
    std::int64_t created = 0;
    std::int64_t size = 0;
    {
        Rows rows = db.query("SELECT link, created, size FROM assets WHERE id=?", id);
        rows.next();
        if (!rows.view(0).empty())
            throw Failure(404, "The asset is not kept here but at " + rows.text(0) + ".");
        created = rows.integer(1);
        size = rows.integer(2);
    }
    if (const auto histograms = assets::combinedHistograms(db, id))
        return bytes(*histograms);
    // As the .c3d files are that people know: a zip of the points and boxes, in JSON lines.
    if (const auto items = size == 0 ? cloudItems(db, id) : std::vector<downloads::File>(); !items.empty())
        return downloads::zip(std::move(view), items);
    return downloads::asset(std::move(view), id, created, size);
}

// PROTOCOL 4b, a GET that writes
Answer deleteAsset(Service &service, const Request &request)
{
    service.store.write([&](Writing &writing) {
        if (!assets::remove(
                writing.db, catalog::experiment(writing.db, request).id, request.required("assetId")))
            throw Failure(404, "The experiment has no asset " + request.text("assetId") + ".");
    });
    return acknowledge("Deleted");
}

} // namespace handlers

} // namespace localserver
