// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/values/format.h"

#include <QLocale>
#include <QTest>
#include <QTimeZone>

#include <limits>
#include <vector>

using namespace Qt::StringLiterals;

// The words of the design for every kind of value, and the seams between two units.
class FormatTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void metric_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<int>("decimals");
        QTest::addColumn<QString>("text");
        constexpr double infinity = std::numeric_limits<double>::infinity();
        QTest::newRow("fraction") << 0.957912 << -1 << u"0.9579"_s;
        QTest::newRow("ones") << 12.34567 << -1 << u"12.35"_s;
        QTest::newRow("grouped") << 1024.0 << -1 << u"1,024"_s;
        QTest::newRow("whole") << 128.0 << -1 << u"128"_s;
        QTest::newRow("zero") << 0.0 << -1 << u"0"_s;
        QTest::newRow("zero in a column") << 0.0 << 4 << u"0.0000"_s;
        QTest::newRow("column") << 0.1 << 4 << u"0.1000"_s;
        QTest::newRow("small") << 3e-4 << 4 << u"3e-4"_s;
        QTest::newRow("small negative") << -1.23456e-5 << -1 << u"-1.235e-5"_s;
        QTest::newRow("smallest plain") << 0.001 << -1 << u"0.001000"_s;
        QTest::newRow("large") << 12'345'678.0 << 0 << u"1.235e7"_s;
        QTest::newRow("largest plain") << 9'999'999.0 << -1 << u"9,999,999"_s;
        QTest::newRow("rounded large") << 123'000'001.0 << 0 << u"1.230e8"_s;
        QTest::newRow("no round number") << 99'999'998.0 << 0 << u"9.9999998e7"_s;
        QTest::newRow("no round small one") << -0.00039999996 << 4 << u"-3.9999996e-4"_s;
        QTest::newRow("round small one") << 1e-13 << 2 << u"1e-13"_s;
        QTest::newRow("less than the column shows") << 0.42 << 0 << u"0.42"_s;
        QTest::newRow("one digit of it") << 0.0614159 << 2 << u"0.06142"_s;
        QTest::newRow("three digits of it") << 0.0614159 << 4 << u"0.0614"_s;
        QTest::newRow("small and short") << -0.00123 << 2 << u"-0.00123"_s;
        QTest::newRow("below one") << 0.99996 << 4 << u"0.99996"_s;
        QTest::newRow("below one, of one in single precision") << 0.99999994 << -1 << u"0.9999999"_s;
        QTest::newRow("above a whole number") << 1500.3 << 0 << u"1,500.3"_s;
        QTest::newRow("four digits are whole") << 2200.7 << -1 << u"2,200.7"_s;
        QTest::newRow("just below the largest plain") << 9'999'999.75 << 0 << u"9,999,999.8"_s;
        QTest::newRow("whole in a column of fractions") << 3.0 << 2 << u"3.00"_s;
        QTest::newRow("nan") << std::numeric_limits<double>::quiet_NaN() << 4 << u"NaN"_s;
        QTest::newRow("infinity") << infinity << 4 << u"Infinity"_s;
        QTest::newRow("minus infinity") << -infinity << -1 << u"-Infinity"_s;
    }
    void metric()
    {
        QFETCH(double, value);
        QFETCH(int, decimals);
        QTEST(format::metric(value, decimals), "text");
    }

    void metricFollowsTheLocale()
    {
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        const QString plain = format::metric(1234.5, 1);
        const QString small = format::metric(1.5e-4);
        const QString full = format::metricFull(1234.5);
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        QCOMPARE(plain, u"1.234,5"_s);
        QCOMPARE(small, u"1,5e-4"_s);
        QCOMPARE(full, u"1234.5"_s);
    }

    void metricFullReadsBackAsTheSameNumber()
    {
        for (double value : {0.1, 1.0 / 3, 1e300, -2.5e-17, 123456789.123456}) {
            const QString text = format::metricFull(value);
            QCOMPARE(text.toDouble(), value);
        }
        QCOMPARE(format::metricFull(0.1), u"0.1"_s);
    }

    void stepsHaveEveryDigit()
    {
        QCOMPARE(format::step(25000), u"25,000"_s);
        QCOMPARE(format::step(0.25), u"0.25"_s);
        QCOMPARE(format::step(-1234.0625), u"-1234.0625"_s);
        QCOMPARE(format::step(9223372036854775808.0), u"9,223,372,036,854,775,808"_s);
        QCOMPARE(format::step(u"9007199254740993"_s), u"9,007,199,254,740,993"_s);
        QCOMPARE(format::step(u"99999999999999999999"_s), u"99999999999999999999"_s);
        QCOMPARE(format::step(u"1.50"_s), u"1.50"_s);
        QCOMPARE(format::step(QString()), format::missing());
    }

    void decimalsLineUpAColumn()
    {
        QCOMPARE(format::decimals(std::vector<double>{0.95, 0.8781, 0.12}), 4);
        QCOMPARE(format::decimals(std::vector<double>{64, 128, 256}), 0);
        QCOMPARE(format::decimals(std::vector<double>{1.5, 2.25, 4}), 3);
        QCOMPARE(format::decimals(std::vector<double>{1500.25, 2500.5, 3000}), 0);
        QCOMPARE(format::decimals(std::vector<double>{}), 0);
        QCOMPARE(format::decimals(std::vector<double>{std::numeric_limits<double>::quiet_NaN(), 0.5}), 4);
    }

    void decimalsBeyondTheColumnsLineUpToo()
    {
        const double infinity = std::numeric_limits<double>::infinity();
        QCOMPARE(format::widestDecimals(std::vector<double>{0.42, 1500.3, 2200.7}, 0), 2);
        QCOMPARE(format::widestDecimals(std::vector<double>{1, 2, infinity, 3e-7, 1e9}, 0), 0);
        QCOMPARE(format::widestDecimals(std::vector<double>{0.5, 0.9999999999}, 4), 6);
        QCOMPARE(format::missingDecimals(u"1,500.3"_s, 2), u"0"_s);
        QCOMPARE(format::missingDecimals(u"1,500"_s, 2), u".00"_s);
        QCOMPARE(format::missingDecimals(u"0.42"_s, 2), QString());
        QCOMPARE(format::missingDecimals(u"0.9999999999"_s, 6), QString());
        QCOMPARE(format::missingDecimals(u"3e-7"_s, 2), QString());
        QCOMPARE(format::missingDecimals(u"NaN"_s, 2), QString());
    }

    void duration_data()
    {
        QTest::addColumn<qint64>("milliseconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << qint64(-1) << u"–"_s;
        QTest::newRow("zero") << qint64(0) << u"0 ms"_s;
        QTest::newRow("milliseconds") << qint64(84) << u"84 ms"_s;
        QTest::newRow("seconds") << qint64(12'340) << u"12.3 s"_s;
        QTest::newRow("not 60.0 s") << qint64(59'960) << u"1 min 00 s"_s;
        QTest::newRow("minutes") << qint64(188'000) << u"3 min 08 s"_s;
        QTest::newRow("not 60 min") << qint64(3'599'600) << u"1 h 00 min"_s;
        QTest::newRow("hours") << qint64(72 * 60'000) << u"1 h 12 min"_s;
        QTest::newRow("not 24 h") << qint64(24 * 3'600'000 - 1) << u"1 d 00 h"_s;
        QTest::newRow("days") << qint64(52) * 3'600'000 << u"2 d 04 h"_s;
    }
    void duration()
    {
        QFETCH(qint64, milliseconds);
        QTEST(format::duration(milliseconds), "text");
    }

    void time_data()
    {
        QTest::addColumn<QDateTime>("then");
        QTest::addColumn<QString>("text");
        const auto at = [](int year, int month, int day, int hour, int minute, int second = 0) {
            return QDateTime(QDate(year, month, day), QTime(hour, minute, second), Qt::UTC);
        };
        QTest::newRow("just now") << at(2025, 11, 14, 13, 59, 48) << u"12 s ago"_s;
        QTest::newRow("today") << at(2025, 11, 14, 9, 41) << u"Today 09:41"_s;
        QTest::newRow("yesterday") << at(2025, 11, 13, 22, 5) << u"Yesterday 22:05"_s;
        QTest::newRow("this week") << at(2025, 11, 10, 10, 12) << u"Mon 10:12"_s;
        QTest::newRow("this year") << at(2025, 3, 12, 10, 0) << u"12 Mar"_s;
        QTest::newRow("last year") << at(2024, 11, 12, 10, 0) << u"2024-11-12"_s;
        QTest::newRow("a clock that is ahead") << at(2026, 1, 2, 10, 0) << u"2026-01-02"_s;
    }
    void time()
    {
        QFETCH(QDateTime, then);
        const QDateTime now(QDate(2025, 11, 14), QTime(14, 0), Qt::UTC);
        QTEST(format::time(then.toMSecsSinceEpoch(), now), "text");
    }

    void timeIsReadInTheZoneOfNow()
    {
        const QTimeZone tokyo(9 * 3600);
        const QDateTime now(QDate(2025, 11, 14), QTime(1, 0), tokyo);
        QCOMPARE(format::time(now.toMSecsSinceEpoch() - 3'600'000, now), u"Today 00:00"_s);
        QCOMPARE(format::time(0, now), u"–"_s);
    }

    void timeFullNamesTheZone()
    {
        const qint64 moment = QDateTime(QDate(2025, 11, 12), QTime(8, 41), Qt::UTC).toMSecsSinceEpoch();
        const QString text = format::timeFull(moment);
        QCOMPARE(QDateTime::fromString(text, Qt::ISODate).toMSecsSinceEpoch(), moment);
        QVERIFY(text.endsWith(u'Z') || text.contains(u'+') || text.count(u'-') == 3);
        QVERIFY(format::timeFull(0).isEmpty());
    }

    void sizesAndCounts()
    {
        QCOMPARE(format::count(25'000), u"25,000"_s);
        QCOMPARE(format::bytes(84), u"84 B"_s);
        QCOMPARE(format::bytes(1260), u"1.23 KiB"_s);
        QCOMPARE(format::bytes(1'048'575), u"1.00 MiB"_s);
        QCOMPARE(format::bytes(12'900'000), u"12.3 MiB"_s);
        QCOMPARE(format::bytes(qint64(132) << 30), u"132 GiB"_s);
    }
};

QTEST_GUILESS_MAIN(FormatTest)
#include "tst_format.moc"
