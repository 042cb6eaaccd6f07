// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/number.h"

#include <QTest>

#include <cmath>

using namespace localserver;

// Which texts are numbers, and how numbers are written.
class TestLoggedNumber : public QObject {
    Q_OBJECT
private slots:
    void texts_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<double>("value");
        const auto row = [](const char *text, double value) { QTest::newRow(text) << QByteArray(text) << value; };
        row("5", 5);
        row("5.", 5);
        row(".5", 0.5);
        row("+.5", 0.5);
        row("-0", -0.0);
        row("1E-4", 1e-4);
        row(" \t7\n", 7);
        row("007", 7);
        row("1e400", HUGE_VAL);
        row("-1e400", -HUGE_VAL);
        row("1e-400", 0);
        row("-1e-400", -0.0);
        row("0e999999999999999999999", 0);
        row("1e999999999999999999999", HUGE_VAL);
        row("1e-999999999999999999999", 0);
        row("nan", std::nan(""));
        row("-NaN", std::nan(""));
        row("+NAN", std::nan(""));
        row("inf", HUGE_VAL);
        row("-Inf", -HUGE_VAL);
        row("+iNfInItY", HUGE_VAL);
        row("-infinity", -HUGE_VAL);
        QTest::newRow("400 digits") << QByteArray(400, '9') << HUGE_VAL;
        QTest::newRow("400 noughts") << QByteArray("0." + QByteArray(400, '0') + "1") << 0.0;
        QTest::newRow("no decimals lost") << QByteArray("0.1" + QByteArray(500, '0')) << 0.1;
    }
    void texts()
    {
        QFETCH(QByteArray, text);
        QFETCH(double, value);
        const auto read = toDouble(text.toStdString());
        QVERIFY(read);
        QCOMPARE(std::isnan(*read), std::isnan(value));
        if (!std::isnan(value)) {
            QCOMPARE(*read, value);
            QCOMPARE(std::signbit(*read), std::signbit(value));
        }
    }

    void otherTextsAreNone_data()
    {
        QTest::addColumn<std::string>("text");
        for (const char *text : {"", " ", ".", "+", "-", "e5", "1e", "1e+", "1_000", "1,5", "0x10", "True", "auto", "1 2",
                 "--1", "+-1", "nan(1)", "infinit", "in", "1.2.3", "1e5.5", "٣"})
            QTest::newRow(text) << std::string(text);
        QTest::newRow("NUL") << std::string("1\0", 2);
    }
    void otherTextsAreNone()
    {
        QFETCH(std::string, text);
        QVERIFY(!toDouble(text));
        QVERIFY(!toNumber(text));
    }

    void wholeNumbersKeepTheirDigits_data()
    {
        QTest::addColumn<std::string>("text");
        for (const char *text : {"0", "9007199254740993", "-9007199254740993", "9223372036854775807",
                 "9223372036854775808", "-9223372036854775808", "18446744073709551615", "0.25", "-0.5"})
            QTest::newRow(text) << std::string(text);
    }
    void wholeNumbersKeepTheirDigits()
    {
        QFETCH(std::string, text);
        const auto number = toNumber(text);
        QVERIFY(number);
        QCOMPARE(QByteArray::fromStdString(numberText(*number)), QByteArray::fromStdString(text));
    }

    void whatIsNotGiven()
    {
        QVERIFY(!isGiven(noNumber));
        QVERIFY(isGiven(0));
        QVERIFY(isGiven(-9223372036854775808.0L));
        QCOMPARE(QByteArray::fromStdString(numberText(1e300L)), "1e+300");
    }
};

QTEST_APPLESS_MAIN(TestLoggedNumber)
#include "tst_loggednumber.moc"
