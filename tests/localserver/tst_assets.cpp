// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/localserver/bench.h"

using namespace Qt::StringLiterals;

// Files of experiments over REST; those of scripts are in tst_online.
class TestAssets : public QObject {
    Q_OBJECT
private slots:
    void assetsAndModels()
    {
        const QString key = m_bench.newExperiment();
        const QString of = u"?experimentKey="_s + key;
        const auto assets = [&](const QString &type) {
            return m_bench.get(u"experiment/asset/list"_s + of + u"&type="_s + type)
                .object()[u"assets"]
                .toArray();
        };
        QCOMPARE(assets(u"all"_s), QJsonArray());
        QByteArray content("every byte:");
        for (int i = 0; i < 256; ++i)
            content += char(i);
        const QJsonObject made = m_bench
                                     .upload(u"write/experiment/upload-asset"_s + of
                                             + u"&fileName=dir%2Fa.bin&step=3&context=train"_s,
                                         content)
                                     .object();
        QCOMPARE(made[u"code"].toInt(), 200);
        const QString id = made[u"assetId"].toString();
        QCOMPARE(m_bench.get(u"experiment/asset/get-asset"_s + of + u"&allow301=False&assetId="_s + id).body,
            content);
        const QJsonValue asset = assets(u"all"_s)[0];
        QCOMPARE(asset[u"fileName"].toString(), u"dir/a.bin"_s);
        QCOMPARE(asset[u"fileSize"].toInt(), content.size());
        QCOMPARE(asset[u"step"].toInt(), 3);
        QCOMPARE(asset[u"runContext"].toString(), u"train"_s);
        QCOMPARE(asset[u"type"].toString(), u"unknown"_s);
        QCOMPARE(asset[u"metadata"].toString(), u"{\"k\":\"v\"}"_s);
        QCOMPARE(m_bench
                     .ask("GET",
                         QUrl(asset[u"link"].toString()).toString(QUrl::RemoveScheme | QUrl::RemoveAuthority))
                     .body,
            content);

        const QString curve =
            u"write/experiment/upload-asset"_s + of + u"&fileName=c&type=curve&overwrite="_s;
        m_bench.upload(curve + u"False"_s, "1");
        m_bench.upload(curve + u"False"_s, "22");
        QCOMPARE(assets(u"curve"_s).size(), 2);
        m_bench.upload(curve + u"True"_s, "333");
        QCOMPARE(assets(u"curve"_s).size(), 1);
        QCOMPARE(assets(u"curve"_s)[0][u"fileSize"].toInt(), 3);

        m_bench.upload(u"write/experiment/upload-asset"_s + of + u"&fileName=far.bin&isRemote=True"_s,
            "s3://bucket/far.bin", "link");
        const QJsonValue remote = assets(u"all"_s)[2];
        QCOMPARE(remote[u"remote"].toBool(), true);
        QCOMPARE(remote[u"link"].toString(), u"s3://bucket/far.bin"_s);
        QCOMPARE(
            m_bench.get(u"experiment/asset/get-asset"_s + of + u"&assetId="_s + remote[u"assetId"].toString())
                .status,
            404);

        m_bench.upload(u"write/experiment/upload-asset"_s + of
                + u"&type=model-element&groupingName=net&fileName=..%2Fsub%2Fw.bin"_s,
            "weights");
        QCOMPARE(m_bench.get(u"experiment/model"_s + of).object()[u"models"][0][u"modelName"].toString(),
            u"net"_s);
        QCOMPARE(m_bench.get(u"experiment/model/asset/list"_s + of + u"&modelName=net"_s)
                     .object()[u"assets"][0][u"dir"]
                     .toString(),
            u"models/net"_s);
        const QByteArray zip = m_bench.get(u"experiment/model/download"_s + of + u"&modelName=net"_s).body;
        QVERIFY(zip.startsWith("PK\x03\x04") && zip.contains("weights") && zip.contains("sub/w.bin")
            && !zip.contains(".."));
        QCOMPARE(m_bench.get(u"experiment/model/download"_s + of + u"&modelName=none"_s).status, 404);

        QCOMPARE(m_bench.get(u"write/experiment/asset/delete"_s + of + u"&assetId="_s + id).status, 200);
        QCOMPARE(m_bench.get(u"experiment/asset/get-asset"_s + of + u"&assetId="_s + id).status, 404);
        QCOMPARE(
            m_bench.upload(u"write/experiment/upload-asset"_s + of + u"&fileName=x"_s, "x", "no-file").status,
            400);
    }

private:
    Bench m_bench;
};

QTEST_GUILESS_MAIN(TestAssets)
#include "tst_assets.moc"
