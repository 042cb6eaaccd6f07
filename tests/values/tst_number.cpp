// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/values/number.h"

#include <QTest>

#include <cmath>
#include <cstring>
#include <limits>

using namespace Qt::StringLiterals;

// The spellings of numbers, and that what is written reads back as the same number.
class NumberTest : public QObject
{
    Q_OBJECT
private slots:
    void readsAllSpellings_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("value");
        constexpr double infinity = std::numeric_limits<double>::infinity();
        const auto row = [](const QString &text, double value) { QTest::addRow("%.40s", qPrintable(text)) << text << value; };
        row(u"12"_s, 12);
        row(u" \t-3\r\n"_s, -3);
        row(u"5."_s, 5);
        row(u".25"_s, 0.25);
        row(u"+.5"_s, 0.5);
        row(u"-0"_s, -0.0);
        row(u"0012"_s, 12);
        row(u"1E-4"_s, 1e-4);
        row(u"2.5e+3"_s, 2500);
        row(u"1e309"_s, infinity);
        row(u"-1e309"_s, -infinity);
        row(u"1e-330"_s, 0);
        row(u"-1e-330"_s, -0.0);
        row(u"0.0001e400"_s, infinity);
        row(u"1000000e-400"_s, 0);
        row(u"0e999999999999999999999"_s, 0);
        row(u"1e99999999999999999999"_s, infinity);
        row(u"1e-99999999999999999999"_s, 0);
        row(u"0."_s + QString(400, u'0') + u"1e420"_s, 1e19);
        row(QString(400, u'9'), infinity);
        row(u"9007199254740993"_s, 9007199254740992.0);
        for (const QString &word : {u"inf"_s, u"Inf"_s, u"INFINITY"_s, u"Infinity"_s}) {
            row(word, infinity);
            row(u'+' + word, infinity);
            row(u" -"_s + word + u' ', -infinity);
        }
    }
    void readsAllSpellings()
    {
        QFETCH(QString, text);
        QFETCH(double, value);
        const std::optional<double> read = number::read(text);
        QVERIFY(read);
        QCOMPARE(std::signbit(*read), std::signbit(value));
        QCOMPARE(*read, value);
    }

    void readsNaN()
    {
        for (const QString &text : {u"nan"_s, u"NaN"_s, u" NAN "_s, u"+nan"_s, u"-NaN"_s}) {
            const std::optional<double> read = number::read(text);
            QVERIFY2(read && std::isnan(*read), qPrintable(text));
        }
    }

    void takesNothingElse_data()
    {
        QTest::addColumn<QString>("text");
        for (const QString &text : {u""_s, u"  "_s, u"-"_s, u"+"_s, u"."_s, u"e5"_s, u".e5"_s, u"1e"_s, u"1_000"_s, u"1,000"_s,
                 u"0x10"_s, u"0b1"_s, u"1 2"_s, u"- 1"_s, u"+-1"_s, u"--1"_s, u"True"_s, u"false"_s, u"auto"_s, u"null"_s,
                 u"nan(7)"_s, u"nano"_s, u"infinit"_s, u"1.2.3"_s, u"٣"_s, u"1\u00a0"_s, u"½"_s, u"1f"_s, u"1j"_s})
            QTest::addRow("“%s”", qPrintable(text)) << text;
        QTest::addRow("null") << QString();
    }
    void takesNothingElse()
    {
        QFETCH(QString, text);
        QVERIFY(!number::read(text));
        const QByteArray utf8 = text.toUtf8();
        QVERIFY(!number::read(std::string_view(utf8.constData(), std::size_t(utf8.size()))));
    }

    void whatIsWrittenReadsBackBitByBit()
    {
        number::Buffer buffer;
        quint64 seed = 42;
        for (int i = 0; i < 200'000; ++i) {
            seed = seed * 6364136223846793005U + 1442695040888963407U;
            double value = 0;
            std::memcpy(&value, &seed, sizeof value);
            if (i % 3 == 0)
                value = std::round(std::ldexp(static_cast<double>(seed >> 11), i % 60 - 40)); // whole ones of all sizes
            const std::optional<double> read = number::read(number::written(value, buffer));
            QVERIFY(read);
            const bool isSame = std::isnan(value) ? std::isnan(*read) : std::memcmp(&value, &*read, sizeof value) == 0;
            QVERIFY2(isSame, qPrintable(number::text(value)));
        }
    }

    void wholeNumbersHaveAllTheirDigits()
    {
        QCOMPARE(number::text(100000), u"100000"_s);
        QCOMPARE(number::text(-3e6), u"-3000000"_s);
        QCOMPARE(number::text(std::ldexp(1, 53)), u"9007199254740992"_s);
        QCOMPARE(number::text(std::ldexp(1, 63)), u"9223372036854775808"_s);
        QCOMPARE(number::text(-std::ldexp(1, 63)), u"-9223372036854775808"_s);
        QCOMPARE(number::text(std::nextafter(std::ldexp(1, 64), 0)), u"18446744073709549568"_s);
        QCOMPARE(number::text(1e300), u"1e+300"_s);
        QCOMPARE(number::text(1e-5), u"1e-05"_s);
        QCOMPARE(number::text(0.25), u"0.25"_s);
        QCOMPARE(number::text(-0.0), u"-0"_s);
    }

    void comparesWholeNumbersByAllDigits()
    {
        const auto order = [](const char *one, const char *other) { return number::compareWhole(one, other); };
        QCOMPARE(order("9007199254740993", "9007199254740992"), std::optional(1));
        QCOMPARE(order("-9007199254740993", "-9007199254740992"), std::optional(-1));
        QCOMPARE(order(" +007 ", "7"), std::optional(0));
        QCOMPARE(order("-0", "0"), std::optional(0));
        QCOMPARE(order("-1", "1"), std::optional(-1));
        QCOMPARE(order("99", "100"), std::optional(-1));
        QVERIFY(!order("1.0", "1"));
        QVERIFY(!order("1", "1e0"));
        QVERIFY(!order("", "1"));
    }
};

QTEST_GUILESS_MAIN(NumberTest)
#include "tst_number.moc"
