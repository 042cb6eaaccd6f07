// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/localserver/bench.h"

#include <QSet>

using namespace Qt::StringLiterals;

// What holds of a run whatever arrives when: it has one name, stays deleted, and is whole where it is linked.
class TestRuns : public QObject {
    Q_OBJECT
private slots:
    void aMadeUpNameGivesWay()
    {
        addRun(u"offline"_s);
        const QString madeUp = name(u"offline"_s);
        QVERIFY(!madeUp.isEmpty());
        QVERIFY(summary(u"offline"_s, u"Name"_s)[u"timestampCurrent"].isNull());
        // The archive of a run was written long before the name was made up.
        other(u"offline"_s, u"Name"_s, u"given"_s, 1'000'000);
        QCOMPARE(name(u"offline"_s), u"given"_s);
    }

    void theLaterOfTwoNamesWins()
    {
        addRun(u"names"_s);
        other(u"names"_s, u"Name"_s, u"second"_s, 2'000);
        other(u"names"_s, u"Name"_s, u"first"_s, 1'000); // late
        QCOMPARE(name(u"names"_s), u"second"_s);
        other(u"names"_s, u"Name"_s, u"third"_s, 3'000);
        QCOMPARE(name(u"names"_s), u"third"_s);

        const QString key = m_bench.newExperiment(u"p"_s, u"by REST"_s);
        other(key, u"Name"_s, u"before it was made"_s, 1);
        QCOMPARE(name(key), u"by REST"_s);
    }

    void aDeletedRunStaysDeleted_data()
    {
        QTest::addColumn<QByteArray>("verb");
        QTest::addColumn<QString>("path"); // KEY is that of the run
        QTest::addColumn<QByteArray>("body"); // the multipart of a file where it is empty
        const auto row = [](const char *name, const QString &path, const QByteArray &fields) {
            QTest::newRow(name) << QByteArray("POST") << path
                                << "{\"experimentKey\":\"KEY\"" + (fields.isEmpty() ? fields : ',' + fields)
                    + '}';
        };
        row("metrics", u"/clientlib/batch/logger/experiment/metric"_s,
            "\"values\":[{\"metricName\":\"a\",\"metricValue\":1}]");
        row("parameters", u"/clientlib/batch/logger/experiment/parameter"_s,
            "\"values\":[{\"parameterName\":\"a\",\"parameterValue\":1}]");
        row("output", u"/clientlib/rest/v2/write/experiment/output"_s,
            "\"outputLines\":[{\"output\":\"a\"}]");
        row("tags", u"/clientlib/tags/add-tags-to-experiment"_s, "\"addedTags\":[\"a\"]");
        row("heartbeat", u"/clientlib/status-report/update"_s, "\"is_alive\":true");
        row("end", u"/clientlib/status-report/update"_s, "\"is_alive\":false");
        row("remote model", u"/clientlib/asset/log-remote-model"_s, "\"modelName\":\"m\"");
        row("cloud", u"/clientlib/asset"_s, "\"userFileName\":\"s\"");
        row("html", u"write/experiment/html"_s, "\"html\":\"a\"");
        row("system", u"/clientlib/rest/v2/write/experiment/system-details"_s, "\"os\":\"a\"");
        row("by REST", u"write/experiment/metric"_s, "\"metricName\":\"a\",\"metricValue\":1");
        QTest::newRow("file") << QByteArray("POST")
                              << u"/clientlib/asset/upload?experimentId=KEY&fileName=f"_s << QByteArray();
        QTest::newRow("picture") << QByteArray("POST")
                                 << u"/clientlib/visualizations/upload?experimentId=KEY&figName=f"_s
                                 << QByteArray();
        QTest::newRow("git patch") << QByteArray("POST") << u"/clientlib/git-patch/upload?experimentId=KEY"_s
                                   << QByteArray();
        QTest::newRow("heartbeat of REST")
            << QByteArray("GET") << u"write/experiment/set-status?experimentKey=KEY"_s << QByteArray("-");
    }
    void aDeletedRunStaysDeleted()
    {
        QFETCH(QByteArray, verb);
        QFETCH(QString, path);
        QFETCH(QByteArray, body);
        const QString key = u"deleted%1"_s.arg(m_count++);
        addRun(key);
        QCOMPARE(m_bench.get(u"write/experiment/delete?experimentKey="_s + key).status, 200);
        path.replace(u"KEY"_s, key);
        body.replace("KEY", key.toUtf8());
        const Bench::Headers script{{"Authorization", "the-key"}, {"X-COMET-SDK-SOURCE", "Experiment"}};
        const Bench::Answer answer = verb == "GET" ? m_bench.get(path)
            : body.isEmpty()                       ? m_bench.upload(path, "bytes")
                                                   : m_bench.ask(verb, path, body, script);
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.code(), 90211);
        QVERIFY(answer.message().contains(u"was deleted"_s));
        QCOMPARE(m_bench.get(u"experiment/metadata?experimentKey="_s + key).status, 404);

        // Also for the next server, until somebody wants such a run.
        m_bench.stop();
        m_bench.start();
        QVERIFY(report(key, true).message().contains(u"was deleted"_s));
        addRun(key);
        QCOMPARE(m_bench.get(u"experiment/metadata?experimentKey="_s + key).status, 200);
        other(key, u"o"_s, u"v"_s, 5);
        QCOMPARE(summary(key, u"o"_s)[u"valueCurrent"].toString(), u"v"_s);
    }

    void thoseOfADeletedProjectToo()
    {
        const QString key = m_bench.newExperiment(u"goes"_s);
        m_bench.post(u"write/project/delete"_s,
            {{u"workspaceName"_s, u"w"_s}, {u"projectName"_s, u"goes"_s}, {u"deleteAllExperiments"_s, true}});
        QVERIFY(report(key, true).message().contains(u"was deleted"_s));
        m_bench.post(u"write/experiment/create"_s,
            {{u"experimentKey"_s, key}, {u"workspaceName"_s, u"w"_s}, {u"projectName"_s, u"anew"_s}});
        QCOMPARE(report(key, true).status, 200);
    }

    void unknownExperiments_data()
    {
        QTest::addColumn<int>("status");
        for (const char *path : {"parameters", "log-other", "tags", "metrics/summary", "metrics/get-all",
                 "metrics/get-metric", "html", "code", "graph", "output", "git/metadata", "git/patch",
                 "system-details", "asset/list", "asset/get-asset", "model", "model/asset/list",
                 "model/download", "processing/status"})
            QTest::newRow(path) << 400;
        QTest::newRow("metadata") << 404; // comet_ml.start() looks there whether a key is free
    }
    void unknownExperiments()
    {
        QFETCH(int, status);
        const Bench::Answer answer =
            m_bench.get(u"experiment/%1?experimentKey=none&metricName=a&modelName=a&assetId=a"_s.arg(
                QString::fromLatin1(QTest::currentDataTag())));
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.code(), 90211);
    }

    void aLinkedRunIsWhole()
    {
        const QString key = m_bench.newExperiment(u"home"_s);
        m_bench.post(u"write/experiment/tags"_s,
            {{u"experimentKey"_s, key}, {u"addedTags"_s, QJsonArray{u"good"_s, u"schön"_s}}});
        m_bench.post(u"write/experiment/parameter"_s,
            {{u"experimentKey"_s, key}, {u"parameterName"_s, u"lr"_s}, {u"parameterValue"_s, 0.5}});
        m_bench.post(
            u"write/experiment/system-details"_s, {{u"experimentKey"_s, key}, {u"hostname"_s, u"host1"_s}});
        m_bench.newExperiment(u"away"_s);
        m_bench.get(u"write/project/symlink?projectName=away&experimentKey="_s + key);
        QCOMPARE(columns(u"away"_s), columns(u"home"_s));
        QVERIFY(columns(u"away"_s).contains(u"schön--tag"_s));

        const auto rule = [](const QString &field, const QString &value) {
            return QJsonObject{{u"field"_s, field}, {u"id"_s, field}, {u"type"_s, u"string"_s},
                {u"operator"_s, u"equal"_s}, {u"value"_s, value}};
        };
        for (const auto &[source, field, value] : {std::tuple{u"tag"_s, u"schön"_s, u"schön"_s},
                 std::tuple{u"env_details"_s, u"hostname"_s, u"host1"_s},
                 std::tuple{u"params"_s, u"lr"_s, u"0.5"_s},
                 std::tuple{u"metadata"_s, u"experimentKey"_s, key}}) {
            const QJsonObject predicate{{u"source"_s, source},
                {u"query"_s,
                    QJsonObject{{u"condition"_s, u"AND"_s}, {u"valid"_s, true},
                        {u"rules"_s, QJsonArray{rule(field, value)}}}}};
            QCOMPARE(m_bench
                         .post(u"project/query"_s,
                             {{u"workspaceName"_s, u"w"_s}, {u"projectName"_s, u"away"_s},
                                 {u"predicates"_s, QJsonArray{predicate}}})
                         .object()[u"experimentKeys"]
                         .toArray(),
                QJsonArray{key});
        }
    }

    void aBadEntryIsNamedAndCostsNoOther()
    {
        const QString key = m_bench.newExperiment();
        const QJsonArray tags{u"a"_s, QJsonValue(), 5, QJsonObject{{u"name"_s, u"b"_s}}, true, u""_s, u"z"_s};
        const QJsonObject answer =
            m_bench.post(u"write/experiment/tags"_s, {{u"experimentKey"_s, key}, {u"addedTags"_s, tags}})
                .object();
        QCOMPARE(answer[u"code"].toInt(), 200);
        QCOMPARE(places(answer), (QStringList{u"addedTags[1]"_s, u"addedTags[3]"_s, u"addedTags[5]"_s}));
        const auto kept = [&] {
            return m_bench.get(u"experiment/tags?experimentKey="_s + key).object()[u"tags"].toArray();
        };
        QCOMPARE(kept(), (QJsonArray{u"5"_s, u"a"_s, u"true"_s, u"z"_s}));
        QCOMPARE(places(m_bench
                            .post(u"write/experiment/tags/delete"_s,
                                {{u"experimentKey"_s, key}, {u"tags"_s, QJsonArray{QJsonValue(), 5, u"z"_s}}})
                            .object()),
            QStringList{u"tags[0]"_s});
        QCOMPARE(kept(), (QJsonArray{u"a"_s, u"true"_s}));

        const auto line = [](const QString &text) {
            return QJsonObject{{u"output"_s, text}, {u"localTimestamp"_s, 1}, {u"offset"_s, 0}};
        };
        QCOMPARE(places(m_bench
                            .post(u"write/experiment/output"_s,
                                {{u"experimentKey"_s, key},
                                    {u"outputLines"_s,
                                        QJsonArray{QJsonValue(), line(u"one\n"_s), 7, line(u"two\n"_s)}}})
                            .object()),
            (QStringList{u"outputLines[0]"_s, u"outputLines[2]"_s}));
        QCOMPARE(m_bench.get(u"experiment/output?experimentKey="_s + key).object()[u"output"].toString(),
            u"one\ntwo\n"_s);

        const QJsonArray entities{QJsonValue(), u"s3://b/a"_s, QJsonObject{{u"fileName"_s, u"no address"_s}},
            QJsonObject{{u"remoteUrl"_s, u"s3://b/w"_s}}};
        QCOMPARE(places(m_bench
                            .post(u"/clientlib/asset/log-remote-model"_s,
                                {{u"experimentKey"_s, key}, {u"modelName"_s, u"far"_s},
                                    {u"remoteEntities"_s, entities}})
                            .object()),
            (QStringList{u"remoteEntities[0]"_s, u"remoteEntities[1]"_s, u"remoteEntities[2]"_s}));
        QCOMPARE(
            m_bench.get(u"experiment/asset/list?experimentKey="_s + key).object()[u"assets"].toArray().size(),
            1);
        QVERIFY(!m_bench.post(u"write/experiment/tags"_s, {{u"experimentKey"_s, key}})
                     .object()
                     .contains(u"skipped"_s));
    }

    void aPageThatIsSentTwiceIsOne()
    {
        const QString key = m_bench.newExperiment();
        const auto write = [&](const QString &html, std::optional<qint64> time, bool override = false) {
            m_bench.post(u"write/experiment/html"_s,
                {{u"experimentKey"_s, key}, {u"html"_s, html},
                    {u"timestamp"_s, time ? QJsonValue(*time) : QJsonValue()}, {u"override"_s, override}});
        };
        const auto page = [&] {
            return m_bench.get(u"experiment/html?experimentKey="_s + key).object()[u"html"].toString();
        };
        write(u"a"_s, 1'795'473'512'530'000);
        write(u"b"_s, 1'795'473'512'530'000); // another text at the same time
        write(u"a"_s, 1'795'473'512'530'001); // the same text a moment later
        QCOMPARE(page(), u"aba"_s);
        write(u"a"_s, 1'795'473'512'530'000);
        QCOMPARE(page(), u"aba"_s);
        write(u"new"_s, 1'795'473'512'530'002, true);
        write(u"+"_s, 1'795'473'512'530'003);
        write(u"new"_s, 1'795'473'512'530'002, true);
        QCOMPARE(page(), u"new+"_s);
        write(u"-"_s, {}); // nothing tells whether it is the same request
        write(u"-"_s, {});
        QCOMPARE(page(), u"new+--"_s);
    }

private:
    Bench::Answer addRun(const QString &key)
    {
        return m_bench.post(u"/clientlib/logger/add/run"_s,
            {{u"experimentKey"_s, key}, {u"projectName"_s, u"p"_s}, {u"teamName"_s, u"w"_s}});
    }
    Bench::Answer report(const QString &key, bool alive)
    {
        return m_bench.post(
            u"/clientlib/status-report/update"_s, {{u"experimentKey"_s, key}, {u"is_alive"_s, alive}});
    }
    void other(const QString &key, const QString &name, const QString &value, qint64 time)
    {
        m_bench.post(u"write/experiment/log-other"_s,
            {{u"experimentKey"_s, key}, {u"key"_s, name}, {u"value"_s, value}, {u"timestamp"_s, time}});
    }
    QJsonObject summary(const QString &key, const QString &name)
    {
        const QJsonArray values =
            m_bench.get(u"experiment/log-other?experimentKey="_s + key).object()[u"values"].toArray();
        for (const QJsonValue &value : values) {
            if (value[u"name"].toString() == name)
                return value.toObject();
        }
        return {};
    }
    // The one name it has wherever it is asked for; empty where there are two.
    QString name(const QString &key)
    {
        const QString shown =
            m_bench.get(u"experiment/metadata?experimentKey="_s + key).object()[u"experimentName"].toString();
        return summary(key, u"Name"_s)[u"valueCurrent"].toString() == shown ? shown : QString();
    }
    QSet<QString> columns(const QString &project)
    {
        QSet<QString> ids;
        const QJsonArray all = m_bench.get(u"project/column-names?workspaceName=w&projectName="_s + project)
                                   .object()[u"columns"]
                                   .toArray();
        for (const QJsonValue &column : all)
            ids += column[u"id"].toString();
        return ids;
    }
    static QStringList places(const QJsonObject &answer)
    {
        QStringList result;
        const QJsonArray skipped = answer[u"skipped"].toArray();
        for (const QJsonValue &one : skipped)
            result += one.toString().section(u": "_s, 0, 0);
        return result;
    }

    Bench m_bench;
    int m_count = 0;
};

QTEST_GUILESS_MAIN(TestRuns)
#include "tst_runs.moc"
