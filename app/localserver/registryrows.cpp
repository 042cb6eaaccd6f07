// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/registryrows.h"

#include "app/localserver/assets.h"
#include "app/localserver/catalog.h"

#include <QString>
#include <QUrl>

#include <algorithm>

namespace localserver::registry {

namespace {

#define VERSION_COLUMNS                                                                                      \
    "v.id, v.key, v.version, v.comment, v.status, v.user, v.created, v.updated, v.experiment, "              \
    "v.experiment_model, v.experiment_model_name "
constexpr int versionColumns = 11;

Version versionOf(const Rows &rows)
{
    return {rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5),
        rows.integer(6), rows.integer(7), rows.text(8), rows.text(9), rows.text(10),
        semanticVersion(rows.view(2)).value_or(SemanticVersion())};
}

Model modelOf(const Rows &rows, int column = 0)
{
    return {rows.integer(column), rows.text(column + 1), rows.text(column + 2), rows.text(column + 3)};
}

std::string escaped(const std::string &text)
{
    return QUrl::toPercentEncoding(QString::fromStdString(text)).toStdString();
}

} // namespace

const std::vector<std::string> &allowedStatuses()
{
    static const std::vector<std::string> all{"None", "Development", "Staging", "Production", "Archived"};
    return all;
}

std::string properName(const std::string &name)
{
    QString result;
    for (const char32_t c : QString::fromStdString(name).toUcs4()) {
        if (QChar::isLetterOrNumber(c))
            result += QString::fromUcs4(&c, 1);
        else if (!result.endsWith(u'-'))
            result += u'-';
    }
    if (result.startsWith(u'-'))
        result.remove(0, 1);
    if (result.endsWith(u'-'))
        result.chop(1);
    return result.toLower().toStdString();
}

std::optional<Model> findModel(Connection &db, const std::string &workspace, const std::string &name)
{
    Rows rows =
        db.query("SELECT r.id, r.key, r.name, w.name FROM registry r JOIN workspaces w ON w.id=r.workspace "
                 "WHERE w.name=? AND r.name=?",
            workspace, name);
    return rows.next() ? std::optional(modelOf(rows)) : std::nullopt;
}

Model model(Connection &db, const std::string &workspace, const std::string &name)
{
    catalog::workspace(db, workspace);
    auto found = findModel(db, workspace, name);
    if (!found)
        throw Failure(400, "There is no model " + name + " in the registry of " + workspace + ".", 42008);
    return *found;
}

Model model(Connection &db, const Request &request)
{
    return model(db, request.required("workspaceName"), request.required("modelName"));
}

Model modelOfKey(Connection &db, const std::string &key)
{
    Rows rows =
        db.query("SELECT r.id, r.key, r.name, w.name FROM registry r JOIN workspaces w ON w.id=r.workspace "
                 "WHERE r.key=?",
            key);
    if (!rows.next())
        throw Failure(400, "There is no registered model " + key + ".", 42006);
    return modelOf(rows);
}

std::vector<Version> versions(Connection &db, const Model &model)
{
    std::vector<Version> result;
    Rows rows =
        db.query("SELECT " VERSION_COLUMNS "FROM versions v WHERE v.model=? ORDER BY v.id DESC", model.id);
    while (rows.next())
        result.push_back(versionOf(rows));
    std::stable_sort(result.begin(), result.end(),
        [](const Version &left, const Version &right) { return compared(left.number, right.number) > 0; });
    return result;
}

std::vector<std::string> stages(Connection &db, std::int64_t version)
{
    std::vector<std::string> result;
    Rows rows = db.query("SELECT stage FROM stages WHERE version=? ORDER BY id", version);
    while (rows.next())
        result.push_back(rows.text(0));
    return result;
}

Version chosen(Connection &db, const Model &model, const Request &request)
{
    const std::string wanted = request.text("version");
    const std::string stage = request.text("stage");
    const auto major = request.integer("versionMajor");
    const auto minor = request.integer("versionMinor");
    for (Version &version : versions(db, model)) {
        const auto given = [&](const std::optional<std::int64_t> &number, std::size_t place) {
            return !number || std::uint64_t(*number) == version.number.numbers[place];
        };
        if ((!wanted.empty() && version.text != wanted) || !given(major, 0) || !given(minor, 1))
            continue;
        if (!stage.empty()) {
            const auto all = stages(db, version.id);
            if (std::find(all.begin(), all.end(), stage) == all.end())
                continue;
        }
        return std::move(version);
    }
    std::string what = " has no version";
    if (!wanted.empty())
        what += ' ' + wanted;
    if (major)
        what += ' ' + std::to_string(*major) + (minor ? '.' + std::to_string(*minor) : "");
    if (!stage.empty())
        what += " in stage " + stage;
    throw Failure(400, "The model " + model.name + what + ".", 42008);
}

Item item(Connection &db, const std::string &key)
{
    Rows rows =
        db.query("SELECT " VERSION_COLUMNS ", r.id, r.key, r.name, w.name FROM versions v "
                 "JOIN registry r ON r.id=v.model JOIN workspaces w ON w.id=r.workspace WHERE v.key=?",
            key);
    if (!rows.next())
        throw Failure(400, "There is no version " + key + " of a registered model.", 42006);
    return {modelOf(rows, versionColumns), versionOf(rows)};
}

void writeItem(JsonWriter &out, Connection &db, const Service &service, const Model &model,
    const Version &version, bool withAssets)
{
    const auto writeStages = [&](const char *name) {
        out.key(name).beginArray();
        for (const std::string &stage : stages(db, version.id))
            out.string(stage);
        out.endArray();
    };
    out.beginObject();
    out.key("registryModelItemId").string(version.key);
    out.key("registryModelId").string(model.key);
    out.key("registryModelName").string(model.name);
    out.key("experimentModel").beginObject();
    out.key("experimentModelId").string(version.experimentModel);
    out.key("experimentModelName").string(version.experimentModelName);
    out.key("modelName").string(version.experimentModelName); // Java reads it here
    out.key("experimentKey").string(version.experiment);
    out.endObject();
    out.key("experimentKey").string(version.experiment);
    out.key("version").string(version.text);
    out.key("comment").optionalString(version.comment);
    writeStages("stages");
    writeStages("tags"); // newer clients call them so
    out.key("status").string(version.status);
    out.key("userName").string(version.user);
    out.key("createdAt").integer(version.created);
    out.key("lastUpdated").integer(version.updated);
    out.key("restApiUrl")
        .string(service.root
            + "/api/rest/v2/registry-model/item/download?workspaceName=" + escaped(model.workspace)
            + "&modelName=" + escaped(model.name) + "&version=" + escaped(version.text));
    if (withAssets) {
        out.key("assets");
        assets::writeFiles(out, db, service, version.id, version.experiment);
    } else {
        out.key("metadata").beginArray();
        Rows rows = db.query("SELECT a.metadata FROM files f JOIN assets a ON a.id=f.asset WHERE f.version=? "
                             "AND a.metadata<>'' ORDER BY a.id",
            version.id);
        while (rows.next())
            out.string(rows.view(0));
        out.endArray();
    }
    out.endObject();
}

} // namespace localserver::registry
