// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/charts/contents.h"
#include "ui/charts/chartview.h"
#include "ui/charts/lineitem.h"

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <cmath>
#include <limits>

namespace {

constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();

contents::Line line(const QString &name, int colour, std::vector<double> values)
{
    return {name, colour, std::move(values)};
}

std::vector<double> ramp(int count, double from, double to)
{
    std::vector<double> values;
    for (int i = 0; i < count; ++i)
        values.push_back(from + (to - from) * i / (count - 1));
    return values;
}

void wheel(ChartView &view, QPointF position, int delta, Qt::KeyboardModifiers modifiers = {})
{
    QWheelEvent event(position, view.viewport()->mapToGlobal(position), {}, {0, delta}, Qt::NoButton, modifiers,
        Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(view.viewport(), &event);
}

// Antialiased lines have few pixels of exactly their colour.
int pixelsLike(const QImage &image, QColor colour)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            const int distance = std::abs(pixel.red() - colour.red()) + std::abs(pixel.green() - colour.green())
                + std::abs(pixel.blue() - colour.blue());
            count += distance < 100 ? 1 : 0;
        }
    }
    return count;
}

} // namespace

class TestChartView : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_view = std::make_unique<ChartView>();
        m_view->resize(800, 400);
        m_view->setContent(twoRamps());
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        QCursor::setPos(m_view->mapToGlobal(QPoint(-100, -100)));
    }

    void showsEverythingAtFirst()
    {
        QCOMPARE(m_view->view().x0, 0.0);
        QCOMPARE(m_view->view().x1, 1000.0);
        QVERIFY(m_view->view().y0 < 0 && m_view->view().y1 > 10);
        QVERIFY(!m_view->isZoomed());
        const QImage image = m_view->grab().toImage();
        QVERIFY(pixelsLike(image, m_view->colourOf(m_view->lines()[0].run)) > 300);
        QVERIFY(pixelsLike(image, m_view->colourOf(m_view->lines()[1].run)) > 300);
    }

    void wheelZoomsAboutThePointer()
    {
        QSignalSpy steps(m_view.get(), &ChartView::xChanged);
        const QPointF position(place(0.25, 0.5));
        const double under = stepAt(position);
        const View before = m_view->view();
        wheel(*m_view, position, 120);
        const View after = m_view->view();
        QVERIFY(std::abs(stepAt(position) - under) < 1);
        QVERIFY(after.x1 - after.x0 < before.x1 - before.x0);
        QVERIFY(after.y1 - after.y0 < before.y1 - before.y0);
        QCOMPARE(steps.size(), 1);
        wheel(*m_view, position, -120);
        QVERIFY(std::abs(m_view->view().x0 - before.x0) < 1e-6);
    }

    void modifiersZoomOneAxis()
    {
        const View before = m_view->view();
        wheel(*m_view, place(0.5, 0.5), 120, Qt::ControlModifier);
        QVERIFY(m_view->view().x0 > before.x0);
        QCOMPARE(m_view->view().y0, before.y0);
        m_view->resetZoom();
        wheel(*m_view, place(0.5, 0.5), 120, Qt::ShiftModifier);
        QCOMPARE(m_view->view().x0, before.x0);
        QVERIFY(m_view->view().y0 > before.y0);
    }

    void wheelBesideThePlotIsForThePage()
    {
        const View before = m_view->view();
        QWheelEvent event({3, 3}, m_view->mapToGlobal(QPointF(3, 3)), {}, {0, 120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_view->viewport(), &event);
        QCOMPARE(m_view->view(), before);
    }

    void rectangleZoomsIn()
    {
        const double left = stepAt(place(0.2, 0.3));
        const double right = stepAt(place(0.6, 0.7));
        drag(place(0.2, 0.3), place(0.6, 0.7), Qt::LeftButton);
        QVERIFY(std::abs(m_view->view().x0 - left) < 5);
        QVERIFY(std::abs(m_view->view().x1 - right) < 5);
        QVERIFY(m_view->view().y1 < 8 && m_view->view().y0 > 2);
        QVERIFY(m_view->isZoomed());
        QSignalSpy larger(m_view.get(), &ChartView::fullSizeRequested);
        QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, place(0.5, 0.5));
        QVERIFY(!m_view->isZoomed());
        QCOMPARE(m_view->view().x1, 1000.0);
        QVERIFY(larger.isEmpty());
        // Where all is seen the next one means the panel.
        QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, place(0.5, 0.5));
        QCOMPARE(larger.size(), 1);
    }

    void aFlatStrokeZoomsTheStepsOnly()
    {
        const View before = m_view->view();
        drag(place(0.2, 0.5), place(0.6, 0.505), Qt::LeftButton);
        QCOMPARE(m_view->view().y0, before.y0);
        QVERIFY(m_view->view().x0 > 150);
        drag(place(0.5, 0.5), place(0.502, 0.502), Qt::LeftButton); // a click, not a stroke
        QVERIFY(m_view->view().x1 - m_view->view().x0 > 300);
    }

    void middleButtonAndSpacePan()
    {
        wheel(*m_view, place(0.5, 0.5), 240);
        const View before = m_view->view();
        drag(place(0.5, 0.5), place(0.3, 0.5), Qt::MiddleButton);
        QVERIFY(m_view->view().x0 > before.x0);
        QVERIFY(std::abs((m_view->view().x1 - m_view->view().x0) - (before.x1 - before.x0)) < 1e-6);
        const View moved = m_view->view();
        QTest::keyPress(m_view.get(), Qt::Key_Space);
        drag(place(0.3, 0.5), place(0.5, 0.5), Qt::LeftButton);
        QTest::keyRelease(m_view.get(), Qt::Key_Space);
        QVERIFY(m_view->view().x0 < moved.x0);
        const View back = m_view->view();
        drag(place(0.3, 0.3), place(0.3, 0.6), Qt::LeftButton, Qt::ControlModifier);
        QVERIFY(m_view->view().y0 > back.y0); // pulled down: what is above comes into view
    }

    void hoverShowsEveryLineAtTheStep()
    {
        QSignalSpy moved(m_view.get(), &ChartView::cursorMoved);
        QTest::mouseMove(m_view->viewport(), place(0.25, 0.75)); // near "up", low at a quarter
        QTRY_VERIFY(m_view->cursor().content());
        const CursorItem::Content &content = *m_view->cursor().content();
        QVERIFY(content.showCard);
        QCOMPARE(content.rows.size(), 2U);
        QCOMPARE(content.rows[0].name, QStringLiteral("down")); // sorted by value
        QCOMPARE(content.nearest, 1);
        QCOMPARE(content.count, QStringLiteral("2 of 2"));
        const double step = moved.last().first().value<std::optional<double>>().value();
        QVERIFY(std::abs(step - 250) < 5);
        QCOMPARE(content.rows[1].value.toDouble(), step / 100);
        QVERIFY(std::abs(content.rows[1].pixelX - m_view->area().width() * step / 1000) < 1);
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(m_view.get(), &leave);
        QVERIFY(!m_view->cursor().content());
        QVERIFY(!moved.last().first().value<std::optional<double>>());
    }

    void nanIsReadAndMarked()
    {
        std::vector<double> values = ramp(101, 1, 2);
        for (std::size_t i = 40; i < 60; ++i)
            values[i] = noNumber;
        m_view->setContent(contents::of(QStringLiteral("loss"), {line(QStringLiteral("a"), 0, values), line(QStringLiteral("b"), 1, ramp(101, 1, 2))}));
        m_view->followCursor(50);
        QTRY_VERIFY(m_view->cursor().content());
        QCOMPARE(m_view->cursor().content()->rows.back().value, QStringLiteral("NaN"));
        QVERIFY(!m_view->cursor().content()->rows.back().isFinite);
        m_view->followCursor({});
        const QImage image = m_view->grab().toImage();
        const QRect foot = QRectF(m_view->area().left() + m_view->area().width() * 0.42, m_view->area().bottom() - 6,
            m_view->area().width() * 0.15, 6).toRect();
        QVERIFY(pixelsLike(image.copy(foot), m_view->colourOf(m_view->lines()[0].run)) > 30);
    }

    void keysZoomMoveAndReset()
    {
        m_view->setFocus();
        QTest::keyClick(m_view.get(), Qt::Key_Plus);
        QVERIFY(m_view->isZoomed());
        const View zoomed = m_view->view();
        QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(m_view->view().x0 > zoomed.x0);
        QTest::keyClick(m_view.get(), Qt::Key_Minus);
        QTest::keyClick(m_view.get(), Qt::Key_0);
        QVERIFY(!m_view->isZoomed());
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QTRY_COMPARE(m_view->cursor().content()->step, QStringLiteral("0"));
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QCOMPARE(m_view->cursor().content()->step, QStringLiteral("1"));
        const int nearest = m_view->cursor().content()->nearest;
        QTest::keyClick(m_view.get(), nearest == 0 ? Qt::Key_Down : Qt::Key_Up);
        QCOMPARE(m_view->cursor().content()->nearest, 1 - nearest);
        QVERIFY(m_view->accessibleDescription().contains(QStringLiteral("Step 1")));
        QTest::keyClick(m_view.get(), Qt::Key_Escape);
        QVERIFY(!m_view->cursor().content());
    }

    void logarithmIsDrawnAndTold()
    {
        QSignalSpy asked(m_view.get(), &ChartView::logarithmicYRequested);
        QTest::keyClick(m_view.get(), Qt::Key_L);
        QCOMPARE(asked.size(), 1);
        QVERIFY(asked.first().first().toBool());
        m_view->setContent(twoRamps(true));
        QCOMPARE(m_view->drawn()[0]->values()[500], std::log10(5.0));
        QCOMPARE(m_view->drawn()[0]->gaps().size(), 1U); // the zero
        QVERIFY(m_view->view().y1 < 2);
        // Read-outs stay the values themselves.
        m_view->followCursor(500);
        QCOMPARE(m_view->cursor().content()->rows[0].value, QStringLiteral("5"));
        QTest::keyClick(m_view.get(), Qt::Key_L);
        QVERIFY(!asked.last().first().toBool());
        m_view->setContent(twoRamps());
        QCOMPARE(m_view->drawn()[0]->values()[500], 5.0);
    }

    void placesAreToldAsLogged()
    {
        const auto show = [this](std::vector<double> steps) {
            m_view->setContent(contents::of(QStringLiteral("loss"), {{QStringLiteral("a"), 0, {1, 2}, std::move(steps)}}));
        };
        show({0.123456789012, 9223372036854775808.0});
        QCOMPARE(m_view->xText(0.123456789012), QStringLiteral("0.123456789012"));
        QCOMPARE(m_view->xText(9223372036854775808.0), QLocale().toString(quint64(1) << 63));
        QCOMPARE(m_view->placeText(0.123456789012), QStringLiteral("0.12345679"));
        QVERIFY(m_view->summary().contains(QStringLiteral("step in view")));
        show({noNumber, noNumber}); // no steps at all: the points are counted, and called so
        QVERIFY2(m_view->summary().contains(QStringLiteral("point in view: 0 to 1")), qPrintable(m_view->summary()));
    }

    void newPointsKeepTheZoom()
    {
        wheel(*m_view, place(0.5, 0.5), 360);
        const View zoomed = m_view->view();
        m_view->setContent(contents::of(QStringLiteral("loss"), {line(QStringLiteral("up"), 0, ramp(2001, 0, 20))}));
        QCOMPARE(m_view->view(), zoomed);
        m_view->resetZoom();
        QCOMPARE(m_view->view().x1, 2000.0);
    }

    void atRestThePictureIsAntialiased()
    {
        std::vector<contents::Line> lines;
        for (int i = 0; i < 30; ++i)
            lines.push_back(line(QString::number(i), i, ramp(5000, i, 30 - i)));
        m_view->setContent(contents::of(QStringLiteral("loss"), lines));
        QSignalSpy refined(&m_view->lineItem(), &LineItem::refined);
        m_view->grab();
        QVERIFY(!m_view->lineItem().isFine());
        QVERIFY(refined.wait());
        QVERIFY(m_view->lineItem().isFine());
        QTest::keyClick(m_view.get(), Qt::Key_Plus);
        m_view->grab();
        QVERIFY(!m_view->lineItem().isFine());
    }

    void marksAreRead_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<double>("height"); // of the mark, as a part of the plot
        QTest::addColumn<QString>("text");
        QTest::newRow("NaN") << noNumber << 0.98 << QStringLiteral("NaN");
        QTest::newRow("infinity") << std::numeric_limits<double>::infinity() << 0.02 << QStringLiteral("Infinity");
        QTest::newRow("minus infinity") << -std::numeric_limits<double>::infinity() << 0.98 << QStringLiteral("-Infinity");
    }
    void marksAreRead()
    {
        QFETCH(double, value);
        QFETCH(double, height);
        QFETCH(QString, text);
        m_view->setContent(contents::of(QStringLiteral("loss"), {line(QStringLiteral("a"), 0, {1, 2, value, 4, 5})}));
        QTest::mouseMove(m_view->viewport(), place(0.5, height));
        QTRY_VERIFY(m_view->cursor().content());
        const CursorItem::Content &content = *m_view->cursor().content();
        QVERIFY(content.showCard);
        QCOMPARE(content.step, QStringLiteral("2"));
        QCOMPARE(content.nearest, 0);
        QCOMPARE(content.rows[0].value, text);
    }

    void valuesInTheCardLookAsPeopleWriteThem()
    {
        m_view->setContent(contents::of(QStringLiteral("loss"),
            {line(QStringLiteral("a"), 0, {1, 1234567, 3}), line(QStringLiteral("b"), 1, {0, 1000000, 3}), line(QStringLiteral("c"), 2, {0, 2.5, 3})}));
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QTRY_VERIFY(m_view->cursor().content());
        QCOMPARE(m_view->cursor().content()->step, QStringLiteral("1"));
        QCOMPARE(m_view->cursor().content()->rows[1].value, QStringLiteral("1000000"));
        QCOMPARE(m_view->cursor().content()->rows[2].value, QStringLiteral("2.5"));
    }

    void oddSeriesDoNoHarm_data()
    {
        QTest::addColumn<QList<double>>("values");
        QTest::newRow("none") << QList<double>();
        QTest::newRow("one") << QList<double>{1};
        QTest::newRow("constant") << QList<double>{2, 2, 2};
        QTest::newRow("all NaN") << QList<double>{noNumber, noNumber};
        QTest::newRow("huge") << QList<double>{-1e300, 1e300, 0};
        QTest::newRow("largest") << QList<double>{-1.7e308, 1.7e308};
        QTest::newRow("tiny") << QList<double>{1e-300, 3e-300};
    }
    void oddSeriesDoNoHarm()
    {
        QFETCH(QList<double>, values);
        m_view->setContent(contents::of(QStringLiteral("odd"), {line(QStringLiteral("a"), 0, std::vector<double>(values.cbegin(), values.cend()))}));
        m_view->grab();
        for (const int key : {Qt::Key_Plus, Qt::Key_Right, Qt::Key_Down, Qt::Key_L, Qt::Key_Minus, Qt::Key_Right, Qt::Key_0}) {
            QTest::keyClick(m_view.get(), static_cast<Qt::Key>(key));
            m_view->grab();
        }
        QTest::mouseMove(m_view->viewport(), place(0.4, 0.4));
        QVERIFY(m_view->view().x1 > m_view->view().x0);
        QVERIFY(m_view->view().y1 > m_view->view().y0);
    }

private:
    static ChartContent twoRamps(bool logarithmicY = false)
    {
        return contents::of(QStringLiteral("loss"),
            {line(QStringLiteral("up"), 0, ramp(1001, 0, 10)), line(QStringLiteral("down"), 1, ramp(1001, 10, 0))},
            logarithmicY);
    }
    QPoint place(double x, double y) const
    {
        const QRectF area = m_view->area();
        return {static_cast<int>(area.left() + area.width() * x), static_cast<int>(area.top() + area.height() * y)};
    }
    double stepAt(QPointF position) const
    {
        return m_view->view().xOf(position.x() - m_view->area().left(), m_view->area().width());
    }
    void drag(QPoint from, QPoint to, Qt::MouseButton button, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mousePress(m_view->viewport(), button, modifiers, from);
        QTest::mouseMove(m_view->viewport(), (from + to) / 2);
        QTest::mouseMove(m_view->viewport(), to);
        QTest::mouseRelease(m_view->viewport(), button, modifiers, to);
    }

    std::unique_ptr<ChartView> m_view;
};

QTEST_MAIN(TestChartView)
#include "tst_chartview.moc"
