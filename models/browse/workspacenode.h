// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/browse/workspacetree.h"

#include <QElapsedTimer>
#include <QSet>

// The insides of WorkspaceTree, for its own files only: a node, and the seed that a node is made from or
// brought up to date with.
struct WorkspaceTree::Seed
{
    Kind kind = Kind::Message;
    QString id = {}; // among its siblings, for good: profile id, workspace name, project id, experiment key, model id
    QString name = {};
    QString text = {}; // what is shown; the name where empty
    Session *session = nullptr; // of a server
    api::Project project = {};
    qint64 start = 0;
    api::State runState = api::State::Unknown;
    qint64 versions = -1; // of a model, whose other properties are in project; what a query matches
};

struct WorkspaceTree::Node
{
    Node *parent = nullptr;
    int row = 0;
    Kind kind = Kind::Server;
    LoadState state = LoadState::Unknown;
    QElapsedTimer loadingSince;
    QString id;
    QString name;
    QString text;
    Session *session = nullptr;
    api::Project project; // of a Project; of a Model what both have
    qint64 start = 0; // of an Experiment
    api::State runState = api::State::Unknown;
    qint64 versions = -1; // of a Model; of a Query what it matches
    api::Error error; // of Failed
    bool refreshesBelow = false; // what is loaded below it follows when it has loaded
    std::vector<std::unique_ptr<Node>> children;

    // Of a Project whose listing is here.
    std::shared_ptr<const api::Experiments> listing;
    qint64 running = -1;
    int shown = WorkspaceTree::pageSize;

    api::Latest latest;
    api::Latest registry; // of a Workspace: its models
    bool isRegistryUnknown = true;

    bool isContainer() const
    {
        return !parent || kind == Kind::Server || kind == Kind::Workspace || kind == Kind::Project
            || kind == Kind::Registry;
    }
    bool take(const Seed &seed); // whether anything is different now
    Seed seed() const; // that makes it what it is
    void numberChildren(std::size_t from);
    const Node *ancestor(Kind kind) const; // or itself; nullptr
    Place place() const;
    qint64 count() const;
    QString detail() const;
    QString description() const;
};

// The id of a workspace's Registry among the projects; no id of a server starts so.
inline const QString registryId = QStringLiteral("\x01registry");

// What people call the experiment: its name, or its key where it has none.
QString nameIn(const api::Experiments &listing, std::size_t row);
