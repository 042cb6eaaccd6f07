// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/experimentrows.h"
#include "app/localserver/schema.h"
#include "tests/localserver/bench.h"

#include <QUrlQuery>
#include <QWebSocket>

using namespace Qt::StringLiterals;

// What running scripts of both SDKs send.
class TestOnline : public QObject {
    Q_OBJECT
private slots:
    void handshakes()
    {
        const Bench::Answer answer = addRun(u"run1"_s);
        QCOMPARE(answer.status, 200);
        const QJsonObject hello = answer.object();
        QVERIFY(!hello[u"runId"].toString().isEmpty());
        QVERIFY(hello[u"ws_url"].toString().startsWith(u"ws://127.0.0.1:"_s));
        QCOMPARE(hello[u"focusUrl"].toString(), m_bench.url() + u"/team/vision/"_s);
        QVERIFY(!hello[u"name"].toString().isEmpty());
        QVERIFY(!hello.contains(u"s3DirectAccessEnabled") && !hello.contains(u"featureToggles")
            && !hello.contains(u"msg"));
        QCOMPARE(hello[u"project_id"],
            m_bench.get(u"project?workspaceName=team&projectName=vision"_s).object()[u"projectId"]);
        QCOMPARE(metadata(u"run1"_s)[u"running"].toBool(), true);

        QCOMPARE(addRun(u"run1"_s).status, 400);
        QCOMPARE(addRun(u"run1"_s).code(), 90999);
        QCOMPARE(addRun(u"run1"_s, true).status, 200);
        QCOMPARE(m_bench.post(u"/clientlib/logger/get/run"_s, {{u"previousExperiment"_s, u"run1"_s}})
                     .object()[u"project_id"],
            hello[u"project_id"]);
        const Bench::Answer unknown =
            m_bench.post(u"/clientlib/logger/get/run"_s, {{u"previousExperiment"_s, u"none"_s}});
        QCOMPARE(unknown.status, 400);
        QCOMPARE(unknown.code(), 90210);
        QCOMPARE(m_bench
                     .post(u"/clientlib/logger/add/run"_s,
                         {{u"experimentKey"_s, u"nameless"_s}, {u"projectName"_s, QJsonValue()},
                             {u"teamName"_s, QJsonValue()}})
                     .status,
            200);
        QCOMPARE(metadata(u"nameless"_s)[u"projectName"].toString(), u"general"_s);
    }

    void heartbeatsAndTheEnd()
    {
        addRun(u"beating"_s);
        const QJsonObject beat = report(u"beating"_s, true);
        QCOMPARE(beat[u"is_alive_beat_duration_millis"].toInt(), 10'000);
        QCOMPARE(beat[u"gpu_monitor_interval_millis"].toInt(), 60'000);
        QCOMPARE(metadata(u"beating"_s)[u"running"].toBool(), true);
        report(u"beating"_s, false);
        QCOMPARE(metadata(u"beating"_s)[u"running"].toBool(), false);
        QCOMPARE(metadata(u"beating"_s)[u"hasCrashed"].toBool(), false);
        m_bench.post(u"/clientlib/status-report/offline-metadata"_s,
            {{u"experimentKey"_s, u"beating"_s}, {u"startTimestamp"_s, 5}, {u"endTimestamp"_s, 15}});
        QCOMPARE(metadata(u"beating"_s)[u"durationMillis"].toInt(), 10);

        addRun(u"crashing"_s);
        const QByteArray crash =
            "{\"experimentKey\":\"crashing\",\"isAlive\":true,\"hasCrashed\":true,\"error\":\"boom\"}";
        m_bench.ask("POST", u"write/experiment/update-status"_s, crash,
            {{"Authorization", "the-key"}, {"X-COMET-SDK-SOURCE", "Experiment"}});
        report(u"crashing"_s, false);
        QCOMPARE(metadata(u"crashing"_s)[u"hasCrashed"].toBool(), true);
        m_bench.post(u"/clientlib/logger/get/run"_s, {{u"previousExperiment"_s, u"crashing"_s}});
        QCOMPARE(metadata(u"crashing"_s)[u"hasCrashed"].toBool(), false); // runs again
    }

    void statesByHeartbeat_data()
    {
        using namespace localserver;
        QTest::addColumn<int>("life");
        QTest::addColumn<int>("age"); // of the last beat, ms
        QTest::addColumn<bool>("crashed");
        QTest::addColumn<int>("state");
        QTest::newRow("running") << int(schema::Script) << 59'999 << false << int(State::Running);
        QTest::newRow("died") << int(schema::Script) << 60'000 << false << int(State::Crashed);
        QTest::newRow("REST client gone") << int(schema::Rest) << 60'000 << false << int(State::Finished);
        QTest::newRow("ended") << int(schema::Over) << 0 << false << int(State::Finished);
        QTest::newRow("crash reported") << int(schema::Over) << 0 << true << int(State::Crashed);
    }
    void statesByHeartbeat()
    {
        QFETCH(int, life);
        QFETCH(int, age);
        QFETCH(bool, crashed);
        QTEST(int(localserver::stateOf(life, 1'000'000 - age, crashed, 1'000'000)), "state");
    }

    void batches()
    {
        addRun(u"batch"_s);
        const QByteArray metrics = "{\"experimentKey\":\"batch\",\"values\":["
                                   "{\"metricName\":\"loss\",\"metricValue\":0.5,\"step\":1099511627776,"
                                   "\"epoch\":1,\"context\":null,\"timestamp\":2},"
                                   "{\"metricName\":\"loss\",\"metricValue\":\"NaN\",\"step\":1,\"epoch\":1,"
                                   "\"context\":null,\"timestamp\":1},"
                                   "{\"metricName\":\"loss\",\"metricValue\":1,\"step\":1,\"epoch\":1,"
                                   "\"context\":\"train\",\"timestamp\":1}]}";
        for (int twice = 0; twice < 2; ++twice) // as after a lost connection
            QCOMPARE(
                m_bench.ask("POST", u"/clientlib/batch/logger/experiment/metric"_s, metrics).status, 200);
        const QJsonArray points =
            m_bench.get(u"experiment/metrics/get-all?experimentKey=batch"_s).object()[u"metrics"].toArray();
        QCOMPARE(points.size(), 3);
        QCOMPARE(points[0][u"metricValue"].toString(), u"NaN"_s);
        QCOMPARE(points[1][u"step"].toInteger(), qint64(1) << 40);
        QCOMPARE(points[2][u"metricName"].toString(), u"train_loss"_s);

        const QByteArray parameters = "{\"experimentKey\":\"batch\",\"values\":["
                                      "{\"parameterName\":\"lr\",\"parameterValue\":0.1,\"step\":null,"
                                      "\"source\":\"manual\",\"context\":null,\"timestamp\":1},"
                                      "{\"parameterName\":\"list\",\"parameterValue\":[1,\"a\"],\"step\":"
                                      "null,\"source\":\"cli\",\"context\":null,\"timestamp\":1}]}";
        QCOMPARE(
            m_bench.ask("POST", u"/clientlib/batch/logger/experiment/parameter"_s, parameters).status, 200);
        QCOMPARE(
            m_bench.get(u"experiment/parameters?experimentKey=batch"_s).object()[u"values"].toArray().size(),
            2);
    }

    void aServerWithoutMemoryTakesUpARun()
    {
        const QByteArray metric =
            "{\"experimentKey\":\"stranger\",\"values\":[{\"metricName\":\"m\",\"metricValue\":1}]}";
        QCOMPARE(m_bench.ask("POST", u"/clientlib/batch/logger/experiment/metric"_s, metric).status, 200);
        QCOMPARE(metadata(u"stranger"_s)[u"projectName"].toString(), u"general"_s);
        const QByteArray other = "{\"experimentKey\":\"stranger2\",\"key\":\"a\",\"value\":1}";
        QCOMPARE(m_bench
                     .ask("POST", u"write/experiment/log-other"_s, other,
                         {{"Authorization", "the-key"}, {"X-COMET-SDK-SOURCE", "Experiment"}})
                     .status,
            200);
        QCOMPARE(m_bench
                     .ask("POST", u"write/experiment/log-other"_s,
                         "{\"experimentKey\":\"stranger3\",\"key\":\"a\",\"value\":1}")
                     .status,
            400);
    }

    void uploads()
    {
        addRun(u"files"_s);
        const QString asset =
            u"/clientlib/asset/upload?experimentId=files&projectId=p&runId=r&overwrite=False"_s;
        QCOMPARE(m_bench.upload(asset + u"&assetId=a1&fileName=d%2Fx.txt&step=9"_s, "text")
                     .object()[u"assetId"]
                     .toString(),
            u"a1"_s);
        m_bench.upload(asset + u"&assetId=a1&fileName=d%2Fx.txt&step=9"_s, "text"); // tried twice
        m_bench.upload(
            asset + u"&assetId=t1&type=text-sample&fileName=auto-generated-in-the-backend"_s, "sample");
        for (int step = 0; step < 3; ++step)
            m_bench.upload(
                asset + u"&type=histogram3d&fileName=h&assetId=h%1&step=%1"_s.arg(step), "{\"version\":2}");
        m_bench.upload(
            u"/clientlib/visualizations/upload?experimentId=files&imageId=i1&figName=pic&step=1"_s, "png");
        QHash<QString, QJsonObject> assets;
        const QJsonArray all = m_bench.get(u"experiment/asset/list?type=all&experimentKey=files"_s)
                                   .object()[u"assets"]
                                   .toArray();
        for (const QJsonValue &one : all)
            assets.insert(one[u"type"].toString(), one.toObject());
        QCOMPARE(all.size(), 4);
        QCOMPARE(assets[u"asset"_s][u"fileName"].toString(), u"d/x.txt"_s);
        QCOMPARE(assets[u"text-sample"_s][u"fileName"].toString(), u"text-sample-1.txt"_s);
        QCOMPARE(assets[u"image"_s][u"assetId"].toString(), u"i1"_s);
        QCOMPARE(m_bench.get(u"/api/image/download?imageId=i1&experimentKey=files"_s).body, "png");
        const Bench::Answer histograms =
            m_bench.get(u"experiment/asset/get-asset?assetId=h1&experimentKey=files"_s);
        QCOMPARE(histograms.object()[u"histograms"].toArray().size(), 3);
        QCOMPARE(histograms.object()[u"histograms"][2][u"step"].toInt(), 2);
        QCOMPARE(histograms.body.size(), assets[u"histogram_combined_3d"_s][u"fileSize"].toInt());

        QCOMPARE(m_bench.post(u"/clientlib/asset/3d-limits"_s, {{u"experimentKey"_s, u"files"_s}})
                     .object()[u"maxBoxes"]
                     .toInt(),
            250'000);
        const QString cloud = m_bench
                                  .post(u"/clientlib/asset"_s,
                                      {{u"experimentKey"_s, u"files"_s}, {u"userFileName"_s, u"scene"_s},
                                          {u"assetType"_s, u"3d-image"_s}})
                                  .object()[u"assetId"]
                                  .toString();
        QVERIFY(!cloud.isEmpty());
        m_bench.post(u"/clientlib/asset/log-remote-model"_s,
            {{u"experimentKey"_s, u"files"_s}, {u"modelName"_s, u"far"_s},
                {u"remoteEntities"_s,
                    QJsonArray{QJsonObject{{u"assetId"_s, u"r1"_s}, {u"remoteUrl"_s, u"s3://b/w"_s},
                        {u"fileName"_s, u"w"_s}}}}});
        QCOMPARE(m_bench.get(u"experiment/model?experimentKey=files"_s)
                     .object()[u"models"][0][u"modelName"]
                     .toString(),
            u"far"_s);
        for (const QString &path : {u"notification/experiment"_s, u"rpc/register-rpc"_s, u"log/add"_s})
            QCOMPARE(m_bench.ask("POST", u"/clientlib/"_s + path, "{\"additional_data\":NaN}").status, 200);
    }

    void stepsAreCopied()
    {
        addRun(u"original"_s);
        QJsonArray values;
        for (int step = 0; step < 10; ++step)
            values.append(
                QJsonObject{{u"metricName"_s, u"m"_s}, {u"metricValue"_s, step}, {u"step"_s, step}});
        m_bench.post(u"/clientlib/batch/logger/experiment/metric"_s,
            {{u"experimentKey"_s, u"original"_s}, {u"values"_s, values}});
        QCOMPARE(m_bench
                     .post(u"/clientlib/logger/copy-steps-from-experiment"_s,
                         {{u"copiedExperimentKey"_s, u"original"_s}, {u"newExperimentKey"_s, u"fork"_s},
                             {u"stepToCopyTo"_s, 5}})
                     .status,
            200);
        QCOMPARE(m_bench.get(u"experiment/metrics/get-all?experimentKey=fork"_s)
                     .object()[u"metrics"]
                     .toArray()
                     .size(),
            6);
    }

    void theWebsocket()
    {
        const QString address = addRun(u"old"_s).object()[u"ws_url"].toString();
        QWebSocket stranger;
        QSignalSpy closed(&stranger, &QWebSocket::disconnected);
        stranger.open(QUrl(address + u"?apiKey=wrong&runId=r"_s));
        QVERIFY(closed.wait(10'000));

        QWebSocket socket;
        QSignalSpy opened(&socket, &QWebSocket::connected);
        socket.open(QUrl(address + u"?apiKey=the-key&runId=r"_s));
        QVERIFY(opened.wait(10'000));
        const auto send = [&](const QByteArray &fields) {
            socket.sendTextMessage(QString::fromUtf8(
                "[{\"log_data\":{\"local_timestamp\":5,\"experimentKey\":\"old\",\"offset\":1," + fields
                + "}}]"));
        };
        send("\"metric\":{\"metricName\":\"loss\",\"metricValue\":\"-Infinity\",\"step\":3,\"epoch\":0}");
        send("\"metric\":{\"metricName\":\"loss\",\"metricValue\":2,\"step\":3,\"epoch\":0},\"context\":"
             "\"train\"");
        send("\"param\":{\"paramName\":\"lr\",\"paramValue\":0.1,\"step\":null}");
        send("\"params\":{\"paramName\":\"list\",\"paramValue\":[1,2],\"step\":null}");
        socket.sendTextMessage(u"no JSON at all"_s);
        socket.sendTextMessage(u"[{\"surprise\":1}]"_s);
        send("\"log_other\":{\"key\":\"Name\",\"val\":\"by socket\"}");
        send("\"html\":\"a\"");
        send("\"html\":\"b\"");
        send("\"graph\":\"g\",\"fileName\":\"/x/train.py\"");
        send("\"git_meta\":{\"user\":\"u\",\"branch\":\"main\"}");
        send("\"env_details\":{\"pid\":5,\"os_type\":\"Linux\",\"python_exe\":\"/bin/python\"}");
        send("\"installed_packages\":[\"a==1\"]");
        send("\"log_system_info\":{\"key\":\"k\",\"value\":\"v\"}");
        socket.sendTextMessage(
            u"[{\"stdout\":{\"local_timestamp\":5,\"stdout\":\"hello\\n\",\"stderr\":false,\"experimentKey\":\"old\",\"offset\":11}}]"_s);
        const QString of = u"?experimentKey=old"_s;
        QTRY_COMPARE(m_bench.get(u"experiment/output"_s + of).object()[u"output"].toString(), u"hello\n"_s);
        QCOMPARE(m_bench.get(u"experiment/metrics/get-all"_s + of).object()[u"metrics"].toArray().size(), 2);
        QCOMPARE(m_bench.get(u"experiment/metrics/get-all"_s + of)
                     .object()[u"metrics"][0][u"metricValue"]
                     .toString(),
            u"-Infinity"_s);
        QCOMPARE(m_bench.get(u"experiment/parameters"_s + of).object()[u"values"].toArray().size(), 2);
        QCOMPARE(metadata(u"old"_s)[u"experimentName"].toString(), u"by socket"_s);
        QCOMPARE(metadata(u"old"_s)[u"fileName"].toString(), u"train.py"_s);
        QCOMPARE(m_bench.get(u"experiment/html"_s + of).object()[u"html"].toString(), u"ab"_s);
        QCOMPARE(m_bench.get(u"experiment/git/metadata"_s + of).object()[u"branch"].toString(), u"main"_s);
        const QJsonObject system = m_bench.get(u"experiment/system-details"_s + of).object();
        QCOMPARE(system[u"osType"].toString(), u"Linux"_s);
        QCOMPARE(system[u"executable"].toString(), u"/bin/python"_s);
        QCOMPARE(system[u"installedPackages"].toArray().size(), 1);
        QCOMPARE(system[u"logAdditionalSystemInfoList"][0][u"key"].toString(), u"k"_s);
    }

    void oneBadMessageCostsNoOther()
    {
        const QString address = addRun(u"odd"_s).object()[u"ws_url"].toString();
        QVERIFY(address.endsWith(u"/ws/logger-ws"_s));
        QCOMPARE(QUrl(address).port(), QUrl(m_bench.url()).port());
        QWebSocket socket;
        QSignalSpy opened(&socket, &QWebSocket::connected);
        socket.open(QUrl(address + u"?apiKey=the-key&runId=r"_s));
        QVERIFY(opened.wait(10'000));
        const auto message = [](int offset, const QByteArray &fields) {
            return "{\"log_data\":{\"local_timestamp\":5,\"experimentKey\":\"odd\",\"offset\":"
                + QByteArray::number(offset) + "," + fields + "}}";
        };
        const auto point = [&](int offset, const QByteArray &value) {
            return message(offset, "\"metric\":{\"metricName\":\"m\",\"metricValue\":" + value + ",\"step\":1}");
        };
        for (const QByteArray &text : QList<QByteArray>{'[' + point(1, "1") + ",5,{}," + point(2, "1e400") + ']',
                 '[' + point(3, "NaN") + ']', "[" + point(3, "NaN") + ']', // sent again
                 '[' + point(4, "1") + ']', // the same value is another point
                 '[' + message(5, R"("param":{"paramName":"p","paramValue":"caf\udce9","step":null})") + ']',
                 '[' + message(6, R"("metric":{"metricName":"","metricValue":1})") + ']',
                 '[' + message(7, R"("metric":{"metricName":"m","metricValue":null})") + ']',
                 '[' + message(8, R"("log_other":{"key":"last","val":1})") + ']'})
            socket.sendTextMessage(QString::fromUtf8(text));
        const QString of = u"?experimentKey=odd"_s;
        QTRY_VERIFY(m_bench.get(u"experiment/log-other"_s + of).body.contains("\"last\""));
        QStringList values;
        const QJsonArray points =
            m_bench.get(u"experiment/metrics/get-metric"_s + of + u"&metricName=m"_s).object()[u"metrics"].toArray();
        for (const QJsonValue found : points)
            values.append(found[u"metricValue"].toString());
        QCOMPARE(values, (QStringList{u"1.0"_s, u"Infinity"_s, u"NaN"_s, u"1.0"_s}));
        QCOMPARE(m_bench.get(u"experiment/parameters"_s + of).object()[u"values"][0][u"valueCurrent"].toString(),
            u"caf\uFFFD"_s);
    }

    void socketsOfStrangers()
    {
        const QString address = u"ws"_s + m_bench.url().mid(4) + u"/ws/logger-ws"_s;
        // Whoever brings no key may connect, as a check of the connection does, and is not listened to.
        QWebSocket mute;
        QSignalSpy opened(&mute, &QWebSocket::connected);
        QSignalSpy closed(&mute, &QWebSocket::disconnected);
        mute.open(QUrl(address));
        QVERIFY(opened.wait(10'000));
        mute.sendTextMessage(
            uR"([{"log_data":{"experimentKey":"mute","metric":{"metricName":"m","metricValue":1}}}])"_s);
        QVERIFY(closed.count() > 0 || closed.wait(10'000));
        QCOMPARE(m_bench.get(u"experiment/metadata?experimentKey=mute"_s).status, 404);

        for (const auto &[path, origin] : {std::pair(u"/ws/elsewhere?apiKey=the-key"_s, QString()),
                 std::pair(u"/ws?apiKey=the-key"_s, u"https://evil.example"_s)}) {
            QWebSocket stranger(origin);
            QSignalSpy refused(&stranger, &QWebSocket::disconnected);
            stranger.open(QUrl(u"ws"_s + m_bench.url().mid(4) + path));
            QVERIFY(refused.wait(10'000));
        }
    }

private:
    Bench::Answer addRun(const QString &key, bool getOrCreate = false)
    {
        return m_bench.post(u"/clientlib/logger/add/run"_s,
            {{u"experimentKey"_s, key}, {u"projectName"_s, u"vision"_s}, {u"teamName"_s, u"team"_s},
                {u"offline"_s, false}, {u"getOrCreateEnabled"_s, getOrCreate}});
    }
    QJsonObject report(const QString &key, bool alive)
    {
        return m_bench
            .post(u"/clientlib/status-report/update"_s,
                {{u"experimentKey"_s, key}, {u"runId"_s, u"r"_s}, {u"is_alive"_s, alive}})
            .object();
    }
    QJsonObject metadata(const QString &key)
    {
        return m_bench.get(u"experiment/metadata?experimentKey="_s + key).object();
    }

    Bench m_bench;
};

QTEST_GUILESS_MAIN(TestOnline)
#include "tst_online.moc"
