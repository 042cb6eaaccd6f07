// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/notes/notessource.h"

using namespace Qt::StringLiterals;

NotesSource NotesSource::ofProject(const QString &projectId, const QString &project)
{
    return {u"project/"_s + projectId, project,
        [projectId](api::Client &client) { return client.projectNotes(projectId); },
        [projectId, project](const QString &before, const QString &after) {
            return steps::setProjectNotes(projectId, project, before, after);
        }};
}

NotesSource NotesSource::ofModel(const QString &workspace, const QString &model)
{
    return {u"model/"_s + workspace + u'/' + model, model,
        [workspace, model](api::Client &client) { return client.registryModelNotes(workspace, model); },
        [workspace, model](const QString &before, const QString &after) {
            return steps::setModelNotes(workspace, model, before, after);
        }};
}
