// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What downloads ask for, byte by byte against what the official Python SDKs asked for (tests/contract/*.jsonl),
// and what the local server then sends.

#include "models/api/client.h"
#include "models/downloads/downloads.h"
#include "tests/localserver/bench.h"
#include "tests/support/faultserver.h"

#include <QDir>
#include <QSet>

using namespace Qt::StringLiterals;
using State = Download::State;

namespace {

const QString k = u"c352827bcdcb45e3ad40d0decec0b43c"_s;

struct Recording
{
    const char *python;
    const char *version; // of the SDK
    DownloadSource source;
};

const std::vector<Recording> &recordings()
{
    static const std::vector<Recording> all = [] {
        std::vector<Recording> all;
        const QString w = u"w"_s;
        const QString net = u"net"_s;
        for (const char *version : {"3.8.1", "3.58.8"}) {
            all.push_back({"api.download_registry_model('w', 'net', '1.0.0', D)", version,
                RegistryDownload{w, net, u"1.0.0"_s}});
            all.push_back({"api.download_registry_model('w', 'net', output_path=D, expand=False)", version,
                RegistryDownload{w, net}});
            all.push_back({"api.download_registry_model('w', 'net', output_path=D, stage='production')", version,
                RegistryDownload{w, net, {}, u"production"_s}});
            all.push_back({"experiment.download_model('net', D)", version, ModelDownload{k, net}});
        }
        // The newest says allow301=False, the default of the server.
        all.push_back({"experiment.get_asset('as1')", "3.8.1", AssetDownload{k, u"as1"_s, u"a.bin"_s}});
        return all;
    }();
    return all;
}

QHash<QString, QJsonArray> recorded(const QString &version)
{
    QHash<QString, QJsonArray> calls;
    QFile file(QStringLiteral(TESTS_FOLDER "/contract/requests-sdk-%1.jsonl").arg(version));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    while (!file.atEnd()) {
        const QJsonObject line = QJsonDocument::fromJson(file.readLine()).object();
        calls.insert(line["python"_L1].toString(), line["requests"_L1].toArray());
    }
    return calls;
}

} // namespace

class TestDownload : public QObject
{
    Q_OBJECT
private slots:
    void sendsWhatTheSdkSends_data();
    void sendsWhatTheSdkSends();
    void everyRecordingIsCompared();
    void downloadsFromTheLocalServer_data();
    void downloadsFromTheLocalServer();
};

void TestDownload::sendsWhatTheSdkSends_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("python");
    QTest::addColumn<DownloadSource>("source");
    for (const Recording &each : recordings()) {
        QTest::addRow("%s: %s", each.version, each.python)
            << QString::fromLatin1(each.version) << QString::fromLatin1(each.python) << each.source;
    }
}

void TestDownload::sendsWhatTheSdkSends()
{
    QFETCH(QString, version);
    QFETCH(QString, python);
    QFETCH(DownloadSource, source);
    const QJsonArray requests = recorded(version)[python];
    QCOMPARE(requests.size(), 1);

    QTemporaryDir folder;
    FaultServer server;
    server.setDefault(FaultServer::failure(404));
    api::Client client(server.url(), u"key"_s);
    Downloads downloads;
    const int id = downloads.add(client, {u"net"_s, source, folder.path(), true});
    QTRY_COMPARE(downloads.find(id)->state, State::Failed);
    QCOMPARE(server.seen().size(), std::size_t(1));
    const FaultServer::Seen &seen = server.seen().front();
    QCOMPARE(QString::fromLatin1(seen.verb), requests[0]["verb"_L1].toString());
    QCOMPARE(QString::fromLatin1(seen.path), requests[0]["path"_L1].toString());
    QCOMPARE(QString::fromLatin1(seen.query), requests[0]["query"_L1].toString());
    QCOMPARE(seen.headers["authorization"], QByteArray("key"));
    QVERIFY(seen.body.isEmpty());
}

void TestDownload::everyRecordingIsCompared()
{
    for (const char *version : {"3.8.1", "3.58.8"}) {
        QSet<QString> compared;
        for (const Recording &each : recordings()) {
            if (qstrcmp(each.version, version) == 0)
                compared.insert(QString::fromLatin1(each.python));
        }
        int downloads = 0;
        const QHash<QString, QJsonArray> calls = recorded(QString::fromLatin1(version));
        for (const QString &python : calls.keys()) {
            if (!python.contains(".download_"_L1) || calls[python].isEmpty())
                continue;
            ++downloads;
            QVERIFY2(compared.contains(python), qPrintable(python));
        }
        QCOMPARE(downloads, 4);
    }
}

void TestDownload::downloadsFromTheLocalServer_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QStringList>("files"); // in the folder
    QTest::newRow("a version, expanded") << u"version"_s << QStringList{u"w 1.bin"_s};
    QTest::newRow("a stage, expanded") << u"stage"_s << QStringList{u"w 1.bin"_s};
    QTest::newRow("the latest, expanded") << u"latest"_s << QStringList{u"w 2.bin"_s};
    QTest::newRow("a version, as a zip") << u"zip"_s << QStringList{u"net_1.0.0.zip"_s};
    QTest::newRow("a model of an experiment") << u"model"_s << QStringList{u"w 2.bin"_s};
    QTest::newRow("an asset") << u"asset"_s << QStringList{u"notes.txt"_s};
}

void TestDownload::downloadsFromTheLocalServer()
{
    QFETCH(QString, what);
    QFETCH(QStringList, files);
    Bench bench;
    const QByteArray content = QByteArray("weights").repeated(400'000);
    QString key;
    for (const QString &version : {u"1"_s, u"2"_s}) {
        key = bench.newExperiment();
        bench.upload(u"write/experiment/upload-asset?experimentKey="_s + key + u"&type=model-element&groupingName=net&fileName=w%20"_s
                + version + u".bin"_s, content);
        const QJsonValue model = bench.get(u"experiment/model?experimentKey="_s + key).object()["models"_L1][0];
        const QString route = version == u"1"_s ? u"write/registry-model"_s : u"write/registry-model/item"_s;
        QCOMPARE(bench.post(route,
                          {{u"experimentModelId"_s, model["experimentModelId"_L1]}, {u"registryModelName"_s, u"net"_s},
                              {u"version"_s, version + u".0.0"_s}, {u"stages"_s, QJsonArray{u"stage-"_s + version}}})
                     .status,
            200);
    }
    const QString asset = bench.upload(u"write/experiment/upload-asset?experimentKey="_s + key + u"&fileName=notes.txt"_s, content)
                              .object()["assetId"_L1].toString();
    const QString w = u"w"_s;
    const QString net = u"net"_s;
    const QHash<QString, DownloadSource> sources{
        {u"version"_s, RegistryDownload{w, net, u"1.0.0"_s}}, {u"zip"_s, RegistryDownload{w, net, u"1.0.0"_s}},
        {u"stage"_s, RegistryDownload{w, net, {}, u"stage-1"_s}}, {u"latest"_s, RegistryDownload{w, net}},
        {u"model"_s, ModelDownload{key, net}}, {u"asset"_s, AssetDownload{key, asset, u"notes.txt"_s}}};

    QTemporaryDir folder;
    api::Client client(QUrl(bench.url()), u"the-key"_s);
    Downloads downloads;
    const int id = downloads.add(client, {net, sources[what], folder.path(), what != u"zip"_s});
    QTRY_VERIFY(downloads.find(id)->isFinished());
    QVERIFY2(downloads.find(id)->state == State::Done, qPrintable(downloads.find(id)->error));
    const QDir dir(folder.path());
    QTRY_COMPARE(dir.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), files);
    QFile file(dir.filePath(files[0]));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray got = file.readAll();
    QVERIFY(what == u"zip"_s ? got.contains(content.left(1000)) : got == content);
}

QTEST_GUILESS_MAIN(TestDownload)
#include "tst_download.moc"
