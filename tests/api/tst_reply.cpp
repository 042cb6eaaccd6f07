// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/background.h"
#include "models/api/reply.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>

using namespace api;
using Number = Reply<int>;

namespace {

Error failure(Error::Kind kind = Error::Kind::Server)
{
    Error error;
    error.kind = kind;
    return error;
}

} // namespace

class TestReply : public QObject
{
    Q_OBJECT
private slots:
    void tellsEveryListener();
    void finishesOnce();
    void callsNoDeadContext();
    void cancelIsNoError();
    void tellsUnhandledErrors();
    void tellsNoHandledErrors();
    void deletesItself();
    void latestCancelsTheOneBefore();
    void latestCancelsWhenItDies();
    void mayBeDeletedByItsHandler();
    void worksInBackground();
    void forgetsBackgroundWorkOfTheDead();
};

void TestReply::tellsEveryListener()
{
    auto *reply = new Number(this);
    QList<int> told;
    reply->then(this, [&](int value) { told += value; })->then(this, [&](int value) { told += value + 1; });
    reply->otherwise(this, [&](const Error &) { told += -1; });
    reply->finish(4);
    QCOMPARE(told, QList<int>({4, 5}));
}

void TestReply::finishesOnce()
{
    auto *reply = new Number(this);
    QSignalSpy finished(reply, &ReplyBase::finished);
    QSignalSpy cancelled(reply, &ReplyBase::cancelled);
    reply->finish(1);
    reply->finish(2);
    reply->finish(failure());
    reply->cancel();
    QCOMPARE(finished.count(), 1);
    QCOMPARE(cancelled.count(), 0);
    QCOMPARE(reply->result().value(), 1);
}

void TestReply::callsNoDeadContext()
{
    auto *reply = new Number(this);
    auto context = std::make_unique<QObject>();
    bool isCalled = false;
    reply->then(context.get(), [&](int) { isCalled = true; });
    context.reset();
    reply->finish(1);
    QVERIFY(!isCalled);
}

void TestReply::cancelIsNoError()
{
    auto *reply = new Number(this);
    QSignalSpy finished(reply, &ReplyBase::finished);
    QSignalSpy cancelled(reply, &ReplyBase::cancelled);
    QSignalSpy unhandled(reply, &ReplyBase::unhandled);
    bool isCalled = false;
    reply->then(this, [&](int) { isCalled = true; })->otherwise(this, [&](const Error &) { isCalled = true; });
    reply->cancel();
    QCOMPARE(finished.count(), 1);
    QCOMPARE(cancelled.count(), 1);
    QCOMPARE(unhandled.count(), 0);
    QCOMPARE(reply->result().error().kind, Error::Kind::Cancelled);
    QVERIFY(!isCalled);
}

void TestReply::tellsUnhandledErrors()
{
    auto *reply = new Number(this);
    QSignalSpy unhandled(reply, &ReplyBase::unhandled);
    reply->then(this, [](int) {});
    reply->finish(failure(Error::Kind::Timeout));
    QCOMPARE(unhandled.count(), 1);
}

void TestReply::tellsNoHandledErrors()
{
    auto *reply = new Number(this);
    QSignalSpy unhandled(reply, &ReplyBase::unhandled);
    int errors = 0;
    reply->otherwise(this, [&](const Error &) { ++errors; })->otherwise(this, [&](const Error &) { ++errors; });
    reply->finish(failure());
    QCOMPARE(errors, 2);
    QCOMPARE(unhandled.count(), 0);

    auto *good = new Number(this);
    QSignalSpy ofGood(good, &ReplyBase::unhandled);
    good->finish(1);
    QCOMPARE(ofGood.count(), 0);
}

void TestReply::deletesItself()
{
    auto *reply = new Number(this);
    QSignalSpy destroyed(reply, &QObject::destroyed);
    reply->finish(1);
    QVERIFY(reply->isFinished());
    QVERIFY(destroyed.wait());
}

void TestReply::latestCancelsTheOneBefore()
{
    Latest latest;
    QList<int> told;
    auto *first = new Number(this);
    latest(first)->then(this, [&](int value) { told += value; });
    auto *second = new Number(this);
    latest(second)->then(this, [&](int value) { told += value; });
    QVERIFY(first->isFinished());
    QVERIFY(latest.isRunning());
    first->finish(1); // its answer comes all the same
    second->finish(2);
    QCOMPARE(told, QList<int>{2});
    QVERIFY(!latest.isRunning());
}

void TestReply::latestCancelsWhenItDies()
{
    auto *reply = new Number(this);
    {
        Latest latest;
        latest(reply);
    }
    QCOMPARE(reply->result().error().kind, Error::Kind::Cancelled);
}

void TestReply::mayBeDeletedByItsHandler()
{
    auto owner = std::make_unique<QObject>();
    auto *reply = new Number(owner.get());
    int told = 0;
    reply->then(this, [&](const int &value) {
        owner.reset();
        told = value;
    });
    reply->finish(7);
    QCOMPARE(told, 7);
}

void TestReply::worksInBackground()
{
    QThread *thread = nullptr;
    QThread *doneOn = nullptr;
    int result = 0;
    QObject context;
    runInBackground(&context, [&thread] { thread = QThread::currentThread(); return std::make_unique<int>(3); },
        [&](std::unique_ptr<int> value) { // a result that can only be moved
            doneOn = QThread::currentThread();
            result = *value;
        });
    QTRY_COMPARE(result, 3);
    QVERIFY(thread != QThread::currentThread());
    QCOMPARE(doneOn, QThread::currentThread());
}

void TestReply::forgetsBackgroundWorkOfTheDead()
{
    auto context = std::make_unique<QObject>();
    std::atomic<bool> go = false;
    std::atomic<bool> isOver = false;
    bool isDone = false;
    runInBackground(context.get(), [&] {
            while (!go)
                QThread::yieldCurrentThread();
            isOver = true;
            return 1;
        }, [&](int) { isDone = true; });
    context.reset();
    go = true;
    QTRY_VERIFY(isOver);
    QCoreApplication::sendPostedEvents();
    QVERIFY(!isDone);
}

QTEST_GUILESS_MAIN(TestReply)
#include "tst_reply.moc"
