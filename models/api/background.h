// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFutureWatcher>
#include <QtConcurrentRun>

#include <utility>

// The one door to another thread, for pure computation (decode, reduce, sort, pack): work() runs on the
// global pool and must own or share what it touches; done(result) runs on the thread of context, or
// never, when context has died by then.
template<class Work, class Done>
void runInBackground(QObject *context, Work work, Done done)
{
    using Value = std::invoke_result_t<Work>;
    auto *watcher = new QFutureWatcher<Value>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
        [watcher, done = std::move(done)]() mutable {
            watcher->deleteLater();
            done(watcher->future().takeResult());
        });
    watcher->setFuture(QtConcurrent::run(std::move(work)));
}
