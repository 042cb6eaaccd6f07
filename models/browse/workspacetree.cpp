// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/workspacetree.h"

#include "models/browse/workspacenode.h"

#include <algorithm>

using Kind = WorkspaceTree::Kind;
using LoadState = WorkspaceTree::LoadState;

WorkspaceTree::WorkspaceTree(Sessions &sessions, QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
    m_root->state = LoadState::Loaded;
    connect(&sessions, &Sessions::added, this, &WorkspaceTree::addServer);
    connect(&sessions, &Sessions::aboutToRemove, this, &WorkspaceTree::removeServer);
    for (Session *session : sessions.all())
        addServer(session);
}

WorkspaceTree::~WorkspaceTree() = default;

WorkspaceTree::Node *WorkspaceTree::node(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex WorkspaceTree::indexOf(const Node *node) const
{
    return node == m_root.get() ? QModelIndex() : createIndex(node->row, 0, node);
}

QModelIndex WorkspaceTree::index(int row, int column, const QModelIndex &parent) const
{
    return hasIndex(row, column, parent)
        ? createIndex(row, column, node(parent)->children[static_cast<std::size_t>(row)].get())
        : QModelIndex();
}

QModelIndex WorkspaceTree::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexOf(node(index)->parent) : QModelIndex();
}

int WorkspaceTree::rowCount(const QModelIndex &parent) const
{
    return static_cast<int>(node(parent)->children.size());
}

int WorkspaceTree::columnCount(const QModelIndex &) const
{
    return 1;
}

bool WorkspaceTree::hasChildren(const QModelIndex &parent) const
{
    const Node *of = node(parent);
    if (!of->isContainer())
        return false;
    // Until it is known to be empty, a node can be opened.
    return !of->children.empty() || of->state == LoadState::Unknown || of->state == LoadState::Loading;
}

bool WorkspaceTree::canFetchMore(const QModelIndex &parent) const
{
    const Node *of = node(parent);
    // Not Failed: a view asks again with every layout, and a server in trouble should not be hammered.
    return of->isContainer() && of->state == LoadState::Unknown;
}

void WorkspaceTree::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        load(node(parent), api::Priority::Visible);
}

Qt::ItemFlags WorkspaceTree::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (!node(index)->isContainer())
        flags |= Qt::ItemNeverHasChildren;
    return flags;
}

QVariant WorkspaceTree::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node *of = node(index);
    switch (role) {
    case Qt::DisplayRole:
        return of->text;
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
        return of->description();
    case SortRole:
        return of->kind == Kind::Experiment ? QVariant(of->start) : QVariant(of->name);
    case PlaceRole:
        return QVariant::fromValue(of->place());
    case KindRole:
        return QVariant::fromValue(of->kind);
    case StateRole:
        return QVariant::fromValue(of->kind == Kind::Message ? of->parent->state : of->state);
    case CountRole:
        return of->count();
    case RunningRole:
        return of->running;
    case KeyRole:
        return of->kind == Kind::Project || of->kind == Kind::Experiment ? of->id : QString();
    case DetailRole:
        return of->detail();
    case RunStateRole:
        return static_cast<int>(of->runState);
    case PublicRole:
        return of->project.isPublic;
    case UpdatedRole:
        return of->project.lastUpdated;
    case ColourRole:
        return of->kind == Kind::Server ? of->session->profile().colour : QString();
    case ReadOnlyRole:
        return of->kind == Kind::Server && of->session->profile().isReadOnly;
    case LoadingForRole:
        return of->state == LoadState::Loading ? of->loadingSince.elapsed() : qint64(0);
    default:
        return {};
    }
}

Place WorkspaceTree::place(const QModelIndex &index) const
{
    return index.isValid() ? node(index)->place() : Place();
}

WorkspaceTree::Kind WorkspaceTree::kind(const QModelIndex &index) const
{
    return node(index)->kind;
}

WorkspaceTree::LoadState WorkspaceTree::loadState(const QModelIndex &index) const
{
    return node(index)->state;
}

const api::Error &WorkspaceTree::error(const QModelIndex &index) const
{
    return node(index)->error;
}

Session *WorkspaceTree::session(const QModelIndex &index) const
{
    return node(index)->session;
}

QModelIndex WorkspaceTree::find(const Place &place) const
{
    const Node *deepest = m_root.get();
    const auto descend = [&deepest](Kind kind, const QString &wanted, QString Node::*member) {
        if (wanted.isEmpty())
            return false;
        const auto found = std::ranges::find_if(deepest->children,
            [&](const auto &child) { return child->kind == kind && child.get()->*member == wanted; });
        if (found == deepest->children.end())
            return false;
        deepest = found->get();
        return true;
    };
    if (descend(Kind::Server, place.server, &Node::id)
        && descend(Kind::Workspace, place.workspace, &Node::name)) {
        if (place.registry && descend(Kind::Registry, registryId, &Node::id))
            descend(Kind::Model, place.model, &Node::name);
        else if (descend(Kind::Project, place.project, &Node::name))
            descend(Kind::Experiment, place.experiment, &Node::id);
    }
    return indexOf(deepest);
}

bool WorkspaceTree::isRegistryUnknown(const QModelIndex &workspace) const
{
    return node(workspace)->kind == Kind::Workspace && node(workspace)->isRegistryUnknown;
}

std::vector<WorkspaceTree::Known> WorkspaceTree::known() const
{
    std::vector<Known> all;
    for (const auto &server : m_root->children) {
        for (const auto &workspace : server->children) {
            if (workspace->kind != Kind::Workspace)
                continue;
            all.push_back({workspace->place(), server->name, nullptr});
            for (const auto &child : workspace->children) {
                if (child->kind == Kind::Project || child->kind == Kind::Registry)
                    all.push_back({child->place(), server->name, child->listing});
                for (const auto &model : child->children) {
                    if (model->kind == Kind::Model)
                        all.push_back({model->place(), server->name, nullptr});
                }
            }
        }
    }
    return all;
}

void WorkspaceTree::touch(const Node *node)
{
    const QModelIndex index = indexOf(node);
    emit dataChanged(index, index);
}

void WorkspaceTree::insertChildren(Node *parent, std::size_t row, std::vector<Seed> seeds)
{
    beginInsertRows(indexOf(parent), static_cast<int>(row), static_cast<int>(row + seeds.size()) - 1);
    std::vector<std::unique_ptr<Node>> made;
    made.reserve(seeds.size());
    for (Seed &seed : seeds) {
        made.push_back(std::make_unique<Node>());
        made.back()->parent = parent;
        made.back()->take(seed);
        if (!made.back()->session)
            made.back()->session = parent->session;
    }
    parent->children.insert(parent->children.begin() + static_cast<std::ptrdiff_t>(row),
        std::make_move_iterator(made.begin()), std::make_move_iterator(made.end()));
    parent->numberChildren(row);
    endInsertRows();
}

void WorkspaceTree::removeChildren(Node *parent, std::size_t first, std::size_t last)
{
    beginRemoveRows(indexOf(parent), static_cast<int>(first), static_cast<int>(last));
    const auto begin = parent->children.begin();
    // Kept until the view knows: a node that dies cancels its calls, and handlers must find a sound tree.
    std::vector<std::unique_ptr<Node>> dying(std::make_move_iterator(begin + static_cast<std::ptrdiff_t>(first)),
        std::make_move_iterator(begin + static_cast<std::ptrdiff_t>(last) + 1));
    parent->children.erase(
        begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last) + 1);
    parent->numberChildren(first);
    endRemoveRows();
}

void WorkspaceTree::moveChild(Node *parent, std::size_t from, std::size_t to) // upwards only
{
    const QModelIndex index = indexOf(parent);
    beginMoveRows(index, static_cast<int>(from), static_cast<int>(from), index, static_cast<int>(to));
    const auto begin = parent->children.begin();
    std::rotate(begin + static_cast<std::ptrdiff_t>(to), begin + static_cast<std::ptrdiff_t>(from),
        begin + static_cast<std::ptrdiff_t>(from) + 1);
    parent->numberChildren(to);
    endMoveRows();
}

// Makes the children those of the seeds, in their order, as a difference by id.
void WorkspaceTree::setChildren(Node *parent, std::vector<Seed> seeds)
{
    QSet<QString> wanted;
    for (const Seed &seed : seeds)
        wanted.insert(seed.id);
    auto &children = parent->children;
    for (std::size_t last = children.size(); last-- > 0;) {
        if (wanted.contains(children[last]->id))
            continue;
        std::size_t first = last;
        while (first > 0 && !wanted.contains(children[first - 1]->id))
            --first;
        removeChildren(parent, first, last);
        last = first;
    }

    QSet<QString> present;
    for (const auto &child : children)
        present.insert(child->id);
    for (std::size_t i = 0; i < seeds.size();) {
        std::size_t end = i;
        while (end < seeds.size() && !present.contains(seeds[end].id))
            ++end;
        if (end > i) {
            const auto begin = seeds.begin();
            insertChildren(parent, i,
                std::vector<Seed>(std::make_move_iterator(begin + static_cast<std::ptrdiff_t>(i)),
                    std::make_move_iterator(begin + static_cast<std::ptrdiff_t>(end))));
            i = end;
            continue;
        }
        if (children[i]->id != seeds[i].id) {
            std::size_t from = i + 1;
            while (children[from]->id != seeds[i].id)
                ++from;
            moveChild(parent, from, i);
        }
        if (children[i]->take(seeds[i]))
            touch(children[i].get());
        ++i;
    }
}
