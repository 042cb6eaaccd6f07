// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/localserver/bench.h"

using namespace Qt::StringLiterals;

// What replaces what among the files of an experiment, and how they are found again.
class TestUploads : public QObject {
    Q_OBJECT
private slots:
    void init() { m_of = u"?experimentKey="_s + (m_key = m_bench.newExperiment()); }

    void histogramsWithoutAStepStandBesideEachOther()
    {
        const QByteArrayList contents{"{\"version\":2,\"values\":[1]}", "{\"version\":2,\"values\":[22]}",
            "{\"version\":2,\"values\":[1]}"};
        for (int i = 0; i < contents.size(); ++i)
            add(u"&type=histogram3d&fileName=gradients&assetId=g%1"_s.arg(i), contents[i]);
        add(u"&type=histogram3d&fileName=gradients&assetId=s7&step=7"_s, "7");
        add(u"&type=histogram3d&fileName=gradients&assetId=t7&step=7"_s, "77");
        add(u"&type=histogram3d&fileName=biases&assetId=b0"_s, "0"); // of another name
        const auto entry = [](const QByteArray &step, const QByteArray &content) {
            return "{\"step\":" + step + ",\"histogram\":" + content + '}';
        };
        const auto combined = [](const QByteArrayList &entries) {
            return "{\"histograms\":[" + entries.join(',') + "]}";
        };
        QByteArrayList wanted;
        for (const QByteArray &content : contents)
            wanted += entry("null", content);
        wanted << entry("7", "7") << entry("7", "77");
        QCOMPARE(bytes(u"g1"_s), combined(wanted));
        QCOMPARE(bytes(u"t7"_s), combined(wanted));
        QCOMPARE(assets().size(), 2);
        QCOMPARE(assets()[0][u"fileSize"].toInt(), combined(wanted).size());
        QVERIFY(assets()[0][u"step"].isNull());

        // The same upload a second time replaces itself alone, and overwrite those of the step.
        add(u"&type=histogram3d&fileName=gradients&assetId=g1"_s, "\"longer than before\"");
        add(u"&type=histogram3d&fileName=gradients&assetId=u7&step=7&overwrite=true"_s, "777");
        wanted.removeAt(1);
        wanted.insert(2, entry("null", "\"longer than before\""));
        wanted.resize(3);
        wanted << entry("7", "777");
        QCOMPARE(bytes(u"g1"_s), combined(wanted));
        QCOMPARE(assets()[0][u"fileSize"].toInt(), combined(wanted).size());
    }

    void histogramsHoldWhatPythonWrites_data()
    {
        QTest::addColumn<QByteArray>("written");
        QTest::addColumn<QByteArray>("kept"); // empty: refused
        QTest::newRow("not a number") << QByteArray("{\"start\": NaN}") << QByteArray("{\"start\":\"NaN\"}");
        QTest::newRow("infinite") << QByteArray("[-Infinity,Infinity]")
                                  << QByteArray("[\"-Infinity\",\"Infinity\"]");
        QTest::newRow("as it is") << QByteArray("{\"b\":1.50, \"a\":\"NaN\"}")
                                  << QByteArray("{\"b\":1.50, \"a\":\"NaN\"}");
        QTest::newRow("cut off") << QByteArray("{\"start\":1") << QByteArray();
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("words") << QByteArray("Not JSON") << QByteArray();
    }
    void histogramsHoldWhatPythonWrites()
    {
        QFETCH(QByteArray, written);
        QFETCH(QByteArray, kept);
        QCOMPARE(
            add(u"&type=histogram3d&fileName=h&assetId=h"_s, written).status, kept.isEmpty() ? 400 : 200);
        if (kept.isEmpty())
            QCOMPARE(assets().size(), 0);
        else
            QCOMPARE(bytes(u"h"_s), "{\"histograms\":[{\"step\":null,\"histogram\":" + kept + "}]}");
    }

    void equalNamesReplaceEachOtherOnlyWhereToldTo()
    {
        for (const char *content : {"1", "22", "333"})
            add(u"&fileName=note.txt"_s, content);
        QCOMPARE(assets().size(), 3);
        add(u"&fileName=note.txt&step=4"_s, "4444");
        add(u"&fileName=note.txt&overwrite=true"_s, "last");
        QCOMPARE(assets().size(), 2); // that of step 4 stays
        QCOMPARE(assets()[0][u"step"].toInt(), 4);
        QCOMPARE(bytes(assets()[1][u"assetId"].toString()), "last");

        // Files of two models may have one name.
        for (const QString &model : {u"first"_s, u"second"_s})
            add(u"&type=model-element&fileName=weights&overwrite=true&groupingName="_s + model,
                model.toUtf8());
        QCOMPARE(assets(u"model-element"_s).size(), 2);
        QCOMPARE(bytes(assets(u"model-element"_s)[0][u"assetId"].toString()), "first");
    }

    void cloudsOfPoints()
    {
        QStringList clouds;
        for (int scene = 0; scene < 3; ++scene) {
            clouds += m_bench
                          .post(u"/clientlib/asset"_s,
                              {{u"experimentKey"_s, m_key}, {u"userFileName"_s, u"scene%1"_s.arg(scene)},
                                  {u"assetType"_s, u"3d-image"_s}, {u"step"_s, scene}})
                          .object()[u"assetId"]
                          .toString();
            addItem(clouds[scene], "points", "[0,0," + QByteArray::number(scene) + "]\n");
            if (scene != 1)
                addItem(clouds[scene], "boxes", "{\"name\":\"box" + QByteArray::number(scene) + "\"}\n");
            send("PUT", u"/clientlib/asset/"_s + clouds[scene] + u"/thumbnail"_s,
                part("requestParams", R"({"thumbnailExtension":".png"})")
                    + part("thumbnail", "png" + QByteArray::number(scene)));
        }
        QCOMPARE(assets(u"3d-image"_s).size(), 3);
        QCOMPARE(assets(u"3d-image-item"_s).size(), 5);
        QCOMPARE(assets(u"3d-image-thumbnail"_s).size(), 3);
        for (int scene = 0; scene < 3; ++scene) {
            const QByteArray zip = bytes(clouds[scene]);
            QVERIFY(zip.startsWith("PK\x03\x04"));
            QCOMPARE(zip.count("points.jsonl"), 2); // before its bytes and in the directory
            QCOMPARE(zip.count("boxes.jsonl"), scene == 1 ? 0 : 2);
            QVERIFY(zip.contains("[0,0," + QByteArray::number(scene) + "]\n"));
            QCOMPARE(zip.contains("\"box" + QByteArray::number(scene) + '"'), scene != 1);
            QCOMPARE(bytes(clouds[scene] + u"-thumbnail"_s), "png" + QByteArray::number(scene));
        }
        // Sent a second time, an item replaces its own scene's alone.
        addItem(clouds[1], "points", "[9,9,9]\n");
        QVERIFY(bytes(clouds[1]).contains("[9,9,9]") && !bytes(clouds[1]).contains("[0,0,1]"));
        QVERIFY(bytes(clouds[0]).contains("[0,0,0]"));

        m_bench.get(u"write/experiment/asset/delete"_s + m_of + u"&assetId="_s + clouds[0]);
        QCOMPARE(assets().size(), 2 + 3 + 2); // clouds, items, thumbnails of the other two
    }

    void namesOfFiles_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("type");
        QTest::newRow("of the part") << u""_s << QByteArray("plot of März.R") << u"plot of März.R"_s
                                     << u"unknown"_s;
        QTest::newRow("of the query")
            << u"&fileName=a%2Fb.txt"_s << QByteArray("other.txt") << u"a/b.txt"_s << u"unknown"_s;
        QTest::newRow("with a type") << u"&type=audio"_s << QByteArray("song.wav") << u"song.wav"_s
                                     << u"audio"_s;
        QTest::newRow("Python's word")
            << u"&type=notebook"_s << QByteArray("file") << u"notebook-1"_s << u"notebook"_s;
        QTest::newRow("a sample") << u"&type=text-sample&fileName=auto-generated-in-the-backend"_s
                                  << QByteArray("file") << u"text-sample-1.txt"_s << u"text-sample"_s;
    }
    void namesOfFiles()
    {
        QFETCH(QString, query);
        QFETCH(QByteArray, part);
        QFETCH(QString, name);
        QFETCH(QString, type);
        const QByteArray body = TestUploads::part("file", "x", part);
        QCOMPARE(send("POST", u"write/experiment/upload-asset"_s + m_of + query, body).status, 200);
        QCOMPARE(assets()[0][u"fileName"].toString(), name);
        QCOMPARE(assets()[0][u"type"].toString(), type);
    }

    void foundByName()
    {
        add(u"&fileName=features.json&assetId=f1"_s, "1");
        add(u"&fileName=features.json&assetId=f2&type=audio"_s, "2");
        add(u"&fileName=Features.json"_s, "3");
        const auto found = [&](const QString &query) {
            QStringList ids;
            const QJsonArray list =
                m_bench.get(u"experiment/asset/get-by-name"_s + m_of + query).object()[u"assets"].toArray();
            for (const QJsonValue &asset : list)
                ids += asset[u"assetId"].toString();
            return ids;
        };
        QCOMPARE(found(u"&assetName=features.json"_s), (QStringList{u"f1"_s, u"f2"_s}));
        QCOMPARE(found(u"&assetName=features.json&type=audio"_s), QStringList{u"f2"_s});
        QCOMPARE(found(u"&assetName=none"_s), QStringList());
        QCOMPARE(m_bench.get(u"experiment/asset/get-by-name"_s + m_of).status, 400);
        QCOMPARE(m_bench.get(u"experiment/asset/get-by-name?experimentKey=none&assetName=a"_s).code(), 90211);
    }

    void codeIsThatOfTheScript()
    {
        const auto code = [&]() -> QJsonValue { return m_bench.get(u"experiment/code"_s + m_of).object()[u"code"]; };
        QVERIFY(code().isNull());
        add(u"&type=source_code&fileName=helper.py"_s, "import this");
        QCOMPARE(code().toString(), u"import this"_s);
        const QByteArray script = "print('ä')\n" + QByteArray(5'000'000, '#'); // more than one piece
        send("POST", u"write/experiment/upload-asset"_s + m_of + u"&type=source_code&fileName=run.py"_s,
            part("file", script, "file") + part("metadata", R"({"source_code_type":"experiment_creation"})"));
        add(u"&type=source_code&fileName=later.py"_s, "pass");
        QVERIFY(code().toString() == QString::fromUtf8(script));
        m_bench.post(
            u"write/experiment/code"_s, {{u"experimentKey"_s, m_key}, {u"code"_s, u"what was set"_s}});
        QCOMPARE(code().toString(), u"what was set"_s);
    }

private:
    Bench::Answer add(const QString &query, const QByteArray &content)
    {
        return m_bench.upload(u"write/experiment/upload-asset"_s + m_of + query, content);
    }
    QJsonArray assets(const QString &type = u"all"_s)
    {
        return m_bench.get(u"experiment/asset/list"_s + m_of + u"&type="_s + type)
            .object()[u"assets"]
            .toArray();
    }
    QByteArray bytes(const QString &id)
    {
        return m_bench.get(u"experiment/asset/get-asset"_s + m_of + u"&assetId="_s + id).body;
    }
    static QByteArray part(const QByteArray &name, const QByteArray &content, const QByteArray &file = {})
    {
        return "--frontier\r\nContent-Disposition: form-data; name=\"" + name + '"'
            + (file.isEmpty() ? QByteArray() : "; filename=\"" + file + '"') + "\r\n\r\n" + content + "\r\n";
    }
    Bench::Answer send(const QByteArray &verb, const QString &path, const QByteArray &parts)
    {
        return m_bench.ask(verb, path, parts + "--frontier--\r\n",
            {{"Authorization", "the-key"}, {"Content-Type", "multipart/form-data; boundary=frontier"}});
    }
    void addItem(const QString &cloud, const QByteArray &kind, const QByteArray &content)
    {
        const QByteArray params = "{\"assetId\":\"" + cloud.toUtf8() + "\",\"experimentKey\":\""
            + m_key.toUtf8() + "\",\"userFileName\":\"" + kind + ".jsonl\",\"assetItemType\":\"" + kind
            + "\"}";
        QCOMPARE(send("POST", u"/clientlib/asset/asset-item"_s,
                     part("requestParams", params) + part("assetItemContent", content, "file"))
                     .status,
            200);
    }

    Bench m_bench;
    QString m_key;
    QString m_of; // "?experimentKey=..."
};

QTEST_GUILESS_MAIN(TestUploads)
#include "tst_uploads.moc"
