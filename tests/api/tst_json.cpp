// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/json.h"

#include <QTest>

#include <cmath>

using namespace api;
using namespace Qt::StringLiterals;

class TestJson : public QObject
{
    Q_OBJECT
private slots:
    void quotesBareNumbers_data();
    void quotesBareNumbers();
    void readsNumbers_data();
    void readsNumbers();
    void measuresValues_data();
    void measuresValues();
    void walksMembers_data();
    void walksMembers();
    void resolvesEscapes_data();
    void resolvesEscapes();
    void quotesAsPythonDoes();
};

void TestJson::quotesBareNumbers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("result");
    QTest::addColumn<int>("count");
    const auto same = [](const char *name, const QByteArray &text) { QTest::newRow(name) << text << text << 0; };
    same("nothing", "");
    same("no words", "[1, 2, 3]");
    same("in a text", R"(["NaN", "-Infinity", "a NaN b"])");
    same("behind an escaped quote", R"(["a \" NaN", 1])");
    same("behind a backslash", R"(["a \\\" NaN"])");
    same("in a name", R"({"NaN": 1})");
    same("other words", "[null, nan, Inf, Nine]");
    same("in a text that does not end", "[1, \"NaN");
    QTest::newRow("all three") << QByteArray("[NaN,Infinity, -Infinity]")
                               << QByteArray("[\"\x7f\",\"\x7fI\x7f\"   , \"\x7f-\x7f\"    ]") << 3;
    QTest::newRow("beside a text") << QByteArray(R"({"a\\": NaN, "NaN":NaN})")
                                   << QByteArray("{\"a\\\\\": \"\x7f\", \"NaN\":\"\x7f\"}") << 2;
    QTest::newRow("only one") << QByteArray("NaN") << QByteArray("\"\x7f\"") << 1;
    QTest::newRow("cut") << QByteArray("[NaN, Infinit") << QByteArray("[\"\x7f\", Infinit") << 1;
}

void TestJson::quotesBareNumbers()
{
    QFETCH(QByteArray, text);
    QFETCH(int, count);
    QCOMPARE(int(json::quoteBareNumbers(text.data(), std::size_t(text.size()))), count);
    QTEST(text, "result");
}

void TestJson::readsNumbers_data()
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isNumber");
    QTest::addColumn<double>("value");
    const auto number = [](const QByteArray &text, double value) { QTest::newRow(text) << text << true << value; };
    number("0", 0);
    number("-12.5", -12.5);
    number(" 3 ", 3);
    number("+4", 4);
    number("1.0E-5", 1e-5);
    number("1e999", infinity);
    number("-1e999", -infinity);
    number("1e-999", 0);
    number("123456789012345678901234567890", 123456789012345678901234567890.0);
    number("NaN", NAN);
    number("nan", NAN);
    number("Infinity", infinity);
    number("-inf", -infinity);
    number("\x7f", NAN);
    number("\x7f-\x7f", -infinity);
    for (const char *text : {"", " ", "adam", "1,5", "1 2", "0x10", "--1", "+-1", "1e", "e5"})
        QTest::addRow("not \"%s\"", text) << QByteArray(text) << false << 0.0;
}

void TestJson::readsNumbers()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isNumber);
    QFETCH(double, value);
    const std::optional<double> number = json::number(std::string_view(text.constData(), std::size_t(text.size())));
    QCOMPARE(number.has_value(), isNumber);
    if (isNumber)
        QVERIFY2(*number == value || (std::isnan(*number) && std::isnan(value)), qPrintable(QString::number(*number)));
}

void TestJson::measuresValues_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("length"); // -1: it does not end
    QTest::newRow("text") << QByteArray("\"a\\\"b\", 2") << 6ll;
    QTest::newRow("number") << QByteArray("-1.5e3 ,") << 6ll;
    QTest::newRow("word") << QByteArray("null}") << 4ll;
    QTest::newRow("empty list") << QByteArray("[] ") << 2ll;
    QTest::newRow("nested") << QByteArray("{\"a\": [1, {\"}\": \"]\"}]}, 3") << 22ll;
    QTest::newRow("long") << ("[" + QByteArray("1.25, ").repeated(1000) + "0]x") << 6003ll;
    QTest::newRow("brackets in a long text") << ("[\"" + QByteArray("]}y_").repeated(1000) + "\"]") << 4004ll;
    QTest::newRow("deep") << (QByteArray(100'000, '[') + QByteArray(100'000, ']')) << 200'000ll;
    QTest::newRow("no end") << QByteArray("[1, 2") << -1ll;
    QTest::newRow("no end of a text") << QByteArray("[\"a]") << -1ll;
    QTest::newRow("no end behind a backslash") << QByteArray("\"a\\\"") << -1ll;
    QTest::newRow("nothing") << QByteArray() << -1ll;
}

void TestJson::measuresValues()
{
    QFETCH(QByteArray, text);
    const std::size_t length = json::lengthOfValue(std::string_view(text.constData(), std::size_t(text.size())));
    QTEST(length == json::endless ? -1ll : qint64(length), "length");
}

void TestJson::walksMembers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("result"); // "key=value;" of each, then how it ended
    QTest::newRow("empty") << QByteArray("{}") << u"2"_s;
    QTest::newRow("two") << QByteArray(" { \"a\" : 1 , \"b\":{\"c\": [2]} } ") << u"a=1;b={\"c\": [2]};29"_s;
    QTest::newRow("same name twice") << QByteArray("{\"a\":1,\"a\":2}") << u"a=1;a=2;13"_s;
    QTest::newRow("nothing") << QByteArray() << u"the text ends too early"_s;
    QTest::newRow("a list") << QByteArray("[1]") << u"an object was expected"_s;
    QTest::newRow("cut in a name") << QByteArray("{\"a") << u"the text ends too early"_s;
    QTest::newRow("cut behind a name") << QByteArray("{\"a\"") << u"the text ends too early"_s;
    QTest::newRow("cut behind a colon") << QByteArray("{\"a\":") << u"the text ends too early"_s;
    QTest::newRow("cut in a value") << QByteArray("{\"a\":[1") << u"the text ends too early"_s;
    QTest::newRow("cut behind a value") << QByteArray("{\"a\":[1]") << u"a=[1];the text ends too early"_s;
    QTest::newRow("cut behind a comma") << QByteArray("{\"a\":1,") << u"a=1;the text ends too early"_s;
    QTest::newRow("no colon") << QByteArray("{\"a\" 1}") << u"a colon was expected"_s;
    QTest::newRow("no comma") << QByteArray("{\"a\":1 \"b\":2}") << u"a=1;a comma was expected"_s;
    QTest::newRow("no name") << QByteArray("{1:2}") << u"a name was expected"_s;
    QTest::newRow("no value") << QByteArray("{\"a\":}") << u"a=;a value was expected"_s;
}

void TestJson::walksMembers()
{
    QFETCH(QByteArray, text);
    QString told;
    try {
        const std::size_t length = json::forEachMember(std::string_view(text.constData(), std::size_t(text.size())),
            [&](std::string_view key, std::string_view rest) {
                const std::size_t value = json::lengthOfValue(rest);
                if (value != json::endless)
                    told += QString::fromStdString(std::string(key) + "=" + std::string(rest.substr(0, value)) + ";");
                return value;
            });
        told += QString::number(length);
    } catch (const json::Malformed &malformed) {
        told += QString::fromLatin1(malformed.what);
    }
    QTEST(told, "result");
}

void TestJson::resolvesEscapes_data()
{
    QTest::addColumn<QByteArray>("inside");
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << QByteArray("abc") << u"abc"_s;
    QTest::newRow("letters") << QByteArray(R"(\"\\\/\b\f\n\r\t)") << u"\"\\/\b\f\n\r\t"_s;
    QTest::newRow("unicode") << QByteArray(R"(\u00fc\u20ac\ud83d\udcc8!)") << u"ü€📈!"_s;
    QTest::newRow("half a pair") << QByteArray(R"(a\ud83d!)") << u"a\uFFFD!"_s;
    QTest::newRow("the other half") << QByteArray(R"(\udc80x)") << u"\uFFFDx"_s;
    QTest::newRow("two first halves") << QByteArray(R"(\ud83d\ud83d\udcc8)") << u"\uFFFD📈"_s;
    QTest::newRow("cut") << QByteArray(R"(a\u12)") << u"a\uFFFD12"_s;
    QTest::newRow("backslash at the end") << QByteArray("a\\") << u"a\\"_s;
}

void TestJson::resolvesEscapes()
{
    QFETCH(QByteArray, inside);
    const std::string text = json::unescaped(std::string_view(inside.constData(), std::size_t(inside.size())));
    QTEST(QString::fromStdString(text), "text");
}

void TestJson::quotesAsPythonDoes()
{
    // json.dumps('a"\\/\n\t\x01\x7fü📈')
    QCOMPARE(json::quoted(u"a\"\\/\n\t\x01\x7fü📈"_s), QByteArray("\"a\\\"\\\\/\\n\\t\\u0001\x7f\\u00fc\\ud83d\\udcc8\""));
}

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
