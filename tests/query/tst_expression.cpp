// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/english.h"
#include "models/query/normalform.h"
#include "models/query/pythontext.h"
#include "tests/query/randomexpressions.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace query;

// The expression as a value: its forms, edits by path, and what it says in English.
class TestExpression : public QObject
{
    Q_OBJECT
private slots:
    void negativesAreNegations();
    void copiesAreIndependent();
    void editsByPath();
    void simplifies();
    void pushesNegationIn_data();
    void pushesNegationIn();
    void splitsIntoBranches_data();
    void splitsIntoBranches();
    void limitsBranches();
    void normalFormsAreNormal();
    void knowsWhatIsComplete();
    void speaksEnglish_data();
    void speaksEnglish();

private:
    static Expression read(const QString &text)
    {
        const Reading reading = fromPython(text);
        if (reading.problem)
            qFatal("%s: %s", qPrintable(text), qPrintable(reading.problem->message));
        return reading.expression;
    }
};

void TestExpression::negativesAreNegations()
{
    const Expression contains({Source::Other, u"n"_s, Operator::Contains, u"x"_s});
    const Expression not_({Source::Other, u"n"_s, Operator::NotContains, u"x"_s});
    QCOMPARE(not_, contains.negated());
    QVERIFY(not_.op() == Operator::NotContains);
    QVERIFY(not_.negated().op() == Operator::Contains);
    QCOMPARE(Expression({Source::Tag, u"t"_s, Operator::NotEqual, {}}), read(u"~Tag('t')"_s));
    // Python has a word for these.
    QVERIFY(Expression({Source::Other, u"n"_s, Operator::NotEqual, u"x"_s}) != read(u"~(Other('n') == 'x')"_s));
}

void TestExpression::copiesAreIndependent()
{
    const Expression one = read(u"Tag('a') & Tag('b')"_s);
    Expression two = one;
    two = two.negated().switchedOn(false);
    QVERIFY(!one.isNegated());
    QVERIFY(one.isOn());
    QVERIFY(two != one);
    QCOMPARE(two.negated().switchedOn(true), one);
}

void TestExpression::editsByPath()
{
    const Expression start = read(u"Tag('a') & (Tag('b') | Tag('c'))"_s);
    const Expression d = read(u"Tag('d')"_s);
    QCOMPARE(*start.at({1, 0}), read(u"Tag('b')"_s));
    QCOMPARE(start.at({}), &start);
    QVERIFY(!start.at({2}));
    QVERIFY(!start.at({0, 0}));
    QCOMPARE(toPython(start.replaced({1, 0}, d)), u"Tag(\"a\") & (Tag(\"d\") | Tag(\"c\"))"_s);
    QCOMPARE(toPython(start.removed({1, 0})), u"Tag(\"a\") & Tag(\"c\")"_s);
    QCOMPARE(toPython(start.inserted({1, 2}, d)), u"Tag(\"a\") & (Tag(\"b\") | Tag(\"c\") | Tag(\"d\"))"_s);
    QCOMPARE(toPython(start.inserted({0}, d)), u"Tag(\"d\") & Tag(\"a\") & (Tag(\"b\") | Tag(\"c\"))"_s);
    // What is moved goes by the places that there are before.
    QCOMPARE(toPython(start.moved({0}, {1, 1})), u"Tag(\"b\") | Tag(\"a\") | Tag(\"c\")"_s);
    QCOMPARE(afterRemoval({1, 1}, {0}), (Path{0, 1}));
    QCOMPARE(toPython(start.moved({1, 1}, {0})), u"Tag(\"c\") & Tag(\"a\") & Tag(\"b\")"_s);
    QCOMPARE(afterRemoval({0}, {1, 1}), Path{0});
    QCOMPARE(toPython(start.moved({0}, {2})), u"(Tag(\"b\") | Tag(\"c\")) & Tag(\"a\")"_s);
    QCOMPARE(start.moved({0}, {1}), start);
    for (const Path &nowhere : {Path{1, 0}, Path{1, 2, 0}, Path{3}, Path{0, 0}, Path()})
        QCOMPARE(start.moved({1}, nowhere), start);
    QCOMPARE(start.moved({7}, {0}), start);
    QCOMPARE(start.replaced({}, d), d);
    QCOMPARE(start.removed({}), Expression());
    for (const Path &nowhere : {Path{7}, Path{-1}, Path{0, 0}, Path{1, 9}, Path{9, 1}}) {
        QCOMPARE(start.replaced(nowhere, d), start);
        QCOMPARE(start.removed(nowhere), start);
        QCOMPARE(start.inserted(nowhere, d), start);
    }
}

void TestExpression::simplifies()
{
    const Expression a = read(u"Tag('a')"_s);
    const Expression b = read(u"Tag('b')"_s);
    QCOMPARE(simplified(Expression::any({a})), a);
    QCOMPARE(simplified(Expression::any({a.negated()}, true)), a);
    QCOMPARE(simplified(Expression::all({a, b.switchedOn(false), Expression::any({}, true)})), a);
    QCOMPARE(simplified(Expression::all({a, b}).switchedOn(false)), Expression());
    QCOMPARE(simplified(Expression::any({Expression::all({})}, true)), Expression());
    QCOMPARE(simplified(Expression::all({a, Expression::all({b})}, true)), Expression::all({a, b}, true));
}

void TestExpression::pushesNegationIn_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("inside");
    QTest::addColumn<bool>("conjunction");
    const auto add = [](const char *text, const char *inside, bool conjunction) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(inside) << conjunction;
    };
    add("~(Tag('a') & Tag('b'))", "~Tag(\"a\") | ~Tag(\"b\")", false);
    add("~(Tag('a') | Tag('b'))", "~Tag(\"a\") & ~Tag(\"b\")", true);
    add("~(Tag('a') | ~(Tag('b') & ~Tag('c')))", "~Tag(\"a\") & (Tag(\"b\") & ~Tag(\"c\"))", true);
    add("~~(Tag('a') & Tag('b'))", "Tag(\"a\") & Tag(\"b\")", true);
    add("~(Metric('a') > 1)", "~(Metric(\"a\") > 1)", true);
    add("Tag('a') & (Tag('b') | Tag('c'))", "Tag(\"a\") & (Tag(\"b\") | Tag(\"c\"))", false);
}

void TestExpression::pushesNegationIn()
{
    QFETCH(QString, text);
    const Expression expression = read(text);
    QTEST(toPython(withNegationInside(expression)), "inside");
    QTEST(isConjunction(expression), "conjunction");
}

void TestExpression::splitsIntoBranches_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("split");
    const auto add = [](const char *text, const QStringList &split) { QTest::newRow(text) << QString::fromLatin1(text) << split; };
    add("Tag('a')", {u"Tag(\"a\")"_s});
    add("Tag('a') & Tag('b')", {u"Tag(\"a\") & Tag(\"b\")"_s});
    add("Tag('a') | Tag('b')", {u"Tag(\"a\")"_s, u"Tag(\"b\")"_s});
    add("Tag('a') & (Tag('b') | Tag('c'))", {u"Tag(\"a\") & Tag(\"b\")"_s, u"Tag(\"a\") & Tag(\"c\")"_s});
    add("~(Tag('a') & Tag('b'))", {u"~Tag(\"a\")"_s, u"~Tag(\"b\")"_s});
    add("Tag('a') | (Tag('a') & Tag('b'))", {u"Tag(\"a\")"_s});
    add("(Tag('a') & Tag('b')) | Tag('b')", {u"Tag(\"b\")"_s});
    add("Tag('a') & Tag('a')", {u"Tag(\"a\")"_s});
}

void TestExpression::splitsIntoBranches()
{
    QFETCH(QString, text);
    QStringList split;
    const auto all = branches(read(text), 10);
    QVERIFY(all);
    for (const Branch &branch : *all)
        split += toPython(Expression::all(branch));
    QTEST(split, "split");
}

void TestExpression::limitsBranches()
{
    QList<Expression> pairs;
    for (int i = 0; i < 40; ++i)
        pairs += read(u"Tag('a%1') | Tag('b%1')"_s.arg(i));
    QVERIFY(!branches(Expression::all(pairs), 32)); // of 2^40
    QCOMPARE(branches(Expression::all(pairs.mid(0, 5)), 32)->size(), 32u);
    QVERIFY(!branches(Expression::all(pairs.mid(0, 5)), 31));
    QCOMPARE(branches(Expression(), 1)->size(), 1u);
}

void TestExpression::normalFormsAreNormal()
{
    const auto isNormal = [](const auto &self, const Expression &part) -> bool {
        return !part.isGroup()
            || (!part.isNegated() && part.children().size() > 1
                && std::all_of(part.children().begin(), part.children().end(),
                    [&](const Expression &child) { return self(self, child); }));
    };
    RandomExpressions random(6);
    for (int i = 0; i < 2'000; ++i) {
        const Expression expression = random.expression(i % 4);
        const Expression inside = withNegationInside(expression);
        QVERIFY(isNormal(isNormal, inside));
        QCOMPARE(withNegationInside(inside), inside);
        QCOMPARE(withNegationInside(expression.negated().negated()), inside);
        QCOMPARE(simplified(expression), expression);
    }
}

void TestExpression::knowsWhatIsComplete()
{
    const Clause text{Source::Other, u"n"_s, Operator::Contains, u""_s};
    QVERIFY(text.isComplete());
    QVERIFY(!Clause({Source::Other, u"n"_s, Operator::Contains, Number::whole(1)}).isComplete());
    QVERIFY(!Clause({Source::Other, u"n"_s, Operator::Equal, u""_s}).isComplete()); // that is IsEmpty
    QVERIFY(Clause({Source::Other, u"n"_s, Operator::Less, u""_s}).isComplete());
    QVERIFY(!Clause({Source::Metric, u"m"_s, Operator::Between, Number::whole(1)}).isComplete());
    QVERIFY(Clause({Source::Metric, u"m"_s, Operator::IsNull, {}}).isComplete());
    QVERIFY(!Clause({Source::Tag, u"t"_s, Operator::Contains, u"x"_s}).isComplete());
    QVERIFY(!Clause({Source::Metric, u"m"_s, Operator::Equal, {}}).isComplete());
}

void TestExpression::speaksEnglish_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("english");
    const auto add = [](const char *text, const char *english) { QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(english); };
    add("", "all experiments");
    add("(Metric('loss') < .1) & ~Parameter('optimizer').startswith('ad') & Tag('a')",
        "metric loss is less than 0.1, parameter optimizer does not begin with “ad”, and the tag “a” is there");
    add("Metadata('duration') > 90", "the duration is more than 1 min 30 s");
    add("Metadata('start_server_timestamp') < datetime(2019, 9, 24, 5)", "the start is before 2019-09-24 05:00:00 UTC");
    add("Metric('a b') == None", "metric “a b” is missing");
    add("~Metric('a').between(1, 2)", "metric a is less than 1 or more than 2");
    add("Tag('a') & (Tag('b') | ~Tag('c'))", "the tag “a” is there and (the tag “b” is there or the tag “c” is not there)");
    add("~(Tag('a') | Tag('b'))", "none of this holds (the tag “a” is there or the tag “b” is there)");
    add("~(Tag('a') & Tag('b'))", "not all of this holds (the tag “a” is there and the tag “b” is there)");
    add("Metadata('hasHtml') != True", "metadata hasHtml is not true");
    add("Other('%1') == '%2 %3'", "other value “%1” is “%2 %3”");
}

void TestExpression::speaksEnglish()
{
    QFETCH(QString, text);
    QTEST(inEnglish(read(text), Variables(RandomExpressions::columns())), "english");
}

QTEST_GUILESS_MAIN(TestExpression)
#include "tst_expression.moc"
