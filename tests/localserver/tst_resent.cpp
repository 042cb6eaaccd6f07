// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/resent.h"
#include "app/localserver/store.h"
#include "tests/localserver/bench.h"

using namespace Qt::StringLiterals;
using localserver::resent::Arrival;
using localserver::resent::Delivery;
using localserver::resent::Settled;

// The same point twice is two points; the same request twice is one.
class TestResent : public QObject {
    Q_OBJECT
private slots:
    void equalPointsOfOneRequestAreAllKept()
    {
        const QString key = m_bench.newExperiment();
        QVERIFY(log(key, QList<Point>(1'000, {u"c"_s, 1, 5, 1'700'000'000'000})));
        QCOMPARE(values(key, u"c"_s).size(), 1'000);
    }

    void theSameRequestIsOneOfAnySize()
    {
        const QString key = m_bench.newExperiment();
        QList<Point> points;
        for (int i = 0; i < 3'000; ++i)
            points.append({u"m"_s, double(i % 7), 0, 1'700'000'000'000});
        for (int times = 0; times < 3; ++times)
            QVERIFY(log(key, points));
        QCOMPARE(values(key, u"m"_s).size(), 3'000);
        QVERIFY(log(m_bench.newExperiment(), points)); // another experiment has its own
    }

    void whatHasNoTimeOfItsOwnIsNeverTakenForASecondTry()
    {
        const QString key = m_bench.newExperiment();
        const QJsonObject point{
            {u"experimentKey"_s, key}, {u"metricName"_s, u"m"_s}, {u"metricValue"_s, 1}};
        for (int times = 0; times < 3; ++times)
            QCOMPARE(m_bench.post(u"write/experiment/metric"_s, point).status, 200);
        QCOMPARE(values(key, u"m"_s).size(), 3);
    }

    void aRestartDoesNotForget()
    {
        const QString key = m_bench.newExperiment();
        const QList<Point> points{{u"m"_s, 1, 0, 1'700'000'000'000}, {u"m"_s, 2, 1, 1'700'000'000'001}};
        QVERIFY(log(key, points));
        m_bench.stop();
        m_bench.start();
        QVERIFY(log(key, points)); // as it was
        // Replayed with newer points between and behind.
        QVERIFY(log(key, {points[0], {u"n"_s, 9, 9, 1'700'000'000'009}, points[1], {u"m"_s, 3, 2, 1'700'000'000'002}}));
        QCOMPARE(values(key, u"m"_s), (QStringList{u"1.0"_s, u"2.0"_s, u"3.0"_s}));
        QCOMPARE(values(key, u"n"_s).size(), 1);
    }

    void linesOfOutputAreKnownByTheirTexts()
    {
        const QString key = m_bench.newExperiment();
        const auto write = [&](const QStringList &texts, int offset) {
            QJsonArray lines;
            for (const QString &text : texts)
                lines.append(QJsonObject{{u"output"_s, text}, {u"stderr"_s, false},
                    {u"localTimestamp"_s, 5'900 + offset}, {u"offset"_s, offset++}});
            return m_bench.post(u"write/experiment/output"_s,
                {{u"experimentKey"_s, key}, {u"outputLines"_s, lines}});
        };
        QCOMPARE(write({u"one\n"_s, u"\n"_s, u"two\n"_s}, 0).status, 200);
        m_bench.stop(); // nobody knows whether the answer came
        m_bench.start();
        QCOMPARE(write({u"one\n"_s, u"\n"_s, u"two\n"_s, u"\n"_s}, 40).status, 200);
        QCOMPARE(m_bench.get(u"experiment/output?experimentKey="_s + key).object()[u"output"_s].toString(),
            u"one\n\ntwo\n\n"_s);
    }

    // Without a network: which items are new.
    void replays_data()
    {
        QTest::addColumn<QList<QByteArray>>("requests"); // each letter is an item
        QTest::addColumn<QByteArray>("kept");
        const auto row = [](const char *name, const QList<QByteArray> &requests, const char *kept) {
            QTest::newRow(name) << requests << QByteArray(kept);
        };
        row("again", {"abc", "abc"}, "abc");
        row("in another request", {"abc", "abcd"}, "abcd");
        row("behind others", {"abc", "xabc"}, "abcx");
        row("with newer ones between", {"abc", "axbyc"}, "abcxy");
        row("in two requests", {"abcd", "xab", "cdy"}, "abcdxy");
        row("in two, with newer ones at the cut", {"abcdef", "abcdx", "efy"}, "abcdefxy");
        row("two that were lost", {"ab", "cd", "abcd"}, "abcd");
        row("lost again", {"ab", "abc", "abcd"}, "abcd");
        row("one equal item", {"abc", "axyz"}, "abcaxyz");
        row("in another order", {"abc", "cbax"}, "abccbax");
        row("equal ones", {"aaa", "aaaa"}, "aaaa");
    }
    void replays()
    {
        QFETCH(QList<QByteArray>, requests);
        QFETCH(QByteArray, kept);
        QTemporaryDir folder;
        localserver::Store store(folder.filePath(u"data.db"_s).toStdString());
        Settled settled;
        QByteArray all;
        for (const QByteArray &request : requests)
            all += takenIn(store, settled, request).second;
        QCOMPARE(all, kept);
    }

    void whoeverAsksAgainHasTheAnswer()
    {
        QTemporaryDir folder;
        localserver::Store store(folder.filePath(u"data.db"_s).toStdString());
        Settled settled;
        Delivery delivery;
        delivery.add(takenIn(store, settled, "a").first, localserver::resent::Metrics);
        settled.add(delivery.askedAgain());
        QCOMPARE(takenIn(store, settled, "aaa").second, "aaa");
        QVERIFY(delivery.askedAgain().empty());

        // Output comes as two requests, and both are replayed where the second fails.
        delivery.add(7, localserver::resent::Output);
        QVERIFY(delivery.askedAgain().empty());
        QCOMPARE(delivery.askedAgain(), std::vector<std::int64_t>{7});
    }

    void oldRequestsAreForgotten()
    {
        QTemporaryDir folder;
        localserver::Store store(folder.filePath(u"data.db"_s).toStdString());
        Settled settled;
        for (int i = 0; i < 1'000; ++i)
            takenIn(store, settled, QByteArray::number(i));
        const auto count = store.read([](localserver::Connection &db) {
            localserver::Rows rows = db.query("SELECT count(*) FROM requests");
            rows.next();
            return rows.integer(0);
        });
        QVERIFY2(count <= 160, QByteArray::number(qint64(count)));
    }

private:
    struct Point {
        QString name;
        double value;
        int step;
        double time;
    };

    bool log(const QString &key, const QList<Point> &points)
    {
        QJsonArray batch;
        for (const Point &point : points)
            batch.append(QJsonObject{{u"metricName"_s, point.name}, {u"metricValue"_s, point.value},
                {u"step"_s, point.step}, {u"timestamp"_s, point.time}});
        return m_bench
                   .post(u"/clientlib/batch/logger/experiment/metric"_s,
                       {{u"experimentKey"_s, key}, {u"values"_s, batch}})
                   .status
            == 200;
    }
    QStringList values(const QString &key, const QString &name)
    {
        QStringList result;
        const Bench::Answer answer =
            m_bench.get(u"experiment/metrics/get-metric?experimentKey="_s + key + u"&metricName="_s + name);
        for (const QJsonValue point : answer.object()[u"metrics"_s].toArray())
            result.append(point[u"metricValue"_s].toString());
        return result;
    }
    // Its row, and the letters that were new.
    static std::pair<std::int64_t, QByteArray> takenIn(
        localserver::Store &store, Settled &settled, const QByteArray &letters)
    {
        Arrival arrival{localserver::resent::Metrics, qHash(letters, 1), {}};
        for (const char letter : letters)
            arrival.items.push_back(std::uint64_t(letter));
        const auto isNew = store.write([&](localserver::Writing &writing) {
            return localserver::resent::takeIn(writing.db, settled, 1, arrival);
        });
        QByteArray kept;
        for (qsizetype i = 0; i < letters.size(); ++i) {
            if (isNew[std::size_t(i)])
                kept += letters[i];
        }
        return {arrival.row, kept};
    }

    Bench m_bench;
};

QTEST_GUILESS_MAIN(TestResent)
#include "tst_resent.moc"
