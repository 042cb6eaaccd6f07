// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/tasks.h"

#include "models/api/reply.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

class TasksTest : public QObject
{
    Q_OBJECT
private slots:
    void livesUntilFinished()
    {
        Tasks tasks;
        QObject worker;
        QSignalSpy added(&tasks, &Tasks::added);
        QSignalSpy removed(&tasks, &Tasks::removed);
        QSignalSpy changed(&tasks, &Tasks::changed);
        const QPointer<Task> first = tasks.add(u"Loading"_s, &worker);
        const QPointer<Task> second = tasks.add(u"Exporting"_s, &worker);
        QCOMPARE(tasks.running(), std::vector<Task *>({first, second}));
        QCOMPARE(added.count(), 2);
        QCOMPARE(first->total(), -1);
        first->setProgress(3, 10);
        first->setProgress(3, 10);
        QCOMPARE(changed.count(), 3);
        first->finish();
        first->finish();
        QCOMPARE(removed.count(), 1);
        QCOMPARE(tasks.running(), std::vector<Task *>({second}));
        QTRY_VERIFY(!first);
    }

    void cancelReachesTheWorkerOnce()
    {
        Tasks tasks;
        QObject worker;
        Task *task = tasks.add(u"Loading"_s, &worker);
        QSignalSpy cancelled(task, &Task::cancelled);
        task->cancel();
        task->cancel();
        QCOMPARE(cancelled.count(), 1);
        QVERIFY(tasks.running().empty());
    }

    void endsWithItsWorker()
    {
        Tasks tasks;
        auto worker = std::make_unique<QObject>();
        tasks.add(u"Loading"_s, worker.get());
        worker.reset();
        QVERIFY(tasks.running().empty());
    }

    void followsAReply()
    {
        Tasks tasks;
        auto *reply = new api::Reply<int>(this);
        Task *task = tasks.add(u"Loading"_s, reply);
        emit reply->progress(5, 20);
        QCOMPARE(task->done(), 5);
        QCOMPARE(task->total(), 20);
        reply->finish(1);
        QVERIFY(tasks.running().empty());

        auto *stopped = new api::Reply<int>(this);
        tasks.add(u"Loading"_s, stopped)->cancel();
        QVERIFY(stopped->isFinished());
        QVERIFY(!stopped->result());
        QVERIFY(stopped->result().error().kind == api::Error::Kind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TasksTest)
#include "tst_tasks.moc"
