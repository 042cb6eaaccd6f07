// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/rasteriser.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <random>

namespace {

constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();

std::vector<double> noise(std::size_t count, unsigned seed)
{
    std::mt19937 generator(seed);
    std::normal_distribution<double> normal;
    std::vector<double> values(count);
    for (double &value : values)
        value = normal(generator);
    return values;
}

std::vector<double> unevenSteps(std::size_t count, unsigned seed)
{
    std::mt19937 generator(seed);
    std::geometric_distribution<int> gap(0.3); // 0 too: repeated steps
    std::vector<double> steps(count);
    double step = 0;
    for (double &one : steps) {
        one = step;
        step += gap(generator);
    }
    return steps;
}

std::vector<Span> spansOf(const Series &series, const View &view, QSize size)
{
    std::vector<Span> spans(static_cast<std::size_t>(size.width()));
    reduce(series, columnStarts(series.steps(), view.x0, view.x1, size.width()), view, size.height(), 1.5, spans);
    return spans;
}

int pixelsOf(const QImage &image, QColor colour, const QRect &where)
{
    int count = 0;
    for (int y = where.top(); y <= where.bottom(); ++y) {
        for (int x = where.left(); x <= where.right(); ++x)
            count += image.pixelColor(x, y) == colour ? 1 : 0;
    }
    return count;
}

} // namespace

class TestReduction : public QObject
{
    Q_OBJECT
private slots:
    // The promise of the whole chart: nothing that was logged is lost, whatever is looked at.
    void everyPointIsInsideTheSpans_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<bool>("even");
        for (const int count : {1, 2, 17, 400, 15000}) {
            QTest::addRow("%d even", count) << count << true;
            QTest::addRow("%d uneven", count) << count << false;
        }
    }
    void everyPointIsInsideTheSpans()
    {
        QFETCH(int, count);
        QFETCH(bool, even);
        const auto size = static_cast<std::size_t>(count);
        const Series series(even ? std::vector<double>() : unevenSteps(size, 3), noise(size, 5));
        const QSize pixels(613, 301);
        std::mt19937 generator(11);
        const double last = std::max(1.0, series.steps().last());
        std::uniform_real_distribution<double> place(0, last);
        for (int round = 0; round < 60; ++round) {
            View view{-0.5, last + 0.5, -5, 5};
            if (round > 0) {
                const double centre = place(generator);
                const double width = last * std::pow(0.8, round % 40);
                view = {centre - width / 2, centre + width / 2, -4.0 + round * 0.05, 4.0 - round * 0.05};
            }
            const auto starts = columnStarts(series.steps(), view.x0, view.x1, pixels.width());
            const auto spans = spansOf(series, view, pixels);
            std::size_t seen = 0;
            for (std::size_t column = 0; column + 1 < starts.size(); ++column) {
                for (std::size_t i = starts[column]; i < starts[column + 1]; ++i, ++seen) {
                    const double y = view.pixelOfY(series.values()[i], pixels.height());
                    if (y < 0 || y >= pixels.height())
                        continue;
                    QVERIFY2(spans[column].top <= y && y <= spans[column].bottom,
                        qPrintable(QStringLiteral("point %1, column %2").arg(i).arg(column)));
                }
            }
            const auto &steps = series.steps();
            std::size_t expected = 0;
            for (std::size_t i = 0; i < steps.size(); ++i)
                expected += steps[i] >= view.x0 && steps[i] < view.x1 ? 1 : 0;
            QCOMPARE(seen, expected);
        }
    }

    void neighbouringColumnsAreJoined()
    {
        const Series series({}, noise(200, 1)); // fewer points than pixels
        const View view{0, 199, -5, 5};
        const auto spans = spansOf(series, view, {1600, 400});
        for (std::size_t i = 1; i < spans.size(); ++i) {
            QVERIFY(spans[i].bottom > spans[i].top);
            QVERIFY(spans[i].top <= spans[i - 1].bottom && spans[i - 1].top <= spans[i].bottom);
        }
    }

    void aSparseLineIsExact()
    {
        const Series series({0, 10}, {0, 10});
        const auto spans = spansOf(series, {0, 10, 0, 10}, {100, 100});
        for (std::size_t i = 0; i < spans.size(); ++i) {
            const double middle = 99.5 - static_cast<double>(i);
            QVERIFY(std::abs((spans[i].top + spans[i].bottom) / 2.0 - middle) <= 1);
            QVERIFY(spans[i].bottom - spans[i].top <= 4);
        }
    }

    void nanIsAGap()
    {
        const Series series({0, 1, 2, 3, 4, 5}, {1, 1, noNumber, noNumber, 1, 1});
        const auto spans = spansOf(series, {0, 5, 0, 2}, {500, 100});
        for (std::size_t column = 0; column < 500; ++column) {
            const bool drawn = spans[column].bottom > spans[column].top;
            QCOMPARE(drawn, column <= 100 || column >= 400);
        }
    }

    void nothingIsDrawnBesideTheLine()
    {
        const Series series({10, 20}, {1, 1});
        const auto spans = spansOf(series, {0, 30, 0, 2}, {300, 100});
        QVERIFY(spans[50].bottom <= spans[50].top);
        QVERIFY(spans[150].bottom > spans[150].top);
        QVERIFY(spans[250].bottom <= spans[250].top);
    }

    void extremeValuesStayInThePicture()
    {
        const double huge = 1e300;
        const auto spans = spansOf(Series({}, {-huge, huge, -huge}), {0, 2, -huge, huge}, {200, 100});
        QCOMPARE(spans[0].bottom, 100);
        QVERIFY(spans[100].top == 0);
        const double tiny = 1e-300;
        const auto small = spansOf(Series({}, {0, tiny}), {0, 1, 0, tiny}, {200, 100});
        QVERIFY(small[100].top > 45 && small[100].bottom < 55);
    }

    // A spike of one step is seen in both pictures, at every zoom that has it in view.
    void aSpikeIsAlwaysSeen_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("15,000") << 15000;
        QTest::newRow("300,000") << 300000;
    }
    void aSpikeIsAlwaysSeen()
    {
        QFETCH(int, count);
        std::vector<double> values(static_cast<std::size_t>(count), 0.0);
        const int spike = count / 3 + 1;
        values[static_cast<std::size_t>(spike)] = 1;
        const QColor red(255, 0, 0);
        const Drawing lines{{}, {
            {std::make_shared<const Series>(std::vector<double>(), values), red, Qt::SolidLine, 1.5}}};
        const QSize size(800, 200);
        Rasteriser rasteriser;
        for (double width = count; width > 10; width *= 0.61) {
            const View view{spike - width * 0.4, spike + width * 0.6, -0.1, 1.1};
            const int x = static_cast<int>(view.pixelOfX(spike, size.width()));
            const int y = static_cast<int>(view.pixelOfY(1, size.height()));
            const QImage quick = rasteriser.quick(lines, view, size, 1);
            QVERIFY2(pixelsOf(quick, red, {x - 1, y, 3, 1}) > 0, qPrintable(QString::number(width))); // it is at the edge of a column
            const QImage fine = Rasteriser::fine(lines, view, size, 1);
            QVERIFY2(pixelsOf(fine, red, {x - 1, y, 3, 6}) > 0, qPrintable(QString::number(width)));
        }
    }

    void laterLinesLieAbove()
    {
        const auto flat = std::make_shared<const Series>(std::vector<double>(), std::vector<double>(50, 0.5));
        const Drawing lines{{}, {{flat, Qt::red, Qt::SolidLine, 4}, {flat, Qt::blue, Qt::SolidLine, 2}}};
        Rasteriser rasteriser;
        const View view{0, 49, 0, 1};
        for (const QImage &image : {rasteriser.quick(lines, view, {100, 100}, 1), Rasteriser::fine(lines, view, {100, 100}, 1)}) {
            QCOMPARE(image.pixelColor(50, 50), QColor(Qt::blue));
            QVERIFY(pixelsOf(image, Qt::red, {50, 45, 1, 10}) > 0);
        }
    }

    // The quick picture is the sum of what each line covers, the last line above: checked pixel by pixel.
    void quickPictureIsThatOfTheSpans()
    {
        const QSize size(257, 193); // no multiple of anything
        const View view{100, 900, -2, 2};
        std::vector<DrawnLine> lines;
        for (unsigned i = 0; i < 7; ++i) {
            auto series = std::make_shared<const Series>(unevenSteps(3000, i), noise(3000, i));
            lines.push_back({series, QColor::fromHsv(static_cast<int>(i) * 50, 255, 255), Qt::SolidLine, 1.5});
        }
        Rasteriser rasteriser;
        const QImage image = rasteriser.quick({{}, lines}, view, size, 1);
        for (int x = 0; x < size.width(); ++x) {
            std::vector<QColor> expected(static_cast<std::size_t>(size.height()), QColor(Qt::transparent));
            for (const DrawnLine &line : lines) {
                const Span span = spansOf(*line.series, view, size)[static_cast<std::size_t>(x)];
                for (int y = span.top; y < span.bottom; ++y)
                    expected[static_cast<std::size_t>(y)] = line.colour;
            }
            for (int y = 0; y < size.height(); ++y)
                QCOMPARE(image.pixelColor(x, y).rgba(), expected[static_cast<std::size_t>(y)].rgba());
            x += 15;
        }
    }

    void aLonelyPointIsSeen()
    {
        const QColor red(255, 0, 0);
        const Drawing lines{{}, {
            {std::make_shared<const Series>(std::vector<double>{5}, std::vector<double>{1}), red, Qt::DashLine, 1.5}}};
        Rasteriser rasteriser;
        const View view{0, 10, 0, 2};
        QVERIFY(pixelsOf(rasteriser.quick(lines, view, {100, 100}, 1), red, {50, 48, 1, 4}) > 0);
        QVERIFY(pixelsOf(Rasteriser::fine(lines, view, {100, 100}, 1), red, {48, 48, 4, 4}) > 0);
    }

    void aCancelledPictureIsNull()
    {
        const std::atomic_bool cancelled = true;
        const auto flat = std::make_shared<const Series>(std::vector<double>(), std::vector<double>(50, 0.5));
        QVERIFY(Rasteriser::fine({{}, {{flat, Qt::red, Qt::SolidLine, 1}}}, {0, 1, 0, 1}, {10, 10}, 1, &cancelled).isNull());
    }
};

QTEST_MAIN(TestReduction)
#include "tst_reduction.moc"
