// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/assets.h"
#include "app/localserver/catalog.h"
#include "app/localserver/content.h"
#include "app/localserver/handlers.h"

namespace localserver::handlers {

namespace {

std::string experimentKey(const Request &request)
{
    const std::string id = request.text("experimentId"); // scripts call it so
    return id.empty() ? request.required("experimentKey") : id;
}

const Part &requiredPart(const Request &request, const char *name)
{
    const Part *part = request.part(name);
    if (!part)
        throw Failure(400, std::string("The part ") + name + " is missing.");
    return *part;
}

std::string partOrParameter(const Request &request, const char *name)
{
    const Part *part = request.part(name);
    return part ? part->content->text() : request.text(name);
}

// What the query says of the file, the same for assets and images.
assets::Asset described(const Request &request)
{
    assets::Asset asset;
    asset.context = request.text("context");
    asset.step = request.integer("step");
    asset.epoch = request.integer("epoch");
    asset.metadata = partOrParameter(request, "metadata");
    asset.tags = partOrParameter(request, "tags");
    return asset;
}

// Without a part where the asset has no bytes here.
std::string keep(Service &service, const Request &request, const std::string &experiment,
    const assets::Asset &asset, const Part *part, bool overwrite)
{
    Content *content = part ? part->content.get() : nullptr;
    const std::string key = service.store.write([&](Writing &writing) {
        const catalog::Experiment found =
            catalog::logged(writing.db, experiment, request.fromScript, service.user);
        return assets::store(writing.db, found.id, asset, content, overwrite);
    });
    if (content)
        content->release();
    return key;
}

Json requestParams(const Request &request)
{
    const Json params = parsed(requiredPart(request, "requestParams").content->text());
    if (!params.is_object())
        throw Failure(400, "requestParams must be an object.");
    return params;
}

} // namespace

// PROTOCOL 4b and PROTOCOL-ONLINE 6.1, 6.4
Answer uploadAsset(Service &service, const Request &request)
{
    assets::Asset asset = described(request);
    asset.key = request.text("assetId");
    asset.name = request.text("fileName");
    const Part *file = request.part("file");
    if (asset.name.empty() && file && file->fileName != "file") // the word that Python always sends
        asset.name = file->fileName;
    asset.type = request.text("type");
    if (asset.type.empty())
        asset.type = request.fromScript ? "asset" : "unknown"; // PROTOCOL-ANSWERS 6
    if (asset.type == "model-element")
        asset.model = request.text("groupingName");
    const Part *link = request.part("link");
    if (link || request.boolean("isRemote").value_or(false))
        asset.link = (link ? *link : requiredPart(request, "file")).content->text();
    const std::string key = keep(service, request, experimentKey(request), asset,
        asset.link.empty() ? &requiredPart(request, "file") : nullptr,
        request.boolean("overwrite").value_or(false));
    Json more{{"assetId", key}};
    if (asset.type == "image")
        more["imageId"] = key;
    return acknowledge("saved", more);
}

// PROTOCOL-ONLINE 6.2
Answer uploadVisualization(Service &service, const Request &request)
{
    assets::Asset asset = described(request);
    asset.key = request.text("imageId");
    asset.name = request.text("figName");
    if (asset.name.empty())
        asset.name = "image-" + request.text("figCounter");
    asset.type = "image";
    const std::string key = keep(service, request, experimentKey(request), asset,
        &requiredPart(request, "file"), request.boolean("overwrite").value_or(false));
    return acknowledge("saved", Json{{"imageId", key}, {"assetId", key}});
}

// PROTOCOL-ONLINE 6.3: first the asset, then its points and boxes, then a picture of it
Answer newPointCloud(Service &service, const Request &request)
{
    const Json &body = request.body;
    assets::Asset asset;
    asset.name = requiredText(body, "userFileName");
    asset.type = optionalText(body, "assetType").value_or("3d-image");
    asset.step = optionalInteger(body, "step");
    asset.metadata = optionalText(body, "metadata").value_or("");
    const std::string key =
        keep(service, request, requiredText(body, "experimentKey"), asset, nullptr, false);
    return acknowledge("saved", Json{{"assetId", key}});
}

// PROTOCOL-ONLINE 6.3
Answer uploadPointCloudItem(Service &service, const Request &request)
{
    const Json params = requestParams(request);
    const std::string kind = optionalText(params, "assetItemType").value_or("points");
    assets::Asset asset;
    asset.key = requiredText(params, "assetId") + '-' + kind;
    asset.name = optionalText(params, "userFileName").value_or(kind + ".jsonl");
    asset.type = "3d-image-item";
    keep(service, request, requiredText(params, "experimentKey"), asset,
        &requiredPart(request, "assetItemContent"), false);
    return acknowledge();
}

// PROTOCOL-ONLINE 6.3
Answer uploadThumbnail(Service &service, const Request &request)
{
    const Json params = requestParams(request);
    const std::string before = request.path.substr(0, request.path.rfind('/'));
    const std::string cloud = before.substr(before.rfind('/') + 1);
    assets::Asset asset;
    asset.key = cloud + "-thumbnail";
    const std::string extension = optionalText(params, "thumbnailExtension").value_or(".png");
    asset.name = cloud + (extension.substr(0, 1) == "." ? "" : ".") + extension;
    asset.type = "3d-image-thumbnail";
    const std::string experiment =
        optionalText(params, "experimentKey").value_or(request.text("experimentKey"));
    const std::string owner = !experiment.empty() ? experiment : service.store.read([&](Connection &db) {
        Rows rows = db.query(
            "SELECT e.key FROM assets a JOIN experiments e ON e.id=a.experiment WHERE a.key=?", cloud);
        return rows.next() ? rows.text(0) : throw Failure(404, "There is no asset " + cloud + ".");
    });
    keep(service, request, owner, asset, &requiredPart(request, "thumbnail"), false);
    return acknowledge();
}

} // namespace localserver::handlers
