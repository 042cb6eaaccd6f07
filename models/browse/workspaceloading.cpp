// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the tree loads: the second half of WorkspaceTree.

#include "models/api/cache.h"
#include "models/browse/workspacenode.h"
#include "models/values/format.h"
#include "models/values/naturalorder.h"


#include <algorithm>
#include <numeric>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

const QString messageId = u"\x01message"_s; // no id of a server starts so
const QString moreId = u"\x01more"_s;
const QString showAllId = u"\x01all"_s;
const QString queryIds = u"\x01query/"_s; // the name follows

} // namespace

void WorkspaceTree::addServer(Session *session)
{
    Seed seed;
    seed.kind = Kind::Server;
    seed.id = session->profile().id;
    seed.name = session->profile().name;
    seed.session = session;
    insertChildren(m_root.get(), m_root->children.size(), {seed});
    Node *server = m_root->children.back().get();
    connect(session, &Session::stateChanged, this, [this, session] {
        for (const auto &child : m_root->children) {
            if (child->session == session)
                followSession(child.get());
        }
    });
    followSession(server);
}

void WorkspaceTree::removeServer(Session *session)
{
    disconnect(session, nullptr, this, nullptr);
    for (std::size_t i = 0; i < m_root->children.size(); ++i) {
        if (m_root->children[i]->session == session) {
            removeChildren(m_root.get(), i, i);
            return;
        }
    }
}

void WorkspaceTree::followSession(Node *server)
{
    switch (server->session->state()) {
    case Session::State::Connecting:
        server->latest.cancel();
        setState(server, LoadState::Loading);
        break;
    case Session::State::Failed:
        setFailed(server, server->session->error());
        break;
    case Session::State::Ready:
        loadWorkspaces(server);
        break;
    }
}

void WorkspaceTree::load(Node *node, api::Priority priority)
{
    switch (node->kind) {
    case Kind::Server:
        followSession(node);
        break;
    case Kind::Workspace:
        loadProjects(node, priority);
        break;
    case Kind::Project:
        loadExperiments(node, priority);
        break;
    case Kind::Registry:
        loadRegistry(node->parent);
        break;
    default:
        break;
    }
}

void WorkspaceTree::loadWorkspaces(Node *server)
{
    setState(server, LoadState::Loading);
    server->latest(server->session->client().workspaces())
        ->then(this,
            [this, server](QStringList names) {
                const QCollator order = naturalOrder();
                std::ranges::sort(names, [&order](const QString &a, const QString &b) {
                    const int compared = order.compare(a, b);
                    return compared != 0 ? compared < 0 : a < b;
                });
                names.removeDuplicates();
                std::vector<Seed> seeds;
                for (const QString &name : names)
                    seeds.push_back({.kind = Kind::Workspace, .id = name, .name = name});
                setLoaded(server, std::move(seeds));
            })
        ->otherwise(this, [this, server](const api::Error &error) { setFailed(server, error); });
}

void WorkspaceTree::fetchWorkspaces()
{
    for (const auto &server : m_root->children) {
        for (const auto &workspace : server->children) {
            if (workspace->kind == Kind::Workspace && workspace->state == LoadState::Unknown)
                loadProjects(workspace.get(), api::Priority::Background);
        }
    }
}

void WorkspaceTree::loadProjects(Node *workspace, api::Priority priority)
{
    setState(workspace, LoadState::Loading);
    workspace->latest(workspace->session->client().projects(workspace->name, priority))
        ->then(this,
            [this, workspace](std::vector<api::Project> projects) {
                const QCollator order = naturalOrder();
                std::ranges::sort(projects, [&order](const api::Project &a, const api::Project &b) {
                    const int compared = order.compare(a.name, b.name);
                    return compared != 0 ? compared < 0 : a.name < b.name;
                });
                std::vector<Seed> seeds;
                QSet<QString> ids;
                for (const api::Project &project : projects) {
                    Seed seed{.kind = Kind::Project,
                        .id = project.id.isEmpty() ? project.name : project.id,
                        .name = project.name,
                        .project = project};
                    if (ids.contains(seed.id))
                        continue;
                    ids.insert(seed.id);
                    seeds.push_back(std::move(seed));
                }
                setLoaded(workspace, std::move(seeds));
            })
        ->otherwise(this, [this, workspace](const api::Error &error) { setFailed(workspace, error); });
}

void WorkspaceTree::loadExperiments(Node *project, api::Priority priority)
{
    setState(project, LoadState::Loading);
    showQueries(project); // they are here already
    project
        ->latest(project->session->client().experiments(
            project->parent->name, project->name, api::Archived::No, priority))
        ->then(this,
            [this, project](const api::Experiments &experiments) {
                project->listing = std::make_shared<const api::Experiments>(experiments);
                const auto &states = project->listing->states;
                project->running = std::ranges::all_of(
                                       states, [](api::State s) { return s == api::State::Unknown; })
                    ? -1
                    : std::ranges::count(states, api::State::Running);
                showExperiments(project);
            })
        ->otherwise(this, [this, project](const api::Error &error) { setFailed(project, error); });
}

WorkspaceTree::Node *WorkspaceTree::registryOf(Node *workspace)
{
    auto &children = workspace->children;
    if (children.empty() || children.back()->kind != Kind::Registry) {
        insertChildren(workspace, children.size(),
            {{.kind = Kind::Registry, .id = registryId, .name = tr("Model Registry")}});
    }
    return children.back().get();
}

// Asked for with the projects, because only the answer says whether there is a registry.
void WorkspaceTree::loadRegistry(Node *workspace)
{
    if (!workspace->isRegistryUnknown && workspace->children.back()->kind == Kind::Registry)
        setState(workspace->children.back().get(), LoadState::Loading);
    workspace->registry(workspace->session->client().registryModels(workspace->name))
        ->then(this,
            [this, workspace](std::vector<api::RegistryModel> models) {
                const QCollator order = naturalOrder();
                std::ranges::sort(models, [&order](const api::RegistryModel &a, const api::RegistryModel &b) {
                    const int compared = order.compare(a.name, b.name);
                    return compared != 0 ? compared < 0 : a.name < b.name;
                });
                std::vector<Seed> seeds;
                QSet<QString> ids;
                for (const api::RegistryModel &model : models) {
                    Seed seed{.kind = Kind::Model,
                        .id = model.id.isEmpty() ? model.name : model.id,
                        .name = model.name,
                        .versions = model.versionCount};
                    seed.project.description = model.description;
                    seed.project.isPublic = model.isPublic;
                    seed.project.lastUpdated = model.updated;
                    if (ids.contains(seed.id))
                        continue;
                    ids.insert(seed.id);
                    seeds.push_back(std::move(seed));
                }
                workspace->isRegistryUnknown = false;
                setLoaded(registryOf(workspace), std::move(seeds));
            })
        ->otherwise(this, [this, workspace](const api::Error &error) {
            workspace->isRegistryUnknown = false;
            if (error.kind != api::Error::Kind::NotFound) {
                setFailed(registryOf(workspace), error);
                return;
            }
            // An old server: it has no registry at all.
            if (auto &children = workspace->children; children.back()->kind == Kind::Registry)
                removeChildren(workspace, children.size() - 1, children.size() - 1);
            emit loadStateChanged(indexOf(workspace));
        });
}

// The newest of the listing as rows; the rest is counted, not made.
void WorkspaceTree::showExperiments(Node *project)
{
    const api::Experiments &listing = *project->listing;
    const std::size_t shown = std::min(listing.size(), static_cast<std::size_t>(project->shown));
    std::vector<std::size_t> order(listing.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown), order.end(),
        [&listing](std::size_t a, std::size_t b) {
            return listing.starts[a] != listing.starts[b] ? listing.starts[a] > listing.starts[b] : a < b;
        });

    QHash<QString, int> sameName;
    for (std::size_t i = 0; i < shown; ++i)
        ++sameName[nameIn(listing, order[i])];
    std::vector<Seed> seeds = queriesOf(project);
    QSet<QString> keys;
    for (std::size_t i = 0; i < shown; ++i) {
        const std::size_t row = order[i];
        Seed seed{.kind = Kind::Experiment,
            .id = listing.keys.at(row),
            .name = nameIn(listing, row),
            .start = listing.starts[row],
            .runState = listing.states[row]};
        if (keys.contains(seed.id))
            continue;
        keys.insert(seed.id);
        if (sameName.value(seed.name) > 1)
            seed.text = u"%1 (%2)"_s.arg(seed.name, seed.id.left(8));
        seeds.push_back(std::move(seed));
    }
    if (shown < listing.size()) {
        const std::size_t next = std::min(listing.size() - shown, static_cast<std::size_t>(pageSize));
        seeds.push_back({.kind = Kind::More,
            .id = moreId,
            .name = tr("Show %1 More").arg(format::count(static_cast<qint64>(next)))});
    }
    if (listing.size() > 0) {
        seeds.push_back({.kind = Kind::ShowAll,
            .id = showAllId,
            .name = listing.size() == 1
                ? tr("Show It in the Table")
                : tr("Show All %1 in the Table").arg(format::count(static_cast<qint64>(listing.size())))});
    }
    setLoaded(project, std::move(seeds));
}

void WorkspaceTree::setQueries(std::function<std::vector<SavedQuery>(const Place &project)> queries)
{
    m_queries = std::move(queries);
    updateQueries();
}

// A project that was never opened has none yet.
void WorkspaceTree::updateQueries()
{
    for (const auto &server : m_root->children) {
        for (const auto &workspace : server->children) {
            for (const auto &project : workspace->children) {
                if (project->kind == Kind::Project && project->state != LoadState::Unknown)
                    showQueries(project.get());
            }
        }
    }
}

std::vector<WorkspaceTree::Seed> WorkspaceTree::queriesOf(const Node *project) const
{
    std::vector<Seed> seeds;
    if (!m_queries)
        return seeds;
    for (const SavedQuery &query : m_queries(project->place())) {
        seeds.push_back({.kind = Kind::Query,
            .id = queryIds + query.name,
            .name = query.name,
            .text = query.name.simplified(),
            .versions = query.matches});
    }
    return seeds;
}

void WorkspaceTree::showQueries(Node *project)
{
    std::vector<Seed> seeds = queriesOf(project);
    std::size_t at = 0;
    for (const auto &child : project->children) {
        if (child->kind == Kind::Message)
            seeds.insert(seeds.begin() + static_cast<std::ptrdiff_t>(at++), child->seed()); // stays on top
        else if (child->kind != Kind::Query)
            seeds.push_back(child->seed());
    }
    setChildren(project, std::move(seeds));
}

void WorkspaceTree::setLoaded(Node *node, std::vector<Seed> seeds)
{
    if (seeds.empty()) {
        seeds.push_back({.kind = Kind::Message,
            .id = messageId,
            .name = node->kind == Kind::Server ? tr("No workspaces yet")
                : node->kind == Kind::Workspace ? tr("No projects yet")
                : node->kind == Kind::Registry  ? tr("No models yet")
                                                : tr("No experiments yet")});
    }
    const bool hasRegistry = !node->children.empty() && node->children.back()->kind == Kind::Registry;
    if (hasRegistry) {
        const Node &registry = *node->children.back();
        seeds.push_back({.kind = Kind::Registry, .id = registry.id, .name = registry.name});
    }
    node->error = {};
    setChildren(node, std::move(seeds));
    setState(node, LoadState::Loaded);
    if (node->kind == Kind::Workspace && !hasRegistry)
        loadRegistry(node);
    if (std::exchange(node->refreshesBelow, false)) {
        for (const auto &child : node->children)
            refreshNode(child.get());
    }
}

// What was loaded before stays; the message goes above it.
void WorkspaceTree::setFailed(Node *node, const api::Error &error)
{
    node->error = error;
    node->refreshesBelow = false; // below a server that is gone nothing else would be heard
    const Seed message{.kind = Kind::Message, .id = messageId, .name = error.sentence()};
    if (node->children.empty() || node->children.front()->kind != Kind::Message)
        insertChildren(node, 0, {message});
    else if (node->children.front()->take(message))
        touch(node->children.front().get());
    setState(node, LoadState::Failed);
}

void WorkspaceTree::setState(Node *node, LoadState state)
{
    if (node->state == state && state != LoadState::Failed) {
        touch(node);
        return;
    }
    node->state = state;
    if (state == LoadState::Loading)
        node->loadingSince.start();
    touch(node);
    if (!node->children.empty() && node->children.front()->kind == Kind::Message)
        touch(node->children.front().get());
    emit loadStateChanged(indexOf(node));
}

void WorkspaceTree::retry(const QModelIndex &index)
{
    Node *failed = node(index);
    if (failed->kind == Kind::Message)
        failed = failed->parent;
    if (failed->state == LoadState::Failed)
        refreshNode(failed);
}

void WorkspaceTree::refresh(const QModelIndex &index)
{
    if (index.isValid()) {
        session(index)->client().cache().clear();
        refreshNode(node(index));
        return;
    }
    for (const auto &server : m_root->children) {
        server->session->client().cache().clear();
        refreshNode(server.get());
    }
}

// From above: what is gone need not be asked for, and what was renamed is asked for by its new name.
void WorkspaceTree::refreshNode(Node *node)
{
    if (!node->isContainer() || node->state == LoadState::Unknown || node->state == LoadState::Loading)
        return;
    node->refreshesBelow = true;
    if (node->kind == Kind::Server && node->session->state() == Session::State::Failed)
        node->session->connectToServer();
    else
        load(node, node->state == LoadState::Failed ? api::Priority::Visible : api::Priority::Background);
}

void WorkspaceTree::showMore(const QModelIndex &index)
{
    Node *project = node(index);
    if (project->kind == Kind::More)
        project = project->parent;
    if (project->kind != Kind::Project || !project->listing
        || static_cast<std::size_t>(project->shown) >= project->listing->size())
        return;
    project->shown += pageSize;
    showExperiments(project);
}
