// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/localserver/bench.h"

#include <QSet>
#include <QThread>

using namespace Qt::StringLiterals;

// Every read and write of REST: what was written comes back.
class TestRest : public QObject {
    Q_OBJECT
private slots:
    void accountAndWorkspaces()
    {
        QVERIFY(!m_bench.get(u"account-details"_s).object()[u"userName"].toString().isEmpty());
        QCOMPARE(m_bench.post(u"write/workspace/new"_s, {{u"name"_s, u"fresh"_s}}).status, 200);
        QVERIFY(m_bench.get(u"workspaces"_s).object()[u"workspaceNames"].toArray().contains(u"fresh"_s));
    }

    void projectsLiveAndDie()
    {
        const QJsonObject names{{u"workspaceName"_s, u"w"_s}, {u"projectName"_s, u"mine"_s}};
        QJsonObject create = names;
        create[u"projectDescription"] = u"about \"é\""_s;
        create[u"isPublic"] = true;
        const QString id = m_bench.post(u"write/project/create"_s, create).object()[u"projectId"].toString();
        QVERIFY(!id.isEmpty());
        QCOMPARE(m_bench.post(u"write/project/create"_s, create).status, 400); // exists
        QJsonObject project = m_bench.get(u"project?workspaceName=w&projectName=mine"_s).object();
        QCOMPARE(project, m_bench.get(u"project?projectId="_s + id).object());
        QCOMPARE(project[u"projectDescription"].toString(), u"about \"é\""_s);
        QCOMPARE(project[u"public"].toBool(), true);
        QCOMPARE(project[u"isPublic"].toBool(), true);
        QCOMPARE(project[u"numberOfExperiments"].toInt(-1), 0);

        QJsonObject update = names;
        update[u"newProjectName"] = u"yours now"_s;
        QCOMPARE(m_bench.post(u"write/project/update"_s, update).status, 200);
        QCOMPARE(m_bench.get(u"project?workspaceName=w&projectName=mine"_s).status, 404);
        project = m_bench.get(u"project?workspaceName=w&projectName=yours+now"_s).object(); // + is a space
        QCOMPARE(project[u"projectId"].toString(), id);
        QCOMPARE(project[u"projectDescription"].toString(), u"about \"é\""_s); // not given: stays

        QCOMPARE(
            m_bench.post(u"write/project/notes"_s, {{u"projectId"_s, id}, {u"notes"_s, u"# Notes\n\nline"_s}})
                .message(),
            u"saved"_s);
        QCOMPARE(m_bench.get(u"project/notes?projectId="_s + id).object()[u"notes"].toString(),
            u"# Notes\n\nline"_s);

        const QString key = m_bench.newExperiment(u"yours now"_s);
        const QJsonArray listed = m_bench.get(u"projects?workspaceName=w"_s).object()[u"projects"].toArray();
        QVERIFY(std::any_of(listed.begin(), listed.end(),
            [&](const QJsonValue &p) { return p[u"projectId"] == id && p[u"numberOfExperiments"] == 1; }));
        QCOMPARE(m_bench.post(u"write/project/delete"_s, {{u"projectId"_s, id}}).status, 400); // not empty
        QCOMPARE(
            m_bench.post(u"write/project/delete"_s, {{u"projectId"_s, id}, {u"deleteAllExperiments"_s, true}})
                .status,
            200);
        QCOMPARE(m_bench.get(u"experiment/metadata?experimentKey="_s + key).status, 404);
        QCOMPARE(m_bench.get(u"project?projectId="_s + id).status, 404);
    }

    void projectPages()
    {
        for (const QString &name : {u"page-a"_s, u"page-b"_s, u"page-c"_s, u"other"_s})
            m_bench.post(
                u"write/project/create"_s, {{u"workspaceName"_s, u"pages"_s}, {u"projectName"_s, name}});
        const QJsonObject page =
            m_bench.get(u"projects/page?workspaceName=pages&search=page&offset=1&count=1"_s).object();
        QCOMPARE(page[u"totalRowCount"].toInt(), 4);
        QCOMPARE(page[u"filteredRowCount"].toInt(), 3);
        QCOMPARE(page[u"rows"].toArray().size(), 1);
        QCOMPARE(page[u"rows"].toArray()[0][u"projectName"].toString(), u"page-b"_s);
    }

    void experimentsAreListedByState()
    {
        const QString first = m_bench.newExperiment(u"states"_s, u"one"_s);
        const QString second = m_bench.newExperiment(u"states"_s, u"two"_s);
        const QString of = u"experiments?workspaceName=w&projectName=states"_s;
        QCOMPARE(keys(of), (QStringList{second, first})); // newest first
        QCOMPARE(m_bench.get(u"write/experiment/archive?experimentKey="_s + first).message(), u"Archived"_s);
        QCOMPARE(keys(of), (QStringList{second, first}));
        QCOMPARE(keys(of + u"&archived=False"_s), QStringList{second});
        QCOMPARE(keys(of + u"&archived=TRUE"_s), QStringList{first});
        QCOMPARE(keys(of + u"&page=2&page_size=1"_s), QStringList{first});
        QCOMPARE(keys(of + u"&page=3&page_size=1"_s), QStringList{});
        QCOMPARE(metadata(first)[u"archived"].toBool(), true);
        m_bench.get(u"write/experiment/restore?experimentKey="_s + first);
        QCOMPARE(metadata(first)[u"archived"].toBool(), false);
        QCOMPARE(m_bench.get(u"write/experiment/delete?experimentKey="_s + first).message(), u"Deleted"_s);
        QCOMPARE(keys(of), QStringList{second});
        QCOMPARE(m_bench.get(u"write/experiment/delete?experimentKey="_s + first).status, 400);
    }

    void metadataIsWhole()
    {
        const QString key = m_bench.newExperiment(u"meta"_s);
        QJsonObject object = metadata(key);
        for (const QString &field : {u"archived"_s, u"durationMillis"_s, u"endTimeMillis"_s,
                 u"experimentKey"_s, u"experimentName"_s, u"fileName"_s, u"filePath"_s, u"optimizationId"_s,
                 u"projectId"_s, u"projectName"_s, u"running"_s, u"startTimeMillis"_s, u"throttle"_s,
                 u"workspaceName"_s, u"userName"_s, u"hasCrashed"_s})
            QVERIFY2(object.contains(field), qPrintable(field));
        QVERIFY(!object[u"experimentName"].toString().isEmpty()); // made up
        QVERIFY(object[u"startTimeMillis"].toInteger() > 0 && object[u"endTimeMillis"].toInteger() > 0);
        m_bench.post(u"write/experiment/set-start-end-time"_s,
            {{u"experimentKey"_s, key}, {u"startTimeMillis"_s, 1000}, {u"endTimeMillis"_s, QJsonValue()}});
        m_bench.post(u"write/experiment/set-start-end-time"_s,
            {{u"experimentKey"_s, key}, {u"endTimeMillis"_s, 5500}});
        m_bench.post(u"write/experiment/file-path"_s,
            {{u"experimentKey"_s, key}, {u"filePath"_s, u"/home/me/train.py"_s}});
        object = metadata(key);
        QCOMPARE(object[u"startTimeMillis"].toInt(), 1000);
        QCOMPARE(object[u"durationMillis"].toInt(), 4500);
        QCOMPARE(object[u"fileName"].toString(), u"train.py"_s);
    }

    void heartbeatsTellTheState()
    {
        const QString key = m_bench.newExperiment();
        QCOMPARE(metadata(key)[u"running"].toBool(), false);
        QCOMPARE(m_bench.get(u"write/experiment/set-status?experimentKey="_s + key)
                     .object()[u"isAliveBeatDurationMillis"]
                     .toInt(),
            10'000);
        QCOMPARE(metadata(key)[u"running"].toBool(), true);
        m_bench.post(u"write/experiment/update-status"_s,
            {{u"experimentKey"_s, key}, {u"isAlive"_s, false}, {u"hasCrashed"_s, true},
                {u"error"_s, u"boom"_s}});
        QCOMPARE(metadata(key)[u"running"].toBool(), false);
        QCOMPARE(metadata(key)[u"hasCrashed"].toBool(), true);
        QCOMPARE(metadata(key)[u"error"].toString(), u"boom"_s);
        QCOMPARE(m_bench.get(u"write/experiment/stop?experimentKey="_s + key).message(), u"Stop Requested"_s);
        QCOMPARE(metadata(key)[u"hasCrashed"].toBool(), false);
    }

    void movedAndLinked()
    {
        const QString key = m_bench.newExperiment(u"from"_s);
        logMetric(key, u"m"_s, 1, 1);
        const QJsonObject move{{u"targetWorkspaceName"_s, u"w"_s}, {u"targetProjectName"_s, u"to"_s},
            {u"experimentKeys"_s, QJsonArray{key}}, {u"symlink"_s, false}};
        m_bench.newExperiment(u"to"_s);
        QCOMPARE(m_bench.post(u"write/experiment/move"_s, move).status, 200);
        QCOMPARE(keys(u"experiments?workspaceName=w&projectName=from"_s), QStringList{});
        QVERIFY(keys(u"experiments?workspaceName=w&projectName=to"_s).contains(key));
        QVERIFY(columns(u"to"_s).contains(u"m--metrics"_s));
        QVERIFY(!columns(u"from"_s).contains(u"m--metrics"_s));
        QVERIFY(!m_bench.get(u"write/project/symlink?projectName=from&experimentKey="_s + key)
                     .object()[u"link"]
                     .toString()
                     .isEmpty());
        QCOMPARE(m_bench.get(u"write/project/symlink?projectName=to&experimentKey="_s + key).status,
            200); // where it is
        QCOMPARE(keys(u"experiments?workspaceName=w&projectName=from"_s), QStringList{key});
        QVERIFY(columns(u"from"_s).contains(u"m--metrics"_s));
        QCOMPARE(metadata(key)[u"projectName"].toString(), u"to"_s);
    }

    void valuesComeBackAsText()
    {
        const QString key = m_bench.newExperiment(u"values"_s);
        for (const QByteArray &value : {QByteArray("\"122.0\""), QByteArray("5"), QByteArray("1e-05"),
                 QByteArray("true"), QByteArray("null"), QByteArray("[1,\"a\"]"),
                 QByteArray("1152921504606846976"), QByteArray("NaN"), QByteArray("\"\"")}) {
            const QByteArray body = "{\"experimentKey\":\"" + key.toUtf8() + "\",\"parameterName\":\"p "
                + value.toPercentEncoding() + "\",\"parameterValue\":" + value + '}';
            QCOMPARE(m_bench.ask("POST", u"write/experiment/parameter"_s, body).status, 200);
        }
        const QHash<QString, QJsonObject> values = summaries(u"parameters"_s, key);
        QCOMPARE(values.size(), 9);
        QCOMPARE(values[u"p %22122.0%22"_s][u"valueCurrent"].toString(), u"122.0"_s);
        QCOMPARE(values[u"p 5"_s][u"valueCurrent"].toString(), u"5"_s);
        QCOMPARE(values[u"p 1e-05"_s][u"valueMax"].toString(), u"1e-05"_s);
        QCOMPARE(values[u"p true"_s][u"valueCurrent"].toString(), u"true"_s);
        QCOMPARE(values[u"p null"_s][u"valueCurrent"].toString(), u"null"_s);
        QCOMPARE(values[u"p 1152921504606846976"_s][u"valueMin"].toString(), u"1152921504606846976"_s);
        QCOMPARE(values[u"p NaN"_s][u"valueCurrent"].toString(), u"NaN"_s);

        m_bench.post(u"write/experiment/log-other"_s,
            {{u"experimentKey"_s, key}, {u"key"_s, u"Name"_s}, {u"value"_s, u"renamed"_s}});
        QCOMPARE(metadata(key)[u"experimentName"].toString(), u"renamed"_s);
        QCOMPARE(summaries(u"log-other"_s, key)[u"Name"_s][u"valueCurrent"].toString(), u"renamed"_s);

        QCOMPARE(m_bench
                     .post(u"write/experiment/parameter/delete"_s,
                         {{u"experimentKey"_s, key}, {u"parameterName"_s, u"p 5"_s}})
                     .status,
            200);
        QCOMPARE(m_bench
                     .post(u"write/experiment/parameter/delete"_s,
                         {{u"experimentKey"_s, key}, {u"parameterName"_s, u"p 5"_s}})
                     .status,
            404);
        QCOMPARE(summaries(u"parameters"_s, key).size(), 8);
        QVERIFY(!columns(u"values"_s).contains(u"p 5--params"_s));
    }

    void columnsKnowTheirType()
    {
        const QString a = m_bench.newExperiment(u"typed"_s);
        const QString b = m_bench.newExperiment(u"typed"_s);
        const auto set = [this](const QString &key, const QJsonValue &value) {
            m_bench.post(u"write/experiment/parameter"_s,
                {{u"experimentKey"_s, key}, {u"parameterName"_s, u"x"_s}, {u"parameterValue"_s, value}});
        };
        set(a, 1);
        QCOMPARE(columns(u"typed"_s)[u"x--params"_s], u"double"_s);
        set(b, u"text"_s);
        QCOMPARE(columns(u"typed"_s)[u"x--params"_s], u"string"_s);
        set(b, 2);
        QCOMPARE(columns(u"typed"_s)[u"x--params"_s], u"double"_s);
        set(b, u"text"_s);
        m_bench.get(u"write/experiment/delete?experimentKey="_s + b);
        QCOMPARE(columns(u"typed"_s)[u"x--params"_s], u"double"_s);
        m_bench.get(u"write/experiment/delete?experimentKey="_s + a);
        QVERIFY(!columns(u"typed"_s).contains(u"x--params"_s));
        QCOMPARE(columns(u"typed"_s)[u"duration--metadata"_s], u"timenumber"_s);
    }

    void tagsAddUp()
    {
        const QString key = m_bench.newExperiment();
        const auto tags = [&] {
            return m_bench.get(u"experiment/tags?experimentKey="_s + key).object()[u"tags"].toArray();
        };
        QCOMPARE(tags(), QJsonArray());
        QCOMPARE(m_bench
                     .post(u"write/experiment/tags"_s,
                         {{u"experimentKey"_s, key}, {u"addedTags"_s, QJsonArray{u"b"_s, u"a"_s}}})
                     .message(),
            u"Saved"_s);
        m_bench.post(u"write/experiment/tags"_s,
            {{u"experimentKey"_s, key}, {u"addedTags"_s, QJsonArray{u"c"_s, u"a"_s}}});
        QCOMPARE(tags(), (QJsonArray{u"a"_s, u"b"_s, u"c"_s}));
        m_bench.post(
            u"write/experiment/tags/delete"_s, {{u"experimentKey"_s, key}, {u"tags"_s, QJsonArray{u"b"_s}}});
        QCOMPARE(tags(), (QJsonArray{u"a"_s, u"c"_s}));
    }

    void metricsComeBackWithTheirSummary()
    {
        const QString key = m_bench.newExperiment(u"metrics"_s);
        for (int step = 0; step < 300; ++step) // more than are kept as single blocks
            logMetric(key, u"loss"_s, std::abs(100.0 - step), step);
        const QByteArray special =
            "{\"experimentKey\":\"" + key.toUtf8() + "\",\"metricName\":\"odd\",\"step\":1,\"metricValue\":";
        m_bench.ask("POST", u"write/experiment/metric"_s, special + "NaN}");
        m_bench.ask("POST", u"write/experiment/metric"_s, special + "\"Infinity\"}");
        m_bench.ask("POST", u"write/experiment/metric"_s, special + "\"words\"}");
        m_bench.ask("POST", u"write/experiment/metric"_s, special + "3,\"context\":\"train\"}");
        const QJsonArray points =
            m_bench.get(u"experiment/metrics/get-metric?metricName=loss&experimentKey="_s + key)
                .object()[u"metrics"]
                .toArray();
        QCOMPARE(points.size(), 300);
        QCOMPARE(points[299][u"metricValue"].toString(), u"199.0"_s);
        QCOMPARE(points[299][u"step"].toInt(), 299);
        const auto all = summaries(u"metrics/summary"_s, key);
        QCOMPARE(all[u"loss"_s][u"valueMin"].toString(), u"0.0"_s);
        QCOMPARE(all[u"loss"_s][u"stepMin"].toInt(), 100);
        QCOMPARE(all[u"loss"_s][u"valueMax"].toString(), u"199.0"_s);
        QCOMPARE(all[u"loss"_s][u"valueCurrent"].toString(), u"199.0"_s);
        QCOMPARE(all[u"odd"_s][u"valueCurrent"].toString(), u"words"_s);
        QCOMPARE(all[u"odd"_s][u"valueMax"].toString(), u"Infinity"_s);
        QCOMPARE(all[u"train_odd"_s][u"runContextCurrent"].toString(), u"train"_s);
        const QJsonArray odd =
            m_bench.get(u"experiment/metrics/get-metric?metricName=odd&experimentKey="_s + key)
                .object()[u"metrics"]
                .toArray();
        QCOMPARE(odd[0][u"metricValue"].toString(), u"NaN"_s);
        QCOMPARE(odd[2][u"metricValue"].toString(), u"words"_s);
        QCOMPARE(m_bench.get(u"experiment/metrics/get-all?experimentKey="_s + key)
                     .object()[u"metrics"]
                     .toArray()
                     .size(),
            304);
        QCOMPARE(m_bench.get(u"experiment/metrics/get-metric?metricName=none&experimentKey="_s + key)
                     .object()[u"metrics"]
                     .toArray()
                     .size(),
            0);

        m_bench.stop(); // and all of it after a restart
        m_bench.start();
        logMetric(key, u"loss"_s, -1, 300);
        QCOMPARE(summaries(u"metrics/summary"_s, key)[u"loss"_s][u"valueMin"].toString(), u"-1.0"_s);
        QCOMPARE(m_bench.get(u"experiment/metrics/get-metric?metricName=loss&experimentKey="_s + key)
                     .object()[u"metrics"]
                     .toArray()
                     .size(),
            301);
        m_bench.post(
            u"write/experiment/metric/delete"_s, {{u"experimentKey"_s, key}, {u"metricName"_s, u"loss"_s}});
        QVERIFY(!summaries(u"metrics/summary"_s, key).contains(u"loss"_s));
    }

    void systemMetricsHaveTheirNames()
    {
        const QString key = m_bench.newExperiment();
        m_bench.post(u"write/experiment/cpu-metrics"_s,
            {{u"experimentKey"_s, key}, {u"cpuPercentUtilization"_s, QJsonArray{10, 20}}});
        m_bench.post(u"write/experiment/ram-metrics"_s,
            {{u"experimentKey"_s, key}, {u"totalRam"_s, 8}, {u"usedRam"_s, 2}});
        m_bench.post(
            u"write/experiment/load-metrics"_s, {{u"experimentKey"_s, key}, {u"loadAverage"_s, 0.5}});
        m_bench.post(u"write/experiment/gpu-metrics"_s,
            {{u"experimentKey"_s, key},
                {u"gpus"_s, QJsonArray{QJsonObject{{u"gpuId"_s, 0}, {u"usedMemory"_s, 7}}}}});
        const auto all = summaries(u"metrics/summary"_s, key);
        QCOMPARE(all[u"sys.cpu.percent.avg"_s][u"valueCurrent"].toString(), u"15.0"_s);
        QCOMPARE(all[u"sys.cpu.percent.02"_s][u"valueCurrent"].toString(), u"20.0"_s);
        QCOMPARE(all[u"sys.ram.used"_s][u"valueCurrent"].toString(), u"2.0"_s);
        QCOMPARE(all[u"sys.gpu.0.used_memory"_s][u"valueCurrent"].toString(), u"7.0"_s);
        QCOMPARE(m_bench.get(u"experiment/system-details?experimentKey="_s + key)
                     .object()[u"systemMetricNames"]
                     .toArray()
                     .size(),
            7);
    }

    void textsAndSurroundings()
    {
        const QString key = m_bench.newExperiment();
        const auto field = [&](const QString &path, const QString &name) -> QJsonValue {
            return m_bench.get(u"experiment/%1?experimentKey=%2"_s.arg(path, key)).object()[name];
        };
        QVERIFY(field(u"html"_s, u"html"_s).isNull());
        QCOMPARE(field(u"output"_s, u"output"_s).toString(), QString());
        QVERIFY(field(u"git/metadata"_s, u"branch"_s).isNull());
        QVERIFY(m_bench.get(u"experiment/git/patch?experimentKey="_s + key).body.startsWith("{\"msg\""));
        const auto write = [&](const QString &path, QJsonObject body) {
            body[u"experimentKey"] = key;
            QCOMPARE(m_bench.post(u"write/experiment/"_s + path, body).status, 200);
        };
        write(u"html"_s, {{u"html"_s, u"<b>a</b>"_s}, {u"override"_s, false}});
        write(u"html"_s, {{u"html"_s, u"<i>b</i>"_s}});
        QCOMPARE(field(u"html"_s, u"html"_s).toString(), u"<b>a</b><i>b</i>"_s);
        write(u"html"_s, {{u"html"_s, u"c"_s}, {u"override"_s, true}});
        QCOMPARE(field(u"html"_s, u"html"_s).toString(), u"c"_s);
        write(u"code"_s, {{u"code"_s, u"x = 1\n"_s}});
        QCOMPARE(field(u"code"_s, u"code"_s).toString(), u"x = 1\n"_s);
        write(u"graph"_s, {{u"graph"_s, u"{}"_s}});
        QCOMPARE(field(u"graph"_s, u"graph"_s).toString(), u"{}"_s);
        const auto line = [](const QString &text, int offset) {
            return QJsonObject{
                {u"output"_s, text}, {u"stderr"_s, false}, {u"localTimestamp"_s, 5}, {u"offset"_s, offset}};
        };
        write(u"output"_s, {{u"outputLines"_s, QJsonArray{line(u"a\n"_s, 1), line(u"b"_s, 2)}}});
        write(
            u"output"_s, {{u"outputLines"_s, QJsonArray{line(u"a\n"_s, 1), line(u"b"_s, 2)}}}); // sent twice
        write(u"output"_s, {{u"outputLines"_s, QJsonArray{line(u"c"_s, 1)}}}); // the other stream
        QCOMPARE(field(u"output"_s, u"output"_s).toString(), u"a\nbc"_s);
        write(u"git/metadata"_s, {{u"branch"_s, u"main"_s}});
        write(u"git/metadata"_s, {{u"user"_s, u"me"_s}});
        QCOMPARE(field(u"git/metadata"_s, u"branch"_s).toString(), u"main"_s);
        QCOMPARE(field(u"git/metadata"_s, u"user"_s).toString(), u"me"_s);
        write(u"system-details"_s,
            {{u"pid"_s, 7},
                {u"gpuStaticInfoList"_s, QJsonArray{QJsonObject{{u"gpu_index"_s, 1}, {u"name"_s, u"g"_s}}}}});
        write(u"system-details"_s, {{u"hostname"_s, u"h"_s}, {u"pid"_s, QJsonValue()}});
        QCOMPARE(field(u"system-details"_s, u"pid"_s).toInt(), 7);
        QCOMPARE(field(u"system-details"_s, u"gpuStaticInfoList"_s)[0][u"gpuIndex"].toInt(), 1);
        QVERIFY(
            m_bench.get(u"experiment/system-details?experimentKey="_s + key).object().contains(u"totalRam"));
        write(u"cloud-details"_s,
            {{u"provider"_s, u"AWS"_s}, {u"metadata"_s, QJsonObject{{u"zone"_s, u"a"_s}}}});
        QCOMPARE(field(u"system-details"_s, u"cloudProvider"_s).toString(), u"AWS"_s);
        QCOMPARE(field(u"system-details"_s, u"cloudMetadata"_s)[u"zone"].toString(), u"a"_s);
        const QByteArray dependencies = "{\"experimentKey\":\"" + key.toUtf8()
            + "\",\"timestamp\":1,\"logDependencies\":[{\"name\":\"numpy\",\"version\":\"2\"}]}";
        QCOMPARE(m_bench.ask("PUT", u"write/experiment/dependencies"_s, dependencies).status, 200);
        QCOMPARE(field(u"system-details"_s, u"logDependencies"_s)[0][u"name"].toString(), u"numpy"_s);
        const QByteArray zip("PK\x03\x04 patch");
        QCOMPARE(m_bench.upload(u"write/experiment/git/patch?experimentKey="_s + key, zip).status, 200);
        const Bench::Answer patch = m_bench.get(u"experiment/git/patch?experimentKey="_s + key);
        QCOMPARE(patch.body, zip);
        QCOMPARE(patch.type, "application/octet-stream");
    }

    void manyAtOnce()
    {
        const QString key = m_bench.newExperiment(u"crowd"_s);
        const QString url = m_bench.url();
        std::vector<std::unique_ptr<QThread>> threads;
        std::atomic<int> saved = 0;
        for (int client = 0; client < 16; ++client) {
            threads.emplace_back(QThread::create([&, client] {
                QNetworkAccessManager network;
                for (int i = 0; i < 20; ++i) {
                    QNetworkRequest request(QUrl(url + u"/api/rest/v2/write/experiment/metric"_s));
                    request.setRawHeader("Authorization", "the-key");
                    request.setRawHeader("Content-Type", "application/json");
                    const QJsonObject body{{u"experimentKey"_s, key}, {u"metricName"_s, u"m"_s},
                        {u"metricValue"_s, client}, {u"step"_s, client * 20 + i}};
                    const std::unique_ptr<QNetworkReply> reply(
                        network.post(request, QJsonDocument(body).toJson()));
                    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
                    if (finished.wait(20'000) && reply->error() == QNetworkReply::NoError)
                        ++saved;
                }
            }));
            threads.back()->start();
        }
        for (const auto &thread : threads)
            QVERIFY(thread->wait(60'000));
        QCOMPARE(saved.load(), 320);
        QCOMPARE(m_bench.get(u"experiment/metrics/get-metric?metricName=m&experimentKey="_s + key)
                     .object()[u"metrics"]
                     .toArray()
                     .size(),
            320);
    }

private:
    QStringList keys(const QString &path)
    {
        QStringList result;
        const QJsonArray experiments = m_bench.get(path).object()[u"experiments"].toArray();
        for (const QJsonValue &experiment : experiments)
            result.append(experiment[u"experimentKey"].toString());
        return result;
    }
    QJsonObject metadata(const QString &key)
    {
        return m_bench.get(u"experiment/metadata?experimentKey="_s + key).object();
    }
    // By id: its type.
    QHash<QString, QString> columns(const QString &project)
    {
        QHash<QString, QString> result;
        const QJsonArray all = m_bench.get(u"project/column-names?workspaceName=w&projectName="_s + project)
                                   .object()[u"columns"]
                                   .toArray();
        for (const QJsonValue &column : all)
            result.insert(column[u"id"].toString(), column[u"type"].toString());
        return result;
    }
    QHash<QString, QJsonObject> summaries(const QString &what, const QString &key)
    {
        QHash<QString, QJsonObject> result;
        const QJsonArray values =
            m_bench.get(u"experiment/%1?experimentKey=%2"_s.arg(what, key)).object()[u"values"].toArray();
        for (const QJsonValue &value : values)
            result.insert(value[u"name"].toString(), value.toObject());
        return result;
    }
    void logMetric(const QString &key, const QString &name, double value, int step)
    {
        QCOMPARE(m_bench
                     .post(u"write/experiment/metric"_s,
                         {{u"experimentKey"_s, key}, {u"metricName"_s, name}, {u"metricValue"_s, value},
                             {u"step"_s, step}})
                     .status,
            200);
    }

    Bench m_bench;
};

QTEST_GUILESS_MAIN(TestRest)
#include "tst_rest.moc"
