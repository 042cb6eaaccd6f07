// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/savedqueries.h"
#include "ui/browse/navigatorpanel.h"

#include <QHash>
#include <QObject>

class MessageBar;
class Navigator;
class PageStack;
class QueryPane;

// The queries kept of projects, as rows of the navigator: which there are, and what its menu does with them. Owned
// by the window.
class QueryCommands : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        Navigator &navigator;
        NavigatorPanel &panel;
        PageStack &pages;
        Settings &settings;
        MessageBar &messages;
    };

    QueryCommands(const Parts &parts, QWidget *window);

signals:
    void message(const QString &sentence);

private:
    query::SavedQueries &saved(const Place &project);
    std::vector<WorkspaceTree::SavedQuery> listed(const Place &project);
    void run(NavigatorPanel::QueryCommand command, const Place &project, const QString &name);
    void open(const Place &project, const QString &name, bool toEdit);
    void remove(const Place &project, const QString &name);
    void watchPage();
    void rememberMatches(QueryPane *pane);

    Parts m_parts;
    QWidget *m_window;
    QHash<QString, query::SavedQueries *> m_saved; // by subject
    QHash<QString, QHash<QString, qint64>> m_matches; // by subject and name, of this run
    QPointer<QueryPane> m_watched;
};
