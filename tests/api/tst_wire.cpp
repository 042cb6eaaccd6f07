// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What our client sends, byte by byte against what the official Python SDKs sent (tests/contract/*.jsonl).

#include "models/api/client.h"
#include "models/api/downloadfile.h"
#include "tests/support/faultserver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace api;
using namespace Qt::StringLiterals;
using Call = std::function<void(Client &)>;
Q_DECLARE_METATYPE(Call)

namespace {

const QString k = u"c352827bcdcb45e3ad40d0decec0b43c"_s;
const QString k2 = u"d452827bcdcb45e3ad40d0decec0b43d"_s;

// The requests that an SDK sent for a line of Python.
QJsonArray recorded(const QString &version, const QString &python)
{
    QFile file(QStringLiteral(TESTS_FOLDER "/contract/requests-sdk-%1.jsonl").arg(version));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    while (!file.atEnd()) {
        const QJsonObject line = QJsonDocument::fromJson(file.readLine()).object();
        if (line["python"_L1].toString() == python)
            return line["requests"_L1].toArray();
    }
    return {};
}

Rule rule(Column::Source source, const QString &name, const QString &type, const QString &op, const QString &value)
{
    return {{name, source, type}, op, value};
}

} // namespace

class TestWire : public QObject
{
    Q_OBJECT
private slots:
    void sendsWhatTheSdkSends_data();
    void sendsWhatTheSdkSends();

private:
    QTemporaryDir m_folder;
};

void TestWire::sendsWhatTheSdkSends_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("python");
    QTest::addColumn<int>("index"); // of the request among those of that line
    QTest::addColumn<Call>("call");

    const QString w = u"w"_s;
    const QString p = u"p"_s;
    const QString reference = u"3.8.1"_s;
    const QString newest = u"3.58.8"_s;
    const auto add = [](const QString &version, const char *python, int index, const Call &call) {
        QTest::addRow("%s: %s", qPrintable(version), python) << version << QString::fromLatin1(python) << index << call;
    };
    for (const QString &version : {reference, newest}) {
        add(version, "api.get_account_details()", 0, [](Client &c) { c.accountDetails(); });
        add(version, "api.get_workspaces()", 0, [](Client &c) { c.workspaces(); });
        add(version, "api.get_projects('w')", 0, [=](Client &c) { c.projects(w); });
        add(version, "api.get_project('w', 'p')", 0, [=](Client &c) { c.project(w, p); });
        add(version, "api.get_project_by_id('ebfbbc01')", 0, [](Client &c) { c.projectById(u"ebfbbc01"_s); });
        add(version, "api.get_project_notes('w', 'p')", 1, [](Client &c) { c.projectNotes(u"ebfbbc01"_s); });
        add(version, "experiment.get_metadata()", 0, [](Client &c) { c.experimentMetadata(k); });
        add(version, "experiment.get_metrics_summary()", 0, [](Client &c) { c.metricsSummary(k); });
        add(version, "experiment.get_parameters_summary()", 0, [](Client &c) { c.parameters(k); });
        add(version, "experiment.get_others_summary()", 0, [](Client &c) { c.others(k); });
        add(version, "experiment.get_tags()", 0, [](Client &c) { c.tags(k); });
        add(version, "api.get_metrics_for_chart([K], ['loss'], ['learning_rate'])", 0, [](Client &c) {
            c.metricsForChart({{k}, QStringList{u"loss"_s}, QStringList{u"learning_rate"_s}, true, false});
        });
        add(version, "api.get_metrics_for_chart([K, K2], ['loss', 'acc'], full=True, independent=False)", 0, [](Client &c) {
            c.metricsForChart({{k, k2}, QStringList{u"loss"_s, u"acc"_s}, std::nullopt, false, true});
        });
    }
    add(reference, "api.get_query_variables('w', 'p')", 0, [=](Client &c) { c.columnNames(w, p); });
    add(newest, "api.get_experiments('w', 'p')", 0, [=](Client &c) { c.experiments(w, p); });
    add(newest, "api.get_archived_experiments('w', 'p')", 0, [=](Client &c) { c.experiments(w, p, Archived::Yes); });
    add(newest, "experiment.register_model('net')", 0, [](Client &c) { c.serverVersion(); });

    const auto file = std::make_shared<DownloadFile>(m_folder.filePath(u"download.part"_s));
    const QString net = u"net"_s;
    for (const QString &version : {reference, newest}) {
        add(version, "api.download_registry_model('w', 'net', '1.0.0', D)", 0,
            [=](Client &c) { c.downloadRegistryModel(w, net, u"1.0.0"_s, {}, file); });
        add(version, "api.download_registry_model('w', 'net', output_path=D, expand=False)", 0,
            [=](Client &c) { c.downloadRegistryModel(w, net, {}, {}, file); });
        add(version, "api.download_registry_model('w', 'net', output_path=D, stage='production')", 0,
            [=](Client &c) { c.downloadRegistryModel(w, net, {}, u"production"_s, file); });
        add(version, "experiment.download_model('net', D)", 0, [=](Client &c) { c.downloadModel(k, net, file); });
    }
    add(reference, "experiment.get_asset('as1')", 0, [=](Client &c) { c.downloadAsset(k, u"as1"_s, file); });

    using Source = Column::Source;
    const auto query = [&](const char *python, const std::vector<Rule> &rules, bool archived = false) {
        add(reference, python, 1, [=](Client &c) { c.query(w, p, rules, archived); });
    };
    const QString number = u"double"_s;
    const QString string = u"string"_s;
    const Rule accuracy = rule(Source::Metric, u"acc"_s, number, u"greater"_s, u"0.98"_s);
    query("api.query('w', 'p', Metric('acc') > .98)", {accuracy});
    query("api.query('w', 'p', Metric('acc') > .98, archived=True)", {accuracy}, true);
    query("api.query('w', 'p', (Metric('loss') < .1) & (Parameter('learning_rate') >= 0.3))",
        {rule(Source::Metric, u"loss"_s, number, u"less"_s, u"0.1"_s),
            rule(Source::Parameter, u"learning_rate"_s, number, u"greater_or_equal"_s, u"0.3"_s)});
    query("api.query('w', 'p', Tag('My simple tag'))",
        {rule(Source::Tag, u"My simple tag"_s, string, u"equal"_s, u"\"My simple tag\""_s)});
    query("api.query('w', 'p', Metadata('duration') > (2 * 60))",
        {rule(Source::Metadata, u"duration"_s, u"timenumber"_s, u"greater"_s, u"120"_s)});
    query("api.query('w', 'p', ~Metric('acc').between(2, 3))",
        {rule(Source::Metric, u"acc"_s, number, u"not_between"_s, u"[\"2\", \"3\"]"_s)});
    query("api.query('w', 'p', (Metric('acc') > .5) & (Metric('loss') < 1) & Parameter('optimizer').startswith('ad'))",
        {rule(Source::Metric, u"acc"_s, number, u"greater"_s, u"0.5"_s),
            rule(Source::Metric, u"loss"_s, number, u"less"_s, u"1"_s),
            rule(Source::Parameter, u"optimizer"_s, string, u"begins_with"_s, u"\"ad\""_s)});
    query("api.query('w', 'p', Parameter('optimizer') == None)",
        {rule(Source::Parameter, u"optimizer"_s, string, u"is_null"_s, u"null"_s)});
    query("api.query('w', 'p', Other('Name') != '')",
        {rule(Source::Other, u"Name"_s, string, u"is_not_empty"_s, u"null"_s)});
}

void TestWire::sendsWhatTheSdkSends()
{
    QFETCH(QString, version);
    QFETCH(QString, python);
    QFETCH(int, index);
    QFETCH(Call, call);
    const QJsonArray requests = recorded(version, python);
    QVERIFY2(index < requests.size(), "not among the recordings");
    const QJsonObject expected = requests[index].toObject();

    FaultServer server;
    Client client(server.url(), u"key"_s);
    connect(&client, &Client::unhandledError, this, [](const Error &) {}); // {} is no answer
    QSignalSpy asked(&server, &FaultServer::asked);
    call(client);
    QVERIFY(asked.wait());
    const FaultServer::Seen &seen = server.seen().front();
    QCOMPARE(QString::fromLatin1(seen.verb), expected["verb"_L1].toString());
    QCOMPARE(QString::fromLatin1(seen.path), expected["path"_L1].toString());
    QCOMPARE(QString::fromLatin1(seen.query), expected["query"_L1].toString());
    QCOMPARE(QString::fromUtf8(seen.body), expected["body"_L1].toString());
}

QTEST_GUILESS_MAIN(TestWire)
#include "tst_wire.moc"
