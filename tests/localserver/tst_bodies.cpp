// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/localserver/bench.h"
#include "tests/localserver/gzip.h"

#include <QTcpSocket>

#include <sys/socket.h>

using namespace Qt::StringLiterals;

// Requests as bytes on a connection: cut, packed, too large, from a browser's page, or without a key.
class TestBodies : public QObject {
    Q_OBJECT
private slots:
    void init() { m_key = m_bench.newExperiment(); }

    void aCutBodyIsRefused_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QByteArray>("body");
        const QByteArray json = "Content-Type: application/json\r\n";
        QTest::newRow("shorter than its length") << json + "Content-Length: 500\r\n" << QByteArray("{}");
        QTest::newRow("a length without a body") << json + "Content-Length: 500\r\n" << QByteArray();
        QTest::newRow("chunked, without the last chunk")
            << json + "Transfer-Encoding: chunked\r\n" << QByteArray("2\r\n{}\r\n");
        QTest::newRow("chunked, within a chunk")
            << json + "Transfer-Encoding: chunked\r\n" << QByteArray("ff\r\n{}");
    }
    void aCutBodyIsRefused()
    {
        QFETCH(QByteArray, head);
        QFETCH(QByteArray, body);
        // What has arrived would do by itself.
        const QByteArray whole = "{\"key\":\"cut\",\"value\":1,\"experimentKey\":\"" + m_key.toUtf8() + "\"}";
        body.replace("{}", whole).replace("2\r\n", QByteArray::number(whole.size(), 16) + "\r\n");
        QCOMPARE(statusOf("POST /api/rest/v2/write/experiment/log-other HTTP/1.1\r\n", head, body), 400);
        QVERIFY(!m_bench.get(u"experiment/log-other?experimentKey="_s + m_key).body.contains("cut"));
    }

    void aCutUploadLeavesNothing_data()
    {
        QTest::addColumn<qsizetype>("missing"); // of the body, at its end
        QTest::addColumn<bool>("lengthIsRight"); // for what is there
        QTest::newRow("half") << qsizetype(6000000) << false;
        QTest::newRow("a byte") << qsizetype(1) << false;
        QTest::newRow("the last boundary") << qsizetype(6) << true;
        QTest::newRow("half, sent as whole") << qsizetype(6000000) << true;
    }
    void aCutUploadLeavesNothing()
    {
        QFETCH(qsizetype, missing);
        QFETCH(bool, lengthIsRight);
        const QByteArray whole = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\r\n"
            + QByteArray(12000000, 'x') + "\r\n--b--";
        const QByteArray sent = whole.chopped(missing);
        const qsizetype length = lengthIsRight ? sent.size() : whole.size();
        QCOMPARE(statusOf("POST /api/rest/v2/write/experiment/upload-asset?experimentKey=" + m_key.toUtf8()
                         + "&fileName=cut HTTP/1.1\r\n",
                     "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: " + QByteArray::number(length)
                         + "\r\n",
                     sent),
            400);
        QVERIFY(m_bench.get(u"experiment/asset/list?experimentKey="_s + m_key).object()[u"assets"_s].toArray().isEmpty());
    }

    void aCutPackageIsRefused()
    {
        const QByteArray packed =
            gzip("{\"key\":\"packed\",\"value\":1,\"experimentKey\":\"" + m_key.toUtf8() + "\"}");
        const auto send = [&](const QByteArray &bytes) {
            return m_bench
                .ask("POST", u"write/experiment/log-other"_s, bytes,
                    {{"Authorization", "the-key"}, {"Content-Encoding", "gzip"}})
                .status;
        };
        for (qsizetype length = 1; length < packed.size(); ++length)
            QCOMPARE(send(packed.first(length)), 400);
        QByteArray damaged = packed;
        damaged[packed.size() - 6] = char(damaged[packed.size() - 6] ^ 1); // its checksum
        QCOMPARE(send(damaged), 400);
        QVERIFY(!m_bench.get(u"experiment/log-other?experimentKey="_s + m_key).body.contains("packed"));
        QCOMPARE(send(packed), 200);
        QCOMPARE(send(gzip({}) + packed), 200); // one package after the other is one
    }

    void unknownEncodings()
    {
        QCOMPARE(m_bench
                     .ask("POST", u"write/experiment/log-other"_s, "{}",
                         {{"Authorization", "the-key"}, {"Content-Encoding", "br"}})
                     .status,
            415);
    }

    void malformedHeads_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        const QByteArray host = "Host: 127.0.0.1\r\n";
        const QByteArray key = "Authorization: the-key\r\n";
        QTest::newRow("negative length")
            << "POST /api/rest/v2/write/project/create HTTP/1.1\r\n" + host + key + "Content-Length: -5\r\n\r\n" << 400;
        QTest::newRow("two lengths") << "POST /api/rest/v2/write/project/create HTTP/1.1\r\n" + host + key
                + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x" << 400;
        QTest::newRow("two hosts")
            << "GET /api/rest/v2/workspaces HTTP/1.1\r\n" + host + host + key + "\r\n" << 400;
        QTest::newRow("no host") << "GET /api/rest/v2/workspaces HTTP/1.1\r\n" + key + "\r\n" << 403;
        QTest::newRow("another host behind ours")
            << "GET /api/rest/v2/workspaces HTTP/1.1\r\nHost: 127.0.0.1:1@evil.example\r\n" + key + "\r\n" << 403;
        QTest::newRow("no HTTP") << QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n") << 400;
        QTest::newRow("20,000 headers") << "GET /api/rest/v2/workspaces HTTP/1.1\r\n" + host + key
                + QByteArray("X: y\r\n").repeated(20000) + "\r\n" << 431;
        QTest::newRow("an address of 100 kB")
            << "GET /" + QByteArray(100000, 'a') + " HTTP/1.1\r\n" + host + key + "\r\n" << 431;
        QTest::newRow("the whole address")
            << "GET http://127.0.0.1/api/rest/v2/workspaces HTTP/1.1\r\n" + host + key + "\r\n" << 200;
    }
    void malformedHeads()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        QCOMPARE(statusIn(exchanged(request)), status);
        QCOMPARE(m_bench.get(u"workspaces"_s).status, 200);
    }

    void pagesOfTheWebMakeItDoNothing_data()
    {
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<int>("status");
        QTest::newRow("a page") << QByteArray("https://evil.example") << 403;
        QTest::newRow("a file") << QByteArray("null") << 403;
        QTest::newRow("alike") << QByteArray("http://127.0.0.1.evil.example") << 403;
        QTest::newRow("our own machine") << QByteArray("http://127.0.0.1:8888") << 200;
    }
    void pagesOfTheWebMakeItDoNothing()
    {
        QFETCH(QByteArray, origin);
        QFETCH(int, status);
        QCOMPARE(m_bench.ask("GET", u"workspaces"_s, {}, {{"Authorization", "the-key"}, {"Origin", origin}}).status, status);
    }

    void withoutAKeyABodyIsNotRead_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("status");
        QTest::newRow("a run") << QByteArray("/clientlib/logger/add/run") << 413;
        QTest::newRow("metrics") << QByteArray("/clientlib/batch/logger/experiment/metric") << 413;
        QTest::newRow("an upload") << QByteArray("/clientlib/asset/upload?experimentId=k") << 401;
        QTest::newRow("a wrong key") << QByteArray("/clientlib/asset/upload?experimentId=k&apiKey=no") << 401;
        QTest::newRow("nothing") << QByteArray("/clientlib/nothing") << 404;
    }
    void withoutAKeyABodyIsNotRead()
    {
        QFETCH(QByteArray, target);
        QFETCH(int, status);
        // The answer comes though the body never does.
        QTcpSocket socket;
        connectTo(socket);
        socket.write("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 60000000\r\n\r\n");
        QByteArray answer;
        while (!answer.contains("\r\n\r\n") && socket.waitForReadyRead(5000))
            answer += socket.readAll();
        QCOMPARE(statusIn(answer), status);
    }

    void aSmallBodyWithoutItsKeyCostsLittle()
    {
        QCOMPARE(m_bench.ask("POST", u"/clientlib/logger/add/run"_s, QByteArray(100000, '['), {}).status, 413);
        QCOMPARE(m_bench.ask("POST", u"/clientlib/logger/add/run"_s, '[' + QByteArray("0,").repeated(50000), {}).status, 400);
        QCOMPARE(m_bench.ask("POST", u"/clientlib/tags/add-tags-to-experiment"_s, "{bad", {}).status, 401);
        // Where the key was right nothing is said of it.
        const Bench::Answer broken =
            m_bench.ask("POST", u"/clientlib/logger/add/run"_s, R"({"apiKey":"the-key","experimentKey")", {});
        QCOMPARE(broken.status, 400);
        QVERIFY(broken.message().contains(u"JSON"_s));
        QVERIFY(broken.code() != 90212);
    }

    void curlsQuestionIsAnswered()
    {
        QTcpSocket socket;
        connectTo(socket);
        const QByteArray body = R"({"workspaceName":"w","projectName":"expected"})";
        socket.write("POST /api/rest/v2/write/project/create HTTP/1.1\r\nHost: localhost\r\nAuthorization: the-key\r\n"
                     "Expect: 100-continue\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n");
        QVERIFY(socket.waitForReadyRead(5000));
        QVERIFY(socket.readAll().startsWith("HTTP/1.1 100 "));
        socket.write(body);
        QVERIFY(socket.waitForReadyRead(5000));
        QVERIFY(socket.readAll().startsWith("HTTP/1.1 200 "));
    }

    void severalRequestsComeAtOnce()
    {
        const QByteArray one = "GET /api/rest/v2/workspaces HTTP/1.1\r\nHost: localhost\r\nAuthorization: the-key\r\n";
        const QByteArray answers = exchanged(one + "\r\n" + one + "\r\n" + one + "Connection: close\r\n\r\n");
        QCOMPARE(answers.count("HTTP/1.1 200 OK"), 3);
    }

    void waitingConnectionsDisturbNobody()
    {
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        for (int i = 0; i < 300; ++i) {
            sockets.push_back(std::make_unique<QTcpSocket>());
            connectTo(*sockets.back());
            if (i % 2)
                sockets.back()->write("GET / HTTP/1.1\r\nHost: loc");
            sockets.back()->flush();
        }
        QCOMPARE(m_bench.get(u"workspaces"_s).status, 200);
    }

private:
    void connectTo(QTcpSocket &socket)
    {
        socket.connectToHost(u"127.0.0.1"_s, quint16(QUrl(m_bench.url()).port()));
        QVERIFY(socket.waitForConnected(5000));
    }
    // What comes back until the server ends, after we have ended.
    QByteArray exchanged(const QByteArray &request)
    {
        QTcpSocket socket;
        connectTo(socket);
        socket.write(request);
        while (socket.bytesToWrite() > 0 && socket.waitForBytesWritten(5000)) { }
        ::shutdown(int(socket.socketDescriptor()), SHUT_WR);
        QByteArray answer;
        while (socket.waitForReadyRead(5000))
            answer += socket.readAll();
        return answer + socket.readAll();
    }
    int statusOf(const QByteArray &line, const QByteArray &head, const QByteArray &body)
    {
        return statusIn(exchanged(
            line + "Host: 127.0.0.1\r\nAuthorization: the-key\r\n" + head + "\r\n" + body));
    }
    static int statusIn(const QByteArray &answer) { return answer.mid(9, 3).toInt(); }

    Bench m_bench;
    QString m_key;
};

QTEST_GUILESS_MAIN(TestBodies)
#include "tst_bodies.moc"
