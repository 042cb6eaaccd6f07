// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/place.h"
#include "models/session/sessions.h"

#include <QAbstractItemModel>

#include <functional>
#include <memory>

// Servers, their workspaces, projects, experiments and registered models as one lazy tree. A node loads when it is first
// opened; one that failed is asked again only by retry(). Refreshing is a difference by server id, so
// expansion, selection and scroll of a view survive. Owned by the navigator; lives on the main thread.
class WorkspaceTree : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum class Kind : quint8 {
        Server,
        Workspace,
        Project,
        Query, // kept by the person, of a project, before its experiments; its place is the project
        Experiment,
        Registry, // of a workspace, after its projects; not there where the server has none
        Model,
        Message, // under a node that failed or is empty: says so
        More, // shows the next 200 experiments; its place is the project
        ShowAll, // "Show All 25,000 in the Table"; its place is the project
    };
    Q_ENUM(Kind)
    enum class LoadState : quint8 { Unknown, Loading, Loaded, Failed };
    Q_ENUM(LoadState)
    enum Role {
        SortRole = Qt::UserRole, // what siblings are ordered by: a name, or the start of an experiment
        PlaceRole, // Place
        KindRole, // Kind
        StateRole, // LoadState; of a Message, that of its parent
        CountRole, // qint64: workspaces, projects, experiments, models, versions, matches; -1 where unknown
        RunningRole, // qint64 of a project whose listing is here; -1 where unknown
        KeyRole, // project id or experiment key
        DetailRole, // small print: the host of a server, when a project was updated
        RunStateRole, // int(api::State) of an experiment
        PublicRole, // bool of a project or model
        UpdatedRole, // qint64, milliseconds since 1970 UTC, of a project or model
        ColourRole, // QString of a server: Profile::colour
        ReadOnlyRole, // bool of a server
        LoadingForRole, // qint64: milliseconds that a Loading node has been at it
    };

    static constexpr int pageSize = 200;

    explicit WorkspaceTree(Sessions &sessions, QObject *parent = nullptr);
    ~WorkspaceTree() override;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    // The queries kept of a project, to be shown where it is opened; updateQueries() when they are others.
    struct SavedQuery
    {
        QString name;
        qint64 matches = -1; // CountRole; -1 where unknown
    };
    void setQueries(std::function<std::vector<SavedQuery>(const Place &project)> queries);
    void updateQueries();

    Place place(const QModelIndex &index) const;
    Kind kind(const QModelIndex &index) const;
    LoadState loadState(const QModelIndex &index) const;
    const api::Error &error(const QModelIndex &index) const; // of Failed
    QModelIndex find(const Place &place) const; // the deepest node on the way that is here
    Session *session(const QModelIndex &index) const;
    // Whether the server has yet to say what models the workspace has.
    bool isRegistryUnknown(const QModelIndex &workspace) const;

    // Asks in the background for the projects of all workspaces that were never opened.
    void fetchWorkspaces();
    void retry(const QModelIndex &index); // of a failed node or its Message
    void refresh(const QModelIndex &index = {}); // what is loaded at and below it; all without one
    void showMore(const QModelIndex &index); // of a project or its More

    // Every workspace, project and model here, projects with their listing where that is loaded: a picture
    // of now that another thread may read.
    struct Known
    {
        Place place;
        QString serverName;
        std::shared_ptr<const api::Experiments> listing;
    };
    std::vector<Known> known() const;

signals:
    void loadStateChanged(const QModelIndex &index);

private:
    struct Node;
    struct Seed;

    Node *node(const QModelIndex &index) const;
    QModelIndex indexOf(const Node *node) const;
    void addServer(Session *session);
    void removeServer(Session *session);
    void followSession(Node *server);
    void load(Node *node, api::Priority priority);
    void loadWorkspaces(Node *server);
    void loadProjects(Node *workspace, api::Priority priority);
    void loadExperiments(Node *project, api::Priority priority);
    void loadRegistry(Node *workspace);
    Node *registryOf(Node *workspace); // made where it is not there
    void setLoaded(Node *node, std::vector<Seed> seeds);
    void setFailed(Node *node, const api::Error &error);
    void setState(Node *node, LoadState state);
    void showExperiments(Node *project);
    std::vector<Seed> queriesOf(const Node *project) const;
    void showQueries(Node *project);
    void setChildren(Node *parent, std::vector<Seed> seeds);
    void insertChildren(Node *parent, std::size_t row, std::vector<Seed> seeds);
    void removeChildren(Node *parent, std::size_t first, std::size_t last);
    void moveChild(Node *parent, std::size_t from, std::size_t to);
    void refreshNode(Node *node);
    void touch(const Node *node);

    std::unique_ptr<Node> m_root;
    std::function<std::vector<SavedQuery>(const Place &project)> m_queries;
};
