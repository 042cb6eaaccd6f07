// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/runcolours.h"
#include "models/charts/series.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <random>

namespace {
constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
} // namespace

class TestSeries : public QObject
{
    Q_OBJECT
private slots:
    void evenStepsAreARule()
    {
        const Steps steps({10, 20, 30, 40});
        QVERIFY(steps.isUniform());
        QCOMPARE(steps.size(), 4U);
        QCOMPARE(steps[3], 40.0);
        QCOMPARE(steps.bytes(), sizeof(Steps));
        // What a rule would not give back exactly stays a column.
        const Steps thirds({0, 1.0 / 3, 2.0 / 3, 1, 4.0 / 3, 5.0 / 3});
        for (std::size_t i = 0; i < thirds.size(); ++i)
            QCOMPARE(thirds[i], static_cast<double>(i) / 3);
    }

    void onlyWhatAscendsIsAnX()
    {
        QVERIFY(Steps({1, 2, 3}).isAscending());
        QVERIFY(Steps({1, 1, 4}).isAscending());
        QVERIFY(!Steps({3, 2, 1}).isAscending()); // a rule as well
        QVERIFY(!Steps({1, noNumber, 3}).isAscending());
        QVERIFY(!Steps({noNumber}).isAscending());
        const Steps constant({2, 2, 2});
        QVERIFY(constant.isAscending() && !constant.isUniform());
        QCOMPARE(constant.bytes(), sizeof(Steps)); // a rule as well
        QVERIFY(Steps({1, noNumber, 4}).isSame(Steps({1, noNumber, 4})));
        QVERIFY(!Steps({1, noNumber, 4}).isSame(Steps({1, noNumber, 5})));
    }

    void lowerBoundIsTheFirstNotBelow_data()
    {
        QTest::addColumn<QList<double>>("steps");
        QTest::newRow("even") << QList<double>{0, 1, 2, 3, 4, 5, 6, 7};
        QTest::newRow("uneven") << QList<double>{-3, 0, 0.5, 7, 7, 7, 100, 1e6};
        QTest::newRow("one") << QList<double>{5};
        QTest::newRow("repeated") << QList<double>{2, 2, 2};
        QTest::newRow("tenths") << QList<double>{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7};
        QTest::newRow("huge") << QList<double>{-1e300, 0, 1e300};
    }
    void lowerBoundIsTheFirstNotBelow()
    {
        QFETCH(QList<double>, steps);
        const Steps tested(std::vector<double>(steps.cbegin(), steps.cend()));
        QList<double> asked = steps;
        for (const double step : steps)
            asked << std::nextafter(step, -infinity) << std::nextafter(step, infinity) << step - 0.3 << step + 0.3;
        for (const double x : asked) {
            const auto expected = static_cast<std::size_t>(
                std::lower_bound(steps.cbegin(), steps.cend(), x) - steps.cbegin());
            QCOMPARE(tested.lowerBound(x), expected);
            for (std::size_t from = 0; from <= expected; ++from)
                QCOMPARE(tested.lowerBound(x, from), expected);
        }
    }

    void severalLowerBoundsAreThoseOfEach_data() { lowerBoundIsTheFirstNotBelow_data(); }
    void severalLowerBoundsAreThoseOfEach()
    {
        QFETCH(QList<double>, steps);
        // Long enough for what is kept about every 64th of them.
        std::vector<double> repeated;
        for (int round = 0; round < 100; ++round) {
            for (const double step : steps)
                repeated.push_back(step + round * (steps.back() - steps.front()));
        }
        std::sort(repeated.begin(), repeated.end()); // the last digits of neighbouring rounds may cross
        const Steps tested(repeated);
        std::vector<double> places;
        for (double part = -0.1; part < 1.1; part += 0.0007)
            places.push_back(repeated.front() + part * (repeated.back() - repeated.front()));
        places.insert(places.end(), repeated.cbegin(), repeated.cend());
        std::sort(places.begin(), places.end());
        std::vector<std::uint32_t> found(places.size());
        tested.lowerBounds(places, found);
        for (std::size_t i = 0; i < places.size(); ++i)
            QCOMPARE(std::ptrdiff_t{found[i]}, std::lower_bound(repeated.cbegin(), repeated.cend(), places[i]) - repeated.cbegin());
    }

    void nearestStep()
    {
        const Steps steps({0, 10, 11, 100});
        QCOMPARE(steps.nearest(-5), 0U);
        QCOMPARE(steps.nearest(4), 0U);
        QCOMPARE(steps.nearest(10.4), 1U);
        QCOMPARE(steps.nearest(10.6), 2U);
        QCOMPARE(steps.nearest(1e9), 3U);
    }

    void unsortedStepsAreSortedStably()
    {
        const Series series({3, 1, 2, 1, 3}, {30, 10, 20, 11, 31});
        QCOMPARE(series.values(), (std::vector<double>{10, 11, 20, 30, 31}));
        QCOMPARE(series.steps()[1], 1.0);
        QCOMPARE(series.steps()[2], 2.0);
    }

    void missingStepsAreCounted()
    {
        const Series none({}, {5, 6, 7});
        QCOMPARE(none.steps()[2], 2.0);
        const Series allUnknown({noNumber, noNumber}, {5, 6});
        QCOMPARE(allUnknown.steps()[1], 1.0);
        const Series wrongLength({1, 2}, {5, 6, 7});
        QCOMPARE(wrongLength.steps()[2], 2.0);
    }

    void aSingleMissingStepStandsAtTheOneBefore()
    {
        const Series series({noNumber, 4, noNumber, 8}, {1, 2, 3, 4});
        QCOMPARE(series.steps()[0], 4.0);
        QCOMPARE(series.steps()[2], 4.0);
        QCOMPARE(series.values(), (std::vector<double>{1, 2, 3, 4}));
    }

    void whatIsNotFiniteIsListedAndKept()
    {
        const Series series({0, 1, 2, 3}, {1, noNumber, -infinity, 2});
        QCOMPARE(series.gaps(), (std::vector<std::uint32_t>{1, 2}));
        QVERIFY(std::isnan(series.values()[1]));
        QCOMPARE(series.values()[2], -infinity);
        QCOMPARE(series.pyramid().total().low, 1.0);
        QCOMPARE(series.pyramid().total().high, 2.0);
        QVERIFY(Series({}, {noNumber, noNumber}).pyramid().total().isEmpty());
        QVERIFY(Series({}, {}).pyramid().total().isEmpty());
    }

    void pyramidHoldsEveryRange_data()
    {
        QTest::addColumn<double>("scale");
        QTest::addColumn<double>("offset");
        QTest::newRow("ordinary") << 1.0 << 0.0;
        QTest::newRow("huge") << 1e300 << 0.0;
        QTest::newRow("tiny") << 1e-300 << 0.0;
        QTest::newRow("far from zero") << 1e-3 << 1.7e9;
    }
    void pyramidHoldsEveryRange()
    {
        QFETCH(double, scale);
        QFETCH(double, offset);
        std::mt19937 generator(7);
        std::normal_distribution<double> normal;
        std::vector<double> values(1013);
        for (double &value : values)
            value = offset + scale * normal(generator);
        for (std::size_t i = 200; i < 260; ++i)
            values[i] = noNumber;
        const Pyramid pyramid(values);
        std::uniform_int_distribution<std::size_t> place(0, values.size());
        for (int round = 0; round < 2000; ++round) {
            const auto [begin, end] = std::minmax({place(generator), place(generator)});
            const Pyramid::Range range = pyramid.range(values, begin, end);
            double low = infinity, high = -infinity;
            for (std::size_t i = begin; i < end; ++i) {
                if (std::isnan(values[i]))
                    continue;
                low = std::min(low, values[i]);
                high = std::max(high, values[i]);
            }
            QCOMPARE(range.isEmpty(), high < low);
            QVERIFY(range.low == low && range.high == high);
        }
    }

    void logarithmMakesGapsOfWhatHasNone()
    {
        const Series series = Series({5, 6, 7, 8}, {100, 0, -3, 1e-300}).logarithm();
        QCOMPARE(series.values()[0], 2.0);
        QCOMPARE(series.gaps(), (std::vector<std::uint32_t>{1, 2}));
        QCOMPARE(series.values()[3], -300.0);
        QCOMPARE(series.steps()[3], 8.0);
    }

    void aColourIsGivenOnceAndStays()
    {
        RunColours colours;
        const int first = colours.colourOf(QStringLiteral("a"));
        const int second = colours.colourOf(QStringLiteral("b"));
        QVERIFY(first != second);
        QCOMPARE(colours.colourOf(QStringLiteral("a")), first);
    }
};

QTEST_GUILESS_MAIN(TestSeries)
#include "tst_series.moc"
