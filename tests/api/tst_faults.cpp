// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Every call of the client, and every kind of write, against everything a server can do wrong.

#include "models/api/transport.h"
#include "tests/api/calls.h"
#include "tests/support/faultserver.h"

#include <QTest>

using namespace api;
using namespace Qt::StringLiterals;
using std::chrono::milliseconds;
using Kind = Error::Kind;
using Answer = FaultServer::Answer;

namespace {

Transport::Policy quick()
{
    Transport::Policy policy;
    policy.backOff = milliseconds(1);
    return policy;
}

} // namespace

class TestFaults : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void everyCallSurvives_data();
    void everyCallSurvives();
    void writesAreNeverRepeated_data();
    void writesAreNeverRepeated();

private:
    std::shared_ptr<CallOutcome> sendRaw(const Request &request);

    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<Client> m_client;
};

void TestFaults::init()
{
    m_server = std::make_unique<FaultServer>();
    m_client = std::make_unique<Client>(m_server->url(), u"key"_s);
    m_client->transport().setPolicy(quick());
}

void TestFaults::cleanup()
{
    m_client.reset();
    m_server.reset();
}

std::shared_ptr<CallOutcome> TestFaults::sendRaw(const Request &request)
{
    auto *reply = new Reply<QByteArray>(m_client.get());
    m_client->transport().send(request, reply, [reply](Result<QByteArray> body) { reply->finish(std::move(body)); });
    return watch(reply);
}

void TestFaults::everyCallSurvives_data()
{
    QTest::addColumn<int>("call");
    QTest::addColumn<int>("fault");
    QTest::addColumn<QList<int>>("kinds"); // empty: a value is expected
    QTest::addColumn<int>("requests"); // negative: or more, where Qt repeats reads by itself

    const QList<int> value;
    const auto only = [](Kind kind) { return QList<int>{int(kind)}; };
    const QList<std::tuple<const char *, QList<int>, int>> faults{
        {"good", value, 1}, {"drip", value, 1}, {"500 then 200", value, 2}, {"503 then 200", value, 2},
        {"429 then 200", value, 2}, {"cut then 200", value, -2},
        {"401", only(Kind::Unauthorized), 1}, {"402", only(Kind::Forbidden), 1}, {"403", only(Kind::Forbidden), 1},
        {"404", only(Kind::NotFound), 1}, {"400", only(Kind::Invalid), 1}, {"429", only(Kind::RateLimited), 4},
        {"500", only(Kind::Server), 4}, {"501", only(Kind::Server), 1}, {"502", only(Kind::Server), 4},
        {"504", only(Kind::Server), 4}, {"cut", only(Kind::Offline), -4}, {"wrong length", only(Kind::Offline), -4},
        {"closed at once", only(Kind::Offline), -4}, {"half JSON", only(Kind::BadAnswer), 1},
        {"web page", only(Kind::BadAnswer), 1}, {"another shape", only(Kind::BadAnswer), 1},
        {"a word", only(Kind::BadAnswer), 1}, {"empty", only(Kind::BadAnswer), 1},
        {"silent", only(Kind::Timeout), 1}, {"another host", only(Kind::Redirected), 1},
        {"1 GB", only(Kind::TooLarge), 1}, {"1 GB of unknown length", only(Kind::TooLarge), 1},
    };
    for (int call = 0; call < int(allCalls().size()); ++call) {
        for (int fault = 0; fault < int(faults.size()); ++fault) {
            const auto &[name, kinds, requests] = faults[fault];
            QTest::addRow("%s: %s", allCalls()[std::size_t(call)].name, name) << call << fault << kinds << requests;
        }
    }
}

void TestFaults::everyCallSurvives()
{
    QFETCH(int, call);
    QFETCH(QList<int>, kinds);
    QFETCH(int, requests);
    const NamedCall &named = allCalls()[std::size_t(call)];
    const Answer good = FaultServer::json(named.goodAnswer);
    const QByteArray fault = QByteArray(QTest::currentDataTag()).mid(qstrlen(named.name) + 2);

    FaultServer other;
    Transport::Policy policy = quick();
    Answer answer = good;
    std::deque<Answer> script;
    if (fault == "drip") {
        answer.drip = 1;
    } else if (fault.endsWith(" then 200") && fault[0] != 'c') {
        script.push_back(FaultServer::failure(fault.left(3).toInt()));
    } else if (fault == "cut then 200") {
        script.push_back(good);
        script.back().cutAfter = good.body.size() / 2;
    } else if (fault == "cut") {
        answer.cutAfter = good.body.size() / 2;
    } else if (fault == "wrong length") {
        answer.claimedLength = good.body.size() + 7;
    } else if (fault == "closed at once") {
        answer = FaultServer::closed();
    } else if (fault == "half JSON") {
        answer.body.chop(good.body.size() / 2);
    } else if (fault == "web page") {
        answer = FaultServer::webPage();
    } else if (fault == "another shape") {
        answer.body = "[[1, {\"a\": 2}]]";
    } else if (fault == "a word") {
        answer.body = "true";
    } else if (fault == "empty") {
        answer.body = "";
    } else if (fault == "silent") {
        answer = FaultServer::silent();
        policy.silence = milliseconds(200);
    } else if (fault == "another host") {
        answer = FaultServer::redirect(other.url());
    } else if (fault.startsWith("1 GB")) {
        answer.body = QByteArray(1 << 20, '1');
        answer.repeat = 1024;
        answer.hasLength = fault == "1 GB";
    } else if (fault.toInt() > 0) {
        answer = FaultServer::failure(fault.toInt(), "because");
    }
    script.push_back(answer);
    m_server->script(named.path, script);
    m_client->transport().setPolicy(policy);

    const auto outcome = named.start(*m_client);
    QCOMPARE(outcome->ends, 0); // never inside the call
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->ends, 1);
    QCOMPARE(outcome->values, kinds.isEmpty() ? 1 : 0);
    QCOMPARE(outcome->errors, kinds.isEmpty() ? 0 : 1);
    if (!kinds.isEmpty()) {
        QCOMPARE(int(outcome->error.kind), kinds.first());
        QVERIFY(!outcome->error.sentence().isEmpty());
        QVERIFY(outcome->error.request.endsWith(QString::fromLatin1(named.path[0] == '/' ? named.path + 1 : named.path)));
    }
    if (fault.toInt() > 0 && !fault.contains("then")) {
        QCOMPARE(outcome->error.httpStatus, fault.toInt());
        QCOMPARE(outcome->error.message, u"because"_s);
        QCOMPARE(outcome->error.serverCode, 90212);
    }
    if (fault == "web page")
        QVERIFY(outcome->error.sentence().contains("isn't a Comet server"_L1));
    if (requests >= 0)
        QCOMPARE(m_server->count(named.path), requests);
    else
        QVERIFY(m_server->count(named.path) >= -requests);
    QCOMPARE(int(other.seen().size()), 0);
    // Whatever went wrong, the next call works.
    m_server->script(named.path, {good});
    const auto next = named.start(*m_client);
    QVERIFY(next->wait());
    QCOMPARE(next->values, 1);
}

void TestFaults::writesAreNeverRepeated_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("fault");
    const QList<std::pair<QByteArray, QString>> writes{
        {"GET", u"write/experiment/archive"_s}, {"GET", u"write/experiment/stop"_s},
        {"GET", u"write/registry-model/item/stage"_s}, {"GET", u"write/project/add-share-link"_s},
        {"POST", u"write/project/notes"_s}, {"POST", u"write/experiment/log-other"_s},
        {"PUT", u"write/experiment/dependencies"_s},
    };
    for (const auto &[verb, path] : writes) {
        for (const char *fault : {"closed", "cut", "silent", "429", "500", "502", "503", "redirect", "stale connection"}) {
            QTest::addRow("%s %s: %s", verb.constData(), qPrintable(path), fault)
                << verb << path << QString::fromLatin1(fault);
        }
    }
}

void TestFaults::writesAreNeverRepeated()
{
    QFETCH(QByteArray, verb);
    QFETCH(QString, path);
    QFETCH(QString, fault);
    Transport::Policy policy = quick();
    Answer answer = FaultServer::json("{\"msg\": \"Saved\"}");
    if (fault == "closed"_L1 || fault == "stale connection"_L1)
        answer = FaultServer::closed();
    else if (fault == "cut"_L1)
        answer.cutAfter = 3;
    else if (fault == "silent"_L1)
        answer = FaultServer::silent();
    else if (fault == "redirect"_L1)
        answer = FaultServer::redirect(m_server->url().resolved(QUrl(u"/elsewhere"_s)), 307);
    else
        answer = FaultServer::failure(fault.toInt(), "no", 0);
    if (fault == "silent"_L1)
        policy.silence = milliseconds(200);
    m_client->transport().setPolicy(policy);
    if (fault == "stale connection"_L1) { // an idle one is reused, and closed under the request
        const auto read = sendRaw({.path = u"workspaces"_s});
        QVERIFY(read->wait());
    QCOMPARE(read->values, 1);
    }
    m_server->script(path.toLatin1(), {answer});

    Request request{.verb = verb, .path = path, .query = {{u"experimentKey"_s, u"k"_s}}};
    if (verb != "GET")
        request.body = "{\"a\": 1}";
    const auto outcome = sendRaw(request);
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->errors, 1);
    // Long enough for anything that would be sent again: a later answer on the same server.
    const auto later = sendRaw({.path = u"workspaces"_s});
    QVERIFY(later->wait());
    QCOMPARE(later->values, 1);
    QCOMPARE(m_server->count(path.toLatin1()), 1);
    QCOMPARE(m_server->count("/elsewhere"), 0);
}

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
