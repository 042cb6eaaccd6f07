// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/decode.h"

#include <QTest>

#include <cmath>

using namespace api;
using namespace Qt::StringLiterals;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// Experiments as text, one line each.
QStringList lines(const Experiments &all)
{
    QStringList lines;
    for (std::size_t i = 0; i < all.size(); ++i) {
        lines += u"%1|%2|%3|%4|%5|%6|%7|%8"_s.arg(all.keys.at(i), all.names.at(i), all.users.at(i),
            QString::number(all.starts[i]), QString::number(all.ends[i]), QString::number(all.durations[i]),
            QString::number(all.archived[i]), QString::number(int(all.states[i])));
    }
    return lines;
}

QString numbers(const std::vector<double> &column)
{
    QStringList texts;
    for (const double value : column)
        texts += QString::number(value);
    return texts.join(u' ');
}

QByteArray chartOf(const QByteArray &series, const QByteArray &params = "null")
{
    return R"({"empty": false, "experiments": {"k1": {"experiment_key": "k1", "empty": false, "steps": null, "metrics": [)"
        + series + "], \"params\": " + params + "}}}";
}

template<class T>
QString problem(const Result<T> &result)
{
    return result ? u"no problem"_s : result.error().message;
}

} // namespace

class TestDecode : public QObject
{
    Q_OBJECT
private slots:
    void readsExperiments_data();
    void readsExperiments();
    void filtersArchived();
    void readsSeries_data();
    void readsSeries();
    void readsParametersOfCharts();
    void dropsColumnsOfNulls();
    void keepsStepsAsLogged();
    void takesNoTimeThatCannotBe();
    void readsChartsOfMany();
    void saysWhereItIsWrong_data();
    void saysWhereItIsWrong();
    void readsColumns();
    void readsProjects();
    void readsSummaries();
    void readsMetadata();
    void readsServerMessages();
    void leavesSharedBodiesAlone();
    void survivesDepth();
    void refusesWhatIsTooMuch_data();
    void refusesWhatIsTooMuch();
    void refusesTooManyNumbers();
    void refusesExperimentsThatNobodyAskedFor();
    void shortensLongMessages();
};

void TestDecode::readsExperiments_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<QStringList>("result");
    const auto row = [](const char *name, const QByteArray &list, const QStringList &result) {
        QTest::newRow(name) << QByteArray("{\"experiments\": " + list + "}") << result;
    };
    row("none", "[]", {});
    row("null", "null", {});
    row("as recorded", R"([{"experimentKey": "k", "experimentName": "one", "optimizationId": null, "projectId": "p",
        "filePath": null, "durationMillis": 0, "startTimeMillis": 1587671932216, "endTimeMillis": 1587671932275,
        "archived": false}])", {u"k|one||1587671932216|1587671932275|0|0|0"_s});
    row("nulls", R"([{"experimentKey": "k", "experimentName": null, "durationMillis": null, "startTimeMillis": null,
        "endTimeMillis": null, "archived": null, "userName": null}])", {u"k|||0|0|0|0|0"_s});
    row("only a key", R"([{"experimentKey": "k"}])", {u"k|||0|0|0|0|0"_s});
    row("unknown fields", R"([{"x": {"y": [1, {"z": "}"}]}, "experimentKey": "k", "w": []}])", {u"k|||0|0|0|0|0"_s});
    row("numbers as texts", R"([{"experimentKey": "k", "startTimeMillis": " 1587671932012", "endTimeMillis": "1587671932030.0",
        "archived": "False"}])", {u"k||" "|1587671932012|1587671932030|18|0|0"_s});
    row("fractions", R"([{"experimentKey": "k", "startTimeMillis": 1587671932012.7, "durationMillis": 1e3}])", {u"k|||1587671932013|0|1000|0|0"_s});
    row("NaN", R"([{"experimentKey": "k", "startTimeMillis": NaN, "durationMillis": -Infinity}])", {u"k|||0|0|0|0|0"_s});
    row("times that can't be", R"([{"experimentKey": "s", "startTimeMillis": 1587671932, "endTimeMillis": 1587671942},
        {"experimentKey": "u", "startTimeMillis": 1587671932216000, "endTimeMillis": 1587671932216},
        {"experimentKey": "f", "startTimeMillis": 9223372036854775807, "endTimeMillis": -1, "durationMillis": 5}])",
        {u"s|||0|0|0|0|0"_s, u"u|||0|1587671932216|0|0|0"_s, u"f|||0|0|5|0|0"_s});
    row("states", R"([{"experimentKey": "a", "running": true}, {"experimentKey": "b", "running": false},
        {"experimentKey": "c", "running": false, "hasCrashed": true}])",
        {u"a|||0|0|0|0|1"_s, u"b|||0|0|0|0|2"_s, u"c|||0|0|0|0|3"_s});
    row("names", R"([{"experimentKey": "k", "experimentName": "Gr\u00fcn \ud83d\udcc8 \"q\""},
        {"experimentKey": "l", "experimentName": "lone \ud83d half"}, {"experimentKey": "m", "experimentName": 7},
        {"experimentKey": "n", "experimentName": "NaN"}])",
        {u"k|Grün 📈 \"q\"||0|0|0|0|0"_s, u"l|lone \uFFFD half||0|0|0|0|0"_s, u"m|7||0|0|0|0|0"_s, u"n|NaN||0|0|0|0|0"_s});
    row("a field twice", R"([{"experimentKey": "k", "experimentKey": "l", "startTimeMillis": 1587671932216, "startTimeMillis": 1587671932217}])",
        {u"l|||1587671932217|0|0|0|0"_s});
    row("a key twice", R"([{"experimentKey": "k"}, {"experimentKey": "k"}])", {u"k|||0|0|0|0|0"_s, u"k|||0|0|0|0|0"_s});
}

void TestDecode::readsExperiments()
{
    QFETCH(QByteArray, list);
    const auto read = decode::experiments(list, Archived::Both);
    QVERIFY2(read, qPrintable(problem(read)));
    QTEST(lines(read.value()), "result");
}

void TestDecode::filtersArchived()
{
    const QByteArray body = R"({"experiments": [{"experimentKey": "a", "archived": true}, {"experimentKey": "b"}]})";
    QCOMPARE(decode::experiments(body, Archived::No).value().keys.at(0), u"b"_s);
    QCOMPARE(decode::experiments(body, Archived::Yes).value().keys.at(0), u"a"_s);
    QCOMPARE(int(decode::experiments(body, Archived::Both).value().size()), 2);
}

void TestDecode::readsSeries_data()
{
    QTest::addColumn<QByteArray>("values");
    QTest::addColumn<QString>("result");
    QTest::newRow("integers") << QByteArray("[1, -2, 0]") << u"1 -2 0"_s;
    QTest::newRow("doubles") << QByteArray("[0.5,1e-3 , -2.5E+2]") << u"0.5 0.001 -250"_s;
    QTest::newRow("texts") << QByteArray(R"(["0.5", "1.0E-5", " 7 "])") << u"0.5 1e-05 7"_s;
    QTest::newRow("bare words") << QByteArray("[NaN, 1, Infinity, -Infinity]") << u"nan 1 inf -inf"_s;
    QTest::newRow("words as texts") << QByteArray(R"(["NaN", "Infinity", "-Infinity", "inf"])") << u"nan inf -inf inf"_s;
    QTest::newRow("null among numbers") << QByteArray("[1, null, 3]") << u"1 nan 3"_s;
    QTest::newRow("booleans") << QByteArray("[true, false]") << u"1 0"_s;
    QTest::newRow("too large") << QByteArray("[1e999, -1e999]") << u"inf -inf"_s;
    QTest::newRow("long integers") << QByteArray("[123456789012345678901234567890]") << u"1.23457e+29"_s;
    QTest::newRow("many digits") << QByteArray("[0.1000000000000000055511151231257827021181583404541015625]") << u"0.1"_s;
    QTest::newRow("20 digits") << QByteArray("[0.98765432109876543210, -0.98765432109876543210 , 9.8765432109876543210]")
                               << u"0.987654 -0.987654 9.87654"_s;
    QTest::newRow("zeros and digits") << QByteArray("[0.00000000000000000000012345678901234567890, 0.00012345678901234567]")
                                      << u"1.23457e-22 0.000123457"_s;
    QTest::newRow("NaN only") << QByteArray("[NaN, NaN]") << u"nan nan"_s;
    QTest::newRow("empty") << QByteArray("[]") << QString();
    QTest::newRow("null") << QByteArray("null") << QString();
}

void TestDecode::readsSeries()
{
    QFETCH(QByteArray, values);
    const auto read = decode::chart(chartOf("{\"metricName\": \"NaN loss\", \"values\": " + values + ", \"steps\": null}"), {});
    QVERIFY2(read, qPrintable(problem(read)));
    QCOMPARE(read.value()[0].key, u"k1"_s);
    QCOMPARE(read.value()[0].metrics[0].name, u"NaN loss"_s);
    QTEST(numbers(read.value()[0].metrics[0].values), "result");
    QVERIFY(read.value()[0].metrics[0].steps.empty());
}

void TestDecode::readsParametersOfCharts()
{
    const QByteArray body = chartOf("", R"({"lr": "0.1", "depth": 3, "flag": true, "none": null, "nan": NaN, "other": "x"})");
    const auto read = decode::chart(body, {u"depth"_s, u"missing"_s, u"lr"_s, u"none"_s, u"flag"_s, u"nan"_s});
    QVERIFY2(read, qPrintable(problem(read)));
    QCOMPARE(read.value()[0].parameters, QStringList({u"3"_s, QString(), u"0.1"_s, QString(), u"true"_s, u"NaN"_s}));
    QVERIFY(read.value()[0].parameters[3].isNull());
    QVERIFY(decode::chart(chartOf(""), {u"lr"_s}).value()[0].parameters[0].isNull());
}

void TestDecode::dropsColumnsOfNulls()
{
    const auto read = decode::chart(chartOf(R"({"metricName": "m", "values": [1, 2], "steps": [0, 1],
        "epochs": [null, null], "timestamps": [1558962363411], "durations": "whatever"})"), {});
    QVERIFY2(read, qPrintable(problem(read)));
    const MetricSeries &series = read.value()[0].metrics[0];
    QCOMPARE(numbers(series.steps), u"0 1"_s);
    QVERIFY(series.epochs.empty());
    QCOMPARE(numbers(series.timestamps), u"1.55896e+12 nan"_s); // as long as the values, whatever came
    QVERIFY(series.durations.empty());
    const auto all = decode::chart(chartOf(R"({"metricName": "m", "values": [1, 2], "durations": [0, 1000],
        "epochs": [1, null], "timestamps": [1558962363411, 1558962364411]})"), {});
    QVERIFY2(all, qPrintable(problem(all)));
    QCOMPARE(all.value()[0].metrics[0].durations, (std::vector<double>{0, 1000}));
    QCOMPARE(numbers(all.value()[0].metrics[0].epochs), u"1 nan"_s);
    QCOMPARE(series.values.capacity(), series.values.size());
}

void TestDecode::keepsStepsAsLogged()
{
    const auto read = decode::chart(chartOf(R"({"metricName": "m", "values": [1, 2, 3, 4, 5],
        "steps": [-0.5, 9007199254740992, 9223372036854775808, null, " 7 "], "epochs": [0.25, 0.75, "1e1", true, -3]})"), {});
    QVERIFY2(read, qPrintable(problem(read)));
    const MetricSeries &series = read.value()[0].metrics[0];
    QCOMPARE(series.steps[0], -0.5);
    QCOMPARE(series.steps[1], 9007199254740992.0);
    QCOMPARE(series.steps[2], 9223372036854775808.0);
    QVERIFY(std::isnan(series.steps[3]));
    QCOMPARE(series.steps[4], 7.0);
    QCOMPARE(series.epochs, (std::vector<double>{0.25, 0.75, 10, 1, -3}));
    const auto summaries = decode::summaries(R"({"values": [{"name": "m", "stepCurrent": 0.25, "stepMin": -7,
        "stepMax": 9223372036854775808}]})");
    QVERIFY2(summaries, qPrintable(problem(summaries)));
    QCOMPARE(summaries.value()[0].currentStep, u"0.25"_s);
    QCOMPARE(summaries.value()[0].minimumStep, u"-7"_s);
    QCOMPARE(summaries.value()[0].maximumStep, u"9223372036854775808"_s);
}

void TestDecode::takesNoTimeThatCannotBe()
{
    const auto read = decode::chart(chartOf(R"({"metricName": "m", "values": [1, 2, 3, 4, 5, 6],
        "timestamps": [1558962363411, 1558962363, 1558962363411000, 0, 9223372036854775807, -1558962363411]})"), {});
    QVERIFY2(read, qPrintable(problem(read)));
    QCOMPARE(numbers(read.value()[0].metrics[0].timestamps), u"1.55896e+12 nan nan nan nan nan"_s);
    QVERIFY(canBeTime(946'684'800'000) && !canBeTime(946'684'799'999));
    QVERIFY(canBeTime(4'102'444'799'999) && !canBeTime(4'102'444'800'000));
    QVERIFY(!canBeTime(missing));
}

void TestDecode::readsChartsOfMany()
{
    const auto none = decode::chart(R"({"experiments": {}, "empty": true})", {});
    QVERIFY(none && none.value().empty());
    QVERIFY(decode::chart(R"({"experiments": []})", {}).value().empty());
    QVERIFY(decode::chart(R"({"experiments": null})", {}).value().empty());
    const auto three = decode::chart(R"({ "empty" : false , "experiments" : { "a" : {"metrics": null, "empty": true} ,
        "b":{"metrics":[{"metricName":"x","values":[1]},{"metricName":"y","values":[2]}]},
        "k\u00fc": {} } , "more": [{}] } )", {});
    QVERIFY2(three, qPrintable(problem(three)));
    QCOMPARE(int(three.value().size()), 3);
    QCOMPARE(int(three.value()[1].metrics.size()), 2);
    QCOMPARE(three.value()[1].metrics[1].name, u"y"_s);
    QCOMPARE(three.value()[2].key, u"kü"_s);
}

void TestDecode::saysWhereItIsWrong_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isChart");
    QTest::addColumn<QString>("result");
    const auto experiments = [](const QByteArray &body, const QString &result) {
        QTest::newRow(body.left(60)) << body << false << result;
    };
    experiments(R"({"experiments": [{"experimentKey": "k"}, {"experimentKey": "l", "startTimeMillis": "soon"}]})",
        u"experiments[1].startTimeMillis: a number was expected"_s);
    experiments(R"({"experiments": [{"experimentKey": "l", "startTimeMillis": [1]}]})",
        u"experiments[0].startTimeMillis: a number was expected"_s);
    experiments(R"({"experiments": [{"experimentKey": {"a": 1}}]})", u"experiments[0].experimentKey: a text was expected"_s);
    experiments(R"({"experiments": [{"experimentName": "x"}]})", u"experiments[0]: experimentKey is missing"_s);
    experiments(R"({"experiments": [7]})", u"experiments[0]: an object was expected"_s);
    experiments(R"({"experiments": {"a": 1}})", u"experiments: a list was expected"_s);
    experiments(R"({"msg": "ok"})", u"experiments is missing"_s);
    experiments("[]", u"an object was expected"_s);
    experiments("12", u"an object was expected"_s);
    const auto chart = [](const QByteArray &body, const QString &result) {
        QTest::newRow("chart " + body.left(60)) << body << true << result;
    };
    chart(R"({"experiments": {"k1": {"metrics": [{"metricName": "m", "values": [1, 2, "x"]}]}}})",
        u"experiments.k1.metrics[0].values[2]: a number was expected"_s);
    chart(R"({"experiments": {"k1": {"metrics": [{"metricName": "m", "values": 5}]}}})",
        u"experiments.k1.metrics[0].values: a list was expected"_s);
    chart(R"({"experiments": {"k1": {}, "k2": [1]}})", u"experiments.k2: an object was expected"_s);
    chart(R"({"experiments": {"k1": {"metrics": [{"values": [1, 2)", u"the text ends too early"_s);
    chart(R"({"experiments": {}} more)", u"there is more text after the end"_s);
    chart(R"({"empty": true})", u"experiments is missing"_s);
    chart("", u"the text ends too early"_s);
}

void TestDecode::saysWhereItIsWrong()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, isChart);
    QTEST(isChart ? problem(decode::chart(body, {})) : problem(decode::experiments(body, Archived::Both)), "result");
}

void TestDecode::readsColumns()
{
    const auto read = decode::columns(R"({"columns": [{"name": "acc", "id": "acc--metrics", "type": "double", "source": "metrics"},
        {"name": "lr", "type": "double", "source": "params"}, {"name": "Name", "source": "log_other"},
        {"name": "os", "source": "env_details"}, {"name": "duration", "source": "metadata", "type": "timenumber"},
        {"name": "a tag", "source": "tag"}, {"name": "new", "source": "tomorrow"}]})");
    QVERIFY2(read, qPrintable(problem(read)));
    using Source = Column::Source;
    const QList<Source> expected{Source::Metric, Source::Parameter, Source::Other, Source::Environment, Source::Metadata,
        Source::Tag, Source::Unknown};
    for (int i = 0; i < expected.size(); ++i)
        QCOMPARE(read.value()[std::size_t(i)].source, expected[i]);
    QCOMPARE(read.value()[0].type, u"double"_s);
}

void TestDecode::readsProjects()
{
    const auto read = decode::projects(R"({"projects": [{"projectId": "1", "projectName": "p", "ownerUserName": "u",
        "projectDescription": null, "workspaceName": "w", "numberOfExperiments": 25000, "lastUpdated": 1587670596951,
        "public": true, "isPublic": false}, {"projectName": "q", "isPublic": true}]})");
    QVERIFY2(read, qPrintable(problem(read)));
    const Project &project = read.value()[0];
    QCOMPARE(project.experimentCount, 25'000);
    QCOMPARE(project.lastUpdated, 1587670596951);
    QVERIFY(project.isPublic);
    QVERIFY(project.description.isNull());
    QVERIFY(read.value()[1].isPublic);
    QCOMPARE(read.value()[1].experimentCount, -1);
}

void TestDecode::readsSummaries()
{
    const auto read = decode::summaries(R"({"values": [{"name": "val_loss", "valueMax": "0.2495", "valueMin": "NaN",
        "valueCurrent": NaN, "timestampMax": 1558962367938, "stepMax": 500, "stepMin": null, "stepCurrent": "1500",
        "runContextCurrent": "train", "editable": false}, {"name": "n", "valueCurrent": 7}]})");
    QVERIFY2(read, qPrintable(problem(read)));
    const Summary &summary = read.value()[0];
    QCOMPARE(summary.maximum, u"0.2495"_s);
    QCOMPARE(summary.minimum, u"NaN"_s);
    QCOMPARE(summary.current, u"NaN"_s);
    QCOMPARE(summary.maximumStep, u"500"_s);
    QVERIFY(summary.minimumStep.isNull());
    QCOMPARE(summary.currentStep, u"1500"_s);
    QCOMPARE(summary.context, u"train"_s);
    QCOMPARE(read.value()[1].current, u"7"_s);
    QVERIFY(read.value()[1].maximum.isNull());
}

void TestDecode::readsMetadata()
{
    const auto read = decode::metadata(R"({"archived": true, "durationMillis": 7, "endTimeMillis": 1586174765277,
        "experimentKey": "K", "experimentName": null, "fileName": "a.py", "projectName": "p", "running": true,
        "startTimeMillis": 1586174757596, "throttle": true, "workspaceName": "w", "hasCrashed": true, "userName": "u"})");
    QVERIFY2(read, qPrintable(problem(read)));
    const Metadata &metadata = read.value();
    QCOMPARE(metadata.state, State::Running);
    QVERIFY(metadata.archived && metadata.throttled && metadata.name.isNull());
    QCOMPARE(metadata.fileName + metadata.user + metadata.project, u"a.pyup"_s);
    QCOMPARE(problem(decode::metadata("{}")), u"experimentKey is missing"_s);
}

void TestDecode::readsServerMessages()
{
    const auto message = decode::serverMessage(R"({"msg": "no such key", "code": 400, "data": null, "sdk_error_code": 90212})");
    QCOMPARE(message.text, u"no such key"_s);
    QCOMPARE(message.code, 90212);
    QCOMPARE(decode::serverMessage("{\"msg\": \"a\", \"sdkErrorCode\": 5}").code, 5);
    QVERIFY(decode::serverMessage("Bad Gateway").text.isEmpty());
    QVERIFY(decode::serverMessage("").text.isEmpty());
    QVERIFY(decode::serverMessage("{\"msg\": {\"a\": 1}}").text.isEmpty());
}

void TestDecode::leavesSharedBodiesAlone()
{
    const QByteArray body = chartOf(R"({"metricName": "m", "values": [NaN, Infinity]})");
    const QByteArray copy(body.constData(), body.size());
    QVERIFY(decode::chart(body, {}));
    QCOMPARE(body, copy);
}

void TestDecode::survivesDepth()
{
    for (const int depth : {500, 2000, 1'000'000}) {
        const QByteArray deep = QByteArray(depth, '[') + QByteArray(depth, ']');
        (void)decode::experiments("{\"x\": " + deep + ", \"experiments\": []}", Archived::Both);
        (void)decode::experiments("{\"experiments\": " + deep + "}", Archived::Both);
        (void)decode::chart("{\"experiments\": {\"k\": {\"metrics\": " + deep + "}}}", {});
        (void)decode::chart("{\"experiments\": {\"k\": {\"x\": " + deep, {});
        QVERIFY(!decode::experiments(deep, Archived::Both));
    }
}

void TestDecode::refusesWhatIsTooMuch_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isSlow"); // found late: not by all readers
    QTest::addColumn<QString>("result");
    const QString nested = u"lists or objects are nested too deeply in it"_s;
    const QString lists = u"there are more lists or objects in it than this program reads at once"_s;
    const QString texts = u"there are more texts in it than this program reads at once"_s;
    QTest::newRow("60 MB of brackets") << QByteArray(60 << 20, '[') << false << nested;
    QTest::newRow("60 MB of braces in a member nobody knows")
        << "{\"x\": " + QByteArray("{\"a\":").repeated(10 << 20) << false << nested;
    QTest::newRow("closed again") << "{\"experiments\": " + QByteArray(100'000, '[') + QByteArray(100'000, ']') + '}' << false << nested;
    QTest::newRow("many lists") << "{\"x\": [" + QByteArray("[],").repeated(1'000'000) + "[]], \"experiments\": []}" << true << lists;
    QTest::newRow("many objects") << "{\"experiments\": [" + QByteArray("{},").repeated(1'000'000) + "{}]}" << true << lists;
    QTest::newRow("many texts") << "{\"experiments\": [" + QByteArray("\"\",").repeated(10'000'000) + "\"\"]}" << true << texts;
}

// In a moment, and without memory for what is not kept.
void TestDecode::refusesWhatIsTooMuch()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, isSlow);
    QFETCH(QString, result);
    QCOMPARE(problem(decode::experiments(body, Archived::Both)), result);
    if (isSlow)
        return;
    QCOMPARE(problem(decode::chart(body, {u"lr"_s})), result);
    for (const QString &said : {problem(decode::version(body)), problem(decode::account(body)), problem(decode::workspaces(body)),
             problem(decode::projects(body)), problem(decode::project(body)), problem(decode::notes(body)),
             problem(decode::columns(body)), problem(decode::experimentKeys(body)), problem(decode::metadata(body)),
             problem(decode::summaries(body)), problem(decode::tags(body)), problem(decode::shareKeys(body)),
             problem(decode::registryModels(body)), problem(decode::registryModelCount(body)),
             problem(decode::registryModelDetails(body)), problem(decode::allowedStatusValues(body)),
             problem(decode::experimentModels(body)), problem(decode::assets(body))})
        QCOMPARE(said, result);
    QVERIFY(decode::serverMessage(body).text.isEmpty());
}

void TestDecode::refusesTooManyNumbers()
{
    const QByteArray numbers = QByteArray("1,").repeated(7 << 19) + '1';
    QByteArray series;
    for (const char *column : {"values", "steps", "epochs", "timestamps", "durations"})
        series += QByteArray(series.isEmpty() ? "" : ", ") + '"' + column + "\": [" + numbers + ']';
    const QString said = problem(decode::chart(chartOf("{\"metricName\": \"m\", " + series + '}'), {}));
    QVERIFY2(said.endsWith(u"there are more numbers than this program reads at once"), qPrintable(said));
}

void TestDecode::refusesExperimentsThatNobodyAskedFor()
{
    QByteArray experiments;
    for (int i = 0; i < 20'001; ++i)
        experiments += (i > 0 ? ",\"" : "\"") + QByteArray::number(i) + "\":{}";
    QStringList parameters;
    for (int i = 0; i < 500; ++i)
        parameters.append(u'p' + QString::number(i));
    const QByteArray body = "{\"experiments\": {" + experiments + "}}";
    QCOMPARE(problem(decode::chart(body, parameters)), u"there are more experiments than this program reads at once"_s);
    QCOMPARE(int(decode::chart(body, {}).value().size()), 20'001);
}

void TestDecode::shortensLongMessages()
{
    const QByteArray body = "{\"msg\": \"" + QByteArray(1 << 20, 'a') + "\", \"code\": 400}";
    QCOMPARE(decode::serverMessage(body).text, QString(decode::longestMessage, u'a'));
    QCOMPARE(decode::acknowledgement(body).error().message, QString(decode::longestMessage, u'a'));
}

QTEST_GUILESS_MAIN(TestDecode)
#include "tst_decode.moc"
