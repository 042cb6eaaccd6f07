// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The client against the local server: two readings of the protocol that share no code must agree.

#include "app/localserver/server.h"
#include "models/api/querybody.h"
#include "models/api/transport.h"
#include "tests/support/outcome.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace api;
using namespace Qt::StringLiterals;

class TestLocalServer : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void knowsWhoWeAre();
    void listsTheProject();
    void listsExperiments();
    void tellsWhatWasLogged();
    void chartsKeepEveryNumber();
    void answersQueries();
    void archivesByGet();
    void refusesAWrongKey();
    void saysWhatIsNotThere();

private:
    QByteArray send(const Request &request);
    QByteArray write(const QString &path, const QByteArray &body);
    template<class T>
    T valueOf(Reply<T> *reply);

    QTemporaryDir m_folder;
    std::unique_ptr<localserver::Server> m_server;
    std::unique_ptr<Client> m_client;
    QString m_workspace;
    QString m_key;
};

QByteArray TestLocalServer::send(const Request &request)
{
    auto *reply = new Reply<QByteArray>(m_client.get());
    QByteArray answer;
    reply->then(this, [&answer](const QByteArray &body) { answer = body; });
    m_client->transport().send(request, reply, [reply](Result<QByteArray> body) { reply->finish(std::move(body)); });
    watch(reply)->wait();
    return answer;
}

QByteArray TestLocalServer::write(const QString &path, const QByteArray &body)
{
    return send({.verb = "POST", .path = u"write/"_s + path, .body = body});
}

template<class T>
T TestLocalServer::valueOf(Reply<T> *reply)
{
    T value{};
    reply->then(this, [&value](const T &read) { value = read; });
    const auto outcome = watch(reply);
    outcome->wait();
    if (outcome->values != 1)
        QTest::qFail(qPrintable(outcome->error.request + u": "_s + outcome->error.sentence()), __FILE__, __LINE__);
    return value;
}

void TestLocalServer::initTestCase()
{
    m_server = std::make_unique<localserver::Server>(
        localserver::Options{0, m_folder.filePath(u"data.db"_s).toStdString(), "the-key"});
    m_client = std::make_unique<Client>(QUrl(QString::fromStdString(m_server->url())), u"the-key"_s);
    m_workspace = valueOf(m_client->accountDetails()).defaultWorkspace;
    QVERIFY(!m_workspace.isEmpty());
    const QByteArray workspace = m_workspace.toUtf8();
    const QByteArray made = write(u"experiment/create"_s, "{\"workspaceName\": \"" + workspace
        + "\", \"projectName\": \"a project\", \"experimentName\": \"Gr\\u00fcn \\ud83d\\udcc8\"}");
    m_key = QJsonDocument::fromJson(made).object()["experimentKey"_L1].toString();
    QVERIFY2(!m_key.isEmpty(), made.constData());
    const QByteArray key = "{\"experimentKey\": \"" + m_key.toLatin1() + "\", ";
    int step = 0;
    for (const char *value : {"0.5", "NaN", "Infinity", "-Infinity", "0.25"}) {
        write(u"experiment/metric"_s, key + "\"metricName\": \"loss\", \"metricValue\": " + value + ", \"step\": "
                + QByteArray::number(step++) + ", \"timestamp\": 1700000000000}");
    }
    write(u"experiment/parameter"_s, key + "\"parameterName\": \"optimizer\", \"parameterValue\": \"adam\"}");
    write(u"experiment/tags"_s, key + "\"addedTags\": [\"x\", \"y z\"]}");
    write(u"experiment/log-other"_s, key + "\"key\": \"note\", \"value\": \"it's \\\"quoted\\\"\"}");
}

void TestLocalServer::knowsWhoWeAre()
{
    QVERIFY(!valueOf(m_client->accountDetails()).userName.isEmpty());
    QVERIFY(valueOf(m_client->serverVersion()).contains(u'.'));
    QVERIFY(valueOf(m_client->workspaces()).contains(m_workspace));
}

void TestLocalServer::listsTheProject()
{
    const std::vector<Project> all = valueOf(m_client->projects(m_workspace));
    QCOMPARE(int(all.size()), 1);
    QCOMPARE(all[0].name, u"a project"_s);
    QCOMPARE(all[0].experimentCount, 1);
    QCOMPARE(valueOf(m_client->project(m_workspace, u"a project"_s)).id, all[0].id);
    QCOMPARE(valueOf(m_client->projectById(all[0].id)).workspace, m_workspace);
    bool hasLoss = false;
    for (const Column &column : valueOf(m_client->columnNames(m_workspace, u"a project"_s)))
        hasLoss = hasLoss || (column.name == u"loss"_s && column.source == Column::Source::Metric && column.type == u"double"_s);
    QVERIFY(hasLoss);
}

void TestLocalServer::listsExperiments()
{
    const Experiments active = valueOf(m_client->experiments(m_workspace, u"a project"_s));
    QCOMPARE(int(active.size()), 1);
    QCOMPARE(active.keys.at(0), m_key);
    QCOMPARE(active.names.at(0), u"Grün 📈"_s);
    QVERIFY(active.starts[0] > 1'600'000'000'000);
    QCOMPARE(int(valueOf(m_client->experiments(m_workspace, u"a project"_s, Archived::Yes)).size()), 0);
    QCOMPARE(int(valueOf(m_client->experiments(m_workspace, u"a project"_s, Archived::Both)).size()), 1);
}

void TestLocalServer::tellsWhatWasLogged()
{
    const Metadata metadata = valueOf(m_client->experimentMetadata(m_key));
    QCOMPARE(metadata.project, u"a project"_s);
    QCOMPARE(metadata.workspace, m_workspace);
    const Summaries metrics = valueOf(m_client->metricsSummary(m_key));
    QCOMPARE(int(metrics.size()), 1);
    QCOMPARE(metrics[0].current, u"0.25"_s);
    QCOMPARE(metrics[0].currentStep, u"4"_s);
    const Summaries parameters = valueOf(m_client->parameters(m_key));
    QCOMPARE(parameters.at(0).name + u'=' + parameters.at(0).current, u"optimizer=adam"_s);
    QStringList others;
    for (const Summary &other : valueOf(m_client->others(m_key)))
        others += other.name + u'=' + other.current;
    QVERIFY2(others.contains(u"note=it's \"quoted\""_s), qPrintable(others.join(u'|')));
    QStringList tags = valueOf(m_client->tags(m_key));
    tags.sort();
    QCOMPARE(tags, QStringList({u"x"_s, u"y z"_s}));
}

void TestLocalServer::chartsKeepEveryNumber()
{
    for (const bool full : {true, false}) {
        const ChartAnswer answer = valueOf(m_client->metricsForChart(
            {{m_key}, QStringList{u"loss"_s}, QStringList{u"optimizer"_s, u"nothing"_s}, true, full}));
        QCOMPARE(int(answer.size()), 1);
        QCOMPARE(answer[0].key, m_key);
        QCOMPARE(answer[0].parameters, QStringList({u"adam"_s, QString()}));
        const MetricSeries &loss = answer[0].metrics.at(0);
        QCOMPARE(loss.steps, std::vector<double>({0, 1, 2, 3, 4}));
        QCOMPARE(loss.values[0], 0.5);
        QVERIFY(std::isnan(loss.values[1]));
        QVERIFY(std::isinf(loss.values[2]) && loss.values[2] > 0);
        QVERIFY(std::isinf(loss.values[3]) && loss.values[3] < 0);
        QCOMPARE(loss.values[4], 0.25);
    }
}

void TestLocalServer::answersQueries()
{
    const Rule good{{u"loss"_s, Column::Source::Metric, u"double"_s}, u"less"_s, u"0.3"_s};
    const Rule bad{{u"loss"_s, Column::Source::Metric, u"double"_s}, u"greater"_s, u"0.3"_s};
    const Rule adam{{u"optimizer"_s, Column::Source::Parameter, u"string"_s}, u"equal"_s, u"\"adam\""_s};
    QCOMPARE(valueOf(m_client->query(m_workspace, u"a project"_s, api::predicates({good, adam}), false)), QStringList{m_key});
    QCOMPARE(valueOf(m_client->query(m_workspace, u"a project"_s, api::predicates({good, bad}), false)), QStringList());
}

void TestLocalServer::archivesByGet()
{
    const auto archived = [this] {
        return int(valueOf(m_client->experiments(m_workspace, u"a project"_s, Archived::Yes)).size());
    };
    QVERIFY(!send({.path = u"write/experiment/archive"_s, .query = {{u"experimentKey"_s, m_key}}}).isEmpty());
    QCOMPARE(archived(), 1);
    QVERIFY(!send({.path = u"write/experiment/restore"_s, .query = {{u"experimentKey"_s, m_key}}}).isEmpty());
    QCOMPARE(archived(), 0);
}

void TestLocalServer::refusesAWrongKey()
{
    Client stranger(QUrl(QString::fromStdString(m_server->url())), u"another key"_s);
    const auto outcome = watch(stranger.workspaces());
    QVERIFY(outcome->wait());
    QCOMPARE(outcome->error.kind, Error::Kind::Unauthorized);
}

void TestLocalServer::saysWhatIsNotThere()
{
    const auto project = watch(m_client->project(m_workspace, u"no such project"_s));
    QVERIFY(project->wait());
    QCOMPARE(project->error.kind, Error::Kind::NotFound);
    const auto experiment = watch(m_client->experimentMetadata(u"no such key"_s));
    QVERIFY(experiment->wait());
    QVERIFY(experiment->error.kind == Error::Kind::NotFound || experiment->error.kind == Error::Kind::Invalid);
}

QTEST_GUILESS_MAIN(TestLocalServer)
#include "tst_localserver.moc"
