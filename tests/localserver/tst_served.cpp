// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/byterange.h"
#include "app/localserver/zip.h"
#include "tests/localserver/bench.h"

#include <QTcpSocket>

#include <SQLiteCpp/SQLiteCpp.h>

using namespace Qt::StringLiterals;

// Files and zips on their way out: parts of them, their tags, and what they cost in memory.
class TestServed : public QObject {
    Q_OBJECT
private slots:
    void ranges_data()
    {
        QTest::addColumn<QByteArray>("range");
        QTest::addColumn<QByteArray>("ifRange");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body"); // of the ten bytes 0123456789
        QTest::newRow("none") << QByteArray() << QByteArray() << 200 << QByteArray("0123456789");
        QTest::newRow("start") << QByteArray("bytes=0-3") << QByteArray() << 206 << QByteArray("0123");
        QTest::newRow("middle") << QByteArray("bytes=4-4") << QByteArray() << 206 << QByteArray("4");
        QTest::newRow("rest") << QByteArray("bytes=7-") << QByteArray() << 206 << QByteArray("789");
        QTest::newRow("all") << QByteArray("bytes=0-") << QByteArray() << 206 << QByteArray("0123456789");
        QTest::newRow("beyond the end")
            << QByteArray("bytes=8-99") << QByteArray() << 206 << QByteArray("89");
        QTest::newRow("the last two") << QByteArray("bytes=-2") << QByteArray() << 206 << QByteArray("89");
        QTest::newRow("the last of more")
            << QByteArray("bytes=-99") << QByteArray() << 206 << QByteArray("0123456789");
        QTest::newRow("after the end") << QByteArray("bytes=10-") << QByteArray() << 416 << QByteArray();
        QTest::newRow("far after") << QByteArray("bytes=999999999999-") << QByteArray() << 416
                                   << QByteArray();
        QTest::newRow("the last none") << QByteArray("bytes=-0") << QByteArray() << 416 << QByteArray();
        QTest::newRow("two ranges") << QByteArray("bytes=0-1,4-5") << QByteArray() << 200
                                    << QByteArray("0123456789");
        QTest::newRow("same file") << QByteArray("bytes=4-") << QByteArray("ETAG") << 206
                                   << QByteArray("456789");
        QTest::newRow("other file") << QByteArray("bytes=4-") << QByteArray("\"other\"") << 200
                                    << QByteArray("0123456789");
        QTest::newRow("other file, beyond")
            << QByteArray("bytes=44-") << QByteArray("\"other\"") << 200 << QByteArray("0123456789");
        QTest::newRow("weak tag") << QByteArray("bytes=4-") << QByteArray("W/ETAG") << 200
                                  << QByteArray("0123456789");
        QTest::newRow("date") << QByteArray("bytes=4-") << QByteArray("Wed, 21 Oct 2065 07:28:00 GMT") << 200
                              << QByteArray("0123456789");
    }
    void ranges()
    {
        QFETCH(QByteArray, range);
        QFETCH(QByteArray, ifRange);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        const QString path = uploaded("0123456789");
        const QByteArray etag = ask(path).header("ETag");
        QVERIFY(etag.size() > 2 && etag.startsWith('"') && etag.endsWith('"'));
        Bench::Headers headers;
        if (!range.isEmpty())
            headers.append({"Range", range});
        if (!ifRange.isEmpty())
            headers.append({"If-Range", ifRange.replace("ETAG", etag)});
        const Reply reply = ask(path, headers);
        QCOMPARE(reply.status, status);
        QCOMPARE(reply.header("Accept-Ranges"), "bytes");
        QCOMPARE(reply.header("ETag"), etag);
        if (status == 416) {
            QCOMPARE(reply.header("Content-Range"), "bytes */10");
            QVERIFY(reply.body.contains("msg"));
            return;
        }
        QCOMPARE(reply.body, body);
        QCOMPARE(reply.header("Content-Length").toInt(), body.size());
        QCOMPARE(!reply.header("Content-Range").isNull(), status == 206);
        if (status == 206) {
            const int from = QByteArray("0123456789").indexOf(body);
            QCOMPARE(reply.header("Content-Range"),
                "bytes " + QByteArray::number(from) + '-' + QByteArray::number(from + int(body.size()) - 1)
                    + "/10");
        }
    }

    void whatIsNoRangeIsIgnored_data()
    {
        QTest::addColumn<std::string>("range");
        for (const char *text :
            {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=1", "bytes=5-2", "bytes=1-b", "bytes=-b",
                "lines=1-2", "bytes=1-2,4-5", "bytes=99999999999999999999-", "bytes=--2", "bytes= 1-2"})
            QTest::newRow(text) << std::string(text);
    }
    void whatIsNoRangeIsIgnored()
    {
        QFETCH(std::string, range);
        const localserver::ByteRange found = localserver::byteRange(range, {}, 10, "\"tag\"");
        QCOMPARE(found.kind, localserver::ByteRange::Whole);
        QCOMPARE(found.length, 10u);
    }

    void emptyFiles()
    {
        const QString path = uploaded({});
        const Reply whole = ask(path);
        QCOMPARE(whole.status, 200);
        QCOMPARE(whole.header("Content-Length"), "0");
        QCOMPARE(ask(path, {{"Range", "bytes=0-"}}).status, 416);
    }

    void headsAreAnsweredWithoutTheBody()
    {
        const QString path = uploaded("0123456789");
        const Reply head = ask(path, {}, "HEAD");
        QCOMPARE(head.status, 200);
        QCOMPARE(head.header("Content-Length"), "10");
        QCOMPARE(head.header("Accept-Ranges"), "bytes");
        QVERIFY(head.body.isEmpty());
    }

    void jsonHasNoParts()
    {
        const Reply reply = ask(u"workspaces"_s, {{"Range", "bytes=0-3"}});
        QCOMPARE(reply.status, 200);
        QVERIFY(reply.body.endsWith('}'));
    }

    void tagsChangeWithTheBytes()
    {
        const QString key = m_bench.newExperiment();
        const QString to = u"write/experiment/upload-asset?fileName=f&type=model-element&groupingName=net&"
                           u"assetId=same&experimentKey="_s
            + key;
        const QString file = u"experiment/asset/get-asset?assetId=same&experimentKey="_s + key;
        const QString zip = u"experiment/model/download?modelName=net&experimentKey="_s + key;
        m_bench.upload(to, "one");
        const QByteArray fileTag = ask(file).header("ETag");
        const QByteArray zipTag = ask(zip).header("ETag");
        QCOMPARE(ask(file).header("ETag"), fileTag);
        QCOMPARE(ask(zip).header("ETag"), zipTag);
        m_bench.stop();
        m_bench.start();
        QCOMPARE(ask(file).header("ETag"), fileTag);
        QCOMPARE(ask(zip).header("ETag"), zipTag);
        m_bench.upload(to, "two"); // as long, in the same place
        QVERIFY(ask(file).header("ETag") != fileTag);
        QVERIFY(ask(zip).header("ETag") != zipTag);
    }

    void zipsComeInParts()
    {
        const QString key = m_bench.newExperiment();
        const auto add = [&](const QString &name, const QByteArray &content) {
            m_bench.upload(u"write/experiment/upload-asset?type=model-element&groupingName=net&fileName="_s
                    + name + u"&experimentKey="_s + key,
                content);
        };
        add(u"a.bin"_s, QByteArray(700'000, 'a'));
        add(u"empty"_s, {});
        add(u"b/c.bin"_s, QByteArray(10, 'b'));
        add(u"b/.././c.bin"_s, QByteArray(20, 'c')); // the same path: the later one counts
        const QString path = u"experiment/model/download?modelName=net&experimentKey="_s + key;
        const QByteArray whole = ask(path).body;
        QCOMPARE(whole.count("PK\x03\x04"), 3);
        QVERIFY(whole.contains(QByteArray(20, 'c')) && !whole.contains(QByteArray(10, 'b'))
            && !whole.contains(".."));
        QByteArray parts;
        for (const qsizetype length : {1, 30, 29, 300'000, 399'000, 2000}) { // across every border
            const Reply part = ask(path,
                {{"Range",
                    "bytes=" + QByteArray::number(parts.size()) + '-'
                        + QByteArray::number(parts.size() + length - 1)}});
            QCOMPARE(part.status, 206);
            parts += part.body;
        }
        QCOMPARE(parts, whole);
    }

    void anEmptyModelIsAnEmptyZip()
    {
        const QString key = m_bench.newExperiment();
        m_bench.upload(
            u"write/experiment/upload-asset?type=model-element&groupingName=far&fileName=f&isRemote="
            u"true&experimentKey="_s
                + key,
            "s3://bucket/f", "link");
        const Reply reply = ask(u"experiment/model/download?modelName=far&experimentKey="_s + key);
        QCOMPARE(reply.body, QByteArray("PK\x05\x06") + QByteArray(18, '\0'));
    }

    // More than 4 GB, without the bytes.
    void zip64()
    {
        std::vector<localserver::zip::File> files;
        for (int i = 0; i < 6; ++i)
            files.push_back({"file" + std::to_string(i), 1'000'000'000, 7});
        const localserver::zip::Frame frame = localserver::zip::frame(files);
        QCOMPARE(frame.headers.size(), 6u);
        std::uint64_t last = 0; // where the last file's header stands
        std::uint64_t start = 0;
        for (const std::string &header : frame.headers) {
            last = start;
            start += header.size() + 1'000'000'000;
        }
        QVERIFY(last > 0xffffffffu);
        const QByteArray directory = QByteArray::fromStdString(frame.directory);
        const qsizetype entry = directory.lastIndexOf("PK\x01\x02");
        QCOMPARE(number(directory, entry + 42, 4), 0xffffffffu); // told in the extra field
        QCOMPARE(number(directory, entry + 30, 2), 12u);
        QCOMPARE(number(directory, entry + 46 + 5, 2), 1u);
        QCOMPARE(number(directory, entry + 46 + 5 + 4, 8), last);
        const qsizetype record = directory.indexOf("PK\x06\x06");
        QVERIFY(record > 0);
        QCOMPARE(number(directory, record + 32, 8), 6u);
        QCOMPARE(number(directory, record + 40, 8), std::uint64_t(record));
        QCOMPARE(number(directory, record + 48, 8), start);
        const qsizetype locator = directory.indexOf("PK\x06\x07");
        QCOMPARE(number(directory, locator + 8, 8), start + std::uint64_t(record));
        const qsizetype end = directory.indexOf("PK\x05\x06");
        QCOMPARE(number(directory, end + 16, 4), 0xffffffffu);
        QCOMPARE(end + 22, directory.size());
    }

    void memoryStaysTheSame()
    {
        constexpr qint64 size = 150'000'000;
        const QString key = m_bench.newExperiment();
        m_bench.upload(u"write/experiment/upload-asset?type=model-element&groupingName=net&fileName=f&"
                       u"experimentKey="_s
                + key,
            "x");
        m_bench.stop();
        {
            SQLite::Database data(m_bench.file().toStdString(), SQLite::OPEN_READWRITE);
            for (const char *sql :
                {"UPDATE contents SET content=zeroblob(150000000) WHERE id=(SELECT max(id) "
                 "FROM contents)",
                    "UPDATE assets SET size=150000000 WHERE id=(SELECT max(id) FROM assets)"})
                data.exec(sql);
        }
        m_bench.start();
        const QString path = u"experiment/model/download?modelName=net&experimentKey="_s + key;
        qint64 received = 0;
        qint64 before = 0;
        qint64 most = 0;
        QTcpSocket socket;
        socket.setReadBufferSize(1 << 20);
        socket.connectToHost(u"127.0.0.1"_s, quint16(QUrl(m_bench.url()).port()));
        QVERIFY(socket.waitForConnected());
        socket.write("GET /api/rest/v2/" + path.toUtf8()
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: the-key\r\n\r\n");
        while (socket.waitForReadyRead(20'000)) {
            before = before ? before : residentKilobytes();
            received += socket.readAll().size();
            most = qMax(most, residentKilobytes());
        }
        QVERIFY(received > size && received < size + 2000);
        QVERIFY(before > 0);
        QVERIFY2(most - before < 30'000, qPrintable(u"%1 kB more"_s.arg(most - before)));
    }

private:
    struct Reply {
        int status = 0;
        QHash<QByteArray, QByteArray> headers; // names in lower case, as newer Qt versions give them
        QByteArray body;

        QByteArray header(const QByteArray &name) const { return headers.value(name.toLower()); }
    };
    Reply ask(const QString &path, Bench::Headers headers = {}, const QByteArray &verb = "GET")
    {
        headers.emplaceBack("Authorization", "the-key");
        headers.emplaceBack("Accept-Encoding", "identity");
        const std::unique_ptr<QNetworkReply> reply = m_bench.send(verb, path, {}, headers);
        Reply result{
            reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), {}, reply->readAll()};
        for (const auto &[name, value] : reply->rawHeaderPairs())
            result.headers.insert(name.toLower(), value);
        return result;
    }
    // The path of a new asset.
    QString uploaded(const QByteArray &content)
    {
        const QString of = u"?experimentKey="_s + m_bench.newExperiment();
        const QString id = m_bench.upload(u"write/experiment/upload-asset"_s + of + u"&fileName=f"_s, content)
                               .object()[u"assetId"]
                               .toString();
        return u"experiment/asset/get-asset"_s + of + u"&assetId="_s + id;
    }
    static std::uint64_t number(const QByteArray &bytes, qsizetype at, int length)
    {
        std::uint64_t value = 0;
        for (int i = length - 1; i >= 0; --i)
            value = value << 8 | quint8(bytes[at + i]);
        return value;
    }
    static qint64 residentKilobytes()
    {
        QFile file(u"/proc/self/statm"_s);
        return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() * 4 : 0;
    }

    Bench m_bench;
};

QTEST_GUILESS_MAIN(TestServed)
#include "tst_served.moc"
