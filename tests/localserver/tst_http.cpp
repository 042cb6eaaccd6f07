// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/head.h"
#include "tests/localserver/bench.h"
#include "tests/localserver/gzip.h"

using namespace Qt::StringLiterals;

// Who is let in, and how refusals look.
class TestHttp : public QObject {
    Q_OBJECT
private slots:
    void keys_data()
    {
        QTest::addColumn<Bench::Headers>("headers");
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("status");
        QTest::newRow("Authorization")
            << Bench::Headers{{"Authorization", "the-key"}} << u"workspaces"_s << 200;
        QTest::newRow("Comet-Sdk-Api")
            << Bench::Headers{{"Comet-Sdk-Api", "the-key"}} << u"workspaces"_s << 200;
        QTest::newRow("query") << Bench::Headers{} << u"workspaces?apiKey=the-key"_s << 200;
        QTest::newRow("none") << Bench::Headers{} << u"workspaces"_s << 401;
        QTest::newRow("wrong") << Bench::Headers{{"Authorization", "the-kez"}} << u"workspaces"_s << 401;
        QTest::newRow("longer") << Bench::Headers{{"Authorization", "the-keythe-key"}} << u"workspaces"_s
                                << 401;
        QTest::newRow("empty") << Bench::Headers{{"Authorization", ""}} << u"workspaces"_s << 401;
        QTest::newRow("bearer") << Bench::Headers{{"Authorization", "Bearer the-key"}} << u"workspaces"_s
                                << 401;
        QTest::newRow("wrong, unknown path")
            << Bench::Headers{{"Authorization", "no"}} << u"nothing"_s << 404;
        QTest::newRow("version needs none") << Bench::Headers{} << u"/clientlib/isAlive/ver"_s << 200;
        QTest::newRow("ping needs none") << Bench::Headers{} << u"/clientlib/health/ping"_s << 200;
        QTest::newRow("other base") << Bench::Headers{{"Authorization", "the-key"}}
                                    << u"/clientlib/rest/v2/workspaces"_s << 200;
    }
    void keys()
    {
        QFETCH(Bench::Headers, headers);
        QFETCH(QString, path);
        const Bench::Answer answer = m_bench.ask("GET", path, {}, headers);
        QTEST(answer.status, "status");
        QCOMPARE(answer.type, "application/json");
        if (answer.status == 401) {
            QCOMPARE(answer.object()[u"code"].toInt(), 401);
            QVERIFY(!answer.message().isEmpty());
            QVERIFY(answer.object().contains(u"data"));
            QVERIFY(answer.object().contains(u"sdk_error_code"));
        }
    }

    void hosts_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<int>("status");
        QTest::newRow("address") << QByteArray("127.0.0.1:80") << 200;
        QTest::newRow("name") << QByteArray("localhost") << 200;
        QTest::newRow("capitals") << QByteArray("LocalHost:1") << 200;
        QTest::newRow("rebound") << QByteArray("evil.example:80") << 403;
        QTest::newRow("alike") << QByteArray("127.0.0.1.evil.example") << 403;
        QTest::newRow("other address") << QByteArray("192.168.0.1") << 403;
    }
    void hosts()
    {
        QFETCH(QByteArray, host);
        QTEST(m_bench.ask("GET", u"workspaces"_s, {}, {{"Authorization", "the-key"}, {"Host", host}}).status,
            "status");
    }

    void refusals_data()
    {
        QTest::addColumn<QByteArray>("verb");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::newRow("unknown path") << QByteArray("GET") << u"nothing"_s << QByteArray() << 404;
        QTest::newRow("unknown root") << QByteArray("GET") << u"/etc/passwd"_s << QByteArray() << 404;
        QTest::newRow("climbing") << QByteArray("GET") << u"/api/rest/v2/%2e%2e/%2e%2e/etc/passwd"_s
                                  << QByteArray() << 404;
        QTest::newRow("wrong verb") << QByteArray("POST") << u"workspaces"_s << QByteArray("{}") << 404;
        QTest::newRow("other verb") << QByteArray("DELETE") << u"workspaces"_s << QByteArray() << 404;
        QTest::newRow("no JSON") << QByteArray("POST") << u"write/project/create"_s << QByteArray("{bad")
                                 << 400;
        QTest::newRow("half JSON") << QByteArray("POST") << u"write/project/create"_s << QByteArray("{\"a\":")
                                   << 400;
        QTest::newRow("a number") << QByteArray("POST") << u"write/project/create"_s << QByteArray("5")
                                  << 400;
        QTest::newRow("an array") << QByteArray("POST") << u"write/project/create"_s << QByteArray("[1]")
                                  << 400;
        QTest::newRow("field missing")
            << QByteArray("POST") << u"write/project/create"_s << QByteArray("{}") << 400;
        QTest::newRow("field of a wrong type")
            << QByteArray("POST") << u"write/experiment/tags"_s
            << QByteArray("{\"experimentKey\":\"k\",\"addedTags\":5}") << 400;
        QTest::newRow("parameter missing")
            << QByteArray("GET") << u"experiment/metadata"_s << QByteArray() << 400;
        QTest::newRow("unknown experiment")
            << QByteArray("GET") << u"experiment/metadata?experimentKey=k"_s << QByteArray() << 404;
        QTest::newRow("unknown project")
            << QByteArray("GET") << u"project?projectId=k"_s << QByteArray() << 404;
        QTest::newRow("unknown workspace")
            << QByteArray("GET") << u"projects?workspaceName=k"_s << QByteArray() << 400;
        QTest::newRow("write to an unknown experiment")
            << QByteArray("POST") << u"write/experiment/log-other"_s
            << QByteArray("{\"experimentKey\":\"k\",\"key\":\"a\",\"value\":1}") << 400;
    }
    void refusals()
    {
        QFETCH(QByteArray, verb);
        QFETCH(QString, path);
        QFETCH(QByteArray, body);
        const Bench::Answer answer = m_bench.ask(verb, path, body);
        QTEST(answer.status, "status");
        QCOMPARE(answer.type, "application/json");
        QCOMPARE(answer.object()[u"code"].toInt(), answer.status);
        QVERIFY(!answer.message().isEmpty());
    }

    void aKeyInTheBodyLetsOldScriptsIn()
    {
        const QByteArray body =
            R"({"apiKey":"the-key","experimentKey":"0123","projectName":"p","teamName":"w"})";
        QCOMPARE(m_bench.ask("POST", u"/clientlib/logger/add/run"_s, body, {}).status, 200);
        const Bench::Answer wrong = m_bench.ask(
            "POST", u"/clientlib/logger/add/run"_s, R"({"apiKey":"no","experimentKey":"0124"})", {});
        QCOMPARE(wrong.status, 400); // not 401: a script would not say why
        QCOMPARE(wrong.code(), 90212);
        QCOMPARE(m_bench.ask("POST", u"/clientlib/logger/add/run"_s, "no JSON", {}).status, 400);
    }

    void bodiesThatUnpackToTooMuchAreRefused()
    {
        const Bench::Headers headers{{"Authorization", "the-key"}, {"Content-Encoding", "gzip"}};
        const QByteArray bomb = gzip(QByteArray(65 << 20, ' '));
        QVERIFY(bomb.size() < 100'000);
        const Bench::Answer answer = m_bench.ask("POST", u"write/experiment/log-other"_s, bomb, headers);
        QCOMPARE(answer.status, 413);
        QCOMPARE(answer.object()[u"code"].toInt(), 413);
        QCOMPARE(m_bench.get(u"workspaces"_s).status, 200);
    }

    void packedBodiesAreRead()
    {
        const QString key = m_bench.newExperiment();
        const QByteArray plain = QJsonDocument(
            QJsonObject{{u"experimentKey"_s, key}, {u"key"_s, u"packed"_s},
                {u"value"_s,
                    u"yes"_s}}).toJson();
        QCOMPARE(m_bench
                     .ask("POST", u"write/experiment/log-other"_s, gzip(plain),
                         {{"Authorization", "the-key"}, {"Content-Encoding", "gzip"}})
                     .status,
            200);
        QVERIFY(m_bench.get(u"experiment/log-other?experimentKey="_s + key).body.contains("\"packed\""));
    }

    void addressesWithAndWithoutClientlib_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("status");
        QTest::newRow("as told") << u"/clientlib/isAlive/ver"_s << 200;
        QTest::newRow("the bare address") << u"/isAlive/ver"_s << 200;
        QTest::newRow("a slash too many") << u"//isAlive/ver"_s << 200;
        QTest::newRow("health of scripts") << u"/clientlib/health/ping"_s << 200;
        QTest::newRow("health of the server") << u"/health/ping"_s << 200;
        QTest::newRow("REST below scripts") << u"/clientlib/rest/v2/workspaces"_s << 200;
        QTest::newRow("REST below the bare address") << u"/rest/v2/workspaces"_s << 200;
        QTest::newRow("REST") << u"/api/rest/v2/workspaces"_s << 200;
        QTest::newRow("a script's call in REST") << u"/api/rest/v2/isAlive/ver"_s << 404;
        QTest::newRow("downloads") << u"/api/asset/download?experimentKey=k&assetId=a"_s << 400;
    }
    void addressesWithAndWithoutClientlib()
    {
        QFETCH(QString, path);
        QTEST(m_bench.ask("GET", path).status, "status");
    }

    void whoeverOpensALinkIsToldHowToSeeTheRun()
    {
        const QString key = m_bench.newExperiment(u"plans/2 & <b>"_s);
        const Bench::Answer page = m_bench.ask("GET", u"/w/plans/2 & <b>/"_s + key, {}, {});
        QCOMPARE(page.status, 200);
        QVERIFY(page.type.startsWith("text/html"));
        QVERIFY(page.body.contains("perihelion --url " + m_bench.url().toUtf8()));
        QVERIFY(page.body.contains("--open 'w/plans/2 &amp; &lt;b>/" + key.toUtf8() + "'"));
        QVERIFY(!page.body.contains("<b>"));
        // It tells nobody what is here.
        QCOMPARE(m_bench.ask("GET", u"/w/p/"_s + QString(32, u'a'), {}, {}).status, 200);
        QCOMPARE(m_bench.ask("GET", u"/w/p/no-key"_s, {}, {}).status, 404);
        QCOMPARE(m_bench.ask("GET", u"/"_s, {}, {}).status, 200);
    }

    void theSamePortTheNextTime()
    {
        const QString url = m_bench.url();
        m_bench.stop();
        m_bench.start();
        QCOMPARE(m_bench.url(), url);
        localserver::Options other; // beside it, over a copy of its data
        QTemporaryDir folder;
        other.data = folder.filePath(u"copy.db"_s).toStdString();
        m_bench.stop();
        QVERIFY(QFile::copy(m_bench.file(), QString::fromStdString(other.data)));
        m_bench.start();
        QVERIFY(localserver::Server(other).url() != m_bench.url().toStdString());
    }

    void instructionsForPeople()
    {
        localserver::Options options;
        QTemporaryDir folder;
        options.data = folder.filePath(u"data.db"_s).toStdString();
        options.apiKey = "a-key";
        const localserver::Server server(options);
        const std::string text = localserver::instructions(server);
        for (const std::string &part : {"COMET_URL_OVERRIDE=" + server.url(), std::string("COMET_API_KEY=a-key"),
                 options.data, std::string("Ctrl+C")})
            QVERIFY2(text.find(part) != std::string::npos, part.c_str());
    }

    void namesOfThisMachine()
    {
        QVERIFY(localserver::isLoopbackHost("[::1]:80"));
        QVERIFY(localserver::isLoopbackHost("[::1]"));
        QVERIFY(!localserver::isLoopbackHost(""));
        for (const char *host : {"localhost.example", "127.0.0.1:1@evil.example", "127.0.0.1:", "127.0.0.1:99999", "localhost:80:80", "[::1]x", "127.0.0.1 "})
            QVERIFY2(!localserver::isLoopbackHost(host), host);
        QVERIFY(!localserver::sameKey("", ""));
    }

private:
    Bench m_bench;
};

QTEST_GUILESS_MAIN(TestHttp)
#include "tst_http.moc"
