// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/comparison/brushed.h"
#include "models/comparison/plotscale.h"
#include "models/query/pythontext.h"

#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using Kind = PlotColumn::Kind;
using Source = TableColumn::Source;

namespace {

const double missing = std::nan("");

PlotColumn numbers(std::vector<double> values)
{
    PlotColumn column;
    column.column = {Source::Parameter, u"lr"_s};
    column.title = u"lr (parameter)"_s;
    column.values = std::move(values);
    return column;
}

} // namespace

// What the table holds, as numbers on axes, and ranges of them as queries.
class TestPlotColumn : public QObject
{
    Q_OBJECT
private slots:
    void takesValuesOfTheTable();
    void putsValuesOnAnAxis_data();
    void putsValuesOnAnAxis();
    void labelsAxes();
    void roundsRangesOutward_data();
    void roundsRangesOutward();
    void asksForRanges_data();
    void asksForRanges();
};

void TestPlotColumn::takesValuesOfTheTable()
{
    auto experiments = std::make_shared<api::Experiments>();
    for (int i = 0; i < 5; ++i) {
        experiments->keys.append("key" + std::to_string(i));
        experiments->names.append("run");
        experiments->users.append(i < 3 ? "ada" : "");
        experiments->starts.push_back(i * 1000);
        experiments->ends.push_back(i * 2000);
        experiments->durations.push_back(i == 4 ? 0 : i * 1000 + 1);
        experiments->archived.push_back(0);
        experiments->states.push_back(api::State::Finished);
    }
    ExperimentTable table;
    table.setExperiments(experiments);
    const TableColumn rate{Source::Parameter, u"lr"_s};
    const TableColumn optimiser{Source::Parameter, u"opt"_s};
    const TableColumn unseen{Source::MetricLast, u"loss"_s};
    table.setColumns({{Source::Name, {}}, {Source::Tags, {}}, {Source::Duration, {}}, rate, optimiser, unseen});
    table.edit(rate, [](ValueColumn &values) {
        values.setText(0, u"0.1"_s);
        values.setText(1, u"high"_s); // one that isn't a number leaves the others
        values.setNumber(2, 3);
        values.setMissing(3);
    });
    table.edit(optimiser, [](ValueColumn &values) {
        values.setText(0, u"sgd 10"_s);
        values.setText(1, u"sgd 9"_s);
        values.setText(2, QString(u""_s));
        values.setText(3, u"adam"_s);
        values.setMissing(4);
    });
    const std::vector<std::size_t> all = shownExperiments(table);
    QCOMPARE(all.size(), 5u);
    QCOMPARE(plotColumns(table).size(), 4u); // no names, no tags

    const PlotColumn rates = plotColumn(table, rate, all);
    QCOMPARE(rates.kind, Kind::Number);
    QCOMPARE(rates.values[0], 0.1);
    QVERIFY(std::isnan(rates.values[1]) && std::isnan(rates.values[3]) && std::isnan(rates.values[4]));
    QCOMPARE(rates.notLoaded, 1u);
    QCOMPARE(rates.missing(), 3u);
    QVERIFY(rates.isPositive() && !rates.isWhole());

    const PlotColumn optimisers = plotColumn(table, optimiser, {3, 2, 1, 0, 4});
    QCOMPARE(optimisers.kind, Kind::Category);
    QCOMPARE(optimisers.categories, (QStringList{QString(u""_s), u"adam"_s, u"sgd 9"_s, u"sgd 10"_s}));
    QCOMPARE(optimisers.values[0], 1.0);
    QCOMPARE(optimisers.values[3], 3.0);
    QVERIFY(std::isnan(optimisers.values[4]));
    QCOMPARE(optimisers.text(2), u"sgd 9"_s);

    QCOMPARE(plotColumn(table, unseen, all).notLoaded, 5u);
    QCOMPARE(plotColumn(table, {Source::MetricLast, u"never shown"_s}, all).notLoaded, 5u);
    const PlotColumn durations = plotColumn(table, {Source::Duration, {}}, all);
    QCOMPARE(durations.kind, Kind::Duration);
    QCOMPARE(durations.missing(), 1u);
    QCOMPARE(plotColumn(table, {Source::Start, {}}, all).missing(), 1u); // 0 is no time
    QCOMPARE(plotColumn(table, {Source::User, {}}, all).missing(), 2u);
}

void TestPlotColumn::putsValuesOnAnAxis_data()
{
    QTest::addColumn<std::vector<double>>("values");
    QTest::addColumn<bool>("logarithmic");
    QTest::addColumn<bool>("isLogarithmic");
    QTest::newRow("plain") << std::vector<double>{1, 3, 2} << false << false;
    QTest::newRow("logarithm") << std::vector<double>{1e-4, 10, 0.1} << true << true;
    QTest::newRow("logarithm of zero") << std::vector<double>{0, 10, 1} << true << false;
    QTest::newRow("one value") << std::vector<double>{7, 7, 7} << false << false;
    QTest::newRow("zero") << std::vector<double>{0, 0, 0} << false << false;
    QTest::newRow("large") << std::vector<double>{-1e300, 1e300, 0} << false << false;
    QTest::newRow("small") << std::vector<double>{1e-300, 2e-300, 1.5e-300} << true << true;
    QTest::newRow("gaps") << std::vector<double>{missing, 1, INFINITY} << false << false;
    QTest::newRow("nothing") << std::vector<double>{missing, missing, missing} << true << false;
}

void TestPlotColumn::putsValuesOnAnAxis()
{
    QFETCH(std::vector<double>, values);
    QFETCH(bool, logarithmic);
    const PlotColumn column = numbers(values);
    const PlotScale scale(column, logarithmic);
    QTEST(scale.isLogarithmic(), "isLogarithmic");
    for (const double value : values) {
        const double position = scale.position(value);
        QCOMPARE(std::isnan(position), !std::isfinite(value));
        if (std::isnan(position))
            continue;
        QVERIFY2(position > 0 && position < 1, qPrintable(QString::number(position)));
        QVERIFY(std::abs(scale.value(position) - value) <= 1e-9 * std::abs(value) + 1e-305 + (value == 0 ? 1e285 : 0));
    }
    for (const Tick &tick : scale.ticks(column, 5))
        QVERIFY(tick.position >= 0 && tick.position <= 1 && !tick.label.isEmpty());
}

void TestPlotColumn::labelsAxes()
{
    QVERIFY(PlotScale::isWide(numbers({0.001, 1})));
    QVERIFY(!PlotScale::isWide(numbers({0.01, 1})));
    QVERIFY(!PlotScale::isWide(numbers({0, 1})));
    const PlotColumn seeds = numbers({0, 1, 2});
    for (const Tick &tick : PlotScale(seeds, false).ticks(seeds, 20))
        QVERIFY2(!tick.label.contains(u'.'), qPrintable(tick.label)); // nothing lies between
    PlotColumn many;
    many.kind = Kind::Category;
    for (int i = 0; i < 1000; ++i) {
        many.categories += QString::number(i);
        many.values.push_back(i);
    }
    QVERIFY(PlotScale(many, false).ticks(many, 10).size() <= 10);
    QCOMPARE(numbers({}).shortTitle(), u"lr"_s);
}

void TestPlotColumn::roundsRangesOutward_data()
{
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<double>("roundedLow");
    QTest::addColumn<double>("roundedHigh");
    QTest::newRow("digits") << 0.123456 << 0.123456 << 0.1234 << 0.1235;
    QTest::newRow("signs") << -0.123456 << 0.3 << -0.1235 << 0.3;
    QTest::newRow("zero") << 0.0 << 1.0 << 0.0 << 1.0;
    QTest::newRow("large") << 123456.0 << 1.23456e20 << 123400.0 << 1.235e20;
    QTest::newRow("small") << 1.00001e-10 << 9.9999e-10 << 1e-10 << 1e-9;
}

void TestPlotColumn::roundsRangesOutward()
{
    QFETCH(double, low);
    QFETCH(double, high);
    const PlotColumn::Range range = roundedOutward(low, high);
    QTEST(range.low, "roundedLow");
    QTEST(range.high, "roundedHigh");
    QVERIFY(range.low <= low && range.high >= high);
}

void TestPlotColumn::asksForRanges_data()
{
    QTest::addColumn<TableColumn>("column");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<QString>("python");
    QTest::newRow("parameter") << TableColumn{Source::Parameter, u"lr"_s} << Kind::Number << 0.12345 << 1.0
                               << u"Parameter(\"lr\").between(0.1234, 1)"_s;
    QTest::newRow("metric") << TableColumn{Source::MetricLast, u"loss"_s} << Kind::Number << 1.0 << 2.0
                            << u"Metric(\"loss\").between(1, 2)"_s;
    QTest::newRow("least of a metric") << TableColumn{Source::MetricMinimum, u"loss"_s} << Kind::Number << 1.0 << 2.0 << QString();
    QTest::newRow("unknown") << TableColumn{Source::Parameter, u"nope"_s} << Kind::Number << 1.0 << 2.0 << QString();
    QTest::newRow("numbers as texts") << TableColumn{Source::Parameter, u"opt"_s} << Kind::Number << 1.0 << 2.0 << QString();
    QTest::newRow("texts") << TableColumn{Source::Parameter, u"opt"_s} << Kind::Category << 0.5 << 2.5
                           << u"(Parameter(\"opt\") == \"b\") | (Parameter(\"opt\") == \"c\")"_s;
    QTest::newRow("one text") << TableColumn{Source::Parameter, u"opt"_s} << Kind::Category << -0.2 << 0.9
                              << u"Parameter(\"opt\") == \"\""_s;
    QTest::newRow("between texts") << TableColumn{Source::Parameter, u"opt"_s} << Kind::Category << 0.2 << 0.9 << QString();
    QTest::newRow("duration") << TableColumn{Source::Duration, {}} << Kind::Duration << 1500.0 << 61000.0
                              << u"Metadata(\"duration\").between(1, 61)"_s;
    QTest::newRow("time") << TableColumn{Source::Start, {}} << Kind::Moment << 0.5 << 1000.0
                          << u"(Metadata(\"start_server_timestamp\") >= datetime(1970, 1, 1)) & "
                             "(Metadata(\"start_server_timestamp\") <= datetime(1970, 1, 1, 0, 0, 1))"_s;
}

void TestPlotColumn::asksForRanges()
{
    QFETCH(TableColumn, column);
    QFETCH(Kind, kind);
    QFETCH(double, low);
    QFETCH(double, high);
    using QuerySource = query::Source;
    const query::Variables variables{{{u"lr"_s, QuerySource::Parameter, u"double"_s}, {u"opt"_s, QuerySource::Parameter, u"string"_s},
        {u"loss"_s, QuerySource::Metric, u"double"_s}, {u"duration"_s, QuerySource::Metadata, u"timenumber"_s},
        {u"start_server_timestamp"_s, QuerySource::Metadata, u"datetime"_s}}};
    PlotColumn plotted;
    plotted.column = column;
    plotted.kind = kind;
    plotted.categories = {QString(u""_s), u"b"_s, u"c"_s};
    const auto expression = brushed(plotted, {low, high}, variables);
    QTEST(expression ? query::toPython(*expression) : QString(), "python");
    if (expression)
        QVERIFY(query::problems(*expression, variables).empty());
    QVERIFY(kind == Kind::Category || !rangeText(plotted, {low, high}).isEmpty());
}

QTEST_GUILESS_MAIN(TestPlotColumn)
#include "tst_plotcolumn.moc"
