// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/comparison.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace {

constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();

QString text(const std::vector<double> &numbers)
{
    QStringList words;
    for (const double number : numbers)
        words.append(QString::number(number));
    return words.join(u' ');
}

ComparedColumn numbers(std::vector<double> numbers)
{
    return {u"m"_s, std::move(numbers), {}};
}

} // namespace

class TestComparison : public QObject
{
    Q_OBJECT
private slots:
    void columns_data()
    {
        QTest::addColumn<QStringList>("values");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QStringList>("texts");
        QTest::newRow("numbers") << QStringList{u"1"_s, u" 1e-3 "_s, QString(), u"-2.5"_s} << u"1 0.001 nan -2.5"_s << QStringList();
        QTest::newRow("not finite") << QStringList{u"nan"_s, u"inf"_s, u"3"_s} << u"nan nan 3"_s << QStringList();
        QTest::newRow("texts") << QStringList{u"sgd"_s, u"adam"_s, QString(), u"sgd"_s} << u"1 0 nan 1"_s << QStringList{u"adam"_s, u"sgd"_s};
        QTest::newRow("digits in texts") << QStringList{u"layer10"_s, u"layer2"_s} << u"1 0"_s << QStringList{u"layer2"_s, u"layer10"_s};
        QTest::newRow("mixed") << QStringList{u"1"_s, u"auto"_s} << u"0 1"_s << QStringList{u"1"_s, u"auto"_s};
        QTest::newRow("empty text") << QStringList{u""_s, u"x"_s} << u"0 1"_s << QStringList{u""_s, u"x"_s};
        QTest::newRow("nothing") << QStringList{QString(), QString()} << u"nan nan"_s << QStringList();
        QTest::newRow("nobody") << QStringList() << QString() << QStringList();
    }
    void columns()
    {
        QFETCH(QStringList, values);
        QFETCH(QString, expected);
        QFETCH(QStringList, texts);
        const ComparedColumn column = comparedColumn(u"lr"_s, values);
        QCOMPARE(column.name, u"lr"_s);
        QCOMPARE(text(column.numbers), expected);
        QCOMPARE(column.texts, texts);
    }

    void scatters()
    {
        const Scatter line = scatter(numbers({1, 2, noNumber, 3, 4}), numbers({3, 5, 1, 7, noNumber}), false, false);
        QCOMPARE(line.points, (std::vector<ScatterPoint>{{0, 1, 3}, {1, 2, 5}, {3, 3, 7}}));
        QCOMPARE(line.leftOut, 2U);
        QCOMPARE(line.trend->slope, 2.0);
        QCOMPARE(line.trend->intercept, 1.0);
        QCOMPARE(line.trend->determination, 1.0);
        // numpy.polyfit([1, 2, 3, 4], [2, 1, 4, 3], 1) is 0.6, 1; numpy.corrcoef squared is 0.36.
        const Scatter noisy = scatter(numbers({1, 2, 3, 4}), numbers({2, 1, 4, 3}), false, false);
        QVERIFY(std::abs(noisy.trend->slope - 0.6) < 1e-12 && std::abs(noisy.trend->intercept - 1) < 1e-12);
        QVERIFY(std::abs(noisy.trend->determination - 0.36) < 1e-12);
        const Scatter power = scatter(numbers({-1, 0, 1, 10, 100}), numbers({1, 1, 1, 100, 10000}), true, true);
        QCOMPARE(power.leftOut, 2U);
        QVERIFY(std::abs(power.trend->slope - 2) < 1e-12);
        QCOMPARE(power.points[1].y, 100.0); // as logged
        QVERIFY(!scatter(numbers({1, 2}), numbers({1, 2}), false, false).trend);
        QVERIFY(!scatter(numbers({1, 1, 1}), numbers({1, 2, 3}), false, false).trend);
        QVERIFY(!scatter(comparedColumn(u"o"_s, {u"a"_s, u"b"_s, u"c"_s}), numbers({1, 2, 3}), false, false).trend);
        QVERIFY(scatter(numbers({}), numbers({}), false, false).points.empty());
    }

    void parallels()
    {
        const Parallel lines = parallel({numbers({1, 3, 2, noNumber}), numbers({1e-1, 1e-5, 1e-3, 1e-2}),
            comparedColumn(u"o"_s, {u"sgd"_s, u"adam"_s, u"sgd"_s, u"adam"_s}), numbers({7, 7, 7, 7}),
            numbers({noNumber, noNumber, noNumber, noNumber}), numbers({-1.7e308, 1.7e308, 0, 0})});
        QCOMPARE(lines.axes.size(), 6U);
        QVERIFY(!lines.axes[0].isLogarithmic && lines.axes[1].isLogarithmic && !lines.axes[2].isLogarithmic);
        QCOMPARE(lines.axes[1].low, 1e-5);
        QCOMPARE(lines.axes[4].high, 1.0);
        QCOMPARE(text(lines.places[0]), u"0 1 1 0.5 nan 0"_s);
        QCOMPARE(text(lines.places[1]), u"1 0 0 0.5 nan 1"_s);
        QCOMPARE(text(lines.places[2]), u"0.5 0.5 1 0.5 nan 0.5"_s);
        QCOMPARE(text(lines.places[3]), u"nan 0.75 0 0.5 nan 0.5"_s);
        QVERIFY(parallel({}).axes.empty());
    }

    void barsOfExperimentsAndGroups()
    {
        const ComparedColumn metric = numbers({3, noNumber, 5, 4, 1});
        const std::vector<Bar> single = bars(metric);
        QCOMPARE(single.size(), 4U);
        QCOMPARE(single[0].experiments, std::vector<std::size_t>{2});
        QCOMPARE(single[3].value, 1.0);
        QVERIFY(std::isnan(single[0].deviation));
        const std::vector<Bar> grouped
            = bars(metric, comparedColumn(u"lr"_s, {u"0.1"_s, u"0.1"_s, u"0.1"_s, u"0.01"_s, QString()}));
        QCOMPARE(grouped.size(), 3U);
        QCOMPARE(grouped[0].label, u"0.01"_s);
        QCOMPARE(grouped[1].experiments, (std::vector<std::size_t>{0, 2}));
        QCOMPARE(grouped[1].value, 4.0);
        QCOMPARE(grouped[1].deviation, std::sqrt(2.0));
        QCOMPARE(grouped[1].largest, 5.0);
        QVERIFY(grouped[2].label.isNull());
        QCOMPARE(bars(metric, comparedColumn(u"o"_s, {u"b"_s, u"a"_s, u"b"_s, u"a"_s, u"b"_s}))[0].label, u"a"_s);
        QVERIFY(bars(numbers({})).empty());
    }
};

QTEST_GUILESS_MAIN(TestComparison)
#include "tst_comparison.moc"
