// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/correlation.h"
#include "models/charts/linereading.h"
#include "models/charts/rangestatistics.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace {
constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
} // namespace

class TestLineReading : public QObject
{
    Q_OBJECT
private slots:
    void between()
    {
        const Series line({0, 10, 20, 30, 40}, {1, 5, noNumber, 2, 8});
        const RangeReading reading = readingBetween(line, 9, 32);
        QCOMPARE(*reading.first, 1U); // the nearest ones, not only those inside
        QCOMPARE(*reading.last, 3U);
        QCOMPARE(reading.startValue, 5.0);
        QCOMPARE(reading.endValue, 2.0);
        QCOMPARE(reading.difference, -3.0);
        QCOMPARE(reading.slope, -0.15);
        QCOMPARE(reading.count, 2U);
        QCOMPARE(reading.gaps, 1U);
        QCOMPARE(reading.smallest, 2.0);
        QCOMPARE(reading.largest, 5.0);
        QCOMPARE(reading.mean, 3.5);
        // The other way round, as a person may drag.
        const RangeReading back = readingBetween(line, 32, 9);
        QCOMPARE(back.difference, 3.0);
        QCOMPARE(back.slope, -0.15);
        QCOMPARE(back.count, 2U);
    }

    void whereTheLineDoesNotReach()
    {
        const Series line({10, 20}, {1, 3});
        const RangeReading reading = readingBetween(line, 0, 14);
        QCOMPARE(*reading.first, 0U); // begins behind the start: read where it begins
        QCOMPARE(*reading.last, 0U);
        QCOMPARE(reading.startValue, 1.0);
        QVERIFY(std::isnan(reading.slope));
        QCOMPARE(reading.count, 1U);
        QCOMPARE(reading.mean, 1.0);
        const RangeReading outside = readingBetween(line, 30, 40);
        QVERIFY(!outside.first && !outside.last && std::isnan(outside.startValue) && std::isnan(outside.difference));
        QCOMPARE(outside.count, 0U);
        QVERIFY(std::isnan(outside.mean) && std::isnan(outside.smallest) && std::isnan(outside.largest));
        QCOMPARE(readingBetween(Series({}, {}), 0, 1).count, 0U);
        QVERIFY(!readingBetween(line, noNumber, 15).last);
        // Both ends at one point.
        const RangeReading one = readingBetween(line, 10, 11);
        QCOMPARE(one.difference, 0.0);
        QVERIFY(std::isnan(one.slope));
    }

    void hugeValuesHaveAMean()
    {
        const Series line({0, 1, 2}, {1.5e308, 1.7e308, 1.6e308});
        QVERIFY(std::abs(readingBetween(line, 0, 2).mean - 1.6e308) < 1e295);
    }

    void asATable()
    {
        const auto line = [](const QString &name, std::vector<double> values) {
            return ChartLine{{u"key of "_s + name, name, 3, true}, std::make_shared<const Series>(std::vector<double>(), std::move(values))};
        };
        const auto rows = rangeStatistics({line(u"a"_s, {0, 1, noNumber, 3, 8}), line(QString(), {5}), line(u"c"_s, {})}, 1, 3.2);
        QCOMPARE(rows.size(), 3U);
        QCOMPARE(rows[0].name, u"a"_s);
        QCOMPARE(rows[0].first, 1.0);
        QCOMPARE(rows[0].last, 3.0);
        QCOMPARE(rows[0].slope, 1.0);
        QCOMPARE(rows[0].mean, 2.0);
        QCOMPARE(rows[0].points, 3); // the NaN, too
        QCOMPARE(rows[1].name, u"key of "_s);
        QVERIFY(std::isnan(rows[1].first)); // ends before
        QCOMPARE(rows[2].points, 0);
    }

    void best()
    {
        const Series line({0, 1, 2, 3, 4, 5}, {noNumber, 4, 1, infinity, 1, -infinity});
        QCOMPARE(*bestPoint(line, Best::Smallest), 2U); // the first of equal ones
        QCOMPARE(*bestPoint(line, Best::Largest), 1U);
        QVERIFY(!bestPoint(Series({0}, {noNumber}), Best::Largest));
        QVERIFY(!bestPoint(Series({}, {}), Best::Smallest));
    }

    void importances()
    {
        const std::vector<double> metric{1, 2, 3, 4, noNumber, 6};
        const auto found = parameterImportances(
            {
                {u"seed"_s, {u"7"_s, u"7"_s, u"7"_s, u"7"_s, u"8"_s, u"7"_s}}, // 8 has no metric
                {u"layers"_s, {u"2"_s, QString(), u"1"_s, u"3"_s, u"9"_s, u"4"_s}},
                {u"lr"_s, {u"1e-1"_s, u"0.01"_s, u" 1e-3"_s, u"1e-4"_s, u"5"_s, u"1e-5"_s}},
                {u"optimizer"_s, {u"adam"_s, u"adam"_s, u"sgd"_s, u"sgd"_s, u"x"_s, u"sgd"_s}},
                {u"folder"_s, {u"/a"_s, u"/b"_s, u"/c"_s, u"/d"_s, u"/e"_s, u"/f"_s}},
                {u"few"_s, {u"1"_s, u"2"_s, QString(), QString(), u"4"_s, QString()}},
                {u"odd"_s, {u"1"_s, u"nan"_s, u"1"_s, u"nan"_s, u"1"_s, u"1"_s}}, // no finite number: texts
                {u"short"_s, {u"1"_s}},
            },
            metric);
        using Measure = ParameterImportance::Measure;
        using Reason = ParameterImportance::Reason;
        QStringList names;
        for (const ParameterImportance &one : found)
            names.append(one.parameter);
        QCOMPARE(names, QStringList({u"lr"_s, u"optimizer"_s, u"layers"_s, u"odd"_s, u"few"_s, u"folder"_s, u"seed"_s, u"short"_s}));
        QCOMPARE(found[0].value, -1.0);
        QCOMPARE(found[0].count, 5U);
        QCOMPARE(found[0].measure, Measure::RankCorrelation);
        QCOMPARE(found[1].measure, Measure::CorrelationRatio);
        QCOMPARE(found[1].distinct, 2U);
        QCOMPARE(found[2].count, 4U);
        QCOMPARE(found[3].measure, Measure::CorrelationRatio);
        QCOMPARE(found[4].reason, Reason::TooFew);
        QCOMPARE(found[5].reason, Reason::TooManyTexts);
        QCOMPARE(found[6].reason, Reason::ConstantParameter);
        QCOMPARE(found[7].reason, Reason::TooFew);
        const std::vector<double> constant(6, 3);
        QCOMPARE(parameterImportances({{u"lr"_s, {u"1"_s, u"2"_s, u"3"_s}}}, constant)[0].reason, Reason::ConstantMetric);
        QVERIFY(parameterImportances({}, metric).empty());
    }

    void correlationsOfLittle()
    {
        const std::vector<double> x{1, 2, noNumber, 4};
        const std::vector<double> y{1, infinity, 3, 2};
        QVERIFY(!rankCorrelation(x, y)); // two pairs are left
        const std::vector<double> constant{5, 5, 5, 5};
        QVERIFY(!rankCorrelation(y, constant));
        QVERIFY(ranks(std::vector<double>()).empty());
    }
};

QTEST_GUILESS_MAIN(TestLineReading)
#include "tst_linereading.moc"
