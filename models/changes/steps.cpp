// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/changes/step.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using Kind = Step::Kind;

namespace steps {

namespace {

constexpr qsizetype mostKeys = 100; // in one request; PROTOCOL 3.2

QJsonObject object(const Target &target)
{
    return {{u"workspace"_s, target.workspace}, {u"project"_s, target.project}};
}

// Only what is different, in the state `of`.
QJsonObject difference(const Properties &before, const Properties &after, const Properties &of)
{
    QJsonObject changed;
    if (before.name != after.name)
        changed.insert(u"name"_s, of.name);
    if (before.description != after.description)
        changed.insert(u"description"_s, of.description);
    if (before.isPublic != after.isPublic)
        changed.insert(u"isPublic"_s, of.isPublic);
    return changed;
}

QJsonObject object(const Version &version)
{
    return {{u"workspace"_s, version.workspace}, {u"model"_s, version.model}, {u"version"_s, version.version}};
}

QString label(const Version &version)
{
    return version.model + u' ' + version.version;
}

std::vector<Step> inPortions(Kind kind, const QStringList &keys, const QString &label, const QJsonValue &before,
    const QJsonValue &after)
{
    std::vector<Step> portions;
    for (qsizetype first = 0; first < keys.size(); first += mostKeys) {
        const QJsonObject details{{u"keys"_s, QJsonArray::fromStringList(keys.mid(first, mostKeys))}};
        portions.push_back({kind, keys[first], label, details, before, after});
    }
    return portions;
}

} // namespace

Step setArchived(const QString &key, const QString &label, bool archived)
{
    return {Kind::Archived, key, label, {}, !archived, archived};
}

Step deleteExperiment(const QString &key, const QString &label)
{
    return {Kind::DeleteExperiment, key, label, {}, true, false};
}

Step stop(const QString &key, const QString &label)
{
    return {Kind::Stop, key, label, {}, {}, {}};
}

std::vector<Step> move(const QStringList &keys, const QString &label, const Target &from, const Target &to)
{
    return inPortions(Kind::Place, keys, label, object(from), object(to));
}

std::vector<Step> link(const QStringList &keys, const QString &label, const Target &to)
{
    return inPortions(Kind::Link, keys, label, {}, object(to));
}

Step rename(const QString &key, const QString &before, const QString &after)
{
    return {Kind::Name, key, after, {}, before, after};
}

Step addTags(const QString &key, const QString &label, const QStringList &tags)
{
    const QJsonArray list = QJsonArray::fromStringList(tags);
    return {Kind::Tags, key, label, {{u"tags"_s, list}}, QJsonArray(), list};
}

Step removeTags(const QString &key, const QString &label, const QStringList &tags)
{
    const QJsonArray list = QJsonArray::fromStringList(tags);
    return {Kind::Tags, key, label, {{u"tags"_s, list}}, list, QJsonArray()};
}

Step logOther(const QString &key, const QString &label, const QString &name, const QString &before,
    const QString &after)
{
    const QJsonValue value = before.isNull() ? QJsonValue() : QJsonValue(before);
    return {Kind::Other, key, label, {{u"name"_s, name}}, value, after};
}

Step createProject(const Target &target, const QString &description, bool isPublic)
{
    QJsonObject details = object(target);
    details.insert(u"description"_s, description);
    details.insert(u"isPublic"_s, isPublic);
    return {Kind::CreateProject, {}, target.project, details, false, true};
}

Step updateProject(const QString &id, const Properties &before, const Properties &after)
{
    return {Kind::Project, id, before.name, {}, difference(before, after, before), difference(before, after, after)};
}

Step setProjectNotes(const QString &id, const QString &project, const QString &before, const QString &after)
{
    return {Kind::ProjectNotes, id, project, {}, before, after};
}

Step deleteProject(const QString &id, const Target &target, bool withExperiments)
{
    QJsonObject details = object(target);
    details.insert(u"withExperiments"_s, withExperiments);
    return {Kind::DeleteProject, id, target.project, details, true, false};
}

Step createShareKey(const QString &projectId, const QString &project)
{
    return {Kind::CreateShareKey, projectId, project, {}, {}, {}};
}

Step deleteShareKey(const QString &projectId, const QString &shareKey)
{
    return {Kind::DeleteShareKey, projectId, shareKey, {{u"key"_s, shareKey}}, true, false};
}

Step registerModel(const NewVersion &version)
{
    const QJsonObject details{{u"workspace"_s, version.workspace}, {u"model"_s, version.model},
        {u"version"_s, version.version}, {u"comment"_s, version.comment},
        {u"stages"_s, QJsonArray::fromStringList(version.stages)}, {u"description"_s, version.description},
        {u"isPublic"_s, version.isPublic}};
    return {Kind::RegisterModel, version.experimentModelId, version.model + u' ' + version.version, details, false, true};
}

Step updateModel(const QString &id, const QString &workspace, const Properties &before, const Properties &after)
{
    const QJsonObject details{{u"workspace"_s, workspace}, {u"model"_s, before.name}};
    return {Kind::Model, id, before.name, details, difference(before, after, before), difference(before, after, after)};
}

Step setModelNotes(const QString &workspace, const QString &model, const QString &before, const QString &after)
{
    return {Kind::ModelNotes, model, model, {{u"workspace"_s, workspace}, {u"model"_s, model}}, before, after};
}

Step setComment(const Version &version, const QString &before, const QString &after)
{
    return {Kind::VersionComment, version.id, label(version), object(version), before, after};
}

Step setStage(const Version &version, const QString &stage, bool has)
{
    QJsonObject details = object(version);
    details.insert(u"stage"_s, stage);
    return {Kind::Stage, version.id, label(version), details, !has, has};
}

Step setStatus(const Version &version, const QString &before, const QString &after)
{
    return {Kind::Status, version.id, label(version), object(version), before, after};
}

Step deleteVersion(const Version &version)
{
    return {Kind::DeleteVersion, version.id, label(version), object(version), true, false};
}

Step deleteModel(const QString &id, const QString &workspace, const QString &model)
{
    return {Kind::DeleteModel, id, model, {{u"workspace"_s, workspace}, {u"model"_s, model}}, true, false};
}

QString normalisedModelName(const QString &name)
{
    QString normal = name;
    for (QChar &letter : normal) {
        if (!letter.isLetterOrNumber())
            letter = u'-';
    }
    static const QRegularExpression runs(u"-{2,}"_s);
    normal = normal.toLower().replace(runs, u"-"_s);
    while (normal.startsWith(u'-'))
        normal.remove(0, 1);
    while (normal.endsWith(u'-'))
        normal.chop(1);
    return normal;
}

bool isSemanticVersion(const QString &text)
{
    // The grammar of semver.org 2.0.0: no leading zeros, dots between non-empty identifiers.
    static const QRegularExpression grammar(
        u"^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)"
        "(-(0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)(\\.(0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*))*)?"
        "(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?\\z"_s);
    return grammar.match(text).hasMatch();
}

} // namespace steps
