// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <vector>

// One write, as a value: what is done to which thing, what was there before and what will be there after.
// Made by the functions below; stepkinds.cpp knows how each kind is sent, looked at, undone and spoken of.
struct Step
{
    enum class Kind {
        Archived, // bool: archive and restore
        DeleteExperiment,
        Stop,
        Place, // where experiments are: a move
        Link,
        Name, // text, of an experiment
        Tags, // list: which of details.tags it has
        Other, // text; null where it has none
        CreateProject,
        Project, // object: the properties that change
        ProjectNotes, // text
        DeleteProject,
        CreateShareKey,
        DeleteShareKey,
        RegisterModel,
        Model, // object: the properties that change
        ModelNotes, // text
        VersionComment, // text
        Stage, // bool: whether the version is in details.stage
        Status, // text
        DeleteVersion,
        DeleteModel,
    };

    Kind kind = Kind::Archived;
    QString subject; // what the server knows it by: experiment key, project id, id of a model or version
    QString label; // what people call it
    QJsonObject details = {}; // what else the request needs
    QJsonValue before = {};
    QJsonValue after = {};

    bool operator==(const Step &) const = default;
};

namespace steps {

struct Target // a project
{
    QString workspace;
    QString project;
};

struct Properties // of a project or model; nothing is changed that is equal
{
    QString name;
    QString description;
    bool isPublic = false;
};

Step setArchived(const QString &key, const QString &label, bool archived);
Step deleteExperiment(const QString &key, const QString &label);
Step stop(const QString &key, const QString &label);
// One step for each hundred experiments, all from one project.
std::vector<Step> move(const QStringList &keys, const QString &label, const Target &from, const Target &to);
std::vector<Step> link(const QStringList &keys, const QString &label, const Target &to);
Step rename(const QString &key, const QString &before, const QString &after);
// tags: those that it does not have yet, or those to be removed.
Step addTags(const QString &key, const QString &label, const QStringList &tags);
Step removeTags(const QString &key, const QString &label, const QStringList &tags);
// before is null where it has none of that name.
Step logOther(const QString &key, const QString &label, const QString &name, const QString &before,
    const QString &after);

Step createProject(const Target &target, const QString &description, bool isPublic);
Step updateProject(const QString &id, const Properties &before, const Properties &after);
Step setProjectNotes(
    const QString &id, const QString &project, const QString &before, const QString &after);
Step deleteProject(const QString &id, const Target &target, bool withExperiments);
Step createShareKey(const QString &projectId, const QString &project);
Step deleteShareKey(const QString &projectId, const QString &shareKey);

// experimentModelId is the subject of a registration; normalised says what the name becomes.
struct NewVersion
{
    QString workspace;
    QString experimentModelId;
    QString model;
    QString version;
    QString comment;
    QStringList stages;
    QString description;
    bool isPublic = false;
};
Step registerModel(const NewVersion &version);
Step updateModel(
    const QString &id, const QString &workspace, const Properties &before, const Properties &after);
Step setModelNotes(
    const QString &workspace, const QString &model, const QString &before, const QString &after);

struct Version // of a registered model
{
    QString workspace;
    QString model;
    QString id;
    QString version;
};
Step setComment(const Version &version, const QString &before, const QString &after);
Step setStage(const Version &version, const QString &stage, bool has);
Step setStatus(const Version &version, const QString &before, const QString &after);
Step deleteVersion(const Version &version);
Step deleteModel(const QString &id, const QString &workspace, const QString &model);

// PROTOCOL 7: what a client makes of a name before it registers a model under it.
QString normalisedModelName(const QString &name);
// PROTOCOL 7: major.minor.patch, with a pre-release and build where wanted.
bool isSemanticVersion(const QString &text);

} // namespace steps
