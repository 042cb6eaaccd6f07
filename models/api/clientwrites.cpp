// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The calls that change projects and experiments (PROTOCOL 3.1, 3.2, 4b).

#include "models/api/call.h"
#include "models/api/decode.h"
#include "models/api/json.h"

using namespace Qt::StringLiterals;

namespace api {

namespace {

QByteArray textOrNothing(const std::optional<QString> &text)
{
    return text ? json::quoted(*text) : QByteArray();
}

QByteArray flagOrNothing(const std::optional<bool> &flag)
{
    return flag ? json::boolean(*flag) : QByteArray();
}

Request projectWithKey(const QString &path, const QString &projectId, Query more = {})
{
    Query query{{u"projectId"_s, projectId}};
    query.insert(query.end(), more.begin(), more.end());
    return get(path, std::move(query));
}

} // namespace

Reply<Acknowledgement> *Client::createProject(
    const QString &workspace, const QString &name, const QString &description, bool isPublic)
{
    const QByteArray text = description.isEmpty() ? QByteArray("null") : json::quoted(description);
    return call<Acknowledgement>(post(u"write/project/create"_s,
                                     json::object({{"workspaceName", json::quoted(workspace)},
                                         {"projectName", json::quoted(name)}, {"projectDescription", text},
                                         {"isPublic", json::boolean(isPublic)}})),
        decode::acknowledgement);
}

Reply<Acknowledgement> *Client::updateProject(
    const QString &workspace, const QString &name, const PropertyChange &change)
{
    return call<Acknowledgement>(
        post(u"write/project/update"_s,
            json::object({{"projectName", json::quoted(name)}, {"workspaceName", json::quoted(workspace)},
                {"newProjectName", textOrNothing(change.name)},
                {"newProjectDescription", textOrNothing(change.description)},
                {"isPublic", flagOrNothing(change.isPublic)}})),
        decode::acknowledgement);
}

Reply<Acknowledgement> *Client::updateProjectById(const QString &id, const PropertyChange &change)
{
    return call<Acknowledgement>(
        post(u"write/project/update"_s,
            json::object({{"projectId", json::quoted(id)}, {"newProjectName", textOrNothing(change.name)},
                {"newProjectDescription", textOrNothing(change.description)},
                {"isPublic", flagOrNothing(change.isPublic)}})),
        decode::acknowledgement);
}

Reply<Acknowledgement> *Client::deleteProject(
    const QString &workspace, const QString &name, bool deleteExperiments)
{
    return call<Acknowledgement>(
        post(u"write/project/delete"_s,
            json::object({{"workspaceName", json::quoted(workspace)}, {"projectName", json::quoted(name)},
                {"deleteAllExperiments", json::boolean(deleteExperiments)}})),
        decode::acknowledgement);
}

Reply<Acknowledgement> *Client::deleteProjectById(const QString &id, bool deleteExperiments)
{
    return call<Acknowledgement>(
        post(u"write/project/delete"_s,
            json::object({{"projectId", json::quoted(id)},
                {"deleteAllExperiments", json::boolean(deleteExperiments)}})),
        decode::acknowledgement);
}

Reply<Acknowledgement> *Client::setProjectNotes(const QString &projectId, const QString &notes)
{
    return call<Acknowledgement>(
        post(u"write/project/notes"_s,
            json::object({{"projectId", json::quoted(projectId)}, {"notes", json::quoted(notes)}})),
        decode::acknowledgement);
}

Reply<QStringList> *Client::projectShareKeys(const QString &projectId)
{
    return call<QStringList>(
        projectWithKey(u"project/get-project-share-links"_s, projectId), decode::shareKeys);
}

Reply<Acknowledgement> *Client::createProjectShareKey(const QString &projectId)
{
    return call<Acknowledgement>(
        projectWithKey(u"write/project/add-share-link"_s, projectId), decode::acknowledgement);
}

Reply<Acknowledgement> *Client::deleteProjectShareKey(const QString &projectId, const QString &shareKey)
{
    return call<Acknowledgement>(
        projectWithKey(u"write/project/delete-project-share-link"_s, projectId, {{u"shareCode"_s, shareKey}}),
        decode::acknowledgement);
}

Reply<Acknowledgement> *Client::archiveExperiment(const QString &key)
{
    return call<Acknowledgement>(getOfExperiment(u"write/experiment/archive"_s, key), decode::acknowledgement);
}

Reply<Acknowledgement> *Client::restoreExperiment(const QString &key)
{
    return call<Acknowledgement>(getOfExperiment(u"write/experiment/restore"_s, key), decode::acknowledgement);
}

Reply<Acknowledgement> *Client::deleteExperiment(const QString &key)
{
    return call<Acknowledgement>(getOfExperiment(u"write/experiment/delete"_s, key), decode::acknowledgement);
}

Reply<Acknowledgement> *Client::stopExperiment(const QString &key)
{
    return call<Acknowledgement>(getOfExperiment(u"write/experiment/stop"_s, key), decode::acknowledgement);
}

Reply<Acknowledgement> *Client::moveExperiments(
    const QStringList &keys, const QString &workspace, const QString &project, bool symlink)
{
    return call<Acknowledgement>(
        post(u"write/experiment/move"_s,
            json::object({{"targetWorkspaceName", json::quoted(workspace)},
                {"targetProjectName", json::quoted(project)}, {"experimentKeys", json::list(keys)},
                {"symlink", json::boolean(symlink)}})),
        decode::acknowledgement);
}

Reply<Acknowledgement> *Client::createSymlink(const QString &key, const QString &project)
{
    return call<Acknowledgement>(
        get(u"write/project/symlink"_s, {{u"experimentKey"_s, key}, {u"projectName"_s, project}}),
        decode::acknowledgement);
}

Reply<Acknowledgement> *Client::addTags(const QString &key, const QStringList &tags)
{
    return call<Acknowledgement>(
        post(u"write/experiment/tags"_s,
            json::object({{"experimentKey", json::quoted(key)}, {"addedTags", json::list(tags)}})),
        decode::acknowledgement);
}

Reply<Acknowledgement> *Client::deleteTags(const QString &key, const QStringList &tags)
{
    return call<Acknowledgement>(
        post(u"write/experiment/tags/delete"_s,
            json::object({{"experimentKey", json::quoted(key)}, {"tags", json::list(tags)}})),
        decode::acknowledgement);
}

Reply<Acknowledgement> *Client::logOther(const QString &key, const QString &name, const QString &value)
{
    return call<Acknowledgement>(
        post(u"write/experiment/log-other"_s,
            json::object({{"experimentKey", json::quoted(key)}, {"key", json::quoted(name)},
                {"value", json::quoted(value)}})),
        decode::acknowledgement);
}

} // namespace api
