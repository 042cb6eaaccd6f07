// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/ticks.h"

#include <QSet>
#include <QTest>

#include <cmath>

namespace {

QStringList labels(const std::vector<Tick> &ticks)
{
    QStringList labels;
    for (const Tick &tick : ticks)
        labels.append(tick.label);
    return labels;
}

} // namespace

class TestTicks : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void linear_data()
    {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("expected");
        QTest::newRow("steps") << 0.0 << 14999.0 << 6 << "0|2,500|5,000|7,500|10k|12.5k";
        QTest::newRow("accuracy") << 0.5 << 1.0 << 5 << "0.5|0.6|0.7|0.8|0.9|1.0";
        QTest::newRow("around zero") << -1.0 << 1.0 << 4 << "-1.0|-0.5|0|0.5|1.0";
        QTest::newRow("small") << 0.0 << 4e-6 << 4 << "0|1e-6|2e-6|3e-6|4e-6";
        QTest::newRow("millions") << 0.0 << 4e6 << 4 << "0|1M|2M|3M|4M";
        QTest::newRow("huge") << 0.0 << 4e299 << 4 << "0|1e299|2e299|3e299|4e299";
        QTest::newRow("close together, far out") << 1000000.0 << 1000004.0 << 4
                                                 << "1,000,000|1,000,001|1,000,002|1,000,003|1,000,004";
        QTest::newRow("quarters") << 0.0 << 1.0 << 4 << "0|0.25|0.50|0.75|1.00";
    }
    void linear()
    {
        QFETCH(double, low);
        QFETCH(double, high);
        QFETCH(int, count);
        QFETCH(QString, expected);
        QCOMPARE(labels(linearTicks(low, high, count)).join(u'|'), expected);
    }

    void whereStepsAreWholeSoAreTheTicks()
    {
        QCOMPARE(labels(linearTicks(0, 3, 20, 1)).join(u'|'), QStringLiteral("0|1|2|3"));
    }

    void logarithmic_data()
    {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<QString>("expected");
        QTest::newRow("plain") << -1.0 << 1.0 << "0.1|0.2|0.5|1|2|5|10";
        QTest::newRow("powers") << -6.0 << 0.0 << "1e-6|1e-5|1e-4|1e-3|1e-2|1e-1|1e0";
        QTest::newRow("inside a decade") << std::log10(2.0) << std::log10(6.0) << "2|3|4|5|6";
        QTest::newRow("wide") << -300.0 << 300.0 << "-";
    }
    void logarithmic()
    {
        QFETCH(double, low);
        QFETCH(double, high);
        QFETCH(QString, expected);
        const auto ticks = logarithmicTicks(low, high, 5);
        if (expected != u"-")
            QCOMPARE(labels(ticks).join(u'|'), expected);
        QVERIFY(ticks.size() >= 2 && ticks.size() <= 8);
    }

    // QCategoryAxis knows a tick by its label.
    void labelsDiffer()
    {
        for (double low : {0.0, 1.0, -7.3, 1e6, 1e-5, 123456.7}) {
            for (double width = 1e9; width > 1e-9; width /= 3.7) {
                const auto ticks = linearTicks(low, low + width, 9);
                const QStringList all = labels(ticks);
                QVERIFY2(QSet<QString>(all.cbegin(), all.cend()).size() == all.size(),
                    qPrintable(QStringLiteral("%1 + %2: %3").arg(low).arg(width).arg(all.join(u'|'))));
                QVERIFY(ticks.size() <= 21);
                for (const Tick &tick : ticks)
                    QVERIFY(tick.position >= low - width * 1e-6 && tick.position <= low + width * (1 + 1e-6));
            }
        }
    }

    void impossibleRangesHaveNone()
    {
        QVERIFY(linearTicks(1, 1, 5).empty());
        QVERIFY(linearTicks(2, 1, 5).empty());
        QVERIFY(logarithmicTicks(1, 1, 5).empty());
        QVERIFY(linearTicks(-1e308, 1e308, 5).size() >= 2);
    }
};

QTEST_GUILESS_MAIN(TestTicks)
#include "tst_ticks.moc"
