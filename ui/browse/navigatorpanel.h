// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/browse/workspacetree.h"

#include <QSet>
#include <QWidget>

#include <functional>

class NavigatorFilter;
class NavigatorView;
class SearchField;
class QMenu;
class QStackedLayout;

// The tree at the left of the window: servers, workspaces, projects, experiments, with a filter field
// above. Owned by the window.
class NavigatorPanel : public QWidget
{
    Q_OBJECT
public:
    explicit NavigatorPanel(Sessions &sessions, QWidget *parent = nullptr);

    WorkspaceTree *model() const { return m_tree; }
    // Selects the place and opens the way to it, now or as soon as it is loaded; emits nothing. A project
    // is not opened for the sake of one experiment: its listing may be long.
    void setCurrent(const Place &place);
    void refresh(const QString &server = {}); // everything that is loaded, of one server or all
    void focusFilter();

    enum class QueryCommand : quint8 { Open, Edit, Rename, Export, Delete };

signals:
    void placeActivated(const Place &place);
    void queryRequested(QueryCommand command, const Place &project, const QString &name);
    // The selected experiments were dropped on a project of the same server.
    void experimentsDropped(const Place &project, const QPoint &global);
    void message(const QString &sentence); // of passing interest: "Copied ..."
    void newProjectRequested(const Place &workspace);
    void connectRequested();
    void editServerRequested(const QString &profileId);
    void removeServerRequested(const QString &profileId);

private:
    QWidget *makeTop();
    QWidget *makeEmptyState();
    void open(const QModelIndex &viewIndex);
    void showMenu(const QModelIndex &viewIndex, const QPoint &position);
    void addQueryActions(QMenu &menu, const QModelIndex &source);
    void addCopyActions(QMenu &menu, const QModelIndex &source);
    void copy(const QString &text);
    void applyFilter(const QString &text);
    void expandMatches();
    void forEachNode(const std::function<void(const QModelIndex &)> &visit) const;
    void loadWorkspacesForFilter();
    void followLoading(const QModelIndex &source);
    void openFirstWorkspace(const QModelIndex &server);
    void showWanted();
    void showServersOrNone();
    QModelIndex toView(const QModelIndex &source) const;
    QModelIndex toTree(const QModelIndex &viewIndex) const;

    WorkspaceTree *m_tree;
    NavigatorFilter *m_filter;
    NavigatorView *m_view;
    SearchField *m_field;
    QStackedLayout *m_stack;
    Place m_wanted; // what setCurrent() waits to be loaded
    QSet<QString> m_greeted; // servers whose first workspace has been opened
    QSet<QPersistentModelIndex> m_openBefore; // of the tree: as it was before the filter
};
