// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/place.h"

#include <QModelIndex>
#include <QWidget>

class NavigatorFilter;
class SearchField;
class Sessions;
class WorkspaceTree;
class QMenu;
class QTreeView;

// The tree at the left of the window: servers, workspaces, projects, experiments, with a filter field
// above. Owned by the window.
class NavigatorPanel : public QWidget
{
    Q_OBJECT
public:
    explicit NavigatorPanel(Sessions &sessions, QWidget *parent = nullptr);

    WorkspaceTree *model() const { return m_tree; }
    // Selects the place and opens the way to it as far as it is loaded; emits nothing.
    void setCurrent(const Place &place);
    void refresh(); // everything that is loaded
    void focusFilter();

signals:
    void placeActivated(const Place &place);
    void message(const QString &sentence); // for the message bar: "Copied ..."
    void connectRequested();
    void editServerRequested(const QString &profileId);
    void removeServerRequested(const QString &profileId);

private:
    void activate(const QModelIndex &viewIndex);
    void showMenu(const QPoint &position);
    void fillMenu(QMenu &menu, const QModelIndex &source);
    void copy(const QString &text);
    void applyFilter(const QString &text);
    void expandServers(const QModelIndex &parent, int first, int last);
    QModelIndex toSource(const QModelIndex &viewIndex) const;

    WorkspaceTree *m_tree;
    NavigatorFilter *m_filter;
    QTreeView *m_view;
    SearchField *m_field;
};
