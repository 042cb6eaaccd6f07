// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What our client sends, byte by byte against what the official Python SDKs sent (tests/contract/*.jsonl).

#include "models/api/client.h"
#include "models/api/querybody.h"
#include "tests/support/faultserver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QSignalSpy>
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

struct Row
{
    QString version;
    QString python;
    int index; // of the request among those of that line
    int ours; // and of the one among ours
    Call call;
};

std::vector<Row> rows()
{
    std::vector<Row> rows;
    const QString w = u"w"_s;
    const QString p = u"p"_s;
    const QString reference = u"3.8.1"_s;
    const QString newest = u"3.58.8"_s;
    const auto add = [&rows](const QString &version, const char *python, int index, const Call &call, int ours = 0) {
        rows.push_back({version, QString::fromUtf8(python), index, ours, call});
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
        add(version, "api.get()", 0, [](Client &c) { c.workspaces(); });
        add(version, "api.get('w')", 0, [=](Client &c) { c.projects(w); });
        add(version, "api.get_project_notes('w', 'p')", 0, [=](Client &c) { c.project(w, p); });
        add(version, "api.get_experiment('w', 'p', K)", 0, [](Client &c) { c.experimentMetadata(k); });
        add(version, "api.get_experiment_by_id(K)", 0, [](Client &c) { c.experimentMetadata(k); });
        add(version, "experiment.get_name()", 0, [](Client &c) { c.others(k); });

        add(version, "api.create_project('w', 'new project', 'a description', True)", 0,
            [=](Client &c) { c.createProject(w, u"new project"_s, u"a description"_s, true); });
        add(version, "api.create_project('w', 'new')", 0, [=](Client &c) { c.createProject(w, u"new"_s, {}, false); });
        add(version, "api.update_project('w', 'p', 'q', 'about \"\303\251\"', False)", 0, [=](Client &c) {
            c.updateProject(w, p, {.name = u"q"_s, .description = u"about \"\u00e9\""_s, .isPublic = false});
        });
        add(version, "api.update_project('w', 'p', public=True)", 0,
            [=](Client &c) { c.updateProject(w, p, {.isPublic = true}); });
        add(version, "api.update_project_by_id('ebfbbc01', 'q')", 0,
            [](Client &c) { c.updateProjectById(u"ebfbbc01"_s, {.name = u"q"_s}); });
        add(version, "api.delete_project('w', 'p', delete_experiments=True)", 0,
            [=](Client &c) { c.deleteProject(w, p, true); });
        add(version, "api.delete_project(project_id='ebfbbc01')", 0,
            [](Client &c) { c.deleteProjectById(u"ebfbbc01"_s, false); });
        add(version, "api.set_project_notes('w', 'p', '# Notes\\n\\nline')", 1,
            [](Client &c) { c.setProjectNotes(u"ebfbbc01"_s, u"# Notes\n\nline"_s); });
        add(version, "api.get_project_share_keys('ebfbbc01')", 0, [](Client &c) { c.projectShareKeys(u"ebfbbc01"_s); });
        add(version, "api.create_project_share_key('ebfbbc01')", 0,
            [](Client &c) { c.createProjectShareKey(u"ebfbbc01"_s); });
        add(version, "api.delete_project_share_key('ebfbbc01', 'sc1')", 0,
            [](Client &c) { c.deleteProjectShareKey(u"ebfbbc01"_s, u"sc1"_s); });

        add(version, "api.delete_experiment(K)", 0, [](Client &c) { c.deleteExperiment(k); });
        add(version, "api.delete_experiments([K, K2])", 1, [](Client &c) { c.deleteExperiment(k2); });
        add(version, "api.archive_experiment(K)", 0, [](Client &c) { c.archiveExperiment(k); });
        add(version, "api.archive_experiments([K, K2])", 1, [](Client &c) { c.archiveExperiment(k2); });
        add(version, "experiment.archive()", 0, [](Client &c) { c.archiveExperiment(k); });
        add(version, "api.restore_experiment(K)", 0, [](Client &c) { c.restoreExperiment(k); });
        add(version, "api.stop_experiment(K)", 0, [](Client &c) { c.stopExperiment(k); });
        add(version, "api.move_experiments([K, K2], 'w', 'q')", 0,
            [=](Client &c) { c.moveExperiments({k, k2}, w, u"q"_s, false); });
        add(version, "api.move_experiments([K], 'w', 'q', symlink=True)", 0,
            [=](Client &c) { c.moveExperiments({k}, w, u"q"_s, true); });
        add(version, "experiment.create_symlink('q')", 0, [](Client &c) { c.createSymlink(k, u"q"_s); });
        add(version, "experiment.add_tags(['x', 'y'])", 0, [](Client &c) { c.addTags(k, {u"x"_s, u"y"_s}); });
        add(version, "experiment.log_other('k', 'v')", 0, [](Client &c) { c.logOther(k, u"k"_s, u"v"_s); });
        add(version, "experiment.set_name('new name')", 0, [](Client &c) { c.logOther(k, u"Name"_s, u"new name"_s); });

        const QString net = u"net"_s;
        const QString item = u"item1"_s;
        add(version, "api.get_registry_model_names('w')", 0, [=](Client &c) { c.registryModels(w); });
        add(version, "api.get_registry_model_count('w')", 0, [=](Client &c) { c.registryModelCount(w); });
        add(version, "api.get_registry_model_details('w', 'net')", 0, [=](Client &c) { c.registryModelDetails(w, net); });
        add(version, "api.get_registry_model_details('w', 'net', '1.0.0')", 0,
            [=](Client &c) { c.registryModelDetails(w, net); });
        add(version, "api.get_registry_model_versions('w', 'net')", 0, [=](Client &c) { c.registryModelDetails(w, net); });
        add(version, "api.get_registry_model_notes('w', 'net')", 0, [=](Client &c) { c.registryModelNotes(w, net); });
        add(version, "api.update_registry_model_notes('w', 'net', 'notes')", 0,
            [=](Client &c) { c.updateRegistryModelNotes(w, net, u"notes"_s); });
        add(version, "api.update_registry_model('w', 'net', 'net2', 'desc', True)", 1, [](Client &c) {
            c.updateRegistryModel(u"rm1"_s, {.name = u"net2"_s, .description = u"desc"_s, .isPublic = true});
        });
        add(version, "api.update_registry_model_version('w', 'net', '1.0.0', comment='c', stages=['a', 'b'])", 1,
            [=](Client &c) { c.updateRegistryModelVersion(item, u"c"_s, QStringList{u"a"_s, u"b"_s}); });
        add(version, "api.add_registry_model_version_stage('w', 'net', '1.0.0', 'staging')", 1,
            [=](Client &c) { c.addRegistryModelVersionStage(item, u"staging"_s); });
        add(version, "api.delete_registry_model_version_stage('w', 'net', '1.0.0', 'production')", 1,
            [=](Client &c) { c.deleteRegistryModelVersionStage(item, u"production"_s); });
        add(version, "api.delete_registry_model_version('w', 'net', '1.0.0')", 1,
            [=](Client &c) { c.deleteRegistryModelVersion(item); });
        add(version, "api.delete_registry_model('w', 'net')", 0, [=](Client &c) { c.deleteRegistryModel(w, net); });
        add(version, "experiment.get_asset_list()", 0, [](Client &c) { c.assets(k); });
        add(version, "experiment.get_asset_list('image')", 0, [](Client &c) { c.assets(k, u"image"_s); });
        add(version, "experiment.get_model_names()", 0, [](Client &c) { c.experimentModels(k); });
        add(version, "experiment.get_model_asset_list('net')", 0, [=](Client &c) { c.modelAssets(k, net); });
    }
    const QString many = u"api.move_experiments([K] * 101, 'w', 'q')"_s;
    add(newest, qPrintable(many), 0, [=](Client &c) { c.moveExperiments(QStringList(100, k), w, u"q"_s, false); });
    add(newest, qPrintable(many), 1, [=](Client &c) { c.moveExperiments({k}, w, u"q"_s, false); });
    const auto registerModel = [=](Client &c) {
        Registration registration;
        registration.experimentModelId = u"em1"_s;
        registration.model = u"net"_s;
        c.registerModel(w, registration);
    };
    add(reference, "experiment.register_model('net')", 0, [](Client &c) { c.experimentModels(k); });
    add(reference, "experiment.register_model('net')", 1, registerModel);
    add(reference, "experiment.register_model('net')", 2, registerModel, 1);
    add(newest, "experiment.delete_tags(['x'])", 0, [](Client &c) { c.deleteTags(k, {u"x"_s}); });
    add(reference, "api.get_query_variables('w', 'p')", 0, [=](Client &c) { c.columnNames(w, p); });
    add(newest, "api.get_experiments('w', 'p')", 0, [=](Client &c) { c.experiments(w, p); });
    add(newest, "api.get_archived_experiments('w', 'p')", 0, [=](Client &c) { c.experiments(w, p, Archived::Yes); });
    add(newest, "experiment.register_model('net')", 0, [](Client &c) { c.serverVersion(); });

    using Source = Column::Source;
    const auto query = [&](const char *python, const std::vector<Rule> &rules, bool archived = false) {
        for (const QString &version : {reference, newest}) {
            if (version == reference || !QByteArray(python).contains('~')) // see differences
                add(version, python, 1, [=](Client &c) { c.query(w, p, api::predicates(rules), archived); });
        }
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
    query("api.query('w', 'p', Other('Name') == '')", {rule(Source::Other, u"Name"_s, string, u"is_empty"_s, u"null"_s)});
    query("api.query('w', 'p', Metadata('start_server_timestamp') < dt(2019, 9, 24, 5))",
        {rule(Source::Metadata, u"start_server_timestamp"_s, u"datetime"_s, u"less"_s, u"\"2019-09-24 05:00:00\""_s)});
    query("api.query('w', 'p', Metric('acc').between(0.25, 3))",
        {rule(Source::Metric, u"acc"_s, number, u"between"_s, u"[\"0.25\", \"3\"]"_s)});
    const auto hasHtml = [&](const QString &op, const QString &value) {
        return rule(Source::Metadata, u"hasHtml"_s, u"boolean"_s, op, value);
    };
    query("api.query('w', 'p', Metadata('hasHtml') == True)", {hasHtml(u"equal"_s, u"1"_s)});
    query("api.query('w', 'p', Metadata('hasHtml') != True)", {hasHtml(u"not_equal"_s, u"1"_s)});
    query("api.query('w', 'p', Metadata('hasHtml') == False)", {hasHtml(u"equal"_s, u"0"_s)});
    const Rule isNotNull = rule(Source::Parameter, u"optimizer"_s, string, u"is_not_null"_s, u"null"_s);
    query("api.query('w', 'p', Parameter('optimizer') != None)", {isNotNull});
    query("api.query('w', 'p', ~(Parameter('optimizer') == None))", {isNotNull});
    query("api.query('w', 'p', ~Other('Name').contains('test'))",
        {rule(Source::Other, u"Name"_s, string, u"not_contains"_s, u"\"test\""_s)});
    query("api.query('w', 'p', Environment('os').endswith('darwin') & Tag('a') & Tag('b'))",
        {rule(Source::Environment, u"os"_s, string, u"ends_with"_s, u"\"darwin\""_s),
            rule(Source::Tag, u"a"_s, string, u"equal"_s, u"\"a\""_s),
            rule(Source::Tag, u"b"_s, string, u"equal"_s, u"\"b\""_s)});
    query("api.query('w', 'p', Parameter('optimizer') == 'adam')",
        {rule(Source::Parameter, u"optimizer"_s, string, u"equal"_s, u"\"adam\""_s)});
    query("api.query('w', 'p', Parameter('epochs') == 5)",
        {rule(Source::Parameter, u"epochs"_s, number, u"equal"_s, u"5"_s)});
    return rows;
}

} // namespace

class TestWire : public QObject
{
    Q_OBJECT
private slots:
    void sendsWhatTheSdkSends_data();
    void sendsWhatTheSdkSends();
    void everyRecordingIsAccountedFor();
};

void TestWire::sendsWhatTheSdkSends_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("python");
    QTest::addColumn<int>("index");
    QTest::addColumn<int>("ours");
    QTest::addColumn<Call>("call");
    for (const Row &row : rows()) {
        QTest::addRow("%s: %s [%d]", qPrintable(row.version), qPrintable(row.python), row.index)
            << row.version << row.python << row.index << row.ours << row.call;
    }
}

// Every recorded call is compared above, or stands here with the reason why ours differs on purpose.
void TestWire::everyRecordingIsAccountedFor()
{
    static const struct
    {
        const char *begins;
        const char *reason;
    } differences[]{
        {"api.get('w/p", "we name what to list by archived=, see the newest api.get_experiments"},
        {"api.get('w', 'p', 'one')", "a name is looked up in the listing at hand"},
        {"api.get_experiments(", "the same; a workspace's experiments are listed project by project"},
        {"list(api.gen_experiments('w', 'p'))", "the same call"},
        {"api.get_archived_experiment", "the same; a name is looked up in the listing at hand"},
        {"api.get_experiment('w', 'p', 'one')", "a name is looked up in the listing at hand"},
        {"api.move_experiments([K] * 101", "a hundred keys a call, as the newest does it"},
        {"api.get_query_variables", "with ver=2, as older servers leave out some sources without it"},
        {"api.query('w', 'p', ~", "the newest says \"negated\" beside the operator that already is, and says ~(A & B) wrongly"},
        {"api.query('w', 'p', (Metric('acc') > .5) | ", "a query has no OR here"},
        {"api.query('w', 'p', (Metric('acc') > .5) & ((", "a query has no OR here"},
        {"api.query('w', 'p', Metric('nope') > 1)", "an unknown name is told before anything is sent"},
        {"api.search(", "project/query is asked instead"},
        {"api.get_metrics_for_chart([K], parameters", "parameters come with the metrics, or in portions of their own"},
        {"api.get_metrics_for_chart([K], [])", "nothing is asked for nothing"},
        {"experiment.register_model", "the calls of the reference era, which every server has"},
        {"experiment.get_metrics(", "points come by multi-metric-chart, many experiments at once"},
        {"experiment.get_html", "of a script's own record: no entry of the API class"},
        {"experiment.get_code", "the same"},
        {"experiment.get_output", "the same"},
        {"experiment.get_model_graph", "the same"},
        {"experiment.get_git_", "the same"},
        {"experiment.get_system_details", "the same"},
        {"experiment.log_", "what a script logs, a browser does not"},
        {"experiment.set_", "the same"},
        {"experiment.delete_parameter", "the same"},
        {"experiment.delete_asset", "the same"},
        {"api.download_registry_model", "see tst_download"},
        {"experiment.download_model", "see tst_download"},
        {"experiment.get_asset('as1')", "see tst_download"},
    };
    QSet<QString> covered; // version and line
    for (const Row &row : rows())
        covered.insert(row.version + row.python);
    for (const QString &version : {u"3.8.1"_s, u"3.58.8"_s}) {
        QFile file(QStringLiteral(TESTS_FOLDER "/contract/requests-sdk-%1.jsonl").arg(version));
        QVERIFY(file.open(QIODevice::ReadOnly));
        int lines = 0;
        while (!file.atEnd()) {
            const QJsonObject line = QJsonDocument::fromJson(file.readLine()).object();
            const QString python = line["python"_L1].toString();
            ++lines;
            const bool isDifferent = std::any_of(std::begin(differences), std::end(differences),
                [&](const auto &difference) { return python.startsWith(QLatin1StringView(difference.begins)); });
            const bool sendsNothing = line["requests"_L1].toArray().isEmpty();
            QVERIFY2(sendsNothing || isDifferent || covered.contains(version + python), qPrintable(version + u' ' + python));
        }
        QCOMPARE(lines, 139);
    }
}

void TestWire::sendsWhatTheSdkSends()
{
    QFETCH(QString, version);
    QFETCH(QString, python);
    QFETCH(int, index);
    QFETCH(int, ours);
    QFETCH(Call, call);
    const QJsonArray requests = recorded(version, python);
    QVERIFY2(index < requests.size(), "not among the recordings");
    const QJsonObject expected = requests[index].toObject();

    FaultServer server;
    Client client(server.url(), u"key"_s);
    connect(&client, &Client::unhandledError, this, [](const Error &) {}); // {} is no answer
    server.script("registry-model", {FaultServer::json(R"({"registryModels": [{"modelName": "net"}]})")});
    call(client);
    QTRY_VERIFY(server.seen().size() > std::size_t(ours));
    const FaultServer::Seen &seen = server.seen()[std::size_t(ours)];
    QCOMPARE(QString::fromLatin1(seen.verb), expected["verb"_L1].toString());
    QCOMPARE(QString::fromLatin1(seen.path), expected["path"_L1].toString());
    QCOMPARE(QString::fromLatin1(seen.query), expected["query"_L1].toString());
    QCOMPARE(QString::fromUtf8(seen.body), expected["body"_L1].toString());
}

QTEST_GUILESS_MAIN(TestWire)
#include "tst_wire.moc"
