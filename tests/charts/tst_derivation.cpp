// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/charts/deriveanything.h"

#include <QHash>
#include <QTest>

#include <random>

using namespace Qt::StringLiterals;

namespace {

constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
using Numbers = QList<double>;

template<class Column>
QString text(const Column &numbers, std::size_t size)
{
    QStringList words;
    for (std::size_t i = 0; i < size; ++i)
        words.append(QString::number(numbers[i], 'g', 12));
    return words.join(u' ');
}

PointsPointer points(std::vector<double> values, std::vector<double> steps = {})
{
    return std::make_shared<const Points>(Points::Columns{std::move(values), std::move(steps), {}, {}, {}});
}

} // namespace

class TestDerivation : public QObject
{
    Q_OBJECT
private slots:
    void computes_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<Numbers>("expected");
        // a is 1 4 9, b is 2 0 -1, "val/loss" is 10 20 30
        const auto row = [](const char *expression, const Numbers &expected) {
            QTest::newRow(expression) << QString::fromUtf8(expression) << expected;
        };
        row("a", {1, 4, 9});
        row("  a\n", {1, 4, 9});
        row("(((a)))", {1, 4, 9});
        row("a + b", {3, 4, 8});
        row("a-b", {-1, 4, 10});
        row("a * b", {2, 0, -9});
        row("b / a", {2, 0, -1.0 / 9});
        row("a / b", {0.5, infinity, -9});
        row("1 - a", {0, -3, -8});
        row("2 * a + 3 * b - 1", {7, 7, 14});
        row("a - b - 1", {-2, 3, 9});
        row("a / 2 / 2", {0.25, 1, 2.25});
        row("a / (2 * 2)", {0.25, 1, 2.25});
        row("-a ** 2", {-1, -16, -81}); // as in Python
        row("(-a) ** 2", {1, 16, 81});
        row("2 ** 3 ** 2 * a", {512, 2048, 4608});
        row("a ** -1", {1, 0.25, 1.0 / 9});
        row("--a", {1, 4, 9});
        row("a - -1", {2, 5, 10});
        row("1.5e1 * a", {15, 60, 135});
        row(".5*a", {0.5, 2, 4.5});
        row("5e-1*a", {0.5, 2, 4.5});
        row("'val/loss' / 10", {1, 2, 3});
        row("\"val/loss\" - a", {9, 16, 21});
        row("abs(b)", {2, 0, 1});
        row("sqrt(a)", {1, 2, 3});
        row("log(b)", {std::log(2.0), -infinity, noNumber});
        row("log10('val/loss' * 10)", {2, std::log10(200.0), std::log10(300.0)});
        row("log2(a)", {0, 2, std::log2(9.0)});
        row("exp(b)", {std::exp(2.0), 1, std::exp(-1.0)});
        row("min(a, b)", {1, 0, -1});
        row("max(a, b, 3)", {3, 4, 9});
        row("max(3, a)", {3, 4, 9});
        row("running_min(b)", {2, 0, -1});
        row("running_max(b)", {2, 2, 2});
        row("running_mean(a)", {1, 2.5, 14.0 / 3});
        row("running_max(a - 'val/loss')", {-9, -9, -9});
        row("diff(a)", {noNumber, 3, 5});
        row("running_max(diff(a))", {noNumber, 3, 5});
        row("a + running_min(7)", {8, 11, 16});
        row("min(nan_, a)", {noNumber, 4, noNumber}); // nan_ is NaN 5 NaN
        row("running_mean(nan_)", {noNumber, 5, noNumber});
        row("running_min(-nan_) + 1", {noNumber, -4, noNumber});
        row("min", {7, 7, 7}); // a metric that is called as a function is
        row("min(min, a)", {1, 4, 7});
        row("Verlust_größe.2", {6, 6, 6});
    }
    void computes()
    {
        QFETCH(QString, expression);
        QFETCH(Numbers, expected);
        const QHash<QString, PointsPointer> metrics{{u"a"_s, points({1, 4, 9})}, {u"b"_s, points({2, 0, -1})},
            {u"val/loss"_s, points({10, 20, 30})}, {u"nan_"_s, points({noNumber, 5, noNumber})},
            {u"min"_s, points({7, 7, 7})}, {u"Verlust_größe.2"_s, points({6, 6, 6})}};
        const auto reading
            = Derivation::read(expression, [&](const QString &name) { return metrics.contains(name); });
        QVERIFY2(!reading.problem, qPrintable(reading.problem ? reading.problem->message : QString()));
        const PointsPointer result = reading.derivation.points([&](const QString &name) { return metrics.value(name); });
        QVERIFY(result);
        QCOMPARE(text(result->values(), result->size()), text(expected, static_cast<std::size_t>(expected.size())));
        QCOMPARE(text(result->steps(), result->size()), u"0 1 2"_s);
    }

    void joinsOnlyWhatHasAStep()
    {
        const PointsPointer a = points({1, 2, 3, 4}, {0, 1, noNumber, 3});
        const PointsPointer b = points({10, 20, 30, 40}, {0, noNumber, 2, 3});
        const PointsPointer order = points({5, 6});
        const auto computed = [](const QString &expression, const PointsPointer &one, const PointsPointer &other) {
            return Derivation::read(expression).derivation.points(
                [&](const QString &name) { return name == u"a" ? one : other; });
        };
        const PointsPointer sum = computed(u"a + b"_s, a, b);
        QCOMPARE(text(sum->steps(), sum->size()), u"0 3"_s);
        QCOMPARE(text(sum->values(), sum->size()), u"11 44"_s);
        QCOMPARE(sum->unjoined(), 2U);
        const PointsPointer same = computed(u"a + b"_s, a, a);
        QCOMPARE(text(same->values(), same->size()), u"2 4 8"_s);
        QCOMPARE(same->unjoined(), 2U);
        const PointsPointer twice = computed(u"2 * a"_s, a, nullptr); // nothing is joined
        QCOMPARE(text(twice->values(), twice->size()), u"2 4 6 8"_s);
        QVERIFY(!twice->hasStep(2));
        QCOMPARE(twice->unjoined(), 0U);
        const PointsPointer strange = computed(u"a + b"_s, a, order); // steps beside a count
        QCOMPARE(strange->size(), 0U);
        QCOMPARE(strange->unjoined(), 3U);
        const PointsPointer counted = computed(u"a + b"_s, order, points({1, 2, 3}));
        QCOMPARE(text(counted->values(), counted->size()), u"6 8"_s);
        QVERIFY(!counted->hasSteps());
    }

    void fractionsOfStepsAreJoined()
    {
        const PointsPointer a = points({1, 2, 3}, {0.25, 0.5, 9223372036854775808.0});
        const PointsPointer b = points({10, 30}, {0.5, 9223372036854775808.0});
        const PointsPointer sum = Derivation::read(u"a + b"_s).derivation.points(
            [&](const QString &name) { return name == u"a" ? a : b; });
        QCOMPARE(text(sum->values(), sum->size()), u"12 33"_s);
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<int>("position");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *expression, int position, int length, const char *message) {
            QTest::newRow(expression) << QString::fromUtf8(expression) << position << length << QString::fromUtf8(message);
        };
        row("", 0, 0, "Name a metric, such as loss.");
        row("   ", 0, 3, "Name a metric, such as loss.");
        row("1 + 2", 0, 5, "This names no metric.");
        row("loss +", 6, 0, "Something is missing at the end.");
        row("+ loss", 0, 1, "“+” can’t stand here.");
        row("loss loss", 5, 4, "“loss” can’t stand here.");
        row("loss)", 4, 1, "“)” can’t stand here.");
        row("(loss", 5, 0, "A “)” is missing.");
        row("(loss loss", 6, 4, "“loss” can’t stand here.");
        row("abs(loss", 8, 0, "A “)” is missing.");
        row("abs()", 4, 1, "“)” can’t stand here.");
        row("abs(loss, loss)", 0, 3, "abs takes one series.");
        row("1 + min(loss)", 4, 3, "min takes two series or more.");
        row("max(loss,)", 9, 1, "“)” can’t stand here.");
        row("sin(loss)", 0, 3, "There is no function “sin”.");
        row("Abs (loss)", 0, 3, "There is no function “Abs”.");
        row("loss ^ 2", 5, 1, "A power is written **.");
        row("loss % 2", 5, 1, "“%” can’t stand here.");
        row("1.2.3 * loss", 0, 5, "“1.2.3” is no number.");
        row("2loss", 0, 5, "“2loss” is no number.");
        row("0x10 * loss", 0, 4, "“0x10” is no number.");
        row("1e999 * loss", 0, 5, "“1e999” is no number.");
        row("1 + 'loss", 4, 5, "The name has no closing '.");
        row("'loss\\'", 0, 7, "The name has no closing '.");
        row("lost", 0, 4, "There is no metric “lost”.");
        row("1 - 'lost'", 4, 6, "There is no metric “lost”.");
        row("1 - train/loss", 4, 10, "Put “train/loss” in quotes.");
        row("loss + 🙂", 7, 2, "“🙂” can’t stand here.");
        row("loss, loss", 4, 1, "“,” can’t stand here.");
    }
    void saysWhatIsWrong()
    {
        QFETCH(QString, expression);
        QFETCH(int, position);
        QFETCH(int, length);
        QFETCH(QString, message);
        const auto reading = Derivation::read(expression,
            [](const QString &name) { return name == u"loss"_s || name == u"train/loss"_s; });
        QVERIFY(reading.problem);
        QCOMPARE(reading.problem->message, message);
        QCOMPARE(reading.problem->position, position);
        QCOMPARE(reading.problem->length, length);
        QVERIFY(reading.derivation.metrics().isEmpty());
        QVERIFY(!reading.derivation.isPlainMetric());
        QVERIFY(!reading.derivation.points([](const QString &) { return points({1}); }));
    }

    void whatIsTooMuch()
    {
        const auto problem = [](const QString &expression) { return Derivation::read(expression).problem; };
        QVERIFY(!problem(u"("_s.repeated(50) + u"loss"_s + u")"_s.repeated(50)));
        QCOMPARE(problem(u"("_s.repeated(2000) + u"loss"_s)->message, u"This is nested too deeply."_s);
        QCOMPARE(problem(u"-"_s.repeated(2000) + u"loss"_s)->message, u"This is nested too deeply."_s);
        QCOMPARE(problem(u"2**"_s.repeated(1000) + u"loss"_s)->message, u"This is nested too deeply."_s);
        QCOMPARE(problem(u"abs("_s.repeated(900))->message, u"This is nested too deeply."_s);
        QCOMPARE(problem(u"x"_s.repeated(4001))->position, 4000);
        // As long as it may be, a chain is computed.
        const auto chain = Derivation::read(u"x"_s + u"+x"_s.repeated(1999));
        QVERIFY(!chain.problem);
        QCOMPARE(chain.derivation.points([](const QString &) { return points({1, 2}); })->values()[1], 4000.0);
    }

    void namesEveryMetricOnce()
    {
        const Derivation derivation = Derivation::read(u"b - a * b + 'a'"_s).derivation;
        QCOMPARE(derivation.metrics(), QStringList({u"b"_s, u"a"_s}));
        QVERIFY(!derivation.isPlainMetric());
        QCOMPARE(derivation.text(), u"b - a * b + 'a'"_s);
        QVERIFY(Derivation::read(u"'val/loss'"_s).derivation.isPlainMetric());
    }

    void writesNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("expected");
        for (const auto &[name, expected] : std::initializer_list<std::pair<QString, QString>>{
                 {u"loss"_s, u"loss"_s}, {u"sys.gpu.0.used"_s, u"sys.gpu.0.used"_s}, {u"_x"_s, u"_x"_s}, {u"min"_s, u"min"_s},
                 {u"val/loss"_s, u"'val/loss'"_s}, {u"2nd"_s, u"'2nd'"_s}, {u"my loss"_s, u"'my loss'"_s}, {u" loss"_s, u"' loss'"_s},
                 {u""_s, u"''"_s}, {u"it's"_s, u"\"it's\""_s}, {u"'\""_s, u"'\\'\"'"_s}, {u"a\\b"_s, u"'a\\\\b'"_s},
                 {u"🙂"_s, u"'🙂'"_s}, {u"ضياع"_s, u"ضياع"_s}})
            QTest::newRow(qPrintable(u'(' + name + u')')) << name << expected;
    }
    void writesNames()
    {
        QFETCH(QString, name);
        QFETCH(QString, expected);
        QCOMPARE(Derivation::written(name), expected);
        QCOMPARE(Derivation::read(expected).derivation.metrics(), QStringList(name));
    }

    void joinsOnSteps()
    {
        Points::Columns columns{{1, 2, 3, 4, 5}, {0, 1, 1, 2, 9}, {0, 0, 0, 1, 1}, {10, 11, 12, 13, 19}, {}};
        const auto a = std::make_shared<const Points>(columns);
        const auto b = points({100, 200, 300, 400}, {1, 2, 2, 3});
        const auto of = [&](const QString &name) { return name == u"a"_s ? a : name == u"b"_s ? b : nullptr; };
        const PointsPointer sum = Derivation::read(u"a + b"_s).derivation.points(of);
        QCOMPARE(text(sum->steps(), sum->size()), u"1 2"_s);
        QCOMPARE(text(sum->values(), sum->size()), u"103 304"_s); // the last ones logged at a step
        QCOMPARE(text(*sum->epochs(), sum->size()), u"0 1"_s); // of the first named
        QCOMPARE(text(*sum->times(), sum->size()), u"12 13"_s);
        QVERIFY(!Derivation::read(u"b + a"_s).derivation.points(of)->times());
        // One metric: every point stays.
        QCOMPARE(text(Derivation::read(u"-a"_s).derivation.points(of)->values(), 5), u"-1 -2 -3 -4 -5"_s);
        QCOMPARE(Derivation::read(u"a"_s).derivation.points(of), a);
        QCOMPARE(Derivation::read(u"-a"_s).derivation.points(of)->times(), a->times());
        // Nothing in common, and nothing there.
        const auto c = points({1}, {77});
        QCOMPARE(Derivation::read(u"a * c"_s).derivation.points([&](const QString &name) { return name == u"a"_s ? a : c; })->size(), 0U);
        QVERIFY(!Derivation::read(u"a + absent"_s).derivation.points(of));
        QVERIFY(!Derivation().points(of));
    }

    void anyTextIsRead()
    {
        const QByteArrayList words{"loss", "'val/loss'", "\"", "'", "\\", "(", ")", "+", "-", "*", "**", "/", ",", "1", "2.5e-3",
            "running_min(", "diff(", "min(", "abs(", " ", "\xf0\x9f\x99\x82", "\xff", "é", ".", "e", "_"};
        std::mt19937 generator(11);
        for (int round = 0; round < 20000; ++round) {
            QByteArray bytes;
            for (auto count = generator() % 12; count > 0; --count)
                bytes += words[static_cast<qsizetype>(generator() % static_cast<unsigned>(words.size()))];
            if (round % 4 == 0 && !bytes.isEmpty())
                bytes[static_cast<qsizetype>(generator() % static_cast<unsigned>(bytes.size()))] = static_cast<char>(generator());
            QVERIFY2(deriveAnything(bytes), bytes.constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestDerivation)
#include "tst_derivation.moc"
