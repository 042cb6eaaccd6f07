// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/json.h"
#include "app/localserver/points.h"
#include "app/localserver/sampling.h"

#include <QTest>

#include <QTest>

#include <cmath>
#include <limits>

using localserver::Points;

// How metric points are packed, ordered, thinned and written.
class TestPoints : public QObject {
    Q_OBJECT
private slots:
    void packingKeepsEverything()
    {
        const auto same = [](localserver::Number a, localserver::Number b) {
            return a == b || (!localserver::isGiven(a) && !localserver::isGiven(b));
        };
        Points points;
        points.append(0.1, 0, 1, 1'795'473'718'625);
        points.append(std::nan(""), localserver::noNumber, localserver::noNumber, 1'795'473'718'600); // back in time
        points.append(-HUGE_VAL, std::int64_t(1) << 40, 0, 0);
        points.append(HUGE_VAL, std::numeric_limits<std::int64_t>::max(),
            std::numeric_limits<std::int64_t>::min(), -5);
        points.append(0, -0.5L, 18446744073709551615.0L, 7);
        points.texts.emplace_back(1, "not a number");
        Points read;
        read.unpack(points.packed());
        read.unpack(points.packed());
        QCOMPARE(read.size(), 10u);
        for (const std::size_t base : {0u, 5u}) {
            for (std::size_t i = 0; i < 5; ++i) {
                QCOMPARE(std::memcmp(&read.values[base + i], &points.values[i], sizeof(double)), 0);
                QVERIFY(same(read.steps[base + i], points.steps[i]));
                QVERIFY(same(read.epochs[base + i], points.epochs[i]));
                QCOMPARE(read.times[base + i], points.times[i]);
            }
        }
        QCOMPARE(read.texts.size(), 2u);
        QCOMPARE(read.texts[1].first, 6u);
        QCOMPARE(read.texts[1].second, "not a number");
    }

    void damagedBlocksAreNotRead()
    {
        Points points;
        for (int i = 0; i < 100; ++i)
            points.append(i, i, i, i);
        const std::string block = points.packed();
        for (std::size_t length = 0; length < block.size(); ++length) {
            Points read;
            QVERIFY_THROWS_EXCEPTION(
                std::runtime_error, read.unpack(std::string_view(block).substr(0, length)));
        }
        Points read;
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, read.unpack("\x07"));
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, read.unpack("\x01\xff\xff\xff\xff\xff\xff\xff\xff\x7f"));
    }

    void pointsComeInOrder()
    {
        Points points;
        points.append(3, 3, localserver::noNumber, 30);
        points.append(1, 1, localserver::noNumber, 10);
        points.append(3, 3, localserver::noNumber, 30); // the same again is another point
        points.append(2, 1, localserver::noNumber, 40); // the same step later is another point
        points.settle();
        QCOMPARE(points.values, (std::vector<double>{1, 2, 3, 3}));
        QCOMPARE(points.steps, (std::vector<localserver::Number>{1, 1, 3, 3}));

        Points stepless;
        stepless.append(2, localserver::noNumber, localserver::noNumber, 20);
        stepless.append(1, 100, localserver::noNumber, 10);
        stepless.texts.emplace_back(0, "text");
        stepless.settle();
        QCOMPARE(stepless.values, (std::vector<double>{1, 2}));
        QCOMPARE(stepless.texts.at(0).first, 1u);
    }

    void samplesKeepTheShape()
    {
        std::vector<double> values(15'000);
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = std::sin(double(i) / 100);
        values[7'001] = 50;
        values[7'002] = -50;
        values[9'000] = std::nan("");
        values[9'500] = HUGE_VAL;
        const auto indexes = localserver::sampled(values);
        QVERIFY(indexes.size() > 400 && indexes.size() <= 510);
        QCOMPARE(indexes.front(), 0u);
        QCOMPARE(indexes.back(), values.size() - 1);
        QVERIFY(std::is_sorted(indexes.begin(), indexes.end()));
        QVERIFY(std::adjacent_find(indexes.begin(), indexes.end()) == indexes.end());
        for (const std::size_t kept : {7'001u, 7'002u, 9'000u, 9'500u})
            QVERIFY(std::binary_search(indexes.begin(), indexes.end(), kept));
        QCOMPARE(localserver::sampled({}).size(), 0u);
        QCOMPARE(localserver::sampled(std::vector<double>(500)).size(), 500u);
        QCOMPARE(localserver::sampled(std::vector<double>(5'000, std::nan(""))).front(), 0u);
    }

    void numbersReadAsInJava_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("whole") << 5.0 << QByteArray("5.0");
        QTest::newRow("small") << 1e-5 << QByteArray("1.0E-5");
        QTest::newRow("limit") << 0.001 << QByteArray("0.001");
        QTest::newRow("large") << 1.5e7 << QByteArray("1.5E7");
        QTest::newRow("below large") << 9999999.0 << QByteArray("9999999.0");
        QTest::newRow("negative") << -0.25 << QByteArray("-0.25");
        QTest::newRow("nought") << 0.0 << QByteArray("0.0");
        QTest::newRow("huge") << 1e300 << QByteArray("1.0E300");
        QTest::newRow("shortest") << 0.1 + 0.2 << QByteArray("0.30000000000000004");
        QTest::newRow("NaN") << std::nan("") << QByteArray("NaN");
        QTest::newRow("infinite") << -HUGE_VAL << QByteArray("-Infinity");
    }
    void numbersReadAsInJava()
    {
        QFETCH(double, value);
        const std::string text = localserver::javaDouble(value);
        QTEST(QByteArray::fromStdString(text), "text");
        const auto back = localserver::toDouble(text);
        QVERIFY(back && (*back == value || (std::isnan(*back) && std::isnan(value))));
    }

    void pythonsLiteralsAreTaken()
    {
        const localserver::Json value =
            localserver::parsed("{\"a\":NaN,\"b\":[Infinity,-Infinity],\"c\":\"NaN \\\"Infinity\"}");
        QCOMPARE(value["a"].get<std::string>(), "NaN");
        QCOMPARE(value["b"][1].get<std::string>(), "-Infinity");
        QCOMPARE(value["c"].get<std::string>(), "NaN \"Infinity");
    }

    void writtenTextIsJson()
    {
        localserver::JsonWriter out;
        out.beginObject()
            .key("a\"\\\n\x01")
            .beginArray()
            .integer(-5)
            .number(2)
            .number(std::nan(""))
            .null()
            .boolean(true)
            .string("é")
            .endArray();
        out.key("empty").beginObject().endObject().endObject();
        QCOMPARE(
            std::move(out).text(), "{\"a\\\"\\\\\\n\\u0001\":[-5,2.0,\"NaN\",null,true,\"é\"],\"empty\":{}}");
    }
};

QTEST_APPLESS_MAIN(TestPoints)
#include "tst_points.moc"
