// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/localserver/answeranything.h"
#include "tests/localserver/gzip.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <random>

// Two seconds of damaged requests: nothing may crash, and every answer must be sound. Worth most with
// AddressSanitizer.
class TestFuzzRequests : public QObject {
    Q_OBJECT
private slots:
    void theCorpusIsAnswered();
    void survivesDamage();

private:
    static QList<QByteArray> corpus();
    static QByteArray request(const QByteArray &line, const QByteArray &type, const QByteArray &body,
        const QByteArray &more = {});
    std::size_t below(std::size_t end)
    {
        return std::uniform_int_distribution<std::size_t>(0, end - 1)(m_random);
    }
    void damage(QByteArray &text);

    std::mt19937 m_random;
};

QByteArray TestFuzzRequests::request(
    const QByteArray &line, const QByteArray &type, const QByteArray &body, const QByteArray &more)
{
    return line + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: the-key\r\nContent-Type: " + type
        + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + more + "\r\n" + body;
}

QList<QByteArray> TestFuzzRequests::corpus()
{
    const QByteArray json = "application/json;charset=utf-8";
    const QByteArray metrics = "{\"experimentKey\":\"run\",\"values\":[{\"metricName\":\"m\",\"metricValue\":NaN,\"step\":1.5,"
                               "\"epoch\":true,\"timestamp\":5},{\"metricName\":\"\\ud83d\",\"metricValue\":1e400},null]}";
    const QByteArray parts = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\ncontent\r\n"
                             "--b\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n{\"a\":1}\r\n--b--\r\n";
    return {
        request("POST /clientlib/batch/logger/experiment/metric", json, metrics),
        request("POST /clientlib/batch/logger/experiment/metric", json, gzip(metrics), "Content-Encoding: gzip\r\n"),
        request("POST /api/rest/v2/write/experiment/parameter", json,
            "{\"experimentKey\":\"run\",\"parameterName\":\"p\",\"parameterValue\":[1180591620717411303424,{\"a\":[]}]}"),
        request("POST /clientlib/rest/v2/write/experiment/output", json,
            "{\"experimentKey\":\"run\",\"outputLines\":[{\"output\":\"a\\n\",\"localTimestamp\":1,\"offset\":2,\"stderr\":true}]}"),
        request("POST /clientlib/asset/upload?experimentId=run&assetId=k&fileName=a%2Fb&step=3&overwrite=True",
            "multipart/form-data; boundary=b", parts),
        request("POST /clientlib/asset/upload?experimentId=run&assetId=h&fileName=h&type=histogram3d",
            "multipart/form-data; boundary=\"b\"", QByteArray(parts).replace("content", "{\"version\":2,\"x\":[NaN]}")),
        request("POST /api/rest/v2/experiments/multi-metric-chart", json,
            "{\"targetedExperiments\":[\"run\"],\"metrics\":[\"m\"],\"params\":[\"p\"],\"independentMetrics\":false,\"fetchFull\":true}"),
        request("POST /api/rest/v2/experiments/search", json,
            "{\"workspaceName\":\"local\",\"projectName\":\"p\",\"rulesTree\":{\"condition\":\"AND\",\"rules\":[]}}"),
        request("POST /api/rest/v2/write/experiment/system-details", json,
            "{\"experimentKey\":\"run\",\"gpuStaticInfoList\":[{\"gpu_index\":0}],\"pid\":5}"),
        "POST /clientlib/logger/add/run HTTP/1.1\r\nHost: localhost:5000\r\nContent-Length: 40\r\n\r\n"
        "{\"apiKey\":\"the-key\",\"experimentKey\":\"abc\"}",
        "GET /api/rest/v2/experiment/metrics/get-all?experimentKey=run HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
        "the-key\r\nRange: bytes=1-\r\n\r\nGET /api/rest/v2/project/column-names?workspaceName=local&projectName=p HTTP/1.0\r\n"
        "Host: localhost\r\nX-API-KEY: the-key\r\n\r\n",
        "POST /api/rest/v2/write/experiment/tags HTTP/1.1\r\nHost: [::1]:80\r\nOrigin: http://localhost\r\nAuthorization: "
        "the-key\r\nTransfer-Encoding: chunked\r\n\r\n2d\r\n{\"experimentKey\":\"run\",\"addedTags\":[\"a\",5,null]}\r\n0\r\n\r\n",
        "GET /local/p/0123456789abcdef0123456789abcdef HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n",
        "W[{\"log_data\":{\"local_timestamp\":5,\"experimentKey\":\"run\",\"offset\":1,\"metric\":{\"metricName\":\"m\","
        "\"metricValue\":\"-Infinity\",\"step\":3},\"context\":\"train\"}}]",
        "W[{\"stdout\":{\"local_timestamp\":5,\"stdout\":\"hello\",\"experimentKey\":\"run\",\"offset\":2}}]",
        "W{\"log_data\":{\"experimentKey\":\"run\",\"params\":{\"paramName\":\"l\",\"paramValue\":[1]},\"log_other\":{\"key\":\"Name\","
        "\"val\":1},\"html\":\"a\",\"env_details\":{\"pid\":5},\"gpu_static_info\":[{\"name\":\"g\"}]}}",
    };
}

void TestFuzzRequests::damage(QByteArray &text)
{
    static const QList<QByteArray> words{"\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "NaN", "-Infinity", "1e999",
        "99999999999999999999", "\"\\ud83d\"", "\xff\xfe", QByteArray(1, '\0'), "\r\n", "\r\n\r\n", "--b", "--b--", "%00", "%ff",
        "&experimentKey=run", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Content-Encoding: gzip\r\n",
        "Host: evil\r\n", "\x1f\x8b\x08", QByteArray(600, '['), QByteArray(70, ' ')};
    const auto at = static_cast<qsizetype>(below(std::size_t(text.size()) + 1));
    const auto length = static_cast<qsizetype>(below(16)) + 1;
    switch (below(6)) {
    case 0:
        text.truncate(at);
        break;
    case 1:
        text.remove(at, length);
        break;
    case 2:
        text.insert(at, text.mid(at, length));
        break;
    case 3:
        if (at < text.size())
            text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
        break;
    default:
        text.insert(at, words[static_cast<qsizetype>(below(std::size_t(words.size())))]);
    }
}

void TestFuzzRequests::theCorpusIsAnswered()
{
    const QTemporaryDir folder;
    Answering server(folder.path().toStdString());
    const QString kept = qEnvironmentVariable("PERIHELION_CORPUS");
    int number = 0;
    for (const QByteArray &bytes : corpus()) {
        if (bytes.startsWith('W'))
            server.message(bytes.mid(1).toStdString());
        else
            QVERIFY2(server.requests(bytes.toStdString()), bytes.constData());
        if (kept.isEmpty())
            continue;
        QFile file(QDir(kept).filePath(QString::number(++number)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
}

void TestFuzzRequests::survivesDamage()
{
    const QTemporaryDir folder;
    Answering server(folder.path().toStdString());
    const QList<QByteArray> good = corpus();
    const unsigned seed = std::random_device()();
    m_random.seed(seed);
    QElapsedTimer clock;
    clock.start();
    qint64 count = 0;
    for (; clock.elapsed() < 2000; ++count) {
        QByteArray text = good[static_cast<qsizetype>(below(std::size_t(good.size())))];
        for (std::size_t i = below(4) + 1; i > 0; --i)
            damage(text);
        if (text.startsWith('W'))
            server.message(text.mid(1).toStdString());
        else if (!server.requests(text.toStdString()))
            QFAIL(qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(QString::fromLatin1(text.toPercentEncoding()))));
    }
    qInfo("%lld damaged requests", static_cast<long long>(count));
    QVERIFY(count > 10);
}

QTEST_GUILESS_MAIN(TestFuzzRequests)
#include "tst_fuzzrequests.moc"
