// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/cache.h"
#include "models/api/requestlog.h"
#include "tests/api/calls.h"
#include "tests/support/faultserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace api;

namespace {

const QString key = u"c352827bcdcb45e3ad40d0decec0b43c"_s;

struct Scene
{
    FaultServer server;
    Client client{server.url(), u"the-key"_s};
    QObject context;

    // What the client says the experiment's tags are; null where it fails.
    std::optional<QStringList> tags(const QString &of = key)
    {
        std::optional<QStringList> tags;
        bool isThere = false;
        client.tags(of)->then(&context, [&](const QStringList &found) { tags = found; isThere = true; })
            ->otherwise(&context, [&](const Error &) { isThere = true; });
        return QTest::qWaitFor([&] { return isThere; }, 10'000) ? tags : std::nullopt;
    }
    void answerTags(const QByteArray &tag)
    {
        server.script("experiment/tags", {FaultServer::json("{\"tags\": [\"" + tag + "\"]}")});
    }
    int asked() const { return server.count("experiment/tags"); }
    bool write()
    {
        return watch(client.archiveExperiment(key))->wait();
    }
};

} // namespace

class CacheTest : public QObject
{
    Q_OBJECT

private slots:
    void aReadIsAnsweredFromMemory()
    {
        Scene scene;
        scene.answerTags("one");
        QCOMPARE(scene.tags(), QStringList{u"one"_s});
        scene.answerTags("two");
        QCOMPARE(scene.tags(), QStringList{u"one"_s});
        QCOMPARE(scene.asked(), 1);
        QCOMPARE(scene.tags(u"another"_s), QStringList{u"two"_s});
        const Cache::Statistics statistics = scene.client.cache().statistics();
        QCOMPARE(statistics.entries, 2);
        QCOMPARE(statistics.hits, 1);
        QCOMPARE(statistics.misses, 2);
        QVERIFY(statistics.bytes > 0);
        // The log says it; it is no request of this hour.
        const auto &log = scene.client.requestLog();
        QCOMPARE(std::ranges::count_if(log.entries(), &RequestLog::Entry::cached), 1);
        QCOMPARE(log.sentInLastHour(), 2);
    }

    // PROTOCOL 2, by endpoint: what the SDK never keeps, and the questions that are POSTs.
    void whatIsNeverKept()
    {
        const QStringList kept{u"account-details"_s, u"workspaces"_s, u"project"_s, u"project/notes"_s,
            u"experiment/metrics/summary"_s, u"experiment/parameters"_s, u"experiment/log-other"_s, u"experiment/tags"_s};
        for (const NamedCall &call : allCalls()) {
            Scene scene;
            scene.server.script(call.path, {FaultServer::json(call.goodAnswer)});
            QVERIFY(call.start(scene.client)->wait());
            const int first = scene.server.count(call.path);
            QVERIFY(call.start(scene.client)->wait());
            const bool isKept = scene.server.count(call.path) == first;
            if (kept.contains(QLatin1StringView(call.path)))
                QVERIFY2(isKept, call.name);
            if (CachePolicy::defaultNever().contains(QLatin1StringView(call.path)))
                QVERIFY2(!isKept, call.name);
            if (QByteArray(call.path).startsWith("write/"))
                QVERIFY2(!isKept, call.name);
        }
    }

    void everyWriteIsSeenAtOnce()
    {
        for (const NamedCall &call : allCalls()) {
            if (!QByteArray(call.path).startsWith("write/"))
                continue;
            Scene scene;
            scene.answerTags("before");
            QCOMPARE(scene.tags(), QStringList{u"before"_s});
            scene.answerTags("after");
            scene.server.script("registry-model", {FaultServer::json(R"({"registryModels": []})")});
            scene.server.script(call.path, {FaultServer::json(call.goodAnswer)});
            QVERIFY(call.start(scene.client)->wait());
            QVERIFY2(scene.tags() == QStringList{u"after"_s}, call.name);
        }
    }

    void aReadUnderWayDuringAWriteIsNotKept()
    {
        Scene scene;
        scene.answerTags("before");
        scene.server.hold();
        const auto read = watch(scene.client.tags(key));
        QTRY_COMPARE(scene.asked(), 1);
        const auto write = watch(scene.client.archiveExperiment(key));
        scene.server.release();
        QVERIFY(read->wait());
        QVERIFY(write->wait());
        scene.answerTags("after");
        QCOMPARE(scene.tags(), QStringList{u"after"_s});
    }

    void aReadUnderWayWhenItIsEmptiedIsNotKept()
    {
        Scene scene;
        scene.answerTags("before");
        scene.server.hold();
        const auto read = watch(scene.client.tags(key));
        QTRY_COMPARE(scene.asked(), 1);
        scene.client.cache().clear(); // as Refresh does
        scene.server.release();
        QVERIFY(read->wait());
        scene.answerTags("after");
        QCOMPARE(scene.tags(), QStringList{u"after"_s});
    }

    void aWriteThatWasGivenUpCounts()
    {
        Scene scene;
        scene.server.hold();
        auto *write = scene.client.archiveExperiment(key);
        const auto outcome = watch(write);
        QTRY_COMPARE(scene.server.count("write/experiment/archive"), 1);
        const quint64 sent = scene.client.cache().time();
        write->cancel();
        QVERIFY(scene.client.cache().time() > sent);
        scene.server.release();
    }

    void failuresAndGarbageAreNotKept()
    {
        Scene scene;
        for (const FaultServer::Answer &answer : {FaultServer::failure(404), FaultServer::json("{\"tags\": ["),
                 FaultServer::webPage(), FaultServer::json("null")}) {
            scene.server.script("experiment/tags", {answer});
            QVERIFY(!scene.tags());
        }
        scene.answerTags("well");
        QCOMPARE(scene.tags(), QStringList{u"well"_s});
    }

    void itCanBeEmptiedPassedOverAndSwitchedOff()
    {
        Scene scene;
        scene.answerTags("x");
        QSignalSpy changed(&scene.client.cache(), &Cache::changed);
        scene.tags();
        QVERIFY(!changed.isEmpty());
        scene.client.cache().clear();
        QCOMPARE(scene.client.cache().statistics().entries, 0);
        scene.tags();
        QCOMPARE(scene.asked(), 2);
        {
            const Client::Freshly freshly(scene.client);
            scene.tags();
            QCOMPARE(scene.asked(), 3);
        }
        scene.tags();
        QCOMPARE(scene.asked(), 3);
        CachePolicy policy;
        policy.isOn = false;
        scene.client.cache().setPolicy(policy);
        QCOMPARE(scene.client.cache().statistics().entries, 0);
        scene.tags();
        scene.tags();
        QCOMPARE(scene.asked(), 5);
    }

    void endpointsCanBeTakenOutAndIn()
    {
        Scene scene;
        scene.answerTags("x");
        scene.tags();
        CachePolicy policy;
        policy.never += u"experiment/tags"_s; // do_not_cache
        scene.client.cache().setPolicy(policy);
        QCOMPARE(scene.client.cache().statistics().entries, 0);
        scene.tags();
        scene.tags();
        QCOMPARE(scene.asked(), 3);
        policy.never.removeAll(u"experiment/tags"_s); // do_cache
        scene.client.cache().setPolicy(policy);
        scene.tags();
        scene.tags();
        QCOMPARE(scene.asked(), 4);
    }

    void itIsBoundedInSizeAndTime()
    {
        Scene scene;
        CachePolicy policy;
        policy.bytes = 10'000;
        scene.client.cache().setPolicy(policy);
        for (int i = 0; i < 50; ++i) {
            scene.answerTags(QByteArray(1000, 'x'));
            scene.tags(QString::number(i));
        }
        QVERIFY(scene.client.cache().statistics().bytes <= 10'000);
        QVERIFY(scene.client.cache().statistics().entries > 1);
        policy.minutes = 0; // good for no time at all
        scene.client.cache().setPolicy(policy);
        scene.answerTags("a");
        QCOMPARE(scene.tags(), QStringList{u"a"_s});
        scene.answerTags("b");
        QTRY_COMPARE(scene.tags(), QStringList{u"b"_s});
    }
};

QTEST_GUILESS_MAIN(CacheTest)
#include "tst_cache.moc"
