// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/timeticks.h"

#include <QSet>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;

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
        QCOMPARE(labels(linearTicks(0, 12, 5, 1)).join(u'|'), QStringLiteral("0|5|10")); // not 2.5
        QVERIFY(linearTicks(3.2, 3.8, 5, 1).empty());
        for (double width = 0.7; width < 1e7; width *= 1.3) {
            for (const Tick &tick : linearTicks(0.3, 0.3 + width, 8, 1))
                QCOMPARE(tick.position, std::trunc(tick.position));
        }
    }

    void neighboursAreToldApart()
    {
        const QStringList all = labels(linearTicks(9007199254740992.0, 9007199254740996.0, 8));
        QCOMPARE(all.size(), 3);
        QCOMPARE(all.first(), u"9.007199254740992e15"_s);
        QCOMPARE(all.last(), u"9.007199254740996e15"_s);
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

    void clockTimes_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QString>("from"); // UTC
        QTest::addColumn<int>("hours");
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("expected");
        QTest::newRow("clocks go back") << QByteArray("Europe/Berlin") << u"2024-10-26T10:00"_s << 48 << 8
            << u"26 Oct 12:00|18:00|27 Oct 00:00|06:00|12:00|18:00|28 Oct 00:00|06:00"_s;
        QTest::newRow("clocks go forward") << QByteArray("Europe/Berlin") << u"2024-03-30T10:00"_s << 48 << 8
            << u"30 Mar 12:00|18:00|31 Mar 00:00|06:00|12:00|18:00|1 Apr 00:00|06:00|12:00"_s;
        QTest::newRow("an hour that is not there") << QByteArray("Europe/Berlin") << u"2024-03-30T22:30"_s << 8 << 4
            << u"31 Mar 00:00|04:00|06:00|08:00"_s;
        QTest::newRow("an hour that is there twice") << QByteArray("America/New_York") << u"2025-11-02T03:30"_s << 5 << 5
            << u"2 Nov 00:00|01:00|01:00|02:00|03:00"_s;
        QTest::newRow("days") << QByteArray("America/New_York") << u"2025-10-31T12:00"_s << 24 * 5 << 5
            << u"1 Nov 2025|2 Nov|3 Nov|4 Nov|5 Nov"_s;
        QTest::newRow("half an hour") << QByteArray("Australia/Lord_Howe") << u"2025-04-05T00:00"_s << 36 << 6
            << u"5 Apr 12:00|18:00|6 Apr 00:00|06:00|12:00|18:00"_s;
        QTest::newRow("half an hour, forward") << QByteArray("Australia/Lord_Howe") << u"2025-10-04T12:00"_s << 24 << 4
            << u"5 Oct 00:00|06:00|12:00|18:00"_s;
        QTest::newRow("no midnight") << QByteArray("America/Sao_Paulo") << u"2018-11-03T10:00"_s << 36 << 6
            << u"3 Nov 12:00|18:00|4 Nov 01:00|06:00|12:00|18:00"_s;
        QTest::newRow("no midnight, days") << QByteArray("America/Sao_Paulo") << u"2018-11-02T12:00"_s << 24 * 4 << 4
            << u"3 Nov 2018|4 Nov|5 Nov|6 Nov"_s;
        QTest::newRow("two midnights") << QByteArray("America/Sao_Paulo") << u"2018-02-17T12:00"_s << 24 * 3 << 3
            << u"18 Feb 2018|19 Feb|20 Feb"_s;
        QTest::newRow("a day that is not there") << QByteArray("Pacific/Apia") << u"2011-12-29T00:00"_s << 48 << 8
            << u"28 Dec 18:00|29 Dec 00:00|06:00|12:00|18:00|31 Dec 00:00|06:00|12:00"_s;
        QTest::newRow("days without it") << QByteArray("Pacific/Apia") << u"2011-12-28T00:00"_s << 24 * 5 << 5
            << u"28 Dec 2011|29 Dec|31 Dec|1 Jan 2012|2 Jan"_s;
        QTest::newRow("no change at all") << QByteArray("UTC") << u"2024-03-30T23:00"_s << 24 << 4
            << u"31 Mar 00:00|06:00|12:00|18:00"_s;
    }
    void clockTimes()
    {
        QFETCH(const QByteArray, zone);
        QFETCH(const QString, from);
        QFETCH(int, hours);
        QFETCH(int, count);
        QFETCH(const QString, expected);
        const QDateTime begin = QDateTime::fromString(from + u":00Z"_s, Qt::ISODate);
        QVERIFY(begin.isValid());
        const auto low = static_cast<double>(begin.toMSecsSinceEpoch());
        const double high = low + hours * 3.6e6;
        const QTimeZone where(zone);
        const std::vector<Tick> ticks = wallTimeTicks(low, high, count, where);
        QCOMPARE(labels(ticks).join(u'|'), expected);
        double before = low - 1;
        for (const Tick &tick : ticks) {
            QVERIFY(tick.position > before && tick.position <= high);
            before = tick.position;
            const QString clock = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(tick.position), where).toString(u"hh:mm"_s);
            QVERIFY(!tick.label.contains(u':') || tick.label.endsWith(clock));
        }
    }

    void zoneNames()
    {
        const auto named = [](const char *zone, const char *from, int days) {
            const auto low = static_cast<double>(QDateTime::fromString(QLatin1StringView(from), Qt::ISODate).toMSecsSinceEpoch());
            return zoneName(low, low + days * 8.64e7, QTimeZone(zone));
        };
        QCOMPARE(named("Europe/Berlin", "2024-07-01T00:00:00Z", 10), u"UTC+02:00"_s);
        QCOMPARE(named("Europe/Berlin", "2024-10-20T00:00:00Z", 10), u"Europe/Berlin"_s);
        QCOMPARE(named("America/St_Johns", "2024-01-10T00:00:00Z", 1), u"UTC-03:30"_s);
        QCOMPARE(named("Europe/London", "2024-01-10T00:00:00Z", 1), u"UTC"_s);
        QCOMPARE(named("Asia/Kathmandu", "2010-01-10T00:00:00Z", 5000), u"UTC+05:45"_s);
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
