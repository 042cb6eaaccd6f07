// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/tasks.h"

#include "models/api/reply.h"

Task::Task(const QString &title, QObject *parent)
    : QObject(parent)
    , m_title(title)
{
}

void Task::setProgress(qint64 done, qint64 total)
{
    if (m_finished || (done == m_done && total == m_total))
        return;
    m_done = done;
    m_total = total;
    emit progressChanged();
}

void Task::finish()
{
    if (m_finished)
        return;
    m_finished = true;
    emit finished();
}

void Task::cancel()
{
    if (m_finished)
        return;
    emit cancelled();
    finish();
}

Tasks::~Tasks() = default;

Task *Tasks::add(const QString &title, QObject *worker)
{
    auto *task = new Task(title, this);
    connect(worker, &QObject::destroyed, task, &Task::finish);
    connect(task, &Task::progressChanged, this, &Tasks::changed);
    connect(task, &Task::finished, this, [this, task] { remove(task); });
    m_running.push_back(task);
    emit added(task);
    emit changed();
    return task;
}

Task *Tasks::add(const QString &title, api::ReplyBase *reply)
{
    Task *task = add(title, static_cast<QObject *>(reply));
    connect(reply, &api::ReplyBase::progress, task, &Task::setProgress);
    connect(reply, &api::ReplyBase::finished, task, &Task::finish);
    connect(task, &Task::cancelled, reply, &api::ReplyBase::cancel);
    return task;
}

void Tasks::remove(Task *task)
{
    std::erase(m_running, task);
    emit removed(task);
    emit changed();
    task->deleteLater();
}
