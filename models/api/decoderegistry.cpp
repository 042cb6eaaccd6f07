// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What writes answer, and the model registry.

#include "models/api/reader.h"

#include <algorithm>

namespace api::decode {

namespace {

void readAsset(Value value, Asset &asset)
{
    forEachField(value, [&](std::string_view key, Value &field) {
        if (key == "assetId")
            asset.id = text(field);
        else if (key == "fileName")
            asset.name = text(field);
        else if (key == "type")
            asset.type = text(field);
        else if (key == "fileSize")
            asset.size = integer(field).value_or(-1);
        else if (key == "step")
            asset.step = text(field);
        else if (key == "createdAt")
            asset.created = time(field);
        else if (key == "remote")
            asset.isRemote = flag(field);
        else if (key == "link")
            asset.link = text(field);
    });
    if (asset.id.isEmpty())
        fail("assetId is missing");
    if (asset.type.isEmpty())
        asset.type = QStringLiteral("asset");
}

void readVersion(Value value, ModelVersion &version)
{
    forEachField(value, [&](std::string_view key, Value &field) {
        if (key == "registryModelItemId") {
            version.id = text(field);
        } else if (key == "version") {
            version.version = text(field);
        } else if (key == "comment") {
            version.comment = text(field);
        } else if (key == "stages" || (key == "tags" && version.stages.isEmpty())) {
            version.stages = texts(field);
        } else if (key == "status") {
            version.status = text(field);
        } else if (key == "userName") {
            version.user = text(field);
        } else if (key == "createdAt") {
            version.created = time(field);
        } else if (key == "lastUpdated") {
            version.updated = time(field);
        } else if (key == "assets") {
            version.assets.clear();
            forEachElement(field, [&](Value &asset) { readAsset(asset, version.assets.emplace_back()); });
        } else if (key == "experimentModel" && !isNull(field)) {
            forEachField(field, [&](std::string_view name, Value &part) {
                if (name == "experimentModelId")
                    version.experimentModelId = text(part);
                else if (name == "experimentModelName" || name == "modelName")
                    version.experimentModelName = text(part);
                else if (name == "experimentKey")
                    version.experimentKey = text(part);
            });
        }
    });
    if (version.version.isEmpty())
        fail("version is missing");
}

void readModel(Value value, RegistryModel &model)
{
    forEachField(value, [&](std::string_view key, Value &field) {
        if (key == "registryModelId") {
            model.id = text(field);
        } else if (key == "modelName") {
            model.name = text(field);
        } else if (key == "description") {
            model.description = text(field);
        } else if (key == "userName") {
            model.user = text(field);
        } else if (key == "numberOfVersions") {
            model.versionCount = integer(field).value_or(0);
        } else if (key == "createdAt") {
            model.created = time(field);
        } else if (key == "lastUpdated") {
            model.updated = time(field);
        } else if (key == "isPublic") {
            model.isPublic = flag(field);
        } else if (key == "latestVersion" && !isNull(field)) {
            readVersion(field, model.versions.emplace_back());
        } else if (key == "versions") {
            model.versions.clear();
            forEachElement(field, [&](Value &version) { readVersion(version, model.versions.emplace_back()); });
        }
    });
    if (model.name.isEmpty())
        fail("modelName is missing");
}

void readExperimentModel(Value value, ExperimentModel &model)
{
    forEachField(value, [&](std::string_view key, Value &field) {
        if (key == "experimentModelId") {
            model.id = text(field);
        } else if (key == "experimentKey") {
            model.experimentKey = text(field);
        } else if (key == "modelName" || key == "experimentModelName") {
            model.name = text(field);
        } else if (key == "registryRecords") {
            forEachElement(field, [&](Value &record) {
                auto &registration = model.registrations.emplace_back();
                forEachField(record, [&](std::string_view name, Value &part) {
                    if (name == "registryModelName")
                        registration.model = text(part);
                    else if (name == "version")
                        registration.version = text(part);
                });
            });
        }
    });
    if (model.name.isEmpty())
        fail("modelName is missing");
}

// A list of texts, or of objects that hold the text under one of names.
QStringList textsOf(Value list, std::initializer_list<std::string_view> names)
{
    QStringList found;
    forEachElement(list, [&](Value &element) {
        const std::string_view token = json::trimmed(element.raw_json_token());
        if (token.empty() || token.front() != '{') {
            found += text(element);
            return;
        }
        forEachField(element, [&](std::string_view key, Value &field) {
            if (std::find(names.begin(), names.end(), key) != names.end())
                found += text(field);
        });
    });
    return found;
}

struct Outcome
{
    Acknowledgement done;
    qint64 status = 200;
    qint64 code = 0;
};

void readOutcome(Value root, Outcome &outcome)
{
    forEachField(root, [&](std::string_view key, Value &field) {
        if (key == "msg")
            outcome.done.message = text(field).left(longestMessage);
        else if (key == "code")
            outcome.status = integer(field).value_or(200);
        else if (key == "sdk_error_code" || key == "sdkErrorCode")
            outcome.code = integer(field).value_or(0);
        else if (key == "projectId")
            outcome.done.projectId = text(field);
        else if (key == "shareCode")
            outcome.done.shareCode = text(field);
        else if (key == "registryModelId")
            outcome.done.registryModelId = text(field);
        else if (key == "registryModelItemId")
            outcome.done.registryModelItemId = text(field);
    });
}

} // namespace

Result<Acknowledgement> acknowledgement(QByteArray body)
{
    const QByteArray start = body.left(64).trimmed();
    if (!start.startsWith('{')) {
        if (isWebPage(body)) // a page to sign in at: nothing was done
            return badAnswer(webPageMessage());
        return Acknowledgement{QString::fromUtf8(start), {}, {}, {}, {}};
    }
    Result<Outcome> outcome = read<Outcome>(std::move(body), readOutcome);
    if (!outcome)
        return outcome.error();
    const qint64 status = outcome.value().status;
    const qint64 code = outcome.value().code;
    if ((status != 200 && status != 0) || code != 0) {
        Error error;
        error.kind = Error::Kind::Invalid;
        error.message = outcome.value().done.message;
        error.httpStatus = static_cast<int>(std::clamp<qint64>(status, 0, 999));
        error.serverCode = static_cast<int>(std::clamp<qint64>(code, 0, 1 << 30));
        return error;
    }
    return std::move(outcome.value().done);
}

Result<QStringList> shareKeys(QByteArray body)
{
    // What the elements are is not known for sure (PROTOCOL 12, U15).
    return readWrapped<QStringList>(std::move(body), "shareCodes", [](Value &list, QStringList &keys) {
        keys = textsOf(list, {"shareCode", "code"});
    });
}

Result<std::vector<RegistryModel>> registryModels(QByteArray body)
{
    using Models = std::vector<RegistryModel>;
    return readWrapped<Models>(std::move(body), "registryModels", [](Value &list, Models &models) {
        forEachElement(list, [&](Value &value) { readModel(value, models.emplace_back()); });
    });
}

Result<qint64> registryModelCount(QByteArray body)
{
    return readWrapped<qint64>(std::move(body), "registryModelCount", [](Value &value, qint64 &count) {
        count = integer(value).value_or(0);
    });
}

Result<RegistryModel> registryModelDetails(QByteArray body)
{
    return read<RegistryModel>(std::move(body), readModel);
}

Result<QStringList> allowedStatusValues(QByteArray body)
{
    return readWrapped<QStringList>(
        std::move(body), "allowedStatus", [](Value &list, QStringList &values) { values = texts(list); });
}

Result<std::vector<ExperimentModel>> experimentModels(QByteArray body)
{
    using Models = std::vector<ExperimentModel>;
    return readWrapped<Models>(std::move(body), "models", [](Value &list, Models &models) {
        forEachElement(list, [&](Value &value) { readExperimentModel(value, models.emplace_back()); });
    });
}

Result<std::vector<Asset>> assets(QByteArray body)
{
    using Assets = std::vector<Asset>;
    return readWrapped<Assets>(std::move(body), "assets", [](Value &list, Assets &assets) {
        forEachElement(list, [&](Value &value) { readAsset(value, assets.emplace_back()); });
    });
}

} // namespace api::decode
