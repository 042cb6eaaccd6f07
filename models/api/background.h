// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCoreApplication>
#include <QFutureWatcher>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <utility>

// Threads end with the application: later, what Qt keeps for each of them is gone already.
template<QThreadPool &(*pool)()>
bool endsWithApplication()
{
    qAddPostRoutine([] { pool().waitForDone(); });
    return true;
}

// Not the global pool: Qt's painter hands it the parts of large fills and waits for them on the GUI thread.
inline QThreadPool &workThreads()
{
    static QThreadPool threads;
    [[maybe_unused]] static const bool ends = endsWithApplication<workThreads>();
    return threads;
}

// For the parts of work that itself runs on workThreads() and waits for them: these must not wait for each other.
inline QThreadPool &partThreads()
{
    static QThreadPool threads;
    [[maybe_unused]] static const bool ends = endsWithApplication<partThreads>();
    return threads;
}

// The one door to another thread, for pure computation (decode, reduce, sort, pack): work() runs on a
// pool and must own or share what it touches; done(result) runs on the thread of context, or
// never, when context has died by then.
template<class Work, class Done>
void runInBackground(QObject *context, Work work, Done done, QThreadPool *threads = &workThreads())
{
    using Value = std::invoke_result_t<Work>;
    auto *watcher = new QFutureWatcher<Value>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
        [watcher, done = std::move(done)]() mutable {
            watcher->deleteLater();
            done(watcher->future().takeResult());
        });
    watcher->setFuture(QtConcurrent::run(threads, std::move(work)));
}

// For work that waits for the disk: it must not hold up what computes.
inline QThreadPool &diskThreads()
{
    static QThreadPool threads;
    [[maybe_unused]] static const bool ends = endsWithApplication<diskThreads>();
    threads.setMaxThreadCount(4);
    return threads;
}

template<class Work, class Done>
void runOnDisk(QObject *context, Work work, Done done)
{
    runInBackground(context, std::move(work), std::move(done), &diskThreads());
}
