// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/lineitem.h"

#include <QGraphicsScene>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>

#include <limits>
#include <random>

namespace {

constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();

SeriesPointer flat(double value)
{
    return std::make_shared<const Series>(std::vector<double>(), std::vector<double>(21, value));
}

QImage pictureOf(QGraphicsScene &scene)
{
    QImage image(200, 100, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    scene.render(&painter, image.rect(), image.rect());
    return image;
}

} // namespace

class TestLineItem : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_scene = std::make_unique<QGraphicsScene>(0, 0, 200, 100);
        m_item = new LineItem(nullptr);
        m_scene->addItem(m_item);
        m_item->setArea({0, 0, 200, 100});
        m_item->setView({0, 20, 0, 1});
    }

    void aRaisedLineIsStrongerAndTheOthersAreDimmed()
    {
        m_item->setDrawing({{}, {{flat(0.2), Qt::red, Qt::SolidLine, 4, 1}, {flat(0.7), Qt::blue, Qt::SolidLine, 4, 1}}});
        QImage picture = pictureOf(*m_scene);
        QCOMPARE(picture.pixelColor(100, 80), QColor(Qt::red));
        QCOMPARE(picture.pixelColor(100, 30), QColor(Qt::blue));
        m_item->setRaised(1);
        picture = pictureOf(*m_scene);
        QCOMPARE(picture.pixelColor(100, 30), QColor(Qt::blue));
        QVERIFY(picture.pixelColor(100, 80).green() > 100); // paler
        QVERIFY(picture.pixelColor(100, 80).red() > 250);
        m_item->setRaised(-1);
        QCOMPARE(pictureOf(*m_scene).pixelColor(100, 80), QColor(Qt::red));
    }

    void whatIsNotFiniteIsMarked()
    {
        std::vector<double> values(21, 0.5);
        values[10] = noNumber;
        values[15] = std::numeric_limits<double>::infinity();
        const auto series = std::make_shared<const Series>(std::vector<double>(), values);
        m_item->setDrawing({{}, {{series, Qt::red, Qt::SolidLine, 1.5, 1}}});
        const QImage picture = pictureOf(*m_scene);
        QCOMPARE(picture.pixelColor(100, 98), QColor(Qt::red));
        QVERIFY(picture.pixelColor(150, 2).green() < 60); // near its tip, antialiased
        QCOMPARE(picture.pixelColor(50, 98), QColor(Qt::white));
    }

    // Many points are drawn at once, and better a moment later; the marks stay.
    void thePictureAtRestFollows()
    {
        std::mt19937 generator(1);
        std::normal_distribution<double> normal(0.5, 0.1);
        Drawing drawing;
        for (int line = 0; line < 60; ++line) {
            std::vector<double> values(4000);
            for (double &value : values)
                value = normal(generator);
            values[2000] = noNumber;
            drawing.lines.push_back({std::make_shared<const Series>(std::vector<double>(), std::move(values)), Qt::red, Qt::SolidLine, 1.5, 1});
        }
        m_item->setView({0, 4000, 0, 1});
        m_item->setDrawing(drawing);
        QSignalSpy refined(m_item, &LineItem::refined);
        QVERIFY(pictureOf(*m_scene).pixelColor(100, 98) == QColor(Qt::red));
        QVERIFY(!m_item->isFine());
        QVERIFY(refined.wait(10'000));
        QVERIFY(m_item->isFine());
        QVERIFY(pictureOf(*m_scene).pixelColor(100, 98) == QColor(Qt::red));
    }

private:
    std::unique_ptr<QGraphicsScene> m_scene;
    LineItem *m_item = nullptr;
};

QTEST_MAIN(TestLineItem)
#include "tst_lineitem.moc"
