// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/requestlog.h"
#include "models/api/transport.h"
#include "tests/api/calls.h"
#include "tests/support/faultserver.h"

#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTest>

using namespace api;
using namespace Qt::StringLiterals;
using std::chrono::milliseconds;
using Kind = Error::Kind;
using Answer = FaultServer::Answer;

namespace {

const QString key = u"s3cret/K+y=="_s;

// Nobody's certificate and its key, for a server that must not be trusted; valid until 2126.
const QByteArray selfSigned = R"(-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUZxH32blFAiNRK1vl07bb35uzZX0wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDAzMjYyOVoYDzIxMjYxMDMx
MDMyNjI5WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARgQ/iwHpGXNUr34/S4Ulaj9ID6Dq0Xn4S2aXbJTzNWdTIM6Zdu89lF
sOFioeQp/5u7U7YRq10Fm76YOfTK0pg5o28wbTAdBgNVHQ4EFgQUecn9shS9ytU3
ptJayUeR6HrAFaYwHwYDVR0jBBgwFoAUecn9shS9ytU3ptJayUeR6HrAFaYwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARhwR/AAABgglsb2NhbGhvc3QwCgYIKoZI
zj0EAwIDSAAwRQIgMDhTBxFvB2OlUH7M+EyjCs+3YDbNOdtJ2jW1a9Sdb6MCIQDp
kVkF/OLknAm55bGYa3z0trVYMQqngYoaBvVxHiWdGQ==
-----END CERTIFICATE-----)";
const QByteArray privateKey = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgXakP5z7Vx0B29uHu
Kk0HuNGjlyw/rWhVUxJk2fQuAr2hRANCAARgQ/iwHpGXNUr34/S4Ulaj9ID6Dq0X
n4S2aXbJTzNWdTIM6Zdu89lFsOFioeQp/5u7U7YRq10Fm76YOfTK0pg5
-----END PRIVATE KEY-----)";

Transport::Policy quick()
{
    Transport::Policy policy;
    policy.backOff = milliseconds(1);
    return policy;
}

} // namespace

class TestTransport : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void writesAreToldByPath_data();
    void writesAreToldByPath();
    void keyGoesToItsServerOnly();
    void keyIsInNoText();
    void sendsTheHeadersOfTheProtocol();
    void followsRedirectsOnTheSameServer();
    void visibleGoesFirst();
    void backgroundLeavesRoom();
    void retryAfterHoldsTheWholeClient();
    void retryAfterMayBeADate();
    void longPauseFailsAtOnce();
    void unpacksGzip();
    void refusesABomb();
    void takesBothContentTypes_data();
    void takesBothContentTypes();
    void cancelsAtAnyMoment();
    void cancelsQueuedAndRetrying();
    void dyingClientCancels();
    void clientMayDieInAHandler();
    void refusesOtherSchemes_data();
    void refusesOtherSchemes();
    void refusedConnection();
    void encodesQueriesAsPythonDoes();
    void unknownCertificateIsAnError();

private:
    std::shared_ptr<CallOutcome> sendRaw(const Request &request);

    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<Client> m_client;
};

void TestTransport::init()
{
    m_server = std::make_unique<FaultServer>();
    m_client = std::make_unique<Client>(m_server->url(), key);
    m_client->transport().setPolicy(quick());
}

void TestTransport::cleanup()
{
    m_client.reset();
    m_server.reset();
}

std::shared_ptr<CallOutcome> TestTransport::sendRaw(const Request &request)
{
    auto *reply = new Reply<QByteArray>(m_client.get());
    m_client->transport().send(request, reply, [reply](Result<QByteArray> body) { reply->finish(std::move(body)); });
    return watch(reply);
}

void TestTransport::writesAreToldByPath_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isWrite");
    for (const char *path : {"experiments", "experiment/metadata", "project/column-names", "registry-model/item/download",
             "experiment/asset/get-asset", "project/get-project-share-links"})
        QTest::addRow("GET %s", path) << QByteArray("GET") << QString::fromLatin1(path) << false;
    for (const char *path : {"write/experiment/delete", "write/experiment/archive", "write/experiment/restore",
             "write/experiment/stop", "write/experiment/set-status", "write/experiment/asset/delete",
             "write/project/symlink", "write/project/add-share-link", "write/project/delete-project-share-link",
             "write/registry-model/delete", "write/registry-model/item/delete", "write/registry-model/item/stage",
             "write/registry-model/item/stage/delete"})
        QTest::addRow("GET %s", path) << QByteArray("GET") << QString::fromLatin1(path) << true;
    for (const char *path : {"project/query", "experiments/search", "experiments/multi-metric-chart"})
        QTest::addRow("POST %s", path) << QByteArray("POST") << QString::fromLatin1(path) << false;
    for (const char *path : {"write/project/create", "write/experiment/move", "something/new"})
        QTest::addRow("POST %s", path) << QByteArray("POST") << QString::fromLatin1(path) << true;
    QTest::newRow("PUT") << QByteArray("PUT") << u"write/experiment/dependencies"_s << true;
}

void TestTransport::writesAreToldByPath()
{
    QFETCH(QByteArray, verb);
    QFETCH(QString, path);
    QTEST(Request({.verb = verb, .path = path}).isWrite(), "isWrite");
}

void TestTransport::keyGoesToItsServerOnly()
{
    FaultServer other;
    for (const int status : {301, 302, 303, 307, 308}) {
        for (const QByteArray &verb : {QByteArray("GET"), QByteArray("POST")}) {
            m_server->script("project/query", {FaultServer::redirect(other.url(), status)});
            const auto outcome = sendRaw({.verb = verb, .path = u"project/query"_s});
            QVERIFY(outcome->wait());
    QCOMPARE(outcome->errors, 1);
            QCOMPARE(outcome->error.kind, Kind::Redirected);
            QCOMPARE(outcome->error.message, other.url().toString());
        }
    }
    QUrl encrypted = m_server->url();
    encrypted.setScheme(u"https"_s);
    m_server->script("workspaces", {FaultServer::redirect(encrypted)});
    const auto outcome = sendRaw({.path = u"workspaces"_s});
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->errors, 1);
    QCOMPARE(outcome->error.kind, Kind::Redirected);
    QCOMPARE(int(other.seen().size()), 0);
}

void TestTransport::keyIsInNoText()
{
    m_server->setDefault(FaultServer::failure(401, "key s3cret/K+y== is not registered"));
    const auto outcome = sendRaw({.verb = "POST", .path = u"project/query"_s,
        .query = {{u"workspaceName"_s, key}}, .body = "{\"x\": \"" + key.toUtf8() + "\"}"});
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->errors, 1);
    QCOMPARE(outcome->error.message, u"key $COMET_API_KEY is not registered"_s);
    m_server->setDefault(FaultServer::failure(500, "s3cret/K+y== again"));
    m_client->workspaces();
    QTRY_COMPARE(int(m_client->requestLog().entries().size()), 5);
    const QString encodedKey = QString::fromLatin1(QUrl::toPercentEncoding(key));
    for (const RequestLog::Entry &entry : m_client->requestLog().entries()) {
        const QString all = RequestLog::curl(entry) + entry.error + entry.path + entry.queryNames.join(u' ')
            + QString::fromUtf8(entry.body) + entry.url.toString() + entry.url.toString(QUrl::FullyEncoded);
        QVERIFY2(!all.contains(key), qPrintable(all));
        QVERIFY2(!all.contains(encodedKey, Qt::CaseInsensitive), qPrintable(all));
        QVERIFY2(!all.contains("s3cret"_L1), qPrintable(all));
        QVERIFY(RequestLog::curl(entry).contains("-H \"Authorization: $COMET_API_KEY\""_L1));
    }
}

void TestTransport::sendsTheHeadersOfTheProtocol()
{
    const auto outcome = sendRaw({.verb = "POST", .path = u"project/query"_s, .body = "{}"});
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->values, 1);
    const FaultServer::Seen &seen = m_server->seen().front();
    QCOMPARE(seen.path, QByteArray("/api/rest/v2/project/query"));
    QCOMPARE(seen.headers.value("authorization"), key.toUtf8());
    QCOMPARE(seen.headers.value("x-comet-sdk-source"), QByteArray("API"));
    QCOMPARE(seen.headers.value("content-type"), QByteArray("application/json;charset=utf-8"));
    QVERIFY(seen.headers.value("user-agent").startsWith("Perihelion/"));
    QVERIFY(seen.headers.value("accept-encoding").contains("gzip"));
    QVERIFY(!seen.headers.contains("cookie"));
}

void TestTransport::followsRedirectsOnTheSameServer()
{
    m_server->script("workspaces", {FaultServer::redirect(QUrl(u"/moved/here?a=1"_s))});
    m_server->script("/moved/here", {FaultServer::json("{\"workspaceNames\": [\"moved\"]}")});
    const auto outcome = watch(m_client->workspaces());
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->values, 1);
    QCOMPARE(m_server->seen().back().query, QByteArray("a=1"));
    QCOMPARE(m_server->seen().back().headers.value("authorization"), key.toUtf8());

    m_server->script("projects", {FaultServer::redirect(QUrl(u"/api/rest/v2/projects"_s))}); // in a circle
    const auto circle = watch(m_client->projects(u"w"_s));
    QVERIFY(circle->wait());
    QCOMPARE(circle->errors, 1);
    QCOMPARE(circle->error.kind, Kind::Redirected);
    QCOMPARE(m_server->count("projects"), 6);
}

void TestTransport::visibleGoesFirst()
{
    m_server->hold();
    for (int i = 0; i < 10; ++i)
        sendRaw({.path = u"background"_s + QString::number(i), .priority = Priority::Background});
    for (int i = 0; i < 10; ++i)
        sendRaw({.path = u"visible"_s + QString::number(i)});
    QTRY_COMPARE(int(m_server->seen().size()), 6);
    for (const FaultServer::Seen &seen : m_server->seen())
        QVERIFY2(seen.path.contains("visible"), seen.path.constData());
    m_server->release();
    QTRY_COMPARE(int(m_server->seen().size()), 20);
    QCOMPARE(m_server->mostAtOnce(), 6);
    std::vector<int> order;
    for (std::size_t i = 0; i < m_server->seen().size(); ++i) {
        if (m_server->seen()[i].path.contains("background"))
            order.push_back(int(i));
    }
    QVERIFY2(order.front() >= 6, "background before everything visible was under way");
}

void TestTransport::backgroundLeavesRoom()
{
    m_server->hold();
    for (int i = 0; i < 10; ++i)
        sendRaw({.path = u"background"_s, .priority = Priority::Background});
    QTRY_COMPARE(m_server->count("background"), 4);
    sendRaw({.path = u"click"_s});
    QTRY_COMPARE(m_server->count("click"), 1);
    QCOMPARE(m_server->count("background"), 4);
    m_server->release();
    QTRY_COMPARE(m_server->count("background"), 10);
}

void TestTransport::retryAfterHoldsTheWholeClient()
{
    m_server->script("first", {FaultServer::failure(429, "slow down", 1), FaultServer::json("{}")});
    QElapsedTimer clock;
    clock.start();
    const auto first = sendRaw({.path = u"first"_s});
    QTRY_COMPARE(m_server->count("first"), 1);
    QTRY_COMPARE(int(m_client->requestLog().entries().size()), 1);
    const auto second = sendRaw({.path = u"second"_s}); // another call, of a client that was asked to wait
    QVERIFY(second->wait());
    QCOMPARE(second->values, 1);
    QVERIFY2(clock.elapsed() >= 1000, qPrintable(QString::number(clock.elapsed())));
    QVERIFY(first->wait());
    QCOMPARE(first->values, 1);
    QCOMPARE(m_server->count("first"), 2);
    QCOMPARE(m_client->requestLog().entries().back().attempt + m_client->requestLog().entries()[1].attempt, 3);
}

void TestTransport::retryAfterMayBeADate()
{
    Answer answer = FaultServer::failure(503, "restarting");
    const QDateTime soon = QDateTime::currentDateTimeUtc().addSecs(2);
    answer.headers.emplaceBack("Retry-After", QLocale::c().toString(soon, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1());
    m_server->script("first", {answer, FaultServer::json("{}")});
    QElapsedTimer clock;
    clock.start();
    const auto outcome = sendRaw({.path = u"first"_s});
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->values, 1);
    QVERIFY2(clock.elapsed() >= 900, qPrintable(QString::number(clock.elapsed())));
}

void TestTransport::longPauseFailsAtOnce()
{
    m_server->script("first", {FaultServer::failure(429, "", 600)});
    const auto first = sendRaw({.path = u"first"_s});
    QVERIFY(first->wait());
    QCOMPARE(first->errors, 1);
    QCOMPARE(first->error.retryAfter, 600);
    QVERIFY2(first->error.sentence().contains("10 minutes"_L1), qPrintable(first->error.sentence()));
    const auto second = sendRaw({.path = u"second"_s});
    QVERIFY(second->wait());
    QCOMPARE(second->errors, 1);
    QCOMPARE(second->error.kind, Kind::RateLimited);
    QVERIFY(second->error.retryAfter > 590);
    QCOMPARE(m_server->count("second"), 0);
}

void TestTransport::unpacksGzip()
{
    QByteArray body = "{\"tags\": [";
    for (int i = 0; i < 100'000; ++i)
        body += "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", ";
    body += "\"last\"]}";
    m_server->script("experiment/tags", {FaultServer::gzipped(body)});
    qsizetype count = 0;
    m_client->tags(u"k"_s)->then(this, [&count](const QStringList &tags) { count = tags.size(); });
    QTRY_COMPARE(count, 100'001);
    QCOMPARE(m_client->requestLog().entries().back().bytes, body.size());

    Answer broken = FaultServer::gzipped(body);
    broken.body = broken.body.left(20) + QByteArray(200, 'x');
    m_server->script("experiment/tags", {broken});
    const auto outcome = watch(m_client->tags(u"another"_s));
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->errors, 1);
    QCOMPARE(outcome->error.kind, Kind::BadAnswer);
}

void TestTransport::refusesABomb()
{
    const QByteArray packed = FaultServer::gzipped(QByteArray(200 << 20, ' ')).body;
    Answer answer = FaultServer::json(packed);
    answer.headers.emplaceBack("Content-Encoding", "gzip");
    QVERIFY(packed.size() < 1 << 20);
    m_server->script("workspaces", {answer});
    const auto outcome = watch(m_client->workspaces());
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->errors, 1);
    QCOMPARE(outcome->error.kind, Kind::TooLarge);
}

void TestTransport::takesBothContentTypes_data()
{
    QTest::addColumn<QByteArray>("contentType");
    QTest::newRow("json") << QByteArray("application/json");
    QTest::newRow("json with charset") << QByteArray("application/json;charset=utf-8");
    QTest::newRow("octets") << QByteArray("application/octet-stream");
    QTest::newRow("octets with charset") << QByteArray("application/octet-stream; charset=x");
    QTest::newRow("none") << QByteArray();
}

void TestTransport::takesBothContentTypes()
{
    QFETCH(QByteArray, contentType);
    Answer answer = FaultServer::json("{\"workspaceNames\": []}");
    answer.contentType = contentType;
    m_server->script("workspaces", {answer});
    const auto outcome = watch(m_client->workspaces());
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->values, 1);
}

void TestTransport::cancelsAtAnyMoment()
{
    Answer slow = FaultServer::json("{\"workspaceNames\": [\"w\"]}");
    slow.drip = 1;
    m_server->setDefault(slow);
    m_server->script("project/notes", {FaultServer::failure(500)});
    std::vector<std::shared_ptr<CallOutcome>> outcomes;
    std::vector<QPointer<ReplyBase>> replies;
    for (int i = 0; i < 300; ++i) {
        ReplyBase *reply = nullptr;
        if (i % 3 == 0) {
            auto *notes = m_client->projectNotes(u"1"_s);
            outcomes.push_back(watch(notes));
            reply = notes;
        } else {
            auto *names = m_client->workspaces();
            outcomes.push_back(watch(names));
            reply = names;
        }
        replies.emplace_back(reply);
        // Some at once, some a little later, some when half of the answer is there, some never.
        if (i % 5 == 0)
            reply->cancel();
        else if (i % 5 < 3)
            QTimer::singleShot(i % 40, reply, &ReplyBase::cancel);
    }
    QTRY_VERIFY_WITH_TIMEOUT(std::all_of(outcomes.begin(), outcomes.end(),
        [](const auto &outcome) { return outcome->ends == 1; }), 60'000);
    for (const auto &outcome : outcomes) {
        const bool isCancelled = outcome->values == 0 && outcome->error.kind == Kind::Cancelled;
        QCOMPARE(outcome->values + outcome->errors, isCancelled ? 0 : 1);
    }
    const auto next = watch(m_client->workspaces());
    QVERIFY(next->wait());
    QCOMPARE(next->values, 1);
    for (const auto &reply : replies)
        QVERIFY(!reply);
}

void TestTransport::cancelsQueuedAndRetrying()
{
    Transport::Policy policy = quick();
    policy.backOff = milliseconds(60'000);
    m_client->transport().setPolicy(policy);
    m_server->script("workspaces", {FaultServer::failure(500)});
    auto *retrying = m_client->workspaces();
    const auto outcome = watch(retrying);
    QTRY_COMPARE(int(m_client->requestLog().entries().size()), 1); // it waits for its second attempt
    m_server->hold();
    for (int i = 0; i < 6; ++i)
        sendRaw({.path = u"busy"_s});
    QTRY_COMPARE(m_server->count("busy"), 6);
    auto *queued = m_client->accountDetails();
    const auto queuedOutcome = watch(queued);
    retrying->cancel();
    queued->cancel();
    QCOMPARE(outcome->ends, 1);
    QCOMPARE(queuedOutcome->ends, 1);
    m_server->release();
    const auto last = sendRaw({.path = u"last"_s});
    QVERIFY(last->wait());
    QCOMPARE(last->values, 1);
    QCOMPARE(m_server->count("account-details"), 0);
    QCOMPARE(m_server->count("workspaces"), 1);
}

void TestTransport::dyingClientCancels()
{
    m_server->hold();
    std::vector<std::shared_ptr<CallOutcome>> outcomes;
    for (const NamedCall &call : allCalls())
        outcomes.push_back(call.start(*m_client));
    QTRY_COMPARE(int(m_server->seen().size()), 6);
    m_client.reset();
    for (const auto &outcome : outcomes) {
        QCOMPARE(outcome->ends, 1);
        QCOMPARE(outcome->error.kind, Kind::Cancelled);
        QCOMPARE(outcome->errors, 0);
    }
}

void TestTransport::clientMayDieInAHandler()
{
    m_server->script("workspaces", {FaultServer::json("{\"workspaceNames\": [\"w\"]}")});
    bool isThere = false;
    m_client->workspaces()->then(this, [&](const QStringList &names) {
        m_client.reset();
        isThere = names == QStringList{u"w"_s};
    });
    QTRY_VERIFY(isThere);

    init();
    m_server->setDefault(FaultServer::failure(401));
    bool isRefused = false;
    m_client->workspaces()->otherwise(this, [&](const Error &error) {
        m_client.reset();
        isRefused = error.kind == Kind::Unauthorized;
    });
    QTRY_VERIFY(isRefused);
}

void TestTransport::refusesOtherSchemes_data()
{
    QTest::addColumn<QUrl>("root");
    QTest::newRow("file") << QUrl(u"file:///etc/passwd"_s);
    QTest::newRow("ftp") << QUrl(u"ftp://localhost"_s);
    QTest::newRow("nothing") << QUrl();
    QTest::newRow("no host") << QUrl(u"http:///x"_s);
    QTest::newRow("no scheme") << QUrl(u"localhost:5000"_s);
}

void TestTransport::refusesOtherSchemes()
{
    QFETCH(QUrl, root);
    Client client(root, key);
    const auto outcome = watch(client.workspaces());
    QCOMPARE(outcome->ends, 0);
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->errors, 1);
    QCOMPARE(outcome->error.kind, Kind::Invalid);
}

void TestTransport::refusedConnection()
{
    const QUrl url = m_server->url();
    m_server.reset();
    const auto outcome = watch(m_client->workspaces());
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->errors, 1);
    QCOMPARE(outcome->error.kind, Kind::Offline);
    QVERIFY(outcome->error.sentence().contains("can't be reached"_L1));
    QCOMPARE(int(m_client->requestLog().entries().size()), 4);
    QCOMPARE(m_client->requestLog().entries().back().attempt, 4);
    QCOMPARE(m_client->requestLog().entries().back().status, 0);
}

void TestTransport::encodesQueriesAsPythonDoes()
{
    // Right side: what requests.models.RequestEncodingMixin makes of the same values.
    sendRaw({.path = u"experiments"_s, .query = {{u"workspaceName"_s, u"a b+c&d=e#f/g?h%i"_s},
        {u"projectName"_s, u"Grün 📈 ~_.-"_s}, {u"archived"_s, u"False"_s}}});
    QTRY_COMPARE(int(m_server->seen().size()), 1);
    QCOMPARE(m_server->seen()[0].query,
        QByteArray("workspaceName=a+b%2Bc%26d%3De%23f%2Fg%3Fh%25i&projectName=Gr%C3%BCn+%F0%9F%93%88+~_.-&archived=False"));
}

void TestTransport::unknownCertificateIsAnError()
{
    QSslConfiguration configuration;
    configuration.setLocalCertificate(QSslCertificate(selfSigned));
    configuration.setPrivateKey(QSslKey(privateKey, QSsl::Ec));
    QSslServer server;
    server.setSslConfiguration(configuration);
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QUrl url(u"https://127.0.0.1"_s);
    url.setPort(server.serverPort());
    Client client(url, key);
    client.transport().setPolicy(quick());
    QByteArray heard;
    connect(&server, &QSslServer::pendingConnectionAvailable, this, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [&heard, socket] { heard += socket->readAll(); });
    });
    const auto outcome = watch(client.workspaces());
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->error.kind, Kind::Tls);
    QVERIFY2(outcome->error.message.contains("self-signed"_L1), qPrintable(outcome->error.message));
    QCOMPARE(int(client.requestLog().entries().size()), 1); // no use in trying again
    QCOMPARE(heard, QByteArray());
}

QTEST_GUILESS_MAIN(TestTransport)
#include "tst_transport.moc"
