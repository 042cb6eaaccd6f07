// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/chartline.h"
#include "models/charts/gapmarks.h"
#include "models/charts/seriestext.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();

SeriesPointer series(std::vector<double> steps, std::vector<double> values)
{
    return std::make_shared<const Series>(std::move(steps), std::move(values));
}

ChartLine line(const char *name, std::vector<double> steps, std::vector<double> values)
{
    ChartLine line;
    line.run = {QLatin1StringView(name) + QStringLiteral("-key"), QString::fromLatin1(name), 0};
    line.series = series(std::move(steps), std::move(values));
    return line;
}

} // namespace

class TestChartLine : public QObject
{
    Q_OBJECT
private slots:
    void wholeViewHoldsEverything()
    {
        const View view = wholeView({series({0, 10}, {1, 2}), nullptr, series({5, 20}, {noNumber, 4})});
        QCOMPARE(view.x0, 0.0);
        QVERIFY(view.x1 > 20 && view.x1 < 21); // the 4 is a dot, which would be cut
        QVERIFY(view.y0 < 1 && view.y0 > 0.8);
        QVERIFY(view.y1 > 4 && view.y1 < 4.2);
    }

    void wholeViewOfLittle_data()
    {
        QTest::addColumn<QList<double>>("values");
        QTest::newRow("nothing") << QList<double>();
        QTest::newRow("one") << QList<double>{3};
        QTest::newRow("constant") << QList<double>{0.25, 0.25, 0.25};
        QTest::newRow("zero") << QList<double>{0, 0};
        QTest::newRow("only NaN") << QList<double>{noNumber, noNumber};
        QTest::newRow("huge") << QList<double>{-1.7e308, 1.7e308};
        QTest::newRow("huge constant") << QList<double>{1e308, 1e308};
        QTest::newRow("huge beside small") << QList<double>{1, 0, 1e308};
        QTest::newRow("the largest") << QList<double>{0, std::numeric_limits<double>::max()};
        QTest::newRow("beyond whole numbers") << QList<double>{9007199254740992.0, 9007199254740994.0, 9007199254741012.0};
        QTest::newRow("tiny") << QList<double>{1e-320, 2e-320};
    }
    void wholeViewOfLittle()
    {
        QFETCH(QList<double>, values);
        const View view = wholeView({series({}, std::vector<double>(values.cbegin(), values.cend()))});
        QVERIFY(view.x1 > view.x0 && view.y1 > view.y0);
        QVERIFY(std::isfinite(view.pixelOfY(view.y0 / 2 + view.y1 / 2, 100)));
        QVERIFY(std::isfinite(view.yOf(50, 100)));
        const double y = view.pixelOfY(values.isEmpty() || std::isnan(values.first()) ? view.y0 : values.last(), 100);
        QVERIFY(y >= -120 && y <= 120);
        for (const double value : std::as_const(values))
            QVERIFY(std::isnan(value) || (value >= view.y0 && value <= view.y1));
        // What differs is drawn apart.
        const auto [low, high] = std::minmax_element(values.cbegin(), values.cend());
        if (!values.isEmpty() && *high > *low && *high > 1e-300)
            QVERIFY(view.pixelOfY(*low, 100) - view.pixelOfY(*high, 100) > 80);
    }

    void onlyDotsNeedAirAtTheSides_data()
    {
        QTest::addColumn<QList<double>>("values");
        QTest::addColumn<bool>("left");
        QTest::addColumn<bool>("right");
        QTest::newRow("a line") << QList<double>{1, 2, 3, 4} << false << false;
        QTest::newRow("left") << QList<double>{1, noNumber, 3, 4} << true << false;
        QTest::newRow("right") << QList<double>{1, 2, noNumber, 4} << false << true;
        QTest::newRow("gaps") << QList<double>{noNumber, 2, 3, noNumber} << false << false;
    }
    void onlyDotsNeedAirAtTheSides()
    {
        QFETCH(const QList<double>, values);
        QFETCH(bool, left);
        QFETCH(bool, right);
        const View view = wholeView({series({10, 20, 30, 40}, std::vector<double>(values.cbegin(), values.cend()))});
        QCOMPARE(view.pixelOfX(10, 1000) >= 5, left);
        QCOMPARE(view.pixelOfX(40, 1000) <= 995, right);
    }

    void whatIsNotFiniteHasThreeMarks()
    {
        constexpr double infinity = std::numeric_limits<double>::infinity();
        const View view{0, 10, 0, 1};
        const auto mark = [&](double value) { return gapMarks(*series({0, 5, 10}, {0, value, 1}), view, {1000, 100}).value(0); };
        const QPolygonF nan = mark(noNumber);
        const QPolygonF high = mark(infinity);
        const QPolygonF low = mark(-infinity);
        QCOMPARE(nan.size(), 4);
        QCOMPARE(nan.boundingRect().bottom(), 100.0);
        QCOMPARE(high.boundingRect().top(), 0.0);
        QCOMPARE(high[2].y(), 0.0); // points up
        QCOMPARE(low.boundingRect().bottom(), 100.0);
        QCOMPARE(low[2].y(), 100.0); // points down
        const auto near = gapMarks(*series({0, 5, 5.001, 5.002, 10}, {0, noNumber, -infinity, infinity, 1}), view, {1000, 100});
        QCOMPARE(near.size(), 3);
        for (qsizetype i = 0; i < near.size(); ++i) {
            for (qsizetype other = 0; other < i; ++other)
                QVERIFY(!near[i].boundingRect().intersects(near[other].boundingRect()));
        }
    }

    void aViewOfNeighboursCanBeLeft()
    {
        const View narrow = wholeView({series({}, {9007199254740992.0, 9007199254740996.0})});
        QCOMPARE(narrow.zoomed(0.5, 0.5, 1, 0.5), narrow);
        QVERIFY(narrow.zoomed(0.5, 0.5, 1, 2).y1 > narrow.y1);
        const View wide = wholeView({series({}, {-1.7e308, 1.7e308})});
        const View nearer = wide.zoomed(0.5, 0.5, 1, 0.5);
        QVERIFY(nearer.y1 < wide.y1 && nearer.y0 > wide.y0);
        QVERIFY(std::isfinite(wide.yOf(100, 100)) && std::isfinite(wide.yOf(0, 100)));
    }

    void readingsAreSortedByValue()
    {
        const std::vector<ChartLine> lines{line("a", {0, 1, 2}, {1, noNumber, 1}), line("b", {0, 1, 2}, {1, 5, 1}),
            line("c", {0, 2}, {2, 3}), line("d", {10, 20}, {1, 2})};
        const auto readings = readingsAt(lines, 1);
        QCOMPARE(readings.size(), 3U); // d does not span the step
        QCOMPARE(readings[0].line, 1U);
        QCOMPARE(readings[0].value, 5.0);
        QCOMPARE(readings[1].line, 2U);
        QVERIFY(readings[1].step != 1); // says where its point really is
        QCOMPARE(readings[2].line, 0U);
        QVERIFY(std::isnan(readings[2].value));
    }

    void nearestPointCountsPixels()
    {
        const std::vector<SeriesPointer> drawn{series({0, 50, 100}, {0, 0, 0}), nullptr, series({0, 50, 100}, {1, noNumber, 1})};
        const View view{0, 100, 0, 1};
        const auto low = nearestPoint(drawn, view, 480, 180, 1000, 200);
        QVERIFY(low);
        QCOMPARE(low->line, 0U);
        QCOMPARE(low->step, 50.0);
        const auto high = nearestPoint(drawn, view, 990, 10, 1000, 200);
        QVERIFY(high);
        QCOMPARE(high->line, 2U);
        const auto gap = nearestPoint(drawn, view, 500, 199, 1000, 200); // between two lines, one of which has its mark there
        QVERIFY(gap && std::abs(gap->step - 50) < 1);
        const auto mark = nearestPoint({series({0, 50, 100}, {1, noNumber, 1})}, view, 500, 195, 1000, 200);
        QVERIFY(mark && std::isnan(mark->value));
        QVERIFY(!nearestPoint({nullptr, series({}, {})}, view, 1, 1, 10, 10));
    }

    void zoomKeepsThePlace()
    {
        const View view{0, 100, -1, 1};
        const View zoomed = view.zoomed(0.25, 0.5, 0.5, 0.5);
        QCOMPARE(zoomed.xOf(25, 100), 25.0);
        QCOMPARE(zoomed.x1 - zoomed.x0, 50.0);
        QCOMPARE(zoomed.yOf(50, 100), 0.0);
        QCOMPARE(view.zoomed(0.3, 0.3, 1, 0.5).x0, 0.0);
        QCOMPARE(view.panned(0.1, 0), (View{10, 110, -1, 1}));
    }

    void zoomEndsWhereDoublesDo()
    {
        View view{0, 15000, 0, 1};
        for (int i = 0; i < 500; ++i)
            view = view.zoomed(0.3, 0.3, 0.8, 0.8);
        QVERIFY(view.x1 > view.x0 && view.y1 > view.y0);
        QVERIFY(view.xOf(1, 1000) > view.x0);
        for (int i = 0; i < 8000; ++i)
            view = view.zoomed(0.5, 0.5, 1.25, 1.25);
        QVERIFY(std::isfinite(view.x0) && std::isfinite(view.y1) && std::isfinite(view.pixelOfY(0, 100)));
    }

    void aSinglePointIsInTheMiddle()
    {
        for (const double step : {0.0, 0.25, -3.0, 9007199254740992.0, 9223372036854775808.0, 1e300}) {
            const View view = wholeView({line("a", {step}, {1}).series});
            QVERIFY(view.x0 < step && step < view.x1);
            QVERIFY(std::abs(view.pixelOfX(step, 100) - 50) < 1);
        }
    }

    void textHasEveryDigit()
    {
        const std::vector<ChartLine> lines{line("a", {0, 1, 1, 2}, {0.1, noNumber, 1.0 / 3, 4}),
            line("b, \"c\"", {1, 3}, {-std::numeric_limits<double>::infinity(), 1e-300})};
        QCOMPARE(seriesText(lines, QStringLiteral("step"), 0, 3, ','),
            QByteArray("step,a,\"b, \"\"c\"\"\"\n0,0.1,\n1,NaN,-Infinity\n1,0.3333333333333333,\n2,4,\n3,,1e-300\n"));
        QCOMPARE(seriesText(lines, QStringLiteral("elapsed, s"), 0.5, 1, '\t'),
            QByteArray("elapsed, s\ta\tb, \"c\"\n1\tNaN\t-Infinity\n1\t0.3333333333333333\t\n")
                .replace("b, \"c\"", "\"b, \"\"c\"\"\""));
    }
};

QTEST_GUILESS_MAIN(TestChartLine)
#include "tst_chartline.moc"
