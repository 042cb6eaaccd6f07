// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What every smoothing promises; their numbers are compared in tst_references.

#include "models/charts/grouping.h"
#include "models/charts/smoothing.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <random>

Q_DECLARE_METATYPE(Smoothing)

namespace {

constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> noise(std::size_t size, double scale = 1)
{
    std::mt19937 generator(7);
    std::normal_distribution<double> normal;
    std::vector<double> values(size);
    for (double &value : values)
        value = scale * (3 + normal(generator));
    return values;
}

} // namespace

class TestSmoothing : public QObject
{
    Q_OBJECT
private slots:
    void everyKind_data()
    {
        QTest::addColumn<Smoothing>("smoothing");
        using Kind = Smoothing::Kind;
        QTest::newRow("twema") << Smoothing{Kind::Twema, 0.9};
        QTest::newRow("twema, far too much") << Smoothing{Kind::Twema, 1e300};
        QTest::newRow("ema") << Smoothing{Kind::Ema, 0.6};
        QTest::newRow("ema, far too much") << Smoothing{Kind::Ema, infinity};
        QTest::newRow("gaussian") << Smoothing{Kind::Gaussian, 3};
        QTest::newRow("gaussian, far too much") << Smoothing{Kind::Gaussian, 1e300};
        QTest::newRow("average") << Smoothing{Kind::MovingAverage, 7};
        QTest::newRow("average, far too much") << Smoothing{Kind::MovingAverage, infinity};
    }
    void everyKind()
    {
        QFETCH(Smoothing, smoothing);
        QVERIFY(smoothing.isActive());
        for (const bool isEven : {true, false}) {
            std::vector<double> x(200);
            for (std::size_t i = 0; i < x.size(); ++i)
                x[i] = isEven ? static_cast<double>(i) : std::floor(std::pow(static_cast<double>(i), 1.3));
            for (const double scale : {1.0, 1e-300, 2e307}) {
                std::vector<double> values = noise(x.size(), scale);
                values[0] = noNumber;
                values[50] = infinity;
                values[51] = -infinity;
                const std::vector<double> smooth = smoothed(smoothing, Steps(x), values);
                QCOMPARE(smooth.size(), values.size());
                const auto [low, high] = std::minmax_element(values.cbegin() + 60, values.cend());
                const auto [smoothLow, smoothHigh] = std::minmax_element(smooth.cbegin() + 60, smooth.cend());
                QVERIFY(*smoothLow >= *low && *smoothHigh <= *high && *smoothHigh - *smoothLow < *high - *low);
                // A gap stays what it was, and nothing else becomes one.
                QVERIFY(std::isnan(smooth[0]));
                QCOMPARE(smooth[50], infinity);
                QCOMPARE(smooth[51], -infinity);
                QCOMPARE(std::count_if(smooth.cbegin(), smooth.cend(), [](double value) { return !std::isfinite(value); }), 3);
            }
            const std::vector<double> constant(x.size(), 0.1);
            QCOMPARE(smoothed(smoothing, Steps(x), constant), constant);
        }
    }

    void edges_data() { everyKind_data(); }
    void edges()
    {
        QFETCH(Smoothing, smoothing);
        QVERIFY(smoothed(smoothing, Steps::counted(0), std::vector<double>()).empty());
        QCOMPARE(smoothed(smoothing, Steps({5}), std::vector<double>{2}), std::vector<double>{2});
        QVERIFY(std::isnan(smoothed(smoothing, Steps({5, 6}), std::vector<double>{noNumber, infinity})[0]));
        // Everything at one x.
        const std::vector<double> smooth = smoothed(smoothing, Steps({4, 4, 4}), std::vector<double>{1, 2, 6});
        QVERIFY(std::all_of(smooth.cbegin(), smooth.cend(), [](double value) { return value >= 1 && value <= 6; }));
        // x as far apart as doubles go.
        const std::vector<double> far = smoothed(smoothing, Steps({-1.7e308, 0, 1.7e308}), std::vector<double>{1, 2, 6});
        QVERIFY(std::all_of(far.cbegin(), far.cend(), [](double value) { return value >= 1 && value <= 6; }));
        const std::atomic_bool cancelled = true;
        QVERIFY(smoothed(smoothing, Steps({0, 1}), std::vector<double>{1, 2}, &cancelled).empty());
    }

    void nothingToDo_data()
    {
        QTest::addColumn<Smoothing>("smoothing");
        using Kind = Smoothing::Kind;
        QTest::newRow("as it begins") << Smoothing();
        QTest::newRow("none") << Smoothing{Kind::None, 0.9};
        QTest::newRow("negative") << Smoothing{Kind::Twema, -1};
        QTest::newRow("no number") << Smoothing{Kind::Gaussian, noNumber};
        QTest::newRow("a window of one") << Smoothing{Kind::MovingAverage, 1};
        QTest::newRow("a window of two") << Smoothing{Kind::MovingAverage, 2};
    }
    void nothingToDo()
    {
        QFETCH(Smoothing, smoothing);
        QVERIFY(!smoothing.isActive());
        const std::vector<double> values = noise(20);
        QCOMPARE(smoothed(smoothing, Steps::counted(20), values), values);
    }

    // What left the window a long time ago must not be seen in the sums, not even as rounding.
    void aSpikeLeavesNoTrace()
    {
        std::vector<double> values = noise(1000);
        const Smoothing average{Smoothing::Kind::MovingAverage, 11};
        const std::vector<double> without = smoothed(average, Steps::counted(1000), values);
        values[100] = 1e250;
        const std::vector<double> with = smoothed(average, Steps::counted(1000), values);
        for (std::size_t i = 200; i < 1000; ++i)
            QVERIFY(std::abs(with[i] - without[i]) <= 1e-14 * without[i]);
    }

    // A line is smoothed the same at whatever scale its x is: steps, or the same as milliseconds.
    void theUnitOfXDoesNotMatter_data() { everyKind_data(); }
    void theUnitOfXDoesNotMatter()
    {
        QFETCH(Smoothing, smoothing);
        std::vector<double> x(100);
        for (std::size_t i = 1; i < x.size(); ++i)
            x[i] = x[i - 1] + static_cast<double>(1 + i % 3);
        std::vector<double> scaled = x;
        for (double &one : scaled)
            one *= 1024;
        const std::vector<double> values = noise(100);
        QCOMPARE(smoothed(smoothing, Steps(x), values), smoothed(smoothing, Steps(scaled), values));
    }

    void groupsOfNobody()
    {
        Grouping grouping;
        QVERIFY(!grouping.isActive());
        QVERIFY(!summarised(grouping, {}).grid);
        const auto empty = std::make_shared<const Series>(std::vector<double>(), std::vector<double>());
        QVERIFY(!summarised(grouping, {nullptr, empty}).grid);
        const auto gap = std::make_shared<const Series>(std::vector<double>{1, 2}, std::vector<double>{noNumber, infinity});
        const GroupSummary summary = summarised(grouping, {gap, nullptr});
        QCOMPARE(summary.counts, (std::vector<std::uint32_t>{0, 0}));
        QVERIFY(std::isnan(summary.centre[0]) && std::isnan(summary.low[1]) && std::isnan(summary.high[1]));
        const std::atomic_bool cancelled = true;
        QVERIFY(!summarised(grouping, {gap}, &cancelled).grid);
    }

    void aGridIsBounded()
    {
        // Two runs that agree in no step: together more points than a grid has.
        std::vector<double> even(gridPoints);
        std::vector<double> odd(gridPoints);
        for (std::size_t i = 0; i < gridPoints; ++i) {
            even[i] = static_cast<double>(2 * i);
            odd[i] = even[i] + 1;
        }
        const auto line = [](const std::vector<double> &x) { return std::make_shared<const Series>(x, x); };
        const GroupSummary summary = summarised({}, {line(even), line(odd)});
        QVERIFY(summary.isResampled);
        QCOMPARE(summary.grid->size(), gridPoints);
        QCOMPARE(summary.grid->first(), 0.0);
        QCOMPARE(summary.grid->last(), odd.back());
        QCOMPARE(summary.counts.front(), 1U); // the other begins later: interpolated, not extrapolated
        QCOMPARE(summary.counts[gridPoints / 2], 2U);
        QVERIFY(std::abs(summary.centre[gridPoints / 2] - (*summary.grid)[gridPoints / 2]) < 1e-9);
        // Where they agree, every point stays.
        std::vector<double> many(3 * gridPoints);
        for (std::size_t i = 0; i < many.size(); ++i)
            many[i] = static_cast<double>(i * i);
        QCOMPARE(summarised({}, {line(many), line(many)}).grid->size(), many.size());
    }
};

QTEST_GUILESS_MAIN(TestSmoothing)
#include "tst_smoothing.moc"
