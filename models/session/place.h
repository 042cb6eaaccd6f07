// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QUrl>

// Where a person is: a server, and on it a workspace, a project, an experiment, as deep as it goes; or the
// model registry of the workspace and a model in it. The address of the program: history, --open,
// remembered last place.
struct Place
{
    QString server; // Profile::id
    QString workspace;
    QString project;
    QString experiment; // its key
    bool registry = false; // the workspace's model registry; project and experiment are empty then
    QString model = {}; // in the registry, by its name

    bool operator==(const Place &) const = default;
    bool isNull() const { return server.isEmpty(); }
    // The place of the registry of a workspace, or of a model in it.
    static Place ofRegistry(const QString &server, const QString &workspace, const QString &model = {})
    {
        return {server, workspace, {}, {}, true, model};
    }
};

// The page of the place in the server's own web application (PROTOCOL 1.1); empty for the registry, whose
// addresses there are not documented.
QUrl webLink(const QUrl &root, const Place &place, bool archived = false);
// What a person types in Python to get there: api.get("workspace/project").
QString pythonText(const Place &place);
// A Python literal in double quotes: names come from a server and may hold anything.
QString pythonLiteral(QString text);
