// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/chartbar.h"

#include <QAccessible>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>

#include <array>

using namespace Qt::StringLiterals;

// The bar alone: what it says where a person works it.
class TestChartBar : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_bar = std::make_unique<ChartBar>();
        m_bar->resize(1200, 40);
        m_bar->show();
        QVERIFY(QTest::qWaitForWindowActive(m_bar.get()));
        for (QComboBox *box : m_bar->findChildren<QComboBox *>()) {
            if (box->accessibleName() == u"Kind of smoothing"_s)
                m_kind = box;
        }
        m_amount = m_bar->findChild<QDoubleSpinBox *>();
    }

    void nothingIsSmoothedAtFirst()
    {
        QCOMPARE(smoothing(), Smoothing());
        QVERIFY(!smoothing().isActive());
        QCOMPARE(m_kind->currentText(), u"None"_s);
    }

    void aKindIsSeenAtWorkAsSoonAsItIsChosen()
    {
        const auto choose = [this](Qt::Key key) {
            m_kind->setFocus();
            QTest::keyClick(m_kind, key);
        };
        choose(Qt::Key_Down);
        QCOMPARE(smoothing(), (Smoothing{Smoothing::Kind::Twema, 0.6}));
        choose(Qt::Key_Down);
        QCOMPARE(smoothing(), (Smoothing{Smoothing::Kind::Ema, 0.6}));
        choose(Qt::Key_End); // of another measure
        QCOMPARE(smoothing().kind, Smoothing::Kind::MovingAverage);
        QVERIFY(smoothing().isActive());
        choose(Qt::Key_Home);
        QVERIFY(!smoothing().isActive());
        QCOMPARE(m_amount->value(), 0);
        QCOMPARE(m_bar->findChild<QSlider *>()->value(), 0);
    }

    void anAmountAloneMeansTwema()
    {
        QSignalSpy changed(m_bar.get(), &ChartBar::settingsChanged);
        m_amount->setFocus();
        m_amount->selectAll();
        QTest::keyClicks(m_amount, u"0.9"_s);
        QTest::keyClick(m_amount, Qt::Key_Return);
        QCOMPARE(smoothing(), (Smoothing{Smoothing::Kind::Twema, 0.9}));
        QCOMPARE(m_kind->currentText(), u"TWEMA"_s);
        QCOMPARE(changed.size(), 1); // not the 0 that is typed on the way
        m_amount->selectAll();
        QTest::keyClicks(m_amount, u"0.950"_s);
        QTest::keyClick(m_amount, Qt::Key_Return);
        QCOMPARE(smoothing(), (Smoothing{Smoothing::Kind::Twema, 0.95}));
    }

    void everyWayOfTogglingIsTheSame_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("now");
        QTest::newRow("log x") << u"Log X"_s << true;
        QTest::newRow("log y") << u"Log Y"_s << true;
        QTest::newRow("raw") << u"Raw"_s << false;
        QTest::newRow("envelope") << u"Envelope"_s << false;
        QTest::newRow("ranges") << u"Ranges"_s << true;
    }
    void everyWayOfTogglingIsTheSame()
    {
        QFETCH(const QString, text);
        QFETCH(bool, now);
        QToolButton *button = nullptr;
        for (QToolButton *one : m_bar->findChildren<QToolButton *>())
            button = one->text() == text ? one : button;
        QVERIFY(button && button->isChecked() != now);
        const auto state = [this] {
            const ChartSettings &settings = m_bar->settings();
            return std::array{settings.logarithmicX, settings.logarithmicY, settings.showsRaw, settings.showsEnvelope};
        };
        const auto before = state();
        const QSignalSpy changed(m_bar.get(), &ChartBar::settingsChanged);
        const QSignalSpy ranges(m_bar.get(), &ChartBar::rangesToggled);
        QTest::mouseClick(button, Qt::LeftButton);
        const auto clicked = state();
        QCOMPARE(changed.size() + ranges.size(), 1);
        QVERIFY(clicked != before || ranges.size() == 1);
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
        QCOMPARE(state(), before);
        QCOMPARE(changed.size() + ranges.size(), 2);
        QAccessible::queryAccessibleInterface(button)->actionInterface()->doAction(QAccessibleActionInterface::toggleAction());
        QCOMPARE(state(), clicked);
        QCOMPARE(changed.size() + ranges.size(), 3);
        m_bar->setSettings({}); // shown, not chosen
        QCOMPARE(changed.size() + ranges.size(), 3);
    }

    void isAsHighAsItsRows()
    {
        m_bar->resize(3000, m_bar->height());
        const int one = m_bar->height();
        m_bar->resize(m_bar->childrenRect().right() + 20, one);
        QTRY_COMPARE(m_bar->height(), one);
        // The boxes of a grouping need a second row, and give it back.
        ChartSettings grouped;
        grouped.grouping.source = Grouping::Source::Parameter;
        grouped.grouping.name = u"optimizer"_s;
        m_bar->setSettings(grouped);
        QTRY_VERIFY(m_bar->height() > one);
        m_bar->setSettings({});
        QTRY_COMPARE(m_bar->height(), one);
    }

private:
    Smoothing smoothing() const { return m_bar->settings().smoothing; }

    std::unique_ptr<ChartBar> m_bar;
    QComboBox *m_kind = nullptr;
    QDoubleSpinBox *m_amount = nullptr;
};

QTEST_MAIN(TestChartBar)
#include "tst_chartbar.moc"
