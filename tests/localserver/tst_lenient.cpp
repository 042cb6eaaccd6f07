// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/json.h"
#include "app/localserver/request.h"
#include "app/localserver/utf8.h"

#include <QTest>

using namespace localserver;

// What is read of JSON that encoders of several languages write, and what is refused before it costs much.
class TestLenient : public QObject {
    Q_OBJECT
private slots:
    void whatIsMended_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("read");
        const auto row = [](const char *name, const QByteArray &json, const QByteArray &read) {
            QTest::newRow(name) << json << read;
        };
        row("plain", R"({"a":[1,-2.5,true,null,"x"]})", R"({"a":[1,-2.5,true,null,"x"]})");
        row("Python's literals", "[NaN,Infinity,-Infinity]", R"(["NaN","Infinity","-Infinity"])");
        row("other spellings", "[-NaN,nan,inf,-inf,+Infinity]",
            R"(["NaN","NaN","Infinity","-Infinity","Infinity"])");
        row("literals within texts", "[\"NaN, \\\"Infinity\",\"-inf\"]", "[\"NaN, \\\"Infinity\",\"-inf\"]");
        row("beyond a double", "[1e400,-1e400,1E-999]", "[1e400,-1e400,1E-999]");
        row("beyond 64 bits", "[1180591620717411303424,-9223372036854775809,18446744073709551615]",
            "[1180591620717411303424,-9223372036854775809,18446744073709551615]");
        row("400 digits", "[" + QByteArray(400, '7') + "]", "[" + QByteArray(400, '7') + "]");
        row("odd numbers beside texts", R"({"k":"1e400","1e400":1e400,"z":["a",1e999,"b"]})",
            R"({"1e400":1e400,"k":"1e400","z":["a",1e999,"b"]})");
        row("half a pair", R"(["a\ud83d","\udce9b","\ud83d\ud83d\ude00"])",
            "[\"a\xEF\xBF\xBD\",\"\xEF\xBF\xBD" "b\",\"\xEF\xBF\xBD\xF0\x9F\x98\x80\"]");
        row("half a pair in a name", R"({"\udce9":1})", "{\"\xEF\xBF\xBD\":1}");
        row("an escaped backslash before u", R"(["\\ud83d"])", R"(["\\ud83d"])");
        row("bytes of Latin-1", "[\"caf\xe9\"]", "[\"caf\xEF\xBF\xBD\"]");
        row("a cut character", "[\"\xF0\x9F\x98\"]", "[\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"]");
        row("a line end within a text", "[\"a\nb\"]", R"(["a\nb"])");
        row("a mark at the begin", "\xEF\xBB\xBF[1]", "[1]");
    }
    void whatIsMended()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, read);
        QCOMPARE(QByteArray::fromStdString(dumped(parsed(json.toStdString()))), read);
    }

    void whatIsNoJson_data()
    {
        QTest::addColumn<std::string>("json");
        for (const char *json : {"", "{", "[1,", "{\"a\":", "\"a", "[1 2]", "{a:1}", "nothing", "[1}", "[+5]", "[.5]", "[01]",
                 "[\"\\x41\"]", "[\"\\u12\"]", "{\"a\" 1}", "[1]x"})
            QTest::newRow(json) << std::string(json);
    }
    void whatIsNoJson()
    {
        QFETCH(std::string, json);
        try {
            parsed(json);
            QFAIL("it was read");
        } catch (const Failure &problem) {
            QCOMPARE(problem.status, 400);
        }
    }

    void depthAndCountAreBounded()
    {
        const auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
        QCOMPARE(dumped(parsed(nested(JsonBounds::deepest))).size(), std::size_t(2 * JsonBounds::deepest));
        QVERIFY_THROWS_EXCEPTION(Failure, parsed(nested(JsonBounds::deepest + 1)));
        QVERIFY_THROWS_EXCEPTION(Failure, parsed("{\"a\":" + nested(100000) + '}'));
        // Refused while it arrives, wherever it is cut.
        JsonBounds bounds;
        bounds.append("{\"[[[\\\"[[[\":");
        for (int i = 1; i < JsonBounds::deepest; ++i)
            bounds.append("[");
        QVERIFY_THROWS_EXCEPTION(Failure, bounds.append("["));

        std::string wide = "[0";
        for (std::size_t i = 1; i < JsonBounds::mostValues; ++i)
            wide += ",0";
        QCOMPARE(parsed(wide + "]").size(), JsonBounds::mostValues);
        QVERIFY_THROWS_EXCEPTION(Failure, parsed(wide + ",0,0]"));
        // Brackets and commas within texts are none.
        const std::string text = '"' + std::string(2000000, ',') + std::string(10000, '[') + '"';
        QCOMPARE(parsed(text).get<std::string>().size(), std::size_t(2010000));
    }

    void theKeyIsFoundWithoutATree()
    {
        const auto key = [](const char *json) { return outerText(json, {"apiKey", "api_key"}).value_or("none"); };
        QCOMPARE(key(R"({"apiKey":"k"})"), "k");
        QCOMPARE(key(R"({"a":[{"apiKey":"inner"}],"api_key":"k","apiKey":"later"})"), "k");
        QCOMPARE(key(R"({"apiKey":5,"b":"k"})"), "none");
        QCOMPARE(key(R"(["apiKey","k"])"), "none");
        QCOMPARE(key(R"({"v":NaN,"t":"\ud83d","apiKey":"k","cut":)"), "k");
        QCOMPARE(key(""), "none");
        QCOMPARE(key("[[[[[["), "none");
    }

    void textsAreAlwaysUtf8()
    {
        QCOMPARE(utf8::cleaned("Größe 🚀"), "Größe 🚀");
        QCOMPARE(utf8::cleaned("\xed\xb3\xa9"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"); // a surrogate
        QCOMPARE(utf8::cleaned("\xc0\xaf"), "\xEF\xBF\xBD\xEF\xBF\xBD"); // overlong
        QCOMPARE(utf8::cleaned("\xf4\x90\x80\x80").size(), std::size_t(12)); // beyond U+10FFFF
        QCOMPARE(utf8::cleaned(std::string("a\0b", 3)), std::string("a\0b", 3));
        JsonWriter out;
        out.string("\xff\"ü");
        QCOMPARE(std::move(out).text(), "\"\xEF\xBF\xBD\\\"ü\"");
    }

    void stepsOfAllKinds()
    {
        const Json body = parsed(R"({"int":7,"text":" 7 ","true":true,"half":-0.5,"low":-9223372036854775808,
            "big":9223372036854775808,"nan":NaN,"word":"abc","object":{},"null":null})");
        const auto step = [&](const char *field) { return optionalNumber(body, field); };
        QCOMPARE(step("int"), 7);
        QCOMPARE(step("text"), 7);
        QCOMPARE(step("true"), 1);
        QCOMPARE(step("half"), -0.5L);
        QCOMPARE(step("low"), -9223372036854775808.0L);
        QCOMPARE(step("big"), 9223372036854775808.0L);
        for (const char *none : {"nan", "word", "object", "null", "missing"})
            QVERIFY2(!isGiven(step(none)), none);
        QCOMPARE(optionalInteger(body, "low"), std::optional(std::numeric_limits<std::int64_t>::min()));
        QVERIFY(!optionalInteger(body, "big"));
    }
};

QTEST_APPLESS_MAIN(TestLenient)
#include "tst_lenient.moc"
