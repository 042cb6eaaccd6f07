// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/schema.h"
#include "app/localserver/store.h"
#include "tests/localserver/bench.h"

#include <QSet>

#include <zlib.h>

using namespace Qt::StringLiterals;

// Files of older versions of the schema: each was written by the server as it was then.
class TestUpgrade : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        m_old = unpacked(QStringLiteral(TESTS_FOLDER "/localserver/version-1.sqlite.gz"));
        QVERIFY(m_old.startsWith("SQLite format 3"));
        m_second = unpacked(QStringLiteral(TESTS_FOLDER "/localserver/version-2.sqlite.gz"));
        QVERIFY(m_second.startsWith("SQLite format 3"));
    }

    void nothingIsLost()
    {
        Bench bench(m_old);
        const QJsonObject project = bench.get(u"project?workspaceName=w&projectName=p"_s).object();
        QCOMPARE(project[u"projectDescription"].toString(), u"d"_s);
        QCOMPARE(project[u"numberOfExperiments"].toInt(), 1);
        QCOMPARE(bench.get(u"experiments?workspaceName=w&projectName=linked"_s)
                     .object()[u"experiments"]
                     .toArray()
                     .size(),
            1);
        const QString of = u"?experimentKey="_s + experiment;
        QCOMPARE(
            bench.get(u"experiment/metadata"_s + of).object()[u"experimentName"].toString(), u"old run"_s);
        QCOMPARE(bench.get(u"experiment/metrics/get-metric"_s + of + u"&metricName=loss"_s)
                     .object()[u"metrics"]
                     .toArray()
                     .size(),
            300);
        QCOMPARE(
            bench.get(u"experiment/tags"_s + of).object()[u"tags"].toArray(), (QJsonArray{u"a"_s, u"b"_s}));

        const QJsonArray assets = bench.get(u"experiment/asset/list"_s + of).object()[u"assets"].toArray();
        QCOMPARE(assets.size(), 4);
        QCOMPARE(assets[0][u"assetId"].toString(), u"asset1"_s);
        QCOMPARE(assets[0][u"step"].toInt(), 3);
        QVERIFY(assets[0][u"createdAt"].toInteger() > 0);
        QCOMPARE(bench.get(u"experiment/asset/get-asset"_s + of + u"&assetId=asset1"_s).body, "some text");
        QCOMPARE(
            bench
                .get(u"experiment/asset/get-asset"_s + of + u"&assetId="_s + assets[1][u"assetId"].toString())
                .body,
            "{\"histograms\":[{\"step\":1,\"histogram\":{\"version\":2}}]}");

        // The checksum of the model's file stands where a reader of the zip looks for it.
        QByteArray weights;
        for (int i = 0; i < 256; ++i)
            weights += char(i);
        const QByteArray zip = bench.get(u"experiment/model/download"_s + of + u"&modelName=net"_s).body;
        const qsizetype header = zip.lastIndexOf("PK\x03\x04");
        QVERIFY(zip.mid(header).contains(weights));
        quint32 checksum = 0;
        for (int i = 3; i >= 0; --i)
            checksum = checksum << 8 | quint8(zip[header + 14 + i]);
        QCOMPARE(checksum,
            quint32(crc32(0, reinterpret_cast<const Bytef *>(weights.constData()), uInt(weights.size()))));
    }

    void whatCameLaterWorks()
    {
        Bench bench(m_old);
        QCOMPARE(bench
                     .post(u"write/registry-model/item/create"_s,
                         {{u"experimentKey"_s, experiment}, {u"experimentModelName"_s, u"net"_s}})
                     .status,
            200);
        bench.get(u"write/experiment/delete?experimentKey="_s + experiment);
        bench.stop();
        bench.start();
        QVERIFY(bench.get(u"registry-model/item/download?workspaceName=w&modelName=net"_s)
                    .body.contains("weights.bin"));
    }

    void theSecondVersion()
    {
        Bench bench(m_second);
        const QString of = u"?experimentKey=0ddba11c0ffee00000000000000000c2"_s;
        const auto bytes = [&](const QString &asset) {
            return bench.get(u"experiment/asset/get-asset"_s + of + u"&assetId="_s + asset).body;
        };
        const QByteArray histograms = "{\"histograms\":[{\"step\":0,\"histogram\":{\"version\":2}},"
                                      "{\"step\":5,\"histogram\":{\"version\":2,\"offset\":1}}]}";
        QCOMPARE(bytes(u"asset1"_s), "some text");
        QCOMPARE(bytes(u"asset2"_s), QByteArray());
        QCOMPARE(bytes(u"h0"_s), histograms);
        QByteArray weights;
        for (int i = 0; i < 256; ++i)
            weights += char(i);
        QCOMPARE(bytes(u"m1"_s), weights);
        QVERIFY(bench.get(u"registry-model/item/download?workspaceName=w&modelName=net"_s)
                    .body.contains(weights));

        // What is written now stands beside what was written then.
        bench.upload(
            u"write/experiment/upload-asset"_s + of + u"&fileName=h&type=histogram3d&assetId=h9&step=5"_s,
            "1");
        QCOMPARE(bytes(u"h5"_s), histograms.chopped(2) + ",{\"step\":5,\"histogram\":1}]}");
        bench.upload(u"write/experiment/upload-asset"_s + of + u"&fileName=new&assetId=n1"_s, "new");
        QCOMPARE(bytes(u"n1"_s), "new");
        bench.get(u"write/experiment/asset/delete"_s + of + u"&assetId=asset1"_s);
        bench.stop();
        QCOMPARE(SQLite::Database(bench.file().toStdString())
                     .execAndGet("SELECT group_concat(asset || '@' || start) FROM extents")
                     .getString(),
            std::string("2@0,4@0,6@0"));
    }

    void theTablesAreThoseOfANewFile()
    {
        const Bench fresh;
        const QSet<QString> wanted = tables(fresh.file());
        QVERIFY(wanted.size() > 20);
        QCOMPARE(tables(Bench(m_old).file()), wanted);
        QCOMPARE(tables(Bench(m_second).file()), wanted);
    }

    void aNewerFileIsRefused()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath(u"data"_s).toStdString();
        {
            const localserver::Store store(path);
        }
        SQLite::Database(path, SQLite::OPEN_READWRITE)
            .exec("PRAGMA user_version=" + std::to_string(localserver::schema::version + 1));
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, localserver::Store{path});
    }

private:
    const QString experiment = u"5ea472bffaf866631bc22846bee48402"_s;

    static QByteArray unpacked(const QString &path)
    {
        QByteArray result(1 << 20, '\0');
        gzFile file = gzopen(path.toUtf8().constData(), "rb");
        const int read = file ? gzread(file, result.data(), unsigned(result.size())) : 0;
        if (file)
            gzclose(file);
        result.resize(qMax(0, read));
        return result;
    }
    static QSet<QString> tables(const QString &path)
    {
        QSet<QString> result;
        const SQLite::Database database(path.toStdString());
        SQLite::Statement statement(
            database, "SELECT type || ' ' || name || ' ' || ifnull(sql, '') FROM sqlite_master");
        while (statement.executeStep())
            result.insert(
                QString::fromStdString(statement.getColumn(0).getString()).simplified().remove(u'"'));
        return result;
    }

    QByteArray m_old;
    QByteArray m_second;
};

QTEST_GUILESS_MAIN(TestUpgrade)
#include "tst_upgrade.moc"
