// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/pythontext.h"
#include "models/query/queryrun.h"
#include "tests/browse/localproject.h"
#include "tests/support/faultserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace query;
using Way = QueryRun::Way;

// The server is asked as it can be asked, and what it finds comes together.
class TestQueryRun : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void findsOnARealServer_data();
    void findsOnARealServer();
    void searchesWhereARefusalSaysSo_data();
    void searchesWhereARefusalSaysSo();
    void splitsWhereSearchIsUnknown_data();
    void splitsWhereSearchIsUnknown();
    void endsWherePagesRepeat();
    void failsOtherwise_data();
    void failsOtherwise();
    void asksNotForTooMuch();
    void diesQuietly();

private:
    QueryRun::Question question(const QString &text, const QString &version = u"3.60.0"_s) const
    {
        const Reading reading = fromPython(text);
        if (reading.problem)
            qFatal("%s", qPrintable(reading.problem->message));
        return {m_project.workspace, m_project.name, reading.expression, m_variables, api::Archived::No, version};
    }
    QString names(const QueryRun &run) const; // sorted letters; "all" for null

    LocalProject m_project;
    api::Client m_client{m_project.root(), m_project.apiKey()};
    QHash<QString, QString> m_names; // by key
    const Variables m_variables{{{u"acc"_s, Source::Metric, u"double"_s}, {u"opt"_s, Source::Parameter, u"string"_s}}};
};

void TestQueryRun::initTestCase()
{
    const auto make = [this](const QString &name, double acc, const QString &optimizer) {
        const QString key = m_project.addExperiment(name);
        m_names.insert(key, name);
        m_project.logMetric(key, u"acc"_s, acc, 1);
        if (!optimizer.isEmpty())
            m_project.logParameter(key, u"opt"_s, optimizer);
        return key;
    };
    m_project.addTag(make(u"a"_s, 0.9, u"adam"_s), u"good"_s);
    make(u"b"_s, 0.5, u"sgd"_s);
    make(u"c"_s, 0.1, {});
    m_project.archive(make(u"d"_s, 0.95, u"adam"_s));
}

QString TestQueryRun::names(const QueryRun &run) const
{
    if (!run.keys())
        return u"all"_s;
    QStringList result;
    for (const std::string &key : *run.keys())
        result += m_names.value(QString::fromStdString(key), u"?"_s);
    result.sort();
    return result.join(QString());
}

void TestQueryRun::findsOnARealServer_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("version");
    QTest::addColumn<api::Archived>("archived");
    QTest::addColumn<QString>("found");
    QTest::addColumn<Way>("way");
    QTest::addColumn<int>("questions");
    const auto add = [](const char *text, const char *version, api::Archived archived, const char *found, Way way, int questions) {
        QTest::addRow("%s %s %d", text, version, int(archived)) << QString::fromLatin1(text) << QString::fromLatin1(version)
            << archived << QString::fromLatin1(found) << way << questions;
    };
    using api::Archived;
    add("Metric('acc') > .4", "2.0.0", Archived::No, "ab", Way::Conjunction, 1);
    add("Metric('acc') > .4", "2.0.0", Archived::Yes, "d", Way::Conjunction, 1);
    add("Metric('acc') > .4", "2.0.0", Archived::Both, "abd", Way::Conjunction, 2);
    add("~(Tag('good') | (Metric('acc') > .7))", "", Archived::No, "bc", Way::Conjunction, 1);
    add("(Metric('acc') < .2) | Tag('good')", "3.60.0", Archived::No, "ac", Way::Nested, 1);
    add("(Metric('acc') < .2) | Tag('good')", "3.7.91", Archived::No, "ac", Way::Branches, 2);
    add("(Metric('acc') > .2) & ((Parameter('opt') == 'sgd') | Tag('good'))", "3.58", Archived::Both, "ab", Way::Nested, 2);
    add("(Metric('acc') > .2) & ((Parameter('opt') == 'sgd') | Tag('good'))", "", Archived::Both, "ab", Way::Branches, 4);
    add("~((Metric('acc') > .2) & (Parameter('opt') == 'adam'))", "3.60.0", Archived::No, "bc", Way::Nested, 1);
    add("Tag('nobody')", "3.60.0", Archived::No, "", Way::Conjunction, 1);
    add("", "3.60.0", Archived::No, "all", Way::Nothing, 0);
}

void TestQueryRun::findsOnARealServer()
{
    QFETCH(QString, text);
    QFETCH(QString, version);
    QFETCH(api::Archived, archived);
    QueryRun::Question question = this->question(text, version);
    question.archived = archived;
    QueryRun run(m_client, question);
    QSignalSpy finished(&run, &QueryRun::finished);
    QVERIFY(finished.wait());
    QTEST(names(run), "found");
    QTEST(run.way(), "way");
    QTEST(run.questions(), "questions");
    QVERIFY(!run.wayText().isEmpty());
}

void TestQueryRun::searchesWhereARefusalSaysSo_data()
{
    QTest::addColumn<api::Archived>("archived");
    QTest::addColumn<int>("questions");
    QTest::newRow("active") << api::Archived::No << 3;
    QTest::newRow("both") << api::Archived::Both << 5;
}

// A page that is shorter than a hundred is the last.
void TestQueryRun::searchesWhereARefusalSaysSo()
{
    QFETCH(api::Archived, archived);
    const auto page = [](int from, int count) {
        QByteArrayList experiments;
        for (int i = from; i < from + count; ++i)
            experiments += R"({"experimentKey": "k)" + QByteArray::number(i) + R"("})";
        return FaultServer::json(R"({"experiments": [)" + experiments.join(',') + "]}");
    };
    FaultServer server;
    api::Client client(server.url(), u"key"_s);
    server.script("project/query", {FaultServer::failure(400, "no OR here")});
    server.script("project", {FaultServer::json(R"({"projectId": "p7", "projectName": "p"})")});
    server.script("experiments/search", {page(0, 100), page(100, 5), page(105, 1)});
    QueryRun::Question question = this->question(u"Tag('x') | (Metric('acc') > 1)"_s);
    question.archived = archived;
    QueryRun run(client, question);
    QSignalSpy finished(&run, &QueryRun::finished);
    QVERIFY(finished.wait());
    QCOMPARE(run.way(), Way::Search);
    QTEST(run.questions(), "questions");
    QCOMPARE(run.keys()->size(), archived == api::Archived::Both ? 106u : 105u);
    const FaultServer::Seen &last = server.seen().back();
    QVERIFY(last.body.contains(R"("projectId": "p7")"));
    QVERIFY(last.body.contains(archived == api::Archived::Both ? R"("deleted": true)" : R"("page": 2)"));
}

void TestQueryRun::splitsWhereSearchIsUnknown_data()
{
    QTest::addColumn<QByteArray>("project");
    QTest::addColumn<int>("searches");
    QTest::newRow("no search") << QByteArray(R"({"projectId": "p7", "projectName": "p"})") << 1;
    QTest::newRow("no id") << QByteArray("{}") << 0;
}

void TestQueryRun::splitsWhereSearchIsUnknown()
{
    QFETCH(QByteArray, project);
    FaultServer server;
    api::Client client(server.url(), u"key"_s);
    server.script("project", {FaultServer::json(project)});
    server.script("experiments/search", {FaultServer::failure(404, "what?")});
    server.script("project/query", {FaultServer::failure(400, "no OR here"),
                                       FaultServer::json(R"({"experimentKeys": ["a", "b"]})"),
                                       FaultServer::json(R"({"experimentKeys": ["b", "c"]})")});
    QueryRun run(client, question(u"Tag('x') | (Metric('acc') > 1)"_s));
    QSignalSpy finished(&run, &QueryRun::finished);
    QVERIFY(finished.wait());
    QCOMPARE(*run.keys(), (KeySet{"a", "b", "c"}));
    QCOMPARE(run.way(), Way::Branches);
    QTEST(server.count("experiments/search"), "searches");
    QVERIFY(server.seen()[0].body.contains("\"nested\""));
    QVERIFY(!server.seen().back().body.contains("\"OR\""));
}

// A server that always sends the same page is not asked for ever.
void TestQueryRun::endsWherePagesRepeat()
{
    QByteArrayList experiments;
    for (int i = 0; i < 100; ++i)
        experiments += R"({"experimentKey": "k)" + QByteArray::number(i) + R"("})";
    FaultServer server;
    api::Client client(server.url(), u"key"_s);
    server.script("project/query", {FaultServer::failure(400, "no OR here")});
    server.script("project", {FaultServer::json(R"({"projectId": "p7", "projectName": "p"})")});
    server.script("experiments/search", {FaultServer::json(R"({"experiments": [)" + experiments.join(',') + "]}")});
    QueryRun run(client, question(u"Tag('x') | (Metric('acc') > 1)"_s));
    QSignalSpy finished(&run, &QueryRun::finished);
    QVERIFY(finished.wait());
    QCOMPARE(run.keys()->size(), 100u);
    QCOMPARE(server.count("experiments/search"), 2);
}

void TestQueryRun::failsOtherwise_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("text");
    QTest::newRow("refused") << 400 << u"Tag('x')"_s;
    QTest::newRow("not let in") << 401 << u"Tag('x') | Tag('y')"_s;
}

void TestQueryRun::failsOtherwise()
{
    QFETCH(int, status);
    QFETCH(QString, text);
    FaultServer server;
    api::Client client(server.url(), u"key"_s);
    server.setDefault(FaultServer::failure(status, "not so"));
    QueryRun run(client, question(text));
    QSignalSpy failed(&run, &QueryRun::failed);
    QVERIFY(failed.wait());
    QCOMPARE(failed.count(), 1);
    QCOMPARE(failed[0][0].value<api::Error>().httpStatus, status);
    QVERIFY(!run.keys());
    QCOMPARE(server.count("project/query"), 1);
}

void TestQueryRun::asksNotForTooMuch()
{
    QStringList pairs;
    for (int i = 0; i < 6; ++i)
        pairs += u"(Tag('a%1') | Tag('b%1'))"_s.arg(i);
    FaultServer server;
    api::Client client(server.url(), u"key"_s);
    QueryRun run(client, question(pairs.join(" & "_L1), u"2.0.0"_s));
    QSignalSpy failed(&run, &QueryRun::failed);
    QVERIFY(failed.wait());
    QVERIFY(failed[0][0].value<api::Error>().message.contains(u"32"_s));
    QVERIFY(server.seen().empty());
}

void TestQueryRun::diesQuietly()
{
    FaultServer server;
    server.hold();
    api::Client client(server.url(), u"key"_s);
    QSignalSpy unhandled(&client, &api::Client::unhandledError);
    QSignalSpy asked(&server, &FaultServer::asked);
    auto run = std::make_unique<QueryRun>(client, question(u"Tag('x')"_s));
    QVERIFY(asked.wait());
    run.reset();
    server.release();
    auto other = std::make_unique<QueryRun>(client, question(u"Tag('y')"_s));
    server.setDefault(FaultServer::json(R"({"experimentKeys": []})"));
    QSignalSpy finished(other.get(), &QueryRun::finished);
    QVERIFY(finished.wait());
    QCOMPARE(unhandled.count(), 0);
}

QTEST_GUILESS_MAIN(TestQueryRun)
#include "tst_queryrun.moc"
