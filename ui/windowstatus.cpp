// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/windowstatus.h"

#include "models/api/requestlog.h"
#include "models/api/trust.h"
#include "models/session/session.h"
#include "models/session/tasks.h"
#include "models/values/format.h"
#include "ui/actions.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QTimer>
#include <QToolButton>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

WindowStatus::WindowStatus(Tasks &tasks, const Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_tasks(tasks)
    , m_server(new QLabel(this))
    , m_age(new QLabel(this))
    , m_task(new QWidget(this))
    , m_taskTitle(new QLabel(m_task))
    , m_taskBar(new QProgressBar(m_task))
    , m_taskCancel(new QToolButton(m_task))
    , m_requests(new QLabel(this))
    , m_requestsBar(new QProgressBar(this))
    , m_clock(new QTimer(this))
    , m_taskDelay(new QTimer(this))
{
    m_server->setAccessibleName(tr("Server"));
    m_age->setAccessibleName(tr("Age of the last answer"));
    m_requests->setAccessibleName(tr("Requests this hour"));
    m_requestsBar->setAccessibleName(tr("Share of the requests allowed in an hour"));
    m_requestsBar->setTextVisible(false);
    m_requestsBar->setFixedSize(48, 8);
    m_taskBar->setAccessibleName(tr("Progress"));
    m_taskBar->setTextVisible(false);
    m_taskBar->setFixedSize(96, 8);
    m_taskCancel->setText(tr("Cancel"));
    m_taskCancel->setAutoRaise(true);
    m_taskCancel->setFocusPolicy(Qt::TabFocus);

    auto *taskRow = new QHBoxLayout(m_task);
    taskRow->setContentsMargins(0, 0, 0, 0);
    taskRow->setSpacing(8);
    taskRow->addWidget(m_taskTitle);
    taskRow->addWidget(m_taskBar);
    taskRow->addWidget(m_taskCancel);
    m_task->hide();

    auto *log = new QToolButton(this);
    log->setDefaultAction(actions[Actions::ShowRequests]);
    log->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    log->setAutoRaise(true);
    log->setFocusPolicy(Qt::TabFocus);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(10, 0, 4, 0);
    row->setSpacing(16);
    row->addWidget(m_server);
    row->addWidget(m_age);
    row->addWidget(m_task);
    row->addStretch(1);
    row->addWidget(m_requests);
    row->addWidget(m_requestsBar);
    row->addWidget(log);

    m_clock->setInterval(5s);
    connect(m_clock, &QTimer::timeout, this, [this] {
        showAge();
        showRequests();
    });
    m_taskDelay->setSingleShot(true);
    m_taskDelay->setInterval(500ms);
    connect(m_taskDelay, &QTimer::timeout, this, &WindowStatus::showTasks);
    connect(&m_tasks, &Tasks::changed, this, [this] {
        if (m_tasks.running().empty()) {
            m_taskDelay->stop();
            m_task->hide();
        } else if (m_task->isVisibleTo(this)) {
            showTasks();
        } else if (!m_taskDelay->isActive()) {
            m_taskDelay->start();
        }
    });
    connect(m_taskCancel, &QToolButton::clicked, this, [this] {
        if (Task *task = shownTask())
            task->cancel();
    });
    showSession();
}

void WindowStatus::setSession(Session *session)
{
    if (session == m_session)
        return;
    disconnect(m_stateConnection);
    disconnect(m_logConnection);
    m_session = session;
    if (session) {
        m_stateConnection = connect(session, &Session::stateChanged, this, &WindowStatus::showSession);
        m_logConnection = connect(&session->client().requestLog(), &api::RequestLog::added, this, [this] {
            showAge();
            showRequests();
        });
        m_clock->start();
    } else {
        m_clock->stop();
    }
    showSession();
}

void WindowStatus::showSession()
{
    QString text;
    if (m_session) {
        const QString name = m_session->profile().name;
        switch (m_session->state()) {
        case Session::State::Connecting:
            text = tr("%1: connecting").arg(name);
            break;
        case Session::State::Failed:
            text = tr("%1: no connection").arg(name);
            break;
        case Session::State::Ready:
            text = m_session->version().isEmpty()
                ? tr("%1: %2").arg(name, m_session->account().userName)
                : tr("%1: %2, API %3").arg(name, m_session->account().userName, m_session->version());
            break;
        }
        const QString unchecked = api::uncheckedSentence(m_session->profile().root);
        if (!unchecked.isEmpty())
            text = tr("%1 (certificate not checked)").arg(text);
        const QString workspace = m_session->account().defaultWorkspace;
        const QString address = m_session->profile().root.toString();
        m_server->setToolTip(
            (workspace.isEmpty() ? address : tr("%1\nDefault workspace: %2").arg(address, workspace))
            + (unchecked.isEmpty() ? QString() : u'\n' + unchecked));
    }
    m_server->setText(text);
    m_server->setVisible(m_session);
    showAge();
    showRequests();
}

void WindowStatus::showAge()
{
    const bool isReady = m_session && m_session->state() == Session::State::Ready;
    m_age->setVisible(isReady);
    if (!isReady)
        return;
    // The newest answer that brought data; what failed or came from a cache makes nothing younger.
    const auto &entries = m_session->client().requestLog().entries();
    qint64 newest = 0;
    for (auto entry = entries.rbegin(); entry != entries.rend() && newest == 0; ++entry) {
        if (entry->status >= 200 && entry->status < 300 && !entry->cached)
            newest = entry->time + entry->milliseconds;
    }
    const QString age = format::time(newest, QDateTime::currentDateTime());
    m_age->setText(newest == 0 ? QString() : tr("Refreshed %1").arg(age));
}

Task *WindowStatus::shownTask() const
{
    return m_tasks.running().empty() ? nullptr : m_tasks.running().front();
}

void WindowStatus::showTasks()
{
    const Task *task = shownTask();
    m_task->setVisible(task);
    if (!task)
        return;
    const auto others = static_cast<int>(m_tasks.running().size()) - 1;
    QString title = task->title();
    if (task->total() > 0) {
        title = tr("%1: %2 of %3").arg(title, format::count(task->done()), format::count(task->total()));
        m_taskBar->setRange(0, 1000);
        m_taskBar->setValue(static_cast<int>(1000.0 * static_cast<double>(task->done())
            / static_cast<double>(task->total())));
    } else {
        m_taskBar->setRange(0, 0);
    }
    m_taskTitle->setText(others > 0 ? tr("%1, and %n more", nullptr, others).arg(title) : title);
    m_taskCancel->setAccessibleName(tr("Cancel: %1").arg(task->title()));
}

void WindowStatus::showRequests()
{
    m_requests->setVisible(m_session);
    m_requestsBar->setVisible(m_session);
    if (!m_session)
        return;
    const int sent = m_session->client().requestLog().sentInLastHour();
    const int budget = m_session->client().requestLog().budget();
    m_requests->setText(
        tr("Requests this hour %1 of %2").arg(format::count(sent), format::count(budget)));
    m_requestsBar->setRange(0, budget);
    m_requestsBar->setValue(std::min(sent, budget));
}
