// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/workspacenode.h"

#include "models/session/profilemarks.h"
#include "models/values/format.h"

#include <QDateTime>

#include <algorithm>

QString nameIn(const api::Experiments &listing, std::size_t row)
{
    const QString name = listing.names.at(row);
    return name.isEmpty() ? listing.keys.at(row) : name;
}

bool WorkspaceTree::Node::take(const Seed &seed)
{
    const QString shownText = seed.text.isEmpty() ? seed.name : seed.text;
    const bool same = kind == seed.kind && name == seed.name && text == shownText && start == seed.start
        && runState == seed.runState && versions == seed.versions && project.experimentCount == seed.project.experimentCount
        && project.lastUpdated == seed.project.lastUpdated && project.isPublic == seed.project.isPublic
        && project.description == seed.project.description;
    kind = seed.kind;
    id = seed.id;
    name = seed.name;
    text = shownText;
    start = seed.start;
    runState = seed.runState;
    project = seed.project;
    versions = seed.versions;
    if (seed.session)
        session = seed.session;
    return !same;
}

WorkspaceTree::Seed WorkspaceTree::Node::seed() const
{
    return {kind, id, name, text, nullptr, project, start, runState, versions};
}

void WorkspaceTree::Node::numberChildren(std::size_t from)
{
    for (; from < children.size(); ++from)
        children[from]->row = static_cast<int>(from);
}

const WorkspaceTree::Node *WorkspaceTree::Node::ancestor(Kind wanted) const
{
    const Node *node = this;
    while (node->parent && node->kind != wanted)
        node = node->parent;
    return node->parent ? node : nullptr;
}

Place WorkspaceTree::Node::place() const
{
    Place place;
    if (const Node *server = ancestor(Kind::Server))
        place.server = server->id;
    if (const Node *workspace = ancestor(Kind::Workspace))
        place.workspace = workspace->name;
    if (const Node *parentProject = ancestor(Kind::Project))
        place.project = parentProject->name;
    if (kind == Kind::Experiment)
        place.experiment = id;
    place.registry = ancestor(Kind::Registry);
    if (kind == Kind::Model)
        place.model = name;
    return place;
}

qint64 WorkspaceTree::Node::count() const
{
    switch (kind) {
    case Kind::Server:
    case Kind::Workspace:
    case Kind::Registry: {
        const auto number = std::ranges::count_if(children,
            [](const auto &child) { return child->kind != Kind::Message && child->kind != Kind::Registry; });
        return number > 0 || state == LoadState::Loaded ? number : -1;
    }
    case Kind::Model:
    case Kind::Query:
        return versions;
    case Kind::Project:
        return listing ? static_cast<qint64>(listing->size()) : project.experimentCount;
    default:
        return -1;
    }
}

QString WorkspaceTree::Node::detail() const
{
    if (kind == Kind::Server)
        return session->profile().root.authority();
    if ((kind == Kind::Project || kind == Kind::Model) && project.lastUpdated > 0)
        return format::time(project.lastUpdated, QDateTime::currentDateTime());
    return {};
}

QString WorkspaceTree::Node::description() const
{
    QStringList lines;
    switch (kind) {
    case Kind::Server:
        lines << session->profile().root.toString() << profilemarks::sentences(session->profile());
        if (session->state() == Session::State::Ready) {
            lines << (session->version().isEmpty()
                    ? tr("Signed in as %1").arg(session->account().userName)
                    : tr("Signed in as %1, API %2").arg(session->account().userName, session->version()));
            if (!session->account().defaultWorkspace.isEmpty())
                lines << tr("Default workspace: %1").arg(session->account().defaultWorkspace);
        }
        break;
    case Kind::Workspace:
        lines << name;
        if (const Node *server = ancestor(Kind::Server);
            server && server->session && server->session->account().defaultWorkspace == name)
            lines << tr("Your default workspace");
        break;
    case Kind::Project:
        lines << name << (project.isPublic ? tr("Public project") : tr("Private project"));
        if (!project.description.isEmpty())
            lines << project.description;
        if (project.lastUpdated > 0)
            lines << tr("Last updated %1").arg(format::timeFull(project.lastUpdated));
        if (running > 0)
            lines << tr("%1 running").arg(format::count(running));
        break;
    case Kind::Model:
        lines << name << (project.isPublic ? tr("Public model") : tr("Private model"));
        if (!project.description.isEmpty())
            lines << project.description;
        if (project.lastUpdated > 0)
            lines << tr("Last updated %1").arg(format::timeFull(project.lastUpdated));
        break;
    case Kind::Query:
        lines << name << tr("A query of this project");
        if (versions >= 0)
            lines << tr("%1 experiments matched when it was last applied").arg(format::count(versions));
        break;
    case Kind::Experiment:
        lines << name << id;
        if (start > 0)
            lines << tr("Started %1").arg(format::timeFull(start));
        break;
    default:
        lines << text;
    }
    if (state == LoadState::Failed)
        lines << error.sentence();
    return lines.join(QLatin1Char('\n'));
}
