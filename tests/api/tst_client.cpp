// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/client.h"
#include "models/api/requestlog.h"
#include "models/api/transport.h"
#include "tests/api/calls.h"
#include "tests/support/faultserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace api;
using namespace Qt::StringLiterals;
using Kind = Error::Kind;

class TestClient : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void dropsAllButTheRoot();
    void readsValues();
    void asksTwiceForBoth();
    void bothFailsOnce_data();
    void bothFailsOnce();
    void bothCanBeCancelled();
    void decodesBigAnswersElsewhere();
    void cancelsWhileDecoding();
    void tellsUnhandledErrors();
    void tellsProgress();
    void namesTheRequestOfABadAnswer();
    void dropsWhatBreaksAHeader();
    void asksNothingForNoExperiments();
    void expectsAFewWordsWhereThereCanBeNoMore();

private:
    std::unique_ptr<FaultServer> m_server;
    std::unique_ptr<Client> m_client;
};

namespace {

QByteArray listing(const QByteArray &prefix, int count, bool archived)
{
    QByteArray text = "{\"experiments\": [";
    for (int i = 0; i < count; ++i) {
        text += (i > 0 ? ", " : "") + QByteArray("{\"experimentKey\": \"") + prefix + QByteArray::number(i)
            + "\", \"experimentName\": null, \"archived\": " + (archived ? "true" : "false") + '}';
    }
    return text + "]}";
}

} // namespace

void TestClient::init()
{
    m_client.reset();
    m_server = std::make_unique<FaultServer>();
    m_client = std::make_unique<Client>(m_server->url(), u" key\n"_s);
    Transport::Policy policy;
    policy.backOff = std::chrono::milliseconds(1);
    m_client->transport().setPolicy(policy);
}

void TestClient::dropsAllButTheRoot()
{
    const Client client(QUrl(u"https://user:secret@host.example:8443/anything/clientlib/?a=1#b"_s), u"key"_s);
    QCOMPARE(client.root(), QUrl(u"https://host.example:8443"_s));
}

void TestClient::readsValues()
{
    m_server->script("/clientlib/isAlive/ver", {FaultServer::json("{\"version\": \"3.60.0\"}")});
    m_server->script("account-details", {FaultServer::json("{\"userName\": \"u\", \"defaultWorkspaceName\": \"w\"}")});
    m_server->script("experiments/multi-metric-chart", {FaultServer::json(
        R"({"experiments": {"k": {"metrics": [{"metricName": "loss", "values": [1, NaN]}], "params": {"lr": 0.5}}}})")});
    QString version;
    m_client->serverVersion()->then(this, [&](const QString &value) { version = value; });
    QTRY_COMPARE(version, u"3.60.0"_s);
    Account account;
    m_client->accountDetails()->then(this, [&](const Account &value) { account = value; });
    QTRY_COMPARE(account.userName + account.defaultWorkspace, u"uw"_s);
    ChartAnswer answer;
    m_client->metricsForChart({{u"k"_s}, QStringList{u"loss"_s}, QStringList{u"lr"_s}, true, true})
        ->then(this, [&](const ChartAnswer &value) { answer = value; });
    QTRY_COMPARE(int(answer.size()), 1);
    QCOMPARE(answer[0].parameters, QStringList{u"0.5"_s});
    QCOMPARE(answer[0].metrics[0].values[0], 1.0);
    QVERIFY(std::isnan(answer[0].metrics[0].values[1]));
}

void TestClient::expectsAFewWordsWhereThereCanBeNoMore()
{
    const QByteArray tooMuch = "{\"userName\": \"" + QByteArray(Request::shortLimit, 'u') + "\"}";
    m_server->setDefault(FaultServer::json(tooMuch));
    const auto fails = [](const auto &outcome) { return outcome->wait() && outcome->error.kind == Kind::TooLarge; };
    QVERIFY(fails(watch(m_client->serverVersion())));
    QVERIFY(fails(watch(m_client->accountDetails())));
    QVERIFY(fails(watch(m_client->createProject(u"w"_s, u"p"_s, {}, false))));
    m_server->setDefault(FaultServer::json("{\"notes\": \"" + QByteArray(Request::shortLimit, 'n') + "\"}"));
    QString notes;
    m_client->projectNotes(u"p"_s)->then(this, [&](const QString &value) { notes = value; });
    QTRY_COMPARE(notes.size(), Request::shortLimit); // of people's own texts there may be more
}

void TestClient::asksTwiceForBoth()
{
    m_server->script("experiments", {FaultServer::json(listing("active", 3, false)), FaultServer::json(listing("old", 2, true))});
    QStringList keys;
    QList<int> archived;
    m_client->experiments(u"w"_s, u"p"_s, Archived::Both)->then(this, [&](const Experiments &all) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            keys += all.keys.at(i);
            archived += all.archived[i];
        }
    });
    QTRY_COMPARE(keys, QStringList({u"active0"_s, u"active1"_s, u"active2"_s, u"old0"_s, u"old1"_s}));
    QCOMPARE(archived, QList<int>({0, 0, 0, 1, 1}));
    QVERIFY(m_server->seen()[0].query.endsWith("&archived=False"));
    QVERIFY(m_server->seen()[1].query.endsWith("&archived=True"));

    // A server that lists everything whatever it is asked: each experiment comes once.
    QByteArray mixed = listing("active", 2, false);
    mixed.chop(2);
    mixed += ", {\"experimentKey\": \"old\", \"archived\": true}]}";
    m_server->script("experiments", {FaultServer::json(mixed)});
    keys.clear();
    m_client->experiments(u"w"_s, u"p"_s, Archived::Both)->then(this, [&](const Experiments &all) {
        for (std::size_t i = 0; i < all.size(); ++i)
            keys += all.keys.at(i);
    });
    QTRY_COMPARE(keys, QStringList({u"active0"_s, u"active1"_s, u"old"_s}));
}

void TestClient::bothFailsOnce_data()
{
    QTest::addColumn<int>("failing");
    QTest::newRow("the first") << 0;
    QTest::newRow("the second") << 1;
}

void TestClient::bothFailsOnce()
{
    QFETCH(int, failing);
    std::deque<FaultServer::Answer> answers{FaultServer::json(listing("a", 1, false))};
    answers.insert(answers.begin() + failing, FaultServer::failure(403));
    m_server->script("experiments", answers);
    QSignalSpy unhandled(m_client.get(), &Client::unhandledError);
    const auto outcome = watch(m_client->experiments(u"w"_s, u"p"_s, Archived::Both));
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->errors, 1);
    QCOMPARE(outcome->error.kind, Kind::Forbidden);
    QCOMPARE(int(m_server->seen().size()), failing + 1);
    QCOMPARE(unhandled.count(), 0);
}

void TestClient::bothCanBeCancelled()
{
    m_server->hold();
    auto *reply = m_client->experiments(u"w"_s, u"p"_s, Archived::Both);
    const auto outcome = watch(reply);
    QTRY_COMPARE(int(m_server->seen().size()), 1);
    reply->cancel();
    QCOMPARE(outcome->ends, 1);
    QTRY_COMPARE(int(m_client->requestLog().entries().size()), 1); // the request under way was given up
    m_server->release();
    const auto next = watch(m_client->workspaces());
    QVERIFY(next->wait());
    QCOMPARE(m_server->count("experiments"), 1);
}

void TestClient::decodesBigAnswersElsewhere()
{
    m_server->script("experiments", {FaultServer::json(listing("k", 20'000, false))});
    std::size_t count = 0;
    QThread *thread = nullptr;
    m_client->experiments(u"w"_s, u"p"_s)->then(this, [&](const Experiments &all) {
        count = all.size();
        thread = QThread::currentThread();
    });
    QTRY_COMPARE(int(count), 20'000);
    QCOMPARE(thread, QThread::currentThread());

    QByteArray broken = listing("k", 20'000, false);
    broken.replace("\"k19999\"", "[]");
    m_server->script("experiments", {FaultServer::json(broken)});
    const auto outcome = watch(m_client->experiments(u"w"_s, u"p"_s));
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->error.message, u"experiments[19999].experimentKey: a text was expected"_s);
    QCOMPARE(outcome->error.request, u"GET experiments"_s);
}

void TestClient::cancelsWhileDecoding()
{
    m_server->setDefault(FaultServer::json(listing("k", 20'000, false)));
    for (int i = 0; i < 5; ++i) {
        auto *reply = m_client->experiments(u"w"_s, u"p"_s);
        const auto outcome = watch(reply);
        // The log has an entry once the body is there; then only decoding is left.
        connect(&m_client->requestLog(), &RequestLog::added, reply, &ReplyBase::cancel, Qt::QueuedConnection);
        QVERIFY(outcome->wait());
        QCOMPARE(outcome->ends, 1);
        QCOMPARE(outcome->error.kind, Kind::Cancelled);
    }
    m_client->experiments(u"w"_s, u"p"_s);
    QSignalSpy added(&m_client->requestLog(), &RequestLog::added);
    QVERIFY(added.wait());
    m_client.reset(); // while another thread decodes
}

void TestClient::tellsUnhandledErrors()
{
    m_server->setDefault(FaultServer::failure(401, "no"));
    QSignalSpy unhandled(m_client.get(), &Client::unhandledError);
    m_client->workspaces()->then(this, [](const QStringList &) {});
    QVERIFY(unhandled.wait());
    QCOMPARE(unhandled.first().first().value<Error>().kind, Kind::Unauthorized);
    const auto handled = watch(m_client->workspaces());
    QVERIFY(handled->wait());
    m_client->workspaces()->cancel();
    QCOMPARE(unhandled.count(), 1);
}

void TestClient::tellsProgress()
{
    const QByteArray body = listing("k", 50'000, false);
    m_server->script("experiments", {FaultServer::json(body)});
    auto *reply = m_client->experiments(u"w"_s, u"p"_s);
    qint64 last = 0;
    qint64 whole = 0;
    bool isRising = true;
    connect(reply, &ReplyBase::progress, this, [&](qint64 done, qint64 total) {
        isRising = isRising && done >= last;
        last = done;
        whole = total;
    });
    const auto outcome = watch(reply);
    QVERIFY(outcome->wait());
    QVERIFY(isRising);
    QCOMPARE(last, body.size());
    QCOMPARE(whole, body.size());
}

void TestClient::namesTheRequestOfABadAnswer()
{
    m_server->setDefault(FaultServer::json("[]"));
    const auto outcome = watch(m_client->tags(u"k"_s));
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->error.request, u"GET experiment/tags"_s);
}

void TestClient::dropsWhatBreaksAHeader()
{
    const auto trimmed = watch(m_client->workspaces());
    QVERIFY(trimmed->wait());
    QCOMPARE(m_server->seen().back().headers.value("authorization"), QByteArray("key"));
    Client evil(m_server->url(), u"key\r\nX-Evil: 1"_s);
    const auto outcome = watch(evil.workspaces());
    QVERIFY(outcome->wait());
    QVERIFY(!m_server->seen().back().headers.contains("x-evil"));
}

void TestClient::asksNothingForNoExperiments()
{
    const auto outcome = watch(m_client->metricsForChart({}));
    QCOMPARE(outcome->ends, 0);
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->values, 1);
    QCOMPARE(int(m_server->seen().size()), 0);
}

QTEST_GUILESS_MAIN(TestClient)
#include "tst_client.moc"
