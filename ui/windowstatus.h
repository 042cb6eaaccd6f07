// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMetaObject>
#include <QPointer>
#include <QWidget>

class Actions;
class QLabel;
class QProgressBar;
class QTimer;
class QToolButton;
class Session;
class Task;
class Tasks;

// What the status bar says: server, user and version, how old the last answer is, the work under way
// with Cancel, and the requests of this hour. Owned by the window's status bar.
class WindowStatus : public QWidget
{
    Q_OBJECT
public:
    WindowStatus(Tasks &tasks, const Actions &actions, QWidget *parent);

    void setSession(Session *session); // nullptr: none

private:
    void showSession();
    void showAge();
    void showTasks();
    void showRequests();
    Task *shownTask() const;

    Tasks &m_tasks;
    QPointer<Session> m_session;
    QMetaObject::Connection m_stateConnection;
    QMetaObject::Connection m_logConnection;
    QLabel *m_server;
    QLabel *m_age;
    QWidget *m_task;
    QLabel *m_taskTitle;
    QProgressBar *m_taskBar;
    QToolButton *m_taskCancel;
    QLabel *m_requests;
    QProgressBar *m_requestsBar;
    QTimer *m_clock;
    QTimer *m_taskDelay; // what is over in half a second is not worth a look
};
