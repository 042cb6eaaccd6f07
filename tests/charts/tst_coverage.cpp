// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/coverage.h"

#include <QPainter>
#include <QtTest>

#include <random>

namespace {

constexpr QRgb red = 0xffff0000;
constexpr QRgb faintRed = 0x33330000; // premultiplied

QImage emptyImage(QSize size)
{
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    return image;
}

QPolygonF randomLine(std::mt19937 &generator, double width, double height)
{
    std::uniform_real_distribution<double> part(-0.2, 1.2);
    QPolygonF line;
    for (int i = 0; i < 12; ++i)
        line << QPointF(part(generator) * width, part(generator) * height);
    return line;
}

} // namespace

class TestCoverage : public QObject
{
    Q_OBJECT
private slots:
    void partsOfPixelsAreFaint()
    {
        QImage image = emptyImage({8, 4});
        Coverage coverage(image.size());
        coverage.addLine(QLineF(2.75, 1, 2.75, 2.5), 1.5); // from 2 to 3.5
        coverage.lay(red, image);
        QCOMPARE(image.pixel(2, 1), red);
        QCOMPARE(qAlpha(image.pixel(3, 1)), 128);
        QCOMPARE(qAlpha(image.pixel(2, 2)), 128);
        QCOMPARE(qAlpha(image.pixel(3, 2)), 64);
        QCOMPARE(qAlpha(image.pixel(4, 1)), 0);
        QCOMPARE(qAlpha(image.pixel(2, 3)), 0);
    }

    void overlapsAreNotDarker()
    {
        QImage image = emptyImage({40, 20});
        Coverage coverage(image.size());
        for (int i = 0; i < 20; ++i)
            coverage.addLine(QLineF(10 + i * 0.5, 5, 10 + i * 0.5, 15), 3);
        coverage.addLine(QLineF(0, 10, 40, 10), 4);
        coverage.lay(faintRed, image);
        for (int x = 1; x < 39; ++x)
            QCOMPARE(image.pixel(x, 10), faintRed);
        coverage.lay(red, image); // empty again
        QCOMPARE(image.pixel(15, 10), faintRed);
    }

    void whatIsOutsideIsCutOff()
    {
        QImage image = emptyImage({10, 10});
        Coverage coverage(image.size());
        coverage.addArea(QPolygonF{{-50, -50}, {1e9, -50}, {1e9, 4}, {-50, 4}});
        coverage.addLine(QLineF(-1e6, 7, 1e6, 7), 1);
        coverage.lay(red, image);
        for (int x = 0; x < 10; ++x) {
            QCOMPARE(image.pixel(x, 3), red);
            QCOMPARE(qAlpha(image.pixel(x, 4)), 0);
            QCOMPARE(qAlpha(image.pixel(x, 6)), 128);
            QCOMPARE(qAlpha(image.pixel(x, 7)), 128);
        }
    }

    void nothingIsCoveredWhereThereAreNoPixels()
    {
        QImage image;
        Coverage coverage{QSize()};
        coverage.addLine(QLineF(0, 0, 10, 10), 2);
        coverage.lay(red, image);
        QVERIFY(image.isNull());
    }

    // QPainter's picture of the same line, but for the roundness of its edges.
    void linesAreThoseOfQPainter_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 0; seed < 20; ++seed)
            QTest::addRow("%u", seed) << seed;
    }
    void linesAreThoseOfQPainter()
    {
        QFETCH(unsigned, seed);
        std::mt19937 generator(seed);
        QImage image = emptyImage({90, 60});
        const QPolygonF line = randomLine(generator, image.width(), image.height());
        QImage expected = image;
        QPainter painter(&expected);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(QColor(red), 2.5, Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin));
        painter.drawPolyline(line);
        painter.end();
        Coverage coverage(image.size());
        coverage.addLine(line, 2.5);
        coverage.lay(red, image);
        int different = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                different += std::abs(qAlpha(image.pixel(x, y)) - qAlpha(expected.pixel(x, y))) > 48;
        }
        QVERIFY2(different <= 30, qPrintable(QString::number(different))); // where edges cross within a pixel
    }
};

QTEST_GUILESS_MAIN(TestCoverage)
#include "tst_coverage.moc"
