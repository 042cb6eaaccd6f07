// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/points.h"
#include "models/charts/xaxis.h"

#include <QTest>

#include <cmath>
#include <limits>

namespace {

constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
using Numbers = QList<double>;

std::vector<double> column(const Numbers &numbers)
{
    return {numbers.cbegin(), numbers.cend()};
}

// As text, so that NaN is equal to NaN and a failure says what there is.
template<class Column>
QString text(const Column &numbers, std::size_t size)
{
    QStringList words;
    for (std::size_t i = 0; i < size; ++i)
        words.append(QString::number(numbers[i], 'g', 17));
    return words.join(u' ');
}

QString text(const std::shared_ptr<const Steps> &numbers)
{
    return numbers ? text(*numbers, numbers->size()) : QStringLiteral("none");
}

QString text(const Numbers &numbers)
{
    return text(column(numbers), static_cast<std::size_t>(numbers.size()));
}

std::vector<double> counted(std::size_t size, double scale)
{
    std::vector<double> numbers(size);
    for (std::size_t i = 0; i < size; ++i)
        numbers[i] = scale * static_cast<double>(i);
    return numbers;
}

} // namespace

class TestChartPoints : public QObject
{
    Q_OBJECT
private slots:
    void columnsAreInOrderOfStep()
    {
        const Points points({{30, noNumber, 20, -infinity}, {3, 1, 2, 1}, {7, 5, 6, noNumber}, {300, 100, 200, 101}, {3, 1, 2, 1.5}});
        QCOMPARE(points.size(), 4U);
        QVERIFY(points.hasSteps());
        QCOMPARE(text(points.series()->sharedSteps()), QStringLiteral("1 1 2 3"));
        QCOMPARE(text(points.values(), 4), QStringLiteral("nan -inf 20 30"));
        QCOMPARE(text(points.epochs()), QStringLiteral("5 nan 6 7"));
        QCOMPARE(text(points.times()), QStringLiteral("100 101 200 300"));
        QCOMPARE(text(points.durations()), QStringLiteral("1 1.5 2 3"));
        QCOMPARE(points.firstTime(), 100.0);
    }

    void columnsThatAreNotThere()
    {
        const Points counted({{5, 6, 7}, {}, {}, {}, {}});
        QVERIFY(!counted.hasSteps());
        QCOMPARE(text(counted.series()->sharedSteps()), QStringLiteral("0 1 2"));
        QVERIFY(!counted.epochs() && !counted.times() && !counted.durations());
        QVERIFY(std::isnan(counted.firstTime()));
        // Of another length or without any number is the same as not there.
        const Points odd({{5, 6}, {1, 2}, {1, 2, 3}, {noNumber, noNumber}, {}});
        QVERIFY(odd.hasSteps());
        QVERIFY(!odd.epochs() && !odd.times());
        const Points none{Points::Columns()};
        QCOMPARE(none.size(), 0U);
        QVERIFY(!none.times());
    }

    void aPointWithoutAStepHasNone()
    {
        // Logged: 30 at 3, one without, 10 at 1, another without, 20 at 2.
        const Points points({{30, 31, 10, 11, 20}, {3, noNumber, 1, infinity, 2}, {}, {300, 301, 100, 101, 200}, {}});
        QVERIFY(points.hasSteps());
        QCOMPARE(text(points.values(), 5), QStringLiteral("10 11 20 30 31"));
        QCOMPARE(points.withoutStep(), (std::vector<std::uint32_t>{1, 4}));
        QVERIFY(points.hasStep(0) && !points.hasStep(1) && points.hasStep(3) && !points.hasStep(4));
        const AxisSeries over = seriesOver({XAxis::Kind::Step, {}}, points, nullptr, 0);
        QCOMPARE(text(over.series->sharedSteps()), QStringLiteral("1 2 3"));
        QCOMPARE(text(over.series->values(), 3), QStringLiteral("10 20 30"));
        QCOMPARE(over.leftOut, 2U);
        QCOMPARE(over.pointOf(1), 2U);
        QCOMPARE(seriesOver({XAxis::Kind::WallTime, {}}, points, nullptr, 0).series->size(), 5U); // still there over time
        QVERIFY(!points.isSame(Points({{30, 31, 10, 11, 20}, {3, 3, 1, 1, 2}, {}, {300, 301, 100, 101, 200}, {}})));
        const Points counted({{1, 2}, {noNumber, noNumber}, {}, {}, {}});
        QVERIFY(!counted.hasSteps() && !counted.hasStep(0) && counted.hasPlace(0) && counted.withoutStep().empty());
    }

    void equalColumnsAreKeptOnce()
    {
        ColumnPool pool;
        std::vector<double> times = counted(1000, 1);
        times[1] += 0.25; // no rule
        const Points loss({counted(1000, 2), counted(1000, 10), {}, times, {}}, &pool);
        const Points accuracy({counted(1000, 3), counted(1000, 10), {}, times, {}}, &pool);
        QCOMPARE(loss.series()->sharedSteps(), accuracy.series()->sharedSteps());
        QCOMPARE(loss.times(), accuracy.times());
        times[7] = noNumber;
        const Points other({counted(1000, 3), counted(1000, 10), {}, times, {}}, &pool);
        const Points again({counted(1000, 4), counted(1000, 10), {}, times, {}}, &pool);
        QVERIFY(other.times() != loss.times());
        QCOMPARE(other.times(), again.times()); // NaN is no difference
    }

    void memoryStaysNearTheColumns()
    {
        // 20 runs of 15,000 points, each with its own times and durations: what a server with everything sends.
        ColumnPool pool;
        std::vector<Points> runs;
        for (int run = 0; run < 20; ++run) {
            Points::Columns columns{counted(15000, 1), counted(15000, 1), {}, counted(15000, 1), counted(15000, 1)};
            for (std::size_t i = 0; i < 15000; ++i) {
                columns.values[i] = std::sin(static_cast<double>(i) * 0.01 * run);
                columns.epochs.push_back(std::floor(static_cast<double>(i) / 100));
                columns.times[i] = 1.7e12 + std::floor(columns.times[i] * 1000.3) + run;
                columns.durations[i] = std::floor(columns.durations[i] * 1000.3 * (run + 1) / 7);
            }
            runs.emplace_back(std::move(columns), &pool);
        }
        ByteCount count;
        for (const Points &run : runs)
            run.countBytes(count);
        const double raw = 20.0 * 15000 * 5 * 8;
        QVERIFY2(static_cast<double>(count.bytes) <= 1.6 * raw, qPrintable(QString::number(static_cast<double>(count.bytes) / raw)));
        const std::size_t once = count.bytes;
        runs[3].countBytes(count);
        QCOMPARE(count.bytes, once);
    }

    void sameIsSame()
    {
        const Points::Columns columns{{1, noNumber}, {0, 1}, {}, {5, noNumber}, {}};
        QVERIFY(Points(columns).isSame(Points(columns)));
        Points::Columns longer = columns;
        for (auto *numbers : {&longer.values, &longer.steps, &longer.times})
            numbers->push_back(2);
        QVERIFY(!Points(columns).isSame(Points(longer)));
        Points::Columns without = columns;
        without.times.clear();
        QVERIFY(!Points(columns).isSame(Points(without)));
    }

    void overAnyAxis_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<Numbers>("steps");
        QTest::addColumn<Numbers>("epochs");
        QTest::addColumn<Numbers>("times");
        QTest::addColumn<Numbers>("x");
        QTest::addColumn<Numbers>("indexes"); // of the points, whose values are 0, 1, 2, ... in order of step
        QTest::addColumn<int>("leftOut");
        const auto row = [](const char *name, XAxis::Kind kind, const Numbers &steps, const Numbers &epochs, const Numbers &times,
                             const Numbers &x, const Numbers &indexes, int leftOut) {
            QTest::newRow(name) << static_cast<int>(kind) << steps << epochs << times << x << indexes << leftOut;
        };
        using Kind = XAxis::Kind;
        const Numbers steps{10, 20, 30, 40};
        const Numbers all{0, 1, 2, 3};
        row("steps", Kind::Step, steps, {}, {}, steps, all, 0);
        row("no steps", Kind::Step, {}, {}, {}, all, all, 0);
        row("fractions", Kind::Step, {0.25, 0.5, 0.75, 1}, {}, {}, {0.25, 0.5, 0.75, 1}, all, 0);
        row("beyond whole numbers", Kind::Step, {-0.5, 9007199254740992, 9223372036854775808.0, 18446744073709551616.0}, {}, {},
            {-0.5, 9007199254740992, 9223372036854775808.0, 18446744073709551616.0}, all, 0);
        row("fractions of epochs", Kind::Epoch, steps, {0, 0.33, 0.66, 1}, {}, {0, 0.33, 0.66, 1}, all, 0);
        row("repeated steps", Kind::Step, {5, 5, 5, 6}, {}, {}, {5, 5, 5, 6}, all, 0);
        row("epochs", Kind::Epoch, steps, {0, 0, 1, 1}, {}, {0, 0, 1, 1}, all, 0);
        row("one epoch", Kind::Epoch, steps, {3, 3, 3, 3}, {}, {3, 3, 3, 3}, all, 0);
        row("epochs missing", Kind::Epoch, steps, {}, {}, {}, {}, 4);
        row("some epochs missing", Kind::Epoch, steps, {noNumber, 2, noNumber, 1}, {}, {1, 2}, {3, 1}, 2);
        row("infinite epochs", Kind::Epoch, steps, {-infinity, 2, 3, infinity}, {}, {2, 3}, {1, 2}, 2);
        row("times", Kind::WallTime, steps, {}, {1.7e12, 1.7e12 + 5, 1.7e12 + 6, 1.7e12 + 9}, {1.7e12, 1.7e12 + 5, 1.7e12 + 6, 1.7e12 + 9}, all, 0);
        row("a clock that was set back", Kind::WallTime, steps, {}, {1000, 3000, 2000, 4000}, {1000, 2000, 3000, 4000}, {0, 2, 1, 3}, 0);
        row("elapsed", Kind::ElapsedTime, steps, {}, {1500, 2500, 2500, 61000}, {0.5, 1.5, 1.5, 60}, all, 0);
        row("elapsed without times", Kind::ElapsedTime, steps, {}, {}, {}, {}, 4);
        row("huge steps", Kind::Step, {-1e300, 0, 1e299, 1e300}, {}, {}, {-1e300, 0, 1e299, 1e300}, all, 0);
    }
    void overAnyAxis()
    {
        QFETCH(int, kind);
        QFETCH(Numbers, steps);
        QFETCH(Numbers, epochs);
        QFETCH(Numbers, times);
        QFETCH(Numbers, x);
        QFETCH(Numbers, indexes);
        QFETCH(int, leftOut);
        const Points points({{0, 1, 2, 3}, column(steps), column(epochs), column(times), {}});
        const AxisSeries over = seriesOver({static_cast<XAxis::Kind>(kind), {}}, points, nullptr, 1000);
        QCOMPARE(over.leftOut, static_cast<std::size_t>(leftOut));
        QCOMPARE(over.series == nullptr, x.isEmpty());
        if (!over.series)
            return;
        QCOMPARE(text(over.series->sharedSteps()), text(x));
        QCOMPARE(text(over.series->values(), over.series->size()), text(indexes));
        for (std::size_t i = 0; i < over.series->size(); ++i)
            QCOMPARE(over.pointOf(i), static_cast<std::size_t>(indexes[static_cast<qsizetype>(i)]));
        if (over.points.empty()) // the order is the same: nothing is copied
            QCOMPARE(over.series->values().data(), points.values().data());
    }

    void overAnotherMetric()
    {
        const Points points({{1, 2, 3, 4, 5}, {0, 1, 2, 2, 5}, {}, {}, {}});
        const Points rate({{0.5, 0.3, noNumber, 0.1, 0.2, 9}, {0, 1, 2, 2, 4, 5}, {}, {}, {}});
        const XAxis axis{XAxis::Kind::Metric, QStringLiteral("rate")};
        const AxisSeries over = seriesOver(axis, points, &rate, 0);
        QCOMPARE(text(over.series->sharedSteps()), text(Numbers{0.1, 0.1, 0.3, 0.5, 9})); // the last one of step 2
        QCOMPARE(text(over.series->values(), 5), text(Numbers{3, 4, 2, 1, 5}));
        const Points elsewhere({{1}, {7}, {}, {}, {}});
        QVERIFY(!seriesOver(axis, points, &elsewhere, 0).series);
        QCOMPARE(seriesOver(axis, points, &elsewhere, 0).leftOut, 5U);
        QVERIFY(!seriesOver(axis, points, nullptr, 0).series);
        // What has no step has nothing in common with what stands beside it, nor a count with a step.
        const Points some({{1, 2, 3}, {0, noNumber, 5}, {}, {}, {}});
        QCOMPARE(text(seriesOver(axis, some, &rate, 0).series->sharedSteps()), text(Numbers{0.5, 9}));
        const Points unsure({{0.5, 7, 9}, {0, noNumber, 5}, {}, {}, {}});
        QCOMPARE(text(seriesOver(axis, points, &unsure, 0).series->sharedSteps()), text(Numbers{0.5, 9}));
        const Points order({{0.5, 0.3, 0.1}, {}, {}, {}, {}});
        QVERIFY(!seriesOver(axis, points, &order, 0).series);
        QCOMPARE(seriesOver(axis, order, &order, 0).series->size(), 3U);
    }

    void nothingAndOne()
    {
        for (int kind = 0; kind <= static_cast<int>(XAxis::Kind::Metric); ++kind) {
            const XAxis axis{static_cast<XAxis::Kind>(kind), {}};
            const Points none{Points::Columns()};
            QVERIFY(!seriesOver(axis, none, &none, 0).series);
            const Points one({{noNumber}, {3}, {1}, {1000}, {}});
            const Points other({{8}, {3}, {}, {}, {}});
            QCOMPARE(seriesOver(axis, one, &other, 0).series->size(), 1U);
        }
    }
};

QTEST_GUILESS_MAIN(TestChartPoints)
#include "tst_chartpoints.moc"
