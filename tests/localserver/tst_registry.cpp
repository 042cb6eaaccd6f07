// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/semver.h"
#include "tests/localserver/bench.h"

using namespace Qt::StringLiterals;

// The model registry: what is registered stays, whatever becomes of the experiment.
class TestRegistry : public QObject {
    Q_OBJECT
private slots:
    void aModelIsRegistered()
    {
        const Logged logged = logModel(u"net"_s);
        const QJsonObject made =
            m_bench
                .post(u"write/registry-model"_s,
                    {{u"experimentModelId"_s, logged.id}, {u"registryModelName"_s, u"--Digits  (v2)/ÄÖ!"_s},
                        {u"version"_s, u"1.0.0"_s}, {u"isPublic"_s, true},
                        {u"description"_s, u"about <b>\"é\"</b>"_s}, {u"comment"_s, u"first"_s},
                        {u"stages"_s, QJsonArray{u"Staging"_s, u"a b"_s, u"Staging"_s}}})
                .object();
        QVERIFY(!made[u"registryModelId"].toString().isEmpty());
        const QString name = u"digits-v2-äö"_s; // as clients make it of that: PROTOCOL 7
        QCOMPARE(count(), 1);
        const QJsonObject overview = models()[0].toObject();
        QCOMPARE(overview[u"modelName"].toString(), name);
        QCOMPARE(overview[u"registryModelId"], made[u"registryModelId"]);
        QCOMPARE(overview[u"description"].toString(), u"about <b>\"é\"</b>"_s);
        QCOMPARE(overview[u"isPublic"].toBool(), true);
        QCOMPARE(overview[u"numberOfVersions"].toInt(), 1);
        QCOMPARE(overview[u"latestVersion"][u"version"].toString(), u"1.0.0"_s);
        QCOMPARE(overview[u"latestVersion"][u"metadata"].toArray(), QJsonArray{u"{\"k\":\"v\"}"_s});
        QVERIFY(overview[u"createdAt"].toInteger() > 0 && overview[u"lastUpdated"].toInteger() > 0);

        const QJsonObject item = details(name)[u"versions"][0].toObject();
        QCOMPARE(item[u"registryModelItemId"], made[u"registryModelItemId"]);
        QCOMPARE(item[u"comment"].toString(), u"first"_s);
        QCOMPARE(item[u"stages"].toArray(), (QJsonArray{u"Staging"_s, u"a b"_s}));
        QCOMPARE(item[u"status"].toString(), u"None"_s);
        QCOMPARE(item[u"experimentModel"][u"experimentModelId"].toString(), logged.id);
        QCOMPARE(item[u"experimentModel"][u"experimentModelName"].toString(), u"net"_s);
        QCOMPARE(item[u"experimentModel"][u"experimentKey"].toString(), logged.experiment);
        QCOMPARE(item[u"assets"].toArray().size(), 1);
        QCOMPARE(item[u"assets"][0][u"fileName"].toString(), u"w.bin"_s);
        QCOMPARE(item[u"assets"][0][u"dir"].toString(), u"models/net"_s);
        QVERIFY(m_bench.get(local(item[u"restApiUrl"])).body.startsWith("PK"));

        const QJsonValue record = m_bench.get(u"experiment/model?experimentKey="_s + logged.experiment)
                                      .object()[u"models"][0][u"registryRecords"][0];
        QCOMPARE(record[u"registryModelId"], made[u"registryModelId"]);
        QCOMPARE(record[u"registryModelItemId"], made[u"registryModelItemId"]);
        QCOMPARE(record[u"registryModelName"].toString(), name);
        QCOMPARE(record[u"version"].toString(), u"1.0.0"_s);
        QVERIFY(record[u"createdAt"].toInteger() > 0);

        // Case does not count (PROTOCOL-ANSWERS 7), and answers have the registered spelling.
        QCOMPARE(details(u"DIGITS-v2-äö"_s)[u"modelName"].toString(), name);
        const Bench::Answer twice = m_bench.post(u"write/registry-model"_s,
            {{u"experimentModelId"_s, logged.id}, {u"registryModelName"_s, name},
                {u"version"_s, u"2.0.0"_s}});
        QCOMPARE(twice.status, 400);
        QVERIFY(twice.message().contains(u"already"_s));
        remove(name);
        QCOMPARE(count(), 0);
    }

    void newerClientsRegisterInOneCall()
    {
        const Logged logged = logModel(u"My Net"_s);
        const auto create = [&](const QJsonValue &version, const QJsonObject &more = {}) {
            QJsonObject body{{u"experimentKey"_s, logged.experiment}, {u"experimentModelName"_s, u"My Net"_s},
                {u"registryModelName"_s, QJsonValue()}, {u"registryModelDescription"_s, u"d"_s},
                {u"version"_s, version}, {u"versionComment"_s, QJsonValue()}, {u"tags"_s, QJsonValue()},
                {u"status"_s, QJsonValue()}, {u"publicModel"_s, QJsonValue()}};
            for (auto field = more.begin(); field != more.end(); ++field)
                body[field.key()] = field.value();
            return m_bench.post(u"write/registry-model/item/create"_s, body);
        };
        QCOMPARE(create(QJsonValue()).status, 200);
        QCOMPARE(create(u"1.1.0"_s,
                     {{u"tags"_s, QJsonArray{u"t"_s}}, {u"status"_s, u"Production"_s},
                         {u"versionComment"_s, u"c"_s}, {u"registryModelDescription"_s, u"ignored"_s}})
                     .status,
            200);
        const QJsonObject model = details(u"my-net"_s);
        QCOMPARE(model[u"description"].toString(), u"d"_s);
        QCOMPARE(model[u"isPublic"].toBool(true), false);
        QCOMPARE(versionsOf(model), (QStringList{u"1.1.0"_s, u"1.0.0"_s}));
        QCOMPARE(model[u"versions"][1][u"stages"].toArray(), QJsonArray());
        QVERIFY(model[u"versions"][1][u"stages"].isArray());
        const QString of = u"?workspaceName=w&modelName=my-net"_s;
        const QJsonObject item =
            m_bench.get(u"registry-model/item/details"_s + of + u"&version=1.1.0"_s).object();
        QCOMPARE(item[u"tags"].toArray(), QJsonArray{u"t"_s});
        QCOMPARE(item[u"status"].toString(), u"Production"_s);
        QCOMPARE(item[u"comment"].toString(), u"c"_s);
        QCOMPARE(m_bench.get(u"registry-model/compact-details"_s + of).object()[u"registryModelId"],
            model[u"registryModelId"]);

        const auto items = [&](const QString &filter) {
            QStringList result;
            const QJsonArray all =
                m_bench.get(u"registry-model/items"_s + of + filter).object()[u"items"].toArray();
            for (const QJsonValue &one : all)
                result.append(one[u"version"].toString());
            return result;
        };
        QCOMPARE(items(u"&versionPrefix="_s), (QStringList{u"1.1.0"_s, u"1.0.0"_s}));
        QCOMPARE(items(u"&versionPrefix=1.0"_s), QStringList{u"1.0.0"_s});
        QCOMPARE(items(u"&tag=t"_s), QStringList{u"1.1.0"_s});
        QCOMPARE(items(u"&status=None"_s), QStringList{u"1.0.0"_s});
        QCOMPARE(items(u"&tag=t&status=None"_s), QStringList());
        QCOMPARE(create(u"1.1.0"_s).status, 400);
        QCOMPARE(create(u"3.0.0"_s, {{u"status"_s, u"Nowhere"_s}}).status, 400);
        QCOMPARE(create(u"3.0.0"_s, {{u"experimentModelName"_s, u"none"_s}}).code(), 42006);
        QCOMPARE(create(u"3.0.0"_s, {{u"experimentKey"_s, u"none"_s}}).code(), 90211);
        QCOMPARE(versionsOf(details(u"my-net"_s)).size(), 2);
        remove(u"my-net"_s);
    }

    void versionsMustBeSemantic_data()
    {
        QTest::addColumn<QString>("version");
        QTest::addColumn<bool>("valid");
        for (const QString &text : {u"0.0.0"_s, u"1.2.3"_s, u"10.20.30"_s, u"1.0.0-alpha"_s,
                 u"1.0.0-0.3.7-x"_s, u"1.0.0+001"_s, u"1.0.0-rc.1+build.5"_s})
            QTest::newRow(qPrintable(text)) << text << true;
        for (const QString &text : {u"1"_s, u"1.0"_s, u"1.0.0.0"_s, u"v1.0.0"_s, u"01.0.0"_s, u"1.0.0-"_s,
                 u"1.0.0-01"_s, u"1.0.0-a..b"_s, u"1.0.0+"_s, u"1.0.0 "_s, u"-1.0.0"_s,
                 u"1.0.99999999999999999999"_s, u"eins"_s, u"1.0.0-é"_s})
            QTest::newRow(qPrintable(text)) << text << false;
        QTest::newRow("empty") << QString() << false;
    }
    void versionsMustBeSemantic()
    {
        QFETCH(QString, version);
        QFETCH(bool, valid);
        const Logged logged = logModel(u"versioned"_s);
        const Bench::Answer answer = m_bench.post(u"write/registry-model"_s,
            {{u"experimentModelId"_s, logged.id}, {u"registryModelName"_s, u"versioned"_s},
                {u"version"_s, version}});
        QCOMPARE(answer.status, valid ? 200 : 400);
        if (valid) {
            QCOMPARE(versionsOf(details(u"versioned"_s)), QStringList{version});
            remove(u"versioned"_s);
        } else {
            QCOMPARE(answer.code(), 42001); // from which comet_ml makes a ValueError
            QVERIFY(answer.message().contains(u"semantic version"_s));
            QCOMPARE(count(), 0); // nothing of it is left
        }
    }

    void theHighestVersionIsTheLatest()
    {
        const Logged logged = logModel(u"net"_s);
        addVersion(logged, u"order"_s, u"2.0.0"_s, true);
        for (const QString &version :
            {u"1.9.0"_s, u"10.0.0-rc.2"_s, u"10.0.0-rc.11"_s, u"10.0.0"_s, u"1.10.0"_s})
            addVersion(logged, u"order"_s, version);
        QCOMPARE(versionsOf(details(u"order"_s)),
            (QStringList{
                u"10.0.0"_s, u"10.0.0-rc.11"_s, u"10.0.0-rc.2"_s, u"2.0.0"_s, u"1.10.0"_s, u"1.9.0"_s}));
        QCOMPARE(models()[0][u"latestVersion"][u"version"].toString(), u"10.0.0"_s);
        const auto latest = [this](const QString &filter) {
            return m_bench.get(u"registry-model/latest_version?workspaceName=w&modelName=order"_s + filter);
        };
        QCOMPARE(latest({}).object()[u"version"].toString(), u"10.0.0"_s);
        QCOMPARE(latest(u"&versionMajor=1"_s).object()[u"version"].toString(), u"1.10.0"_s);
        QCOMPARE(latest(u"&versionMajor=1&versionMinor=9"_s).object()[u"version"].toString(), u"1.9.0"_s);
        QCOMPARE(latest(u"&versionMajor=7"_s).status, 400);
        QCOMPARE(latest(u"&stage=production"_s).code(), 42008);
        QCOMPARE(m_bench
                     .get(u"write/registry-model/item/stage?stage=production&modelItemId="_s
                         + itemId(u"order"_s, u"2.0.0"_s))
                     .status,
            200);
        QCOMPARE(latest(u"&stage=production"_s).object()[u"version"].toString(), u"2.0.0"_s);
        remove(u"order"_s);
    }

    void stagesAndComments()
    {
        const Logged logged = logModel(u"net"_s);
        addVersion(logged, u"staged"_s, u"1.0.0"_s, true);
        const QString id = itemId(u"staged"_s, u"1.0.0"_s);
        const auto stages = [&] { return details(u"staged"_s)[u"versions"][0][u"stages"].toArray(); };
        const auto stage = [&](const QString &path, const QString &name) {
            return m_bench.get(
                u"write/registry-model/item/"_s + path + u"?modelItemId="_s + id + u"&stage="_s + name);
        };
        QCOMPARE(stage(u"stage"_s, u"In+Production"_s).status, 200);
        QCOMPARE(stage(u"stage"_s, u"%E2%AD%90"_s).status, 200);
        QCOMPARE(stages(), (QJsonArray{u"In Production"_s, u"⭐"_s}));
        QCOMPARE(stage(u"stage"_s, u"In+Production"_s).status, 400); // PROTOCOL-ANSWERS 1
        QCOMPARE(stage(u"stage"_s, {}).status, 400);
        QCOMPARE(stage(u"stage/delete"_s, u"none"_s).status, 400);
        QCOMPARE(stage(u"stage/delete"_s, u"%E2%AD%90"_s).status, 200);
        QCOMPARE(stages(), QJsonArray{u"In Production"_s});
        QCOMPARE(m_bench.get(u"write/registry-model/item/stage?modelItemId=none&stage=a"_s).code(), 42006);

        const auto update = [&](QJsonObject body) {
            body[u"registryModelItemId"] = id;
            return m_bench.post(u"write/registry-model/item/update"_s, body).status;
        };
        QCOMPARE(update({{u"comment"_s, u"new\n*comment*"_s}}), 200);
        QCOMPARE(stages(), QJsonArray{u"In Production"_s}); // not given: stay
        QCOMPARE(update({{u"stages"_s, QJsonArray{u"b"_s, u"a"_s}}}), 200);
        QCOMPARE(stages(), (QJsonArray{u"b"_s, u"a"_s}));
        QCOMPARE(details(u"staged"_s)[u"versions"][0][u"comment"].toString(), u"new\n*comment*"_s);
        QCOMPARE(update({{u"stages"_s, QJsonArray{5}}}), 400);
        QCOMPARE(update({{u"stages"_s, u"a"_s}}), 400);
        QCOMPARE(update({{u"stages"_s, QJsonArray()}}), 200);
        QCOMPARE(stages(), QJsonArray());
        QCOMPARE(m_bench.post(u"write/registry-model/item/update"_s, {{u"registryModelItemId"_s, u"none"_s}})
                     .code(),
            42006);

        const auto setStatus = [&](const QString &status) {
            return m_bench.post(
                u"write/registry-model/item/status"_s, {{u"modelItemId"_s, id}, {u"status"_s, status}});
        };
        const QJsonArray allowed = m_bench.get(u"registry-model/allowed_status_values?workspaceName=w"_s)
                                       .object()[u"allowedStatus"]
                                       .toArray();
        QVERIFY(allowed.contains(u"Production"_s));
        QCOMPARE(setStatus(u"Production"_s).status, 200);
        QVERIFY(setStatus(u"Nowhere"_s).message().contains(u"Development"_s)); // says what there is
        QCOMPARE(details(u"staged"_s)[u"versions"][0][u"status"].toString(), u"Production"_s);

        const Bench::Answer history = m_bench.post(
            u"registry-model/history/item"_s, {{u"registryModelItemId"_s, id}, {u"groupedBy"_s, u"DAY"_s}});
        const QJsonArray events = history.object().begin().value().toArray();
        QStringList kinds;
        for (const QJsonValue &event : events)
            kinds.append(event[u"actionType"].toString());
        QCOMPARE(kinds.first(), u"MODEL_VERSION_STATUS_CHANGED"_s); // the latest first
        QCOMPARE(kinds.last(), u"MODEL_VERSION_CREATED"_s);
        QVERIFY(kinds.contains(u"MODEL_VERSION_COMMENT_CHANGED"_s)
            && kinds.contains(u"MODEL_VERSION_TAG_ADDED"_s)
            && kinds.contains(u"MODEL_VERSION_TAG_DELETED"_s));
        QCOMPARE(events[0][u"previousValue"][u"registryModelStatus"].toString(), u"None"_s);
        QCOMPARE(events[0][u"newValue"][u"registryModelStatus"].toString(), u"Production"_s);
        QVERIFY(!events[0][u"userName"].toString().isEmpty());
        remove(u"staged"_s);
    }

    void modelsAreRenamedAndDescribed()
    {
        const Logged logged = logModel(u"net"_s);
        addVersion(logged, u"one"_s, u"1.0.0"_s, true);
        addVersion(logged, u"two"_s, u"1.0.0"_s, true);
        const QString id = details(u"one"_s)[u"registryModelId"].toString();
        const auto update = [&](QJsonObject body) {
            body[u"registryModelId"] = id;
            return m_bench.post(u"write/registry-model/update"_s, body).status;
        };
        QCOMPARE(update({{u"description"_s, u"d"_s}}), 200);
        QCOMPARE(update({{u"isPublic"_s, true}}), 200);
        QCOMPARE(update({{u"registryModelName"_s, u"TWO"_s}}), 400); // taken, whatever the case
        QCOMPARE(update({{u"registryModelName"_s, u"!!"_s}}), 400);
        QCOMPARE(update({{u"registryModelName"_s, u"One"_s}}), 200); // its own, in capitals
        QCOMPARE(update({{u"registryModelName"_s, u"someName"_s}}), 200);
        QCOMPARE(m_bench.get(u"registry-model/details?workspaceName=w&modelName=one"_s).code(), 42008);
        const QJsonObject model = details(u"somename"_s);
        QCOMPARE(model[u"modelName"].toString(), u"someName"_s);
        QCOMPARE(model[u"description"].toString(), u"d"_s);
        QCOMPARE(model[u"isPublic"].toBool(), true);
        QCOMPARE(model[u"registryModelId"].toString(), id);

        const auto notes = [&] {
            return m_bench.get(u"registry-model/notes?workspaceName=w&modelName=someName"_s)
                .object()[u"notes"]
                .toString();
        };
        QCOMPARE(notes(), QString());
        const auto setNotes = [&](const QString &name, const QJsonValue &text) {
            return m_bench.post(u"write/registry-model/notes"_s,
                {{u"workspaceName"_s, u"w"_s}, {u"registryModelName"_s, name}, {u"notes"_s, text}});
        };
        QCOMPARE(setNotes(u"SOMENAME"_s, u"# Notes\n\n⭐"_s).status, 200);
        QCOMPARE(notes(), u"# Notes\n\n⭐"_s);
        QCOMPARE(setNotes(u"none"_s, u"x"_s).code(), 42008);
        remove(u"somename"_s);
        remove(u"two"_s);
    }

    void refusals_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QJsonObject>("body");
        QTest::addColumn<int>("code");
        const QString unknown = u"?workspaceName=w&modelName=none"_s;
        for (const QString &path : {u"details"_s, u"compact-details"_s, u"notes"_s, u"items"_s,
                 u"latest_version"_s, u"item/download"_s, u"item/download-instructions"_s, u"item/details"_s})
            QTest::newRow(qPrintable(path))
                << QString(u"registry-model/"_s + path + unknown + u"&version=1.0.0"_s) << QJsonObject()
                << 42008;
        QTest::newRow("delete") << QString(u"write/registry-model/delete"_s + unknown) << QJsonObject()
                                << 42008;
        QTest::newRow("delete version")
            << u"write/registry-model/item/delete?modelItemId=none"_s << QJsonObject() << 42006;
        for (const QString &path : {u"registry-model"_s, u"registry-model/count"_s,
                 u"registry-model/allowed_status_values"_s, u"registry-model/details"_s})
            QTest::newRow(qPrintable(u"workspace "_s + path))
                << QString(path + u"?workspaceName=nowhere&modelName=m"_s) << QJsonObject() << 90219;
        QTest::newRow("no name") << u"registry-model/details?workspaceName=w"_s << QJsonObject() << 0;
        QTest::newRow("no workspace") << u"registry-model"_s << QJsonObject() << 0;
        const QJsonObject model{{u"experimentModelId"_s, u"none"_s}, {u"registryModelName"_s, u"x"_s}};
        QTest::newRow("register") << u"write/registry-model"_s << model << 42006;
        QTest::newRow("add") << u"write/registry-model/item"_s << model << 42006;
        QTest::newRow("update") << u"write/registry-model/update"_s
                                << QJsonObject{{u"registryModelId"_s, u"none"_s}} << 42006;
        QTest::newRow("status") << u"write/registry-model/item/status"_s
                                << QJsonObject{{u"modelItemId"_s, u"none"_s}, {u"status"_s, u"None"_s}}
                                << 42006;
        QTest::newRow("history") << u"registry-model/history/item"_s
                                 << QJsonObject{{u"registryModelItemId"_s, u"none"_s}} << 42006;
        QTest::newRow("no id") << u"write/registry-model/item/update"_s << QJsonObject{{u"comment"_s, u"c"_s}}
                               << 0;
    }
    void refusals()
    {
        QFETCH(QString, path);
        QFETCH(QJsonObject, body);
        m_bench.newExperiment();
        const Bench::Answer answer = body.isEmpty() ? m_bench.get(path) : m_bench.post(path, body);
        QCOMPARE(answer.status, 400);
        QTEST(answer.code(), "code");
        QVERIFY(!answer.message().isEmpty());
    }

    void addingNeedsAModel()
    {
        const Logged logged = logModel(u"net"_s);
        QCOMPARE(m_bench
                     .post(u"write/registry-model/item"_s,
                         {{u"experimentModelId"_s, logged.id}, {u"registryModelName"_s, u"none"_s},
                             {u"version"_s, u"1.0.0"_s}})
                     .code(),
            42008);
    }

    void filesOutliveTheExperiment()
    {
        const Logged logged = logModel(u"net"_s);
        m_bench.upload(u"write/experiment/upload-asset?type=model-element&groupingName=net&fileName=empty&"
                       u"experimentKey="_s
                + logged.experiment,
            "");
        addVersion(logged, u"kept"_s, u"1.0.0"_s, true);
        addVersion(logged, u"kept"_s, u"1.0.1"_s);
        upload(logged, u"net"_s, u"later.bin"_s, "later"); // belongs to neither version
        const QJsonArray files = details(u"kept"_s)[u"versions"][0][u"assets"].toArray();
        QCOMPARE(files.size(), 2);
        const QString first = u"registry-model/item/download?workspaceName=w&modelName=kept&version=1.0.0"_s;
        const Bench::Answer before = m_bench.get(first);

        // First a single file goes, then the experiment.
        QCOMPARE(m_bench
                     .get(u"write/experiment/asset/delete?experimentKey="_s + logged.experiment
                         + u"&assetId="_s + files[0][u"assetId"].toString())
                     .status,
            200);
        QCOMPARE(
            m_bench.get(u"experiment/model/asset/list?modelName=net&experimentKey="_s + logged.experiment)
                .object()[u"assets"]
                .toArray()
                .size(),
            2);
        QCOMPARE(m_bench.get(first).body, before.body);
        m_bench.get(u"write/experiment/delete?experimentKey="_s + logged.experiment);
        QCOMPARE(m_bench.get(u"experiment/metadata?experimentKey="_s + logged.experiment).status, 404);
        m_bench.stop();
        m_bench.start();
        QCOMPARE(m_bench.get(first).body, before.body);
        const QJsonArray kept = details(u"kept"_s)[u"versions"][1][u"assets"].toArray();
        QCOMPARE(kept.size(), 2);
        QCOMPARE(m_bench.get(local(kept[0][u"link"])).body, QByteArray("weights"));

        // One version holds them as well as two; with the last they go.
        m_bench.get(u"write/registry-model/item/delete?modelItemId="_s + itemId(u"kept"_s, u"1.0.0"_s));
        QCOMPARE(m_bench.get(first).code(), 42008);
        QCOMPARE(m_bench.get(local(kept[0][u"link"])).body, QByteArray("weights"));
        m_bench.get(u"write/registry-model/item/delete?modelItemId="_s + itemId(u"kept"_s, u"1.0.1"_s));
        QCOMPARE(m_bench.get(local(kept[0][u"link"])).code(), 90211);
        QCOMPARE(details(u"kept"_s)[u"numberOfVersions"].toInt(-1), 0);
        QVERIFY(models()[0][u"latestVersion"].isNull());
        remove(u"kept"_s);
    }

    void downloadsByVersionStageOrNeither()
    {
        const Logged logged = logModel(u"net"_s);
        addVersion(logged, u"loaded"_s, u"1.0.0"_s, true);
        const Logged other = logModel(u"net"_s, "other weights");
        addVersion(other, u"loaded"_s, u"1.1.0"_s);
        m_bench.get(
            u"write/registry-model/item/stage?stage=old&modelItemId="_s + itemId(u"loaded"_s, u"1.0.0"_s));
        const QString of = u"?workspaceName=w&modelName=loaded"_s;
        for (const QString &filter : {u"&version=1.0.0"_s, u"&stage=old"_s}) {
            const QByteArray zip = m_bench.get(u"registry-model/item/download"_s + of + filter).body;
            QVERIFY(
                zip.startsWith("PK\x03\x04") && zip.contains("weights") && !zip.contains("other weights"));
        }
        const Bench::Answer latest = m_bench.get(u"registry-model/item/download"_s + of);
        QVERIFY(latest.body.contains("other weights"));
        QCOMPARE(latest.type, "application/octet-stream");
        QCOMPARE(m_bench.get(u"registry-model/item/download"_s + of + u"&version=9.9.9"_s).code(), 42008);
        QCOMPARE(m_bench.get(u"registry-model/item/download"_s + of + u"&stage=none"_s).code(), 42008);
        const QJsonArray one =
            m_bench.get(u"registry-model/item/download-instructions"_s + of + u"&stage=old"_s)
                .object()[u"versions"]
                .toArray();
        QCOMPARE(one.size(), 1);
        QCOMPARE(one[0][u"version"].toString(), u"1.0.0"_s);
        QVERIFY(one[0][u"assets"][0][u"curlDownload"].toString().startsWith(u"curl"_s));
        remove(u"loaded"_s);
    }

    void precedence()
    {
        // The chain of semver.org 11, lowest first.
        const std::vector<std::string> chain{"1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta",
            "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "2.0.0", "2.1.0", "2.1.1"};
        for (std::size_t i = 0; i < chain.size(); ++i) {
            for (std::size_t j = 0; j < chain.size(); ++j) {
                const int order = compared(
                    *localserver::semanticVersion(chain[i]), *localserver::semanticVersion(chain[j]));
                QCOMPARE(order < 0, i < j);
                QCOMPARE(order > 0, i > j);
            }
        }
        QCOMPARE(
            compared(*localserver::semanticVersion("1.0.0+a"), *localserver::semanticVersion("1.0.0+b")), 0);
    }

private:
    struct Logged {
        QString experiment;
        QString id;
    };

    Logged logModel(const QString &name, const QByteArray &content = "weights")
    {
        Logged logged{m_bench.newExperiment(), {}};
        upload(logged, name, u"w.bin"_s, content);
        logged.id = m_bench.get(u"experiment/model?experimentKey="_s + logged.experiment)
                        .object()[u"models"][0][u"experimentModelId"]
                        .toString();
        return logged;
    }
    void upload(const Logged &logged, const QString &model, const QString &file, const QByteArray &content)
    {
        QCOMPARE(m_bench
                     .upload(u"write/experiment/upload-asset?type=model-element&groupingName="_s
                             + QString::fromUtf8(model.toUtf8().toPercentEncoding()) + u"&fileName="_s + file
                             + u"&experimentKey="_s + logged.experiment,
                         content)
                     .status,
            200);
    }
    void addVersion(const Logged &logged, const QString &model, const QString &version, bool isNew = false)
    {
        QCOMPARE(m_bench
                     .post(isNew ? u"write/registry-model"_s : u"write/registry-model/item"_s,
                         {{u"experimentModelId"_s, logged.id}, {u"registryModelName"_s, model},
                             {u"version"_s, version}})
                     .status,
            200);
    }
    void remove(const QString &model)
    {
        QCOMPARE(
            m_bench.get(u"write/registry-model/delete?workspaceName=w&modelName="_s + model).status, 200);
    }
    QJsonObject details(const QString &model)
    {
        return m_bench.get(u"registry-model/details?workspaceName=w&modelName="_s + model).object();
    }
    QJsonArray models()
    {
        return m_bench.get(u"registry-model?workspaceName=w"_s).object()[u"registryModels"].toArray();
    }
    int count()
    {
        return m_bench.get(u"registry-model/count?workspaceName=w"_s)
            .object()[u"registryModelCount"]
            .toInt(-1);
    }
    QString itemId(const QString &model, const QString &version)
    {
        const QJsonArray all = details(model)[u"versions"].toArray();
        for (const QJsonValue &one : all) {
            if (one[u"version"].toString() == version)
                return one[u"registryModelItemId"].toString();
        }
        return {};
    }
    static QStringList versionsOf(const QJsonObject &details)
    {
        QStringList result;
        const QJsonArray all = details[u"versions"].toArray();
        for (const QJsonValue &one : all)
            result.append(one[u"version"].toString());
        return result;
    }
    // An address that the server gave out, as Bench takes it.
    static QString local(const QJsonValue &link)
    {
        return QUrl(link.toString())
            .toString(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::FullyEncoded);
    }

    Bench m_bench;
};

QTEST_GUILESS_MAIN(TestRegistry)
#include "tst_registry.moc"
