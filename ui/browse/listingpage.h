// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/client.h"
#include "models/browse/projecttable.h"
#include "models/session/place.h"
#include "models/session/session.h"

#include <QPointer>
#include <QStackedWidget>

class EmptyState;
class QHBoxLayout;
class QLabel;
class TextFilter;
class RowTableView;
class SearchField;

// The frame of a page that is one small table: head with title, count and filter, the table, and in its
// place what to do where there is none. The pages below fill it. Owned by PageStack.
class ListingPage : public QWidget
{
    Q_OBJECT
public:
    void focusFilter();
    void copy(); // the chosen row
    void setHeadActions(const QList<QAction *> &actions); // as buttons, right of the filter

signals:
    void placeActivated(const Place &place);
    void editServerRequested(const QString &profileId);
    void refreshFailed(const QString &sentence);
    void settled(); // what was asked for is shown, or that it failed

protected:
    ListingPage(const QString &filterHint, QWidget *parent);

    void setModel(QAbstractItemModel *model); // a member of the page, so its constructor gives it

    virtual void activate(int row) = 0; // of the model
    virtual void reload() = 0;

    void setTitle(const QString &title);
    void showLoading(const QString &sentence);
    void showTable();
    void showError(Session &session, const api::Error &error);
    EmptyState *showEmpty(const QString &icon, const QString &title, const QString &sentence);
    bool showsTable() const;
    RowTableView *table() const { return m_table; }

    const QList<QAction *> &headActions() const { return m_headActions; }

private:
    void showCount();

    QHBoxLayout *m_head;
    QList<QAction *> m_headActions;
    QLabel *m_title;
    QLabel *m_count;
    SearchField *m_filter;
    RowTableView *m_table;
    TextFilter *m_proxy;
    EmptyState *m_state;
    QStackedWidget *m_stack;
};

// A server: its workspaces, or that it can't be reached and what to do.
class ServerPage : public ListingPage
{
    Q_OBJECT
public:
    explicit ServerPage(QWidget *parent);

    // Without listing, only whether the server can be reached.
    void setSession(Session *session, bool listsWorkspaces);
    void refresh();

protected:
    void activate(int row) override;
    void reload() override;

private:
    void showState();

    WorkspaceTable m_workspaces;
    bool m_listsWorkspaces = true;
    QPointer<Session> m_session;
    QMetaObject::Connection m_stateConnection;
    api::Latest m_latest;
};

// A workspace: its projects.
class WorkspacePage : public ListingPage
{
    Q_OBJECT
public:
    explicit WorkspacePage(QWidget *parent);

    void setWorkspace(Session *session, const QString &workspace);
    void refresh();

protected:
    void activate(int row) override;
    void reload() override;

private:
    ProjectTable m_projects;
    QPointer<Session> m_session;
    QString m_workspace;
    api::Latest m_latest;
};
