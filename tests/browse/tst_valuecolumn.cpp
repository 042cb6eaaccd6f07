// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/valuecolumn.h"

#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using Kind = ValueColumn::Kind;

// What was logged comes back letter by letter, and sorts as a number where it is one.
class ValueColumnTest : public QObject
{
    Q_OBJECT
private slots:
    void startsNotLoaded()
    {
        const ValueColumn column(2);
        QCOMPARE(column.kind(0), Kind::NotLoaded);
        QVERIFY(!column.isLoaded(1));
        QVERIFY(column.text(0).isNull());
    }

    void textComesBackAsLogged_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<double>("number");
        constexpr double none = std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("integer") << u"128"_s << Kind::Number << 128.0;
        QTest::newRow("python float") << u"128.0"_s << Kind::Number << 128.0;
        QTest::newRow("trailing zeros") << u"0.10"_s << Kind::Number << 0.1;
        QTest::newRow("exponent") << u"1e-05"_s << Kind::Number << 1e-5;
        QTest::newRow("another exponent") << u"1E-5"_s << Kind::Number << 1e-5;
        QTest::newRow("more digits than a double has") << u"0.1000000000000000055511151231257827"_s
            << Kind::Number << 0.1;
        QTest::newRow("large seed") << u"9007199254740993"_s << Kind::Number << 9007199254740992.0;
        QTest::newRow("hex-like") << u"0x10"_s << Kind::Text << none;
        QTest::newRow("power of two") << u"18446744073709551616"_s << Kind::Number << 18446744073709551616.0;
        QTest::newRow("the one before it") << u"18446744073709551615"_s << Kind::Number << 18446744073709551616.0;
        QTest::newRow("the same, rounded by somebody") << u"18446744073709552000"_s << Kind::Number << 18446744073709551616.0;
        QTest::newRow("negative power") << u"-9223372036854775808"_s << Kind::Number << -9223372036854775808.0;
        QTest::newRow("longer") << u"912312851340981241284"_s << Kind::Number << 912312851340981241284.0;
        QTest::newRow("whole number") << u"100000"_s << Kind::Number << 1e5;
        QTest::newRow("whole number with an exponent") << u"1e+05"_s << Kind::Number << 1e5;
        QTest::newRow("leading zeros") << u"0012"_s << Kind::Number << 12.0;
        QTest::newRow("minus zero") << u"-0"_s << Kind::Number << -0.0;
        QTest::newRow("blanks around") << u" 1\t"_s << Kind::Number << 1.0;
        QTest::newRow("plus") << u"+.5"_s << Kind::Number << 0.5;
        QTest::newRow("too large") << u"-1e400"_s << Kind::Number << -std::numeric_limits<double>::infinity();
        QTest::newRow("too small") << u"1e-400"_s << Kind::Number << 0.0;
        QTest::newRow("blank") << u" "_s << Kind::Text << none;
        QTest::newRow("underscore") << u"1_000"_s << Kind::Text << none;
        QTest::newRow("nan in capitals") << u" NAN"_s << Kind::NaN << none;
        QTest::newRow("nan and more") << u"nan(1)"_s << Kind::Text << none;
        QTest::newRow("word") << u"adamw"_s << Kind::Text << none;
        QTest::newRow("empty") << u""_s << Kind::Text << none;
        QTest::newRow("html") << u"<b>1</b>"_s << Kind::Text << none;
        QTest::newRow("emoji") << u"🚀 ünï"_s << Kind::Text << none;
        QTest::newRow("nan") << u"NaN"_s << Kind::NaN << none;
        QTest::newRow("python nan") << u"nan"_s << Kind::NaN << none;
        QTest::newRow("infinity") << u"Infinity"_s << Kind::Number << std::numeric_limits<double>::infinity();
        QTest::newRow("python infinity") << u"-inf"_s << Kind::Number << -std::numeric_limits<double>::infinity();
    }
    void textComesBackAsLogged()
    {
        QFETCH(QString, text);
        QFETCH(Kind, kind);
        QFETCH(double, number);
        ValueColumn column(1);
        column.setText(0, text);
        QCOMPARE(column.text(0), text);
        QCOMPARE(column.kind(0), kind);
        QCOMPARE(column.number(0), number);
    }

    void numbersKeepEveryBit()
    {
        ValueColumn column(3);
        column.setNumber(0, 1.0 / 3);
        column.setNumber(1, std::numeric_limits<double>::quiet_NaN());
        column.setNumber(2, 0.5, true);
        QCOMPARE(column.text(0).toDouble(), 1.0 / 3);
        QCOMPARE(column.kind(1), Kind::NaN);
        QCOMPARE(column.text(1), u"NaN"_s);
        column.setNumber(0, 18446744073709549568.0);
        QCOMPARE(column.text(0), u"18446744073709549568"_s);
        column.setNumber(0, 1e6);
        QCOMPARE(column.text(0), u"1000000"_s);
        QVERIFY(column.isApproximate(2) && !column.isApproximate(0));
        column.setNumber(2, 0.25);
        QVERIFY(!column.isApproximate(2));
    }

    void aNullTextIsMissing()
    {
        ValueColumn column(1);
        column.setText(0, QString());
        QCOMPARE(column.kind(0), Kind::Missing);
        QVERIFY(column.isLoaded(0));
        QVERIFY(column.text(0).isNull());
    }

    void aCopyDoesNotSeeLaterEdits()
    {
        ValueColumn column(2);
        column.setText(0, u"sgd"_s);
        const ValueColumn copy = column;
        column.setText(0, u"adam"_s);
        column.setText(1, u"lion"_s);
        QCOMPARE(copy.text(0), u"sgd"_s);
        QCOMPARE(copy.kind(1), Kind::NotLoaded);
    }

    void rearrangedFollowsItsRows()
    {
        ValueColumn column(3);
        column.setText(0, u"a"_s);
        column.setNumber(1, 2, true);
        column.setMissing(2);
        const ValueColumn moved = column.rearranged({2, -1, 1, 0});
        QCOMPARE(moved.size(), std::size_t(4));
        QCOMPARE(moved.kind(0), Kind::Missing);
        QCOMPARE(moved.kind(1), Kind::NotLoaded);
        QCOMPARE(moved.number(2), 2.0);
        QVERIFY(moved.isApproximate(2));
        QCOMPARE(moved.text(3), u"a"_s);
    }

    void sortsNumbersThenNaNThenTextThenMissing()
    {
        ValueColumn column(7);
        column.setText(0, u"b"_s);
        column.setMissing(1);
        column.setText(2, u"10.0"_s);
        column.setNumber(4, std::numeric_limits<double>::quiet_NaN());
        column.setNumber(5, -3);
        column.setText(6, u"A"_s); // row 3 stays not loaded
        const auto order = [&](bool descending) {
            return sortedRows(column.size(), {{[&] { return column.sortKeys(); }, descending}});
        };
        QCOMPARE(order(false), (std::vector<quint32>{5, 2, 4, 6, 0, 1, 3}));
        QCOMPARE(order(true), (std::vector<quint32>{2, 5, 4, 0, 6, 1, 3}));
    }

    void wholeNumbersSortByAllTheirDigits()
    {
        ValueColumn column(8);
        column.setText(0, u"9007199254740993"_s);
        column.setText(1, u"9007199254740992"_s);
        column.setText(2, u"912312851340981241285"_s);
        column.setText(3, u"912312851340981241284"_s);
        column.setText(4, u"9007199254740992.0"_s); // equal to 1, and stays after it
        column.setText(5, u"-9007199254740993"_s);
        column.setText(6, u"7"_s);
        column.setText(7, u"-9007199254740992"_s);
        const auto order = [&](bool descending) {
            return sortedRows(column.size(), {{[&] { return column.sortKeys(); }, descending}});
        };
        QCOMPARE(order(false), (std::vector<quint32>{5, 7, 6, 1, 4, 0, 3, 2}));
        QCOMPARE(order(true), (std::vector<quint32>{2, 3, 0, 1, 4, 6, 7, 5}));
    }

    void haystackIsFolded()
    {
        ValueColumn column(4);
        column.setText(0, u"AdamW"_s);
        column.setNumber(1, 0.25);
        column.setNumber(3, -std::numeric_limits<double>::infinity());
        const TextColumn haystack = column.haystack();
        QCOMPARE(haystack.at(0), u"adamw"_s);
        QCOMPARE(haystack.at(1), u"0.25"_s);
        QCOMPARE(haystack.at(2), QString());
        QCOMPARE(haystack.at(3), u"-infinity"_s);
    }
};

QTEST_GUILESS_MAIN(ValueColumnTest)
#include "tst_valuecolumn.moc"
