// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>

#include <vector>

namespace api {
class ReplyBase;
}

// One piece of work that takes long enough to be seen and stopped. Made by Tasks::add() and gone once
// it has finished: the worker keeps it in a QPointer. Lives on the main thread.
class Task : public QObject
{
    Q_OBJECT
public:
    Task(const QString &title, QObject *parent);

    const QString &title() const { return m_title; } // "Loading scaling-laws-2026"
    qint64 done() const { return m_done; }
    qint64 total() const { return m_total; } // -1 where unknown
    bool isFinished() const { return m_finished; }

    void setProgress(qint64 done, qint64 total);
    void finish(); // said by the worker, whatever the outcome
    void cancel(); // said by the person: asks the worker to stop, and finishes

signals:
    void progressChanged();
    void cancelled(); // the worker connects to this and stops
    void finished();

private:
    QString m_title;
    qint64 m_done = 0;
    qint64 m_total = -1;
    bool m_finished = false;
};

// The long work under way, for the status bar, oldest first. Owned by main; lives on the main thread.
class Tasks : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    ~Tasks() override;

    // worker stands behind the task: where it dies, the task has finished.
    Task *add(const QString &title, QObject *worker);
    // The whole life of one call: progress, Cancel and the end.
    Task *add(const QString &title, api::ReplyBase *reply);
    const std::vector<Task *> &running() const { return m_running; }

signals:
    void added(Task *task);
    void removed(Task *task); // it has finished; still valid within the slot
    void changed(); // something was added, removed or went on

private:
    void remove(Task *task);

    std::vector<Task *> m_running;
};
