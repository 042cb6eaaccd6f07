// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/chartline.h"
#include "models/charts/rasteriser.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <random>

namespace {

constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double lineWidth = 1.5;
const QColor red(255, 0, 0);

// Lines of every shape that runs log, by a seed.
SeriesPointer randomSeries(unsigned seed)
{
    std::mt19937 generator(seed);
    const auto choose = [&](int count) { return static_cast<int>(generator() % static_cast<unsigned>(count)); };
    constexpr std::size_t counts[] = {3, 50, 700, 5000, 40'000, 200'000};
    const std::size_t count = counts[choose(6)];
    constexpr double scales[] = {1, 1e-3, 1e9, 1e-250, 1e250};
    const double scale = scales[choose(5)];
    std::normal_distribution<double> normal;
    std::vector<double> values(count);
    const int shape = choose(4);
    double walk = 0;
    for (std::size_t i = 0; i < count; ++i) {
        walk += normal(generator);
        const double part = static_cast<double>(i) / static_cast<double>(count);
        const double wave = std::sin(part * 12);
        values[i] = scale * (shape == 0 ? normal(generator) : shape == 1 ? walk : shape == 2 ? wave : wave + 0.02 * normal(generator));
    }
    for (int spike = choose(5); spike > 0; --spike)
        values[generator() % count] = scale * 40 * normal(generator);
    if (choose(2) == 0) {
        for (int gap = choose(20); gap > 0; --gap) {
            const double gaps[] = {noNumber, infinity, -infinity};
            std::size_t at = generator() % count;
            for (int length = choose(60); length >= 0 && at < count; --length, ++at)
                values[at] = gaps[choose(3)];
        }
    }
    std::vector<double> steps;
    const int spacing = choose(3);
    double step = choose(1000) - 500;
    for (std::size_t i = 0; spacing > 0 && i < count; ++i) {
        steps.push_back(step);
        step += spacing == 1 ? choose(4) : (choose(40) == 0 ? 1000.0 : 0.25); // equal ones; or in bursts
    }
    return std::make_shared<const Series>(std::move(steps), std::move(values));
}

// A zoom that shows some of the series.
View randomView(const Series &series, std::mt19937 &generator)
{
    View view = wholeView({std::make_shared<const Series>(series)});
    std::uniform_real_distribution<double> part(0, 1);
    for (int step = static_cast<int>(generator() % 6); step > 0; --step)
        view = view.zoomed(part(generator), part(generator), std::pow(10.0, -part(generator)), std::pow(4.0, -part(generator)));
    return view;
}

// Rows that a line covers in a column, as real numbers; top > bottom where there is none.
struct Extent
{
    double top = infinity;
    double bottom = -infinity;
    void take(double row)
    {
        if (!std::isfinite(row))
            return;
        top = std::min(top, row);
        bottom = std::max(bottom, row);
    }
};

// What the data say: of every column its own points, and the line through it with both of its crossings. Straight from the
// columns, point by point.
struct Truth
{
    std::vector<Extent> points;
    std::vector<Extent> line;
};
Truth truthOf(const Series &series, const View &view, QSize size)
{
    Truth truth{std::vector<Extent>(static_cast<std::size_t>(size.width())), std::vector<Extent>(static_cast<std::size_t>(size.width()))};
    const double width = size.width();
    const auto rowOf = [&](double value) { return view.pixelOfY(value, size.height()); };
    for (std::size_t i = 0; i < series.size(); ++i) {
        const double value = series.values()[i];
        const double x = series.steps()[i];
        if (!std::isfinite(value))
            continue;
        if (x >= view.x0 && x < view.x1) {
            const auto column = static_cast<std::size_t>(std::clamp(view.pixelOfX(x, width), 0.0, width - 1));
            truth.points[column].take(rowOf(value));
            truth.line[column].take(rowOf(value));
        }
        if (i + 1 == series.size() || !std::isfinite(series.values()[i + 1]))
            continue;
        const double next = series.steps()[i + 1];
        const double from = std::max(x, view.x0);
        const double to = std::min(next, view.x1);
        if (!(from <= to))
            continue;
        const auto first = static_cast<int>(std::clamp(std::floor(view.pixelOfX(from, width)), 0.0, width - 1));
        const auto last = static_cast<int>(std::clamp(std::floor(view.pixelOfX(to, width)), 0.0, width - 1));
        for (int column = first; column <= last; ++column) {
            for (const double edge : {view.xOf(column, width), view.xOf(column + 1, width)}) {
                const double at = std::clamp(edge, from, to);
                const double part = next > x ? (at - x) / (next - x) : 0;
                truth.line[static_cast<std::size_t>(column)].take(rowOf(value * (1 - part) + series.values()[i + 1] * part));
            }
        }
    }
    return truth;
}

// The first and last row of a column that is drawn at least that strongly.
Extent drawnIn(const QImage &image, int column, int strength)
{
    Extent extent;
    for (int row = 0; row < image.height(); ++row) {
        if (qAlpha(image.pixel(column, row)) >= strength) {
            extent.take(row);
            extent.take(row + 1);
        }
    }
    return extent;
}

// The same line in every picture: nothing lost, nothing added. missing is how many rows off a point may be; reach and
// sideways, how far a stroke goes beyond its middle.
QString difference(const QImage &image, const Truth &truth, double missing, double reach, int sideways, int strength)
{
    const double height = image.height();
    for (int column = 0; column < image.width(); ++column) {
        const auto at = static_cast<std::size_t>(column);
        const Extent drawn = drawnIn(image, column, strength);
        const auto say = [&](const char *what) {
            return QStringLiteral("column %1: %2; drawn %3 to %4, points %5 to %6, line %7 to %8").arg(column)
                .arg(QString::fromLatin1(what)).arg(drawn.top).arg(drawn.bottom).arg(truth.points[at].top)
                .arg(truth.points[at].bottom).arg(truth.line[at].top).arg(truth.line[at].bottom);
        };
        // Each smallest and largest value that is in view is drawn; within a pixel of the edge it may be too faint to count.
        for (const double row : {truth.points[at].top, truth.points[at].bottom}) {
            if (std::isfinite(row) && row >= 1 && row <= height - 1 && !(drawn.top <= row + missing && drawn.bottom >= row - missing))
                return say("a point is missing");
        }
        // And nothing is drawn where the line isn't. What comes in from outside of the picture is not known here.
        if (column < sideways || column >= image.width() - sideways)
            continue;
        Extent allowed;
        for (int near = std::max(0, column - sideways); near <= std::min(image.width() - 1, column + sideways); ++near) {
            allowed.take(truth.line[static_cast<std::size_t>(near)].top);
            allowed.take(truth.line[static_cast<std::size_t>(near)].bottom);
        }
        if (drawn.bottom > drawn.top
            && (drawn.top < std::min(allowed.top, height) - reach - 1 || drawn.bottom > std::max(allowed.bottom, 0.0) + reach + 1))
            return say("something else is drawn");
    }
    return {};
}

} // namespace

// What is drawn is what was logged: pictures are read back, pixel column by pixel column.
class TestExactness : public QObject
{
    Q_OBJECT
private slots:
    void picturesAreTheData_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 40; ++seed)
            QTest::addRow("%u", seed) << seed;
    }
    void picturesAreTheData()
    {
        QFETCH(unsigned, seed);
        const SeriesPointer series = randomSeries(seed);
        const Drawing drawing{{}, {{series, red, Qt::SolidLine, lineWidth, 1}}};
        std::mt19937 generator(seed);
        const QSize size(211, 127);
        Rasteriser rasteriser;
        for (int round = 0; round < 6; ++round) {
            const View view = randomView(*series, generator);
            const Truth truth = truthOf(*series, view, size);
            const QString quick = difference(rasteriser.quick(drawing, view, size, 1), truth, 1, lineWidth / 2, 0, 255);
            QVERIFY2(quick.isEmpty(), qPrintable(QStringLiteral("quick, round %1, %2").arg(round).arg(quick)));
            // A slanted stroke reaches into the next columns; its edges and tips are faint.
            const QString fine = difference(Rasteriser::fine(drawing, view, size, 1), truth, 1.5, lineWidth / 2 + 1, 2, 100);
            QVERIFY2(fine.isEmpty(), qPrintable(QStringLiteral("fine, round %1, %2").arg(round).arg(fine)));
        }
    }

    // One step of a million, in every zoom that has it.
    void aSpikeInAMillionIsSeen_data()
    {
        QTest::addColumn<bool>("even");
        QTest::addColumn<double>("noise");
        QTest::newRow("even, flat") << true << 0.0;
        QTest::newRow("even, noisy") << true << 0.01;
        QTest::newRow("uneven, noisy") << false << 0.01;
    }
    void aSpikeInAMillionIsSeen()
    {
        QFETCH(bool, even);
        QFETCH(double, noise);
        constexpr std::size_t count = 1'000'000;
        std::mt19937 generator(17);
        std::normal_distribution<double> normal;
        std::vector<double> values(count);
        for (double &value : values)
            value = noise * normal(generator);
        std::vector<double> steps;
        double step = 0;
        for (std::size_t i = 0; !even && i < count; ++i) {
            steps.push_back(step);
            step += 1 + static_cast<int>(generator() % 3);
        }
        const std::size_t spike = 123'457;
        values[spike] = 1;
        const auto series = std::make_shared<const Series>(std::move(steps), std::move(values));
        const double at = series->steps()[spike];
        const double whole = series->steps().last();
        const Drawing drawing{{}, {{series, red, Qt::SolidLine, lineWidth, 1}}};
        const Drawing faint{{}, {{series, red, Qt::SolidLine, lineWidth, rawOpacity}}};
        const Drawing envelope{{{series, series, red, envelopeOpacity}}, {}};
        const QSize size(640, 120);
        Rasteriser rasteriser;
        std::uniform_real_distribution<double> part(0.02, 0.98);
        for (double width = whole; width > 20; width *= 0.6) {
            const double left = at - width * part(generator);
            const View view{left, left + width, -0.1, 1.1};
            const auto column = static_cast<int>(view.pixelOfX(at, size.width()));
            const auto row = static_cast<int>(view.pixelOfY(1, size.height()));
            const auto strongest = [&](const QImage &image) {
                int alpha = 0;
                for (int x = std::max(0, column - 1); x <= std::min(size.width() - 1, column + 1); ++x) {
                    for (int y = row - 1; y <= row + 1; ++y)
                        alpha = std::max(alpha, qAlpha(image.pixel(x, y)));
                }
                return alpha;
            };
            const QByteArray zoom = QByteArray::number(width);
            QVERIFY2(strongest(rasteriser.quick(drawing, view, size, 1)) == 255, zoom.constData());
            QVERIFY2(strongest(Rasteriser::fine(drawing, view, size, 1)) > 150, zoom.constData());
            QVERIFY2(strongest(rasteriser.quick(faint, view, size, 1)) >= 50, zoom.constData());
            QVERIFY2(strongest(Rasteriser::fine(faint, view, size, 1)) >= 30, zoom.constData());
            QVERIFY2(strongest(rasteriser.quick(envelope, view, size, 1)) >= 60, zoom.constData());
            QVERIFY2(strongest(Rasteriser::fine(envelope, view, size, 1)) >= 30, zoom.constData());
        }
    }

    void bandsLieBetweenTheirLines()
    {
        const auto low = std::make_shared<const Series>(std::vector<double>(), std::vector<double>{0, 0, 0, noNumber, 0, 0});
        const auto high = std::make_shared<const Series>(std::vector<double>(), std::vector<double>{1, 1, 1, 1, 1, 1});
        const Drawing drawing{{{low, high, red, bandOpacity}}, {}};
        const View view{0, 5, -1, 2};
        const QSize size(300, 90);
        Rasteriser rasteriser;
        for (const QImage &image : {rasteriser.quick(drawing, view, size, 1), Rasteriser::fine(drawing, view, size, 1)}) {
            QVERIFY(std::abs(qAlpha(image.pixel(60, 45)) - 0.14 * 255) < 2.5);
            QCOMPARE(qAlpha(image.pixel(60, 25)), 0);
            QCOMPARE(qAlpha(image.pixel(60, 65)), 0);
            QCOMPARE(qAlpha(image.pixel(180, 45)), 0); // the gap
            QVERIFY(qAlpha(image.pixel(270, 45)) > 30);
        }
    }

    // Faint lines below plain ones, whatever their order; a faint line is not darker where it crosses itself.
    void faintLinesLieBelow()
    {
        const auto flat = std::make_shared<const Series>(std::vector<double>(), std::vector<double>(50, 0.5));
        const Drawing drawing{{}, {{flat, Qt::blue, Qt::SolidLine, 2, 1}, {flat, red, Qt::SolidLine, 9, rawOpacity}}};
        Rasteriser rasteriser;
        const View view{0, 49, 0, 1};
        for (const QImage &image : {rasteriser.quick(drawing, view, {100, 100}, 1), Rasteriser::fine(drawing, view, {100, 100}, 1)}) {
            QCOMPARE(image.pixelColor(50, 50), QColor(Qt::blue));
            QVERIFY(std::abs(qAlpha(image.pixel(50, 47)) - 51) <= 2);
        }
    }
};

QTEST_MAIN(TestExactness)
#include "tst_exactness.moc"
