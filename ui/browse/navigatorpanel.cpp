// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/browse/navigatorpanel.h"

#include "ui/browse/navigatordelegate.h"
#include "ui/browse/navigatorfilter.h"
#include "ui/browse/navigatorview.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QStackedLayout>
#include <QTimer>
#include <QToolButton>

using namespace Qt::StringLiterals;
using Kind = WorkspaceTree::Kind;
using LoadState = WorkspaceTree::LoadState;

NavigatorPanel::NavigatorPanel(Sessions &sessions, QWidget *parent)
    : QWidget(parent)
    , m_tree(new WorkspaceTree(sessions, this))
    , m_filter(new NavigatorFilter(this))
    , m_view(new NavigatorView)
    , m_field(new SearchField(tr("Filter servers and projects")))
    , m_stack(new QStackedLayout)
{
    setAccessibleName(tr("Navigator"));
    setFocusProxy(m_view);
    setMinimumWidth(200);
    m_filter->setSourceModel(m_tree);
    m_view->setAccessibleName(tr("Servers, workspaces, projects, experiments and models"));
    m_view->setModel(m_filter);
    m_view->setItemDelegate(new NavigatorDelegate(m_view));
    m_stack->addWidget(m_view);
    m_stack->addWidget(makeEmptyState());

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeTop());
    layout->addLayout(m_stack, 1);

    connect(m_view, &NavigatorView::opened, this, &NavigatorPanel::open);
    connect(m_view, &NavigatorView::menuRequested, this, &NavigatorPanel::showMenu);
    connect(m_view, &QTreeView::doubleClicked, this, [this](const QModelIndex &index) {
        if (m_tree->kind(toTree(index)) == Kind::Project)
            m_view->setExpanded(index, !m_view->isExpanded(index));
    });
    // Whoever walks on does not want to be fetched back.
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex &, const QModelIndex &before) {
            if (before.isValid())
                m_wanted = {};
        });
    m_view->setDropTest([this](const QModelIndex &index) { return m_tree->kind(toTree(index)) == Kind::Project; });
    connect(m_view, &NavigatorView::dropped, this, [this](const QModelIndex &index, const QPoint &global) {
        emit experimentsDropped(m_tree->place(toTree(index)), global);
    });
    connect(m_field, &QLineEdit::textChanged, this, &NavigatorPanel::applyFilter);
    connect(m_field, &SearchField::left, this, [this] {
        m_view->setFocus(Qt::TabFocusReason);
        if (!m_view->currentIndex().isValid())
            m_view->setCurrentIndex(m_filter->index(0, 0));
    });
    connect(m_tree, &WorkspaceTree::loadStateChanged, this, &NavigatorPanel::followLoading);
    connect(m_tree, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &at, int first, int last) {
        for (int row = first; !at.isValid() && row <= last; ++row)
            m_view->expand(toView(m_tree->index(row, 0)));
        showServersOrNone();
        if (!m_filter->text().isEmpty())
            expandMatches();
    });
    connect(m_tree, &QAbstractItemModel::rowsRemoved, this, &NavigatorPanel::showServersOrNone);
    for (int row = 0; row < m_filter->rowCount(); ++row)
        m_view->expand(m_filter->index(row, 0));
    showServersOrNone();
    setFocusProxy(m_view);
}

QWidget *NavigatorPanel::makeTop()
{
    auto *add = new QToolButton;
    add->setIcon(theme::icon(u"list-add"_s));
    add->setAutoRaise(true);
    add->setText(tr("Connect to Server…"));
    add->setToolTip(add->text());
    add->setAccessibleName(add->text());
    connect(add, &QToolButton::clicked, this, &NavigatorPanel::connectRequested);

    auto *top = new QWidget;
    auto *layout = new QHBoxLayout(top);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(4);
    layout->addWidget(m_field, 1);
    layout->addWidget(add);
    return top;
}

QWidget *NavigatorPanel::makeEmptyState()
{
    auto *none = new EmptyState;
    none->setContent(u"network-server"_s, tr("No server yet"),
        tr("Connect to a Comet server to see its experiments here."));
    connect(none->addButton(tr("Connect…")), &QPushButton::clicked, this, &NavigatorPanel::connectRequested);
    return none;
}

void NavigatorPanel::showServersOrNone()
{
    m_stack->setCurrentIndex(m_tree->rowCount() == 0 ? 1 : 0);
}

QModelIndex NavigatorPanel::toView(const QModelIndex &source) const
{
    return m_filter->mapFromSource(source);
}

QModelIndex NavigatorPanel::toTree(const QModelIndex &viewIndex) const
{
    return m_filter->mapToSource(viewIndex);
}

void NavigatorPanel::open(const QModelIndex &viewIndex)
{
    const QModelIndex index = toTree(viewIndex);
    if (!index.isValid())
        return;
    switch (m_tree->kind(index)) {
    case Kind::Message:
        m_tree->retry(index);
        return;
    case Kind::More:
        m_tree->showMore(index);
        return;
    case Kind::Query:
        m_wanted = {};
        emit queryRequested(QueryCommand::Open, m_tree->place(index), index.data(WorkspaceTree::SortRole).toString());
        return;
    case Kind::Server:
    case Kind::Workspace:
    case Kind::Registry:
        m_view->expand(viewIndex);
        break;
    default:
        break;
    }
    m_wanted = {};
    emit placeActivated(m_tree->place(index));
}

void NavigatorPanel::showMenu(const QModelIndex &viewIndex, const QPoint &position)
{
    const QModelIndex index = toTree(viewIndex);
    const Kind kind = m_tree->kind(index);
    const bool failed = m_tree->loadState(index) == LoadState::Failed;
    if (kind == Kind::Message
        && index.data(WorkspaceTree::StateRole).value<LoadState>() != LoadState::Failed)
        return; // nothing can be done with an empty place's message
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("What to do with %1").arg(index.data().toString()));
    if (kind == Kind::Query) {
        addQueryActions(*menu, index);
        menu->popup(position);
        return;
    }
    const QPersistentModelIndex kept(index); // the tree may change while the menu is open
    if (kind != Kind::Message)
        menu->addAction(tr("Open"), this, [this, kept] { open(toView(kept)); });
    if (kind == Kind::Message || failed) {
        menu->addAction(tr("Retry"), this, [this, kept] { m_tree->retry(kept); });
    } else if (kind == Kind::Server || kind == Kind::Workspace || kind == Kind::Project
        || kind == Kind::Registry) {
        menu->addAction(tr("Refresh"), this, [this, kept] {
            if (kept.isValid())
                m_tree->refresh(kept);
        });
    }
    addCopyActions(*menu, index);
    if (kind == Kind::Workspace) {
        const Place workspace = m_tree->place(index);
        menu->addSeparator();
        QAction *add = menu->addAction(
            tr("New Project…"), this, [this, workspace] { emit newProjectRequested(workspace); });
        if (m_tree->session(index)->client().isReadOnly()) {
            add->setEnabled(false);
            add->setToolTip(tr("This server is read-only here."));
            menu->setToolTipsVisible(true);
        }
    }
    if (kind == Kind::Server) {
        const QString id = m_tree->place(index).server;
        menu->addSeparator();
        menu->addAction(tr("Edit Server…"), this, [this, id] { emit editServerRequested(id); });
        menu->addAction(tr("Remove Server"), this, [this, id] { emit removeServerRequested(id); });
    }
    menu->popup(position);
}

void NavigatorPanel::addQueryActions(QMenu &menu, const QModelIndex &source)
{
    const auto add = [this, &menu, place = m_tree->place(source),
                         name = source.data(WorkspaceTree::SortRole).toString()](const QString &text, QueryCommand command) {
        menu.addAction(text, this, [this, command, place, name] { emit queryRequested(command, place, name); });
    };
    add(tr("Open"), QueryCommand::Open);
    add(tr("Edit"), QueryCommand::Edit);
    menu.addSeparator();
    add(tr("Rename…"), QueryCommand::Rename);
    add(tr("Export…"), QueryCommand::Export);
    add(tr("Delete"), QueryCommand::Delete);
}

void NavigatorPanel::addCopyActions(QMenu &menu, const QModelIndex &source)
{
    const Kind kind = m_tree->kind(source);
    if (kind == Kind::Message || kind == Kind::More || kind == Kind::ShowAll)
        return;
    const auto add = [this, &menu](const QString &title, const QString &text) {
        if (!text.isEmpty())
            menu.addAction(title, this, [this, text] { copy(text); });
    };
    const Place place = m_tree->place(source);
    const QUrl link = webLink(m_tree->session(source)->profile().root, place);
    menu.addSeparator();
    add(tr("Copy Name"), source.data(WorkspaceTree::SortRole).typeId() == QMetaType::QString
            ? source.data(WorkspaceTree::SortRole).toString()
            : source.data().toString());
    add(kind == Kind::Project ? tr("Copy Project Id") : tr("Copy Key"),
        source.data(WorkspaceTree::KeyRole).toString());
    add(kind == Kind::Server ? tr("Copy Address") : tr("Copy Web Link"), link.toString(QUrl::FullyEncoded));
    if (kind != Kind::Server)
        add(tr("Copy as Python"), pythonText(place));
}

void NavigatorPanel::copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    emit message(tr("Copied %1").arg(text));
}

void NavigatorPanel::setCurrent(const Place &place)
{
    m_wanted = place;
    showWanted();
}

void NavigatorPanel::showWanted()
{
    const QModelIndex here = m_tree->find(m_wanted);
    if (!here.isValid())
        return;
    const Kind kind = m_tree->kind(here);
    const bool onTheWay = (kind == Kind::Server && !m_wanted.workspace.isEmpty())
        || (kind == Kind::Workspace && (!m_wanted.project.isEmpty() || m_wanted.registry));
    const QModelIndex shown = toView(here);
    if (!shown.isValid())
        return; // filtered out; the selection is not worth losing the filter
    for (QModelIndex above = shown.parent(); above.isValid(); above = above.parent())
        m_view->expand(above);
    if (onTheWay && m_tree->loadState(here) != LoadState::Loaded) {
        m_view->expand(shown); // asks for what is missing; followLoading() comes back
        return;
    }
    if (kind == Kind::Workspace && m_wanted.registry && m_tree->isRegistryUnknown(here))
        return; // on its way, with loadStateChanged()
    const Place wanted = m_wanted;
    const QModelIndex current = toTree(m_view->currentIndex());
    if (!onTheWay && current.isValid() && m_tree->kind(current) == Kind::Query && m_tree->place(current) == wanted) {
        m_wanted = {}; // a query of that project is as good
        return;
    }
    m_view->selectionModel()->setCurrentIndex(shown, QItemSelectionModel::ClearAndSelect);
    m_view->scrollTo(shown);
    m_wanted = onTheWay ? wanted : Place(); // what is not there may come with a refresh: a new project
}

void NavigatorPanel::refresh(const QString &server)
{
    m_tree->refresh(server.isEmpty() ? QModelIndex() : m_tree->find({server, {}, {}, {}}));
}

void NavigatorPanel::focusFilter()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void NavigatorPanel::followLoading(const QModelIndex &source)
{
    const LoadState state = m_tree->loadState(source);
    if (state == LoadState::Loading) {
        QTimer::singleShot(500, m_view->viewport(), qOverload<>(&QWidget::update)); // see the delegate
        return;
    }
    if (state == LoadState::Loaded && m_tree->kind(source) == Kind::Server)
        openFirstWorkspace(source);
    if (state == LoadState::Failed && m_tree->kind(source) != Kind::Registry)
        m_view->expand(toView(source)); // the sentence is below it; a registry nobody asked for is no news
    if (!m_wanted.isNull())
        showWanted();
    if (!m_field->text().isEmpty())
        loadWorkspacesForFilter();
}

// One's own workspace is open at first sight, once: what a person closes stays closed.
void NavigatorPanel::openFirstWorkspace(const QModelIndex &server)
{
    const Session *session = m_tree->session(server);
    if (m_greeted.contains(session->profile().id))
        return;
    m_greeted.insert(session->profile().id);
    const int count = m_tree->rowCount(server);
    for (int row = 0; row < count; ++row) {
        const QModelIndex workspace = m_tree->index(row, 0, server);
        if (m_tree->kind(workspace) == Kind::Workspace
            && (count == 1 || workspace.data().toString() == session->account().defaultWorkspace))
            m_view->expand(toView(workspace));
    }
}

void NavigatorPanel::applyFilter(const QString &text)
{
    const QString wanted = text.trimmed();
    if (m_filter->text().isEmpty() && !wanted.isEmpty()) {
        forEachNode([this](const QModelIndex &index) {
            if (m_view->isExpanded(toView(index)))
                m_openBefore.insert(index);
        });
        loadWorkspacesForFilter();
    }
    const bool ends = wanted.isEmpty() && !m_filter->text().isEmpty();
    m_filter->setText(wanted);
    if (!wanted.isEmpty())
        expandMatches();
    if (!ends)
        return;
    forEachNode([this](const QModelIndex &index) {
        m_view->setExpanded(toView(index), m_openBefore.contains(index));
    });
    m_openBefore.clear();
    m_view->scrollTo(m_view->currentIndex());
}

// Down to the projects and models: what is found should be seen.
void NavigatorPanel::expandMatches()
{
    for (int s = 0; s < m_filter->rowCount(); ++s) {
        const QModelIndex server = m_filter->index(s, 0);
        m_view->expand(server);
        for (int w = 0; w < m_filter->rowCount(server); ++w) {
            const QModelIndex workspace = m_filter->index(w, 0, server);
            m_view->expand(workspace);
            const QModelIndex last = m_filter->index(m_filter->rowCount(workspace) - 1, 0, workspace);
            if (last.isValid() && m_tree->kind(toTree(last)) == Kind::Registry)
                m_view->expand(last);
        }
    }
}

// Every server, workspace and project of the tree.
void NavigatorPanel::forEachNode(const std::function<void(const QModelIndex &)> &visit) const
{
    for (int s = 0; s < m_tree->rowCount(); ++s) {
        const QModelIndex server = m_tree->index(s, 0);
        visit(server);
        for (int w = 0; w < m_tree->rowCount(server); ++w) {
            const QModelIndex workspace = m_tree->index(w, 0, server);
            visit(workspace);
            for (int p = 0; p < m_tree->rowCount(workspace); ++p)
                visit(m_tree->index(p, 0, workspace));
        }
    }
}

// Projects that were never loaded can't match. One question a workspace; more than this many workspaces
// are not worth the server's time, and they can still be opened by hand.
void NavigatorPanel::loadWorkspacesForFilter()
{
    constexpr int most = 40;
    int asked = 0;
    for (int s = 0; s < m_tree->rowCount(); ++s) {
        const QModelIndex server = m_tree->index(s, 0);
        for (int w = 0; w < m_tree->rowCount(server) && asked < most; ++w) {
            const QModelIndex workspace = m_tree->index(w, 0, server);
            if (!m_tree->canFetchMore(workspace))
                continue;
            m_tree->fetchMore(workspace);
            ++asked;
        }
    }
}
