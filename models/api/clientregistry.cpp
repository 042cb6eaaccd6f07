// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The calls of the model registry, and the files of experiments that it is filled from (PROTOCOL 3.3, 4, 7).

#include "models/api/call.h"
#include "models/api/decode.h"
#include "models/api/json.h"

using namespace Qt::StringLiterals;

namespace api {

namespace {

Request getOfModel(const QString &path, const QString &workspace, const QString &model)
{
    return get(path, {{u"workspaceName"_s, workspace}, {u"modelName"_s, model}});
}

QByteArray unlessEmpty(const QString &text)
{
    return text.isEmpty() ? QByteArray() : json::quoted(text);
}

} // namespace

Reply<std::vector<RegistryModel>> *Client::registryModels(const QString &workspace)
{
    return call<std::vector<RegistryModel>>(
        get(u"registry-model"_s, {{u"workspaceName"_s, workspace}}), decode::registryModels);
}

Reply<qint64> *Client::registryModelCount(const QString &workspace)
{
    return call<qint64>(
        get(u"registry-model/count"_s, {{u"workspaceName"_s, workspace}}), decode::registryModelCount);
}

Reply<RegistryModel> *Client::registryModelDetails(const QString &workspace, const QString &model)
{
    return call<RegistryModel>(
        getOfModel(u"registry-model/details"_s, workspace, model), decode::registryModelDetails);
}

Reply<QString> *Client::registryModelNotes(const QString &workspace, const QString &model)
{
    return call<QString>(getOfModel(u"registry-model/notes"_s, workspace, model), decode::notes);
}

Reply<QStringList> *Client::allowedStatusValues(const QString &workspace)
{
    return call<QStringList>(get(u"registry-model/allowed_status_values"_s, {{u"workspaceName"_s, workspace}}),
        decode::allowedStatusValues);
}

Reply<std::vector<ExperimentModel>> *Client::experimentModels(const QString &key)
{
    return call<std::vector<ExperimentModel>>(
        getOfExperiment(u"experiment/model"_s, key), decode::experimentModels);
}

Reply<std::vector<Asset>> *Client::modelAssets(const QString &key, const QString &model)
{
    return call<std::vector<Asset>>(
        get(u"experiment/model/asset/list"_s, {{u"experimentKey"_s, key}, {u"modelName"_s, model}}),
        decode::assets);
}

Reply<std::vector<Asset>> *Client::assets(const QString &key, const QString &type)
{
    return call<std::vector<Asset>>(
        get(u"experiment/asset/list"_s, {{u"experimentKey"_s, key}, {u"type"_s, type}}), decode::assets);
}

Reply<Acknowledgement> *Client::registerModel(const QString &workspace, const Registration &registration)
{
    // PROTOCOL 7: the SDK looks whether the name is taken, and adds a version where it is.
    auto *reply = newReply<Acknowledgement>();
    const Freshly freshly(*this);
    auto *listing = registryModels(workspace);
    connect(reply, &ReplyBase::cancelled, listing, &ReplyBase::cancel);
    listing->otherwise(reply, [reply](const Error &error) { reply->finish(error); });
    listing->then(reply, [this, reply, registration](const std::vector<RegistryModel> &models) {
        const bool isNew = std::none_of(models.begin(), models.end(), [&](const RegistryModel &model) {
            return model.name.compare(registration.model, Qt::CaseInsensitive) == 0;
        });
        const QByteArray isPublic = isNew && registration.isPublic ? QByteArray("true") : QByteArray();
        const QByteArray stages
            = registration.stages.isEmpty() ? QByteArray() : json::list(registration.stages);
        auto *registering = call<Acknowledgement>(
            post(isNew ? u"write/registry-model"_s : u"write/registry-model/item"_s,
                json::object({{"experimentModelId", json::quoted(registration.experimentModelId)},
                    {"registryModelName", json::quoted(registration.model)},
                    {"version", json::quoted(registration.version)}, {"isPublic", isPublic},
                    {"description", isNew ? unlessEmpty(registration.description) : QByteArray()},
                    {"comment", unlessEmpty(registration.comment)}, {"stages", stages}})),
            decode::acknowledgement);
        connect(reply, &ReplyBase::cancelled, registering, &ReplyBase::cancel);
        registering->otherwise(reply, [reply](const Error &error) { reply->finish(error); });
        registering->then(reply, [reply](const Acknowledgement &done) { reply->finish(done); });
    });
    return reply;
}

Reply<Acknowledgement> *Client::updateRegistryModel(const QString &modelId, const PropertyChange &change)
{
    return call<Acknowledgement>(
        post(u"write/registry-model/update"_s,
            json::object({{"registryModelId", json::quoted(modelId)},
                {"registryModelName", change.name ? json::quoted(*change.name) : QByteArray()},
                {"description", change.description ? json::quoted(*change.description) : QByteArray()},
                {"isPublic", change.isPublic ? json::boolean(*change.isPublic) : QByteArray()}})),
        decode::acknowledgement);
}

Reply<Acknowledgement> *Client::updateRegistryModelNotes(
    const QString &workspace, const QString &model, const QString &notes)
{
    return call<Acknowledgement>(
        post(u"write/registry-model/notes"_s,
            json::object({{"workspaceName", json::quoted(workspace)},
                {"registryModelName", json::quoted(model)}, {"notes", json::quoted(notes)}})),
        decode::acknowledgement);
}

Reply<Acknowledgement> *Client::updateRegistryModelVersion(const QString &itemId,
    const std::optional<QString> &comment, const std::optional<QStringList> &stages)
{
    return call<Acknowledgement>(
        post(u"write/registry-model/item/update"_s,
            json::object({{"registryModelItemId", json::quoted(itemId)},
                {"comment", comment ? json::quoted(*comment) : QByteArray()},
                {"stages", stages ? json::list(*stages) : QByteArray()}})),
        decode::acknowledgement);
}

Reply<Acknowledgement> *Client::addRegistryModelVersionStage(const QString &itemId, const QString &stage)
{
    return call<Acknowledgement>(
        get(u"write/registry-model/item/stage"_s, {{u"modelItemId"_s, itemId}, {u"stage"_s, stage}}),
        decode::acknowledgement);
}

Reply<Acknowledgement> *Client::deleteRegistryModelVersionStage(const QString &itemId, const QString &stage)
{
    return call<Acknowledgement>(
        get(u"write/registry-model/item/stage/delete"_s, {{u"modelItemId"_s, itemId}, {u"stage"_s, stage}}),
        decode::acknowledgement);
}

Reply<Acknowledgement> *Client::setRegistryModelVersionStatus(const QString &itemId, const QString &status)
{
    return call<Acknowledgement>(
        post(u"write/registry-model/item/status"_s,
            json::object({{"status", json::quoted(status)}, {"modelItemId", json::quoted(itemId)}})),
        decode::acknowledgement);
}

Reply<Acknowledgement> *Client::deleteRegistryModel(const QString &workspace, const QString &model)
{
    return call<Acknowledgement>(
        getOfModel(u"write/registry-model/delete"_s, workspace, model), decode::acknowledgement);
}

Reply<Acknowledgement> *Client::deleteRegistryModelVersion(const QString &itemId)
{
    return call<Acknowledgement>(
        get(u"write/registry-model/item/delete"_s, {{u"modelItemId"_s, itemId}}), decode::acknowledgement);
}

} // namespace api
