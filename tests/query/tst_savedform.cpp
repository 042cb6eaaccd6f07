// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/savedform.h"
#include "tests/query/randomexpressions.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace query;

// Expressions as they are kept in settings and files.
class TestSavedForm : public QObject
{
    Q_OBJECT
private slots:
    void isPythonWherePythonSaysAll();
    void keepsWhatIsSwitchedOff();
    void leavesOutWhatIsNotComplete();
    void comesBackTheSame();
    void refusesNonsense_data();
    void refusesNonsense();
};

namespace {

Expression tag(const QString &name)
{
    return Expression({Source::Tag, name, Operator::Equal, {}});
}

QByteArray text(const QJsonValue &json)
{
    return QJsonDocument(QJsonArray{json}).toJson(QJsonDocument::Compact);
}

// Some parts of it switched off, some groups with one child or none.
Expression disturbed(const Expression &expression, RandomExpressions &random)
{
    QList<Expression> children;
    for (const Expression &child : expression.children()) {
        if (!random.chance(20))
            children += disturbed(child, random);
    }
    return expression.withChildren(children).switchedOn(!random.chance(15));
}

} // namespace

void TestSavedForm::isPythonWherePythonSaysAll()
{
    QCOMPARE(toJson(Expression::any({tag(u"a"_s), tag(u"b"_s)}, true)), QJsonValue(u"~(Tag(\"a\") | Tag(\"b\"))"_s));
    QCOMPARE(toJson(tag(u"a"_s)), QJsonValue(u"Tag(\"a\")"_s));
}

void TestSavedForm::keepsWhatIsSwitchedOff()
{
    const Expression expression
        = Expression::any({tag(u"a"_s), Expression::all({tag(u"b"_s).negated().switchedOn(false)}).switchedOn(false)}, true);
    const QByteArray saved
        = "[{\"any\":[\"Tag(\\\"a\\\")\",{\"all\":[{\"is\":\"~Tag(\\\"b\\\")\",\"off\":true}],\"off\":true}],"
          "\"negated\":true}]";
    QCOMPARE(text(toJson(expression)), saved);
    QCOMPARE(fromJson(toJson(expression)).expression, expression);
}

void TestSavedForm::leavesOutWhatIsNotComplete()
{
    const Expression incomplete({Source::Metric, u"m"_s, Operator::Less, {}});
    const Expression expression = Expression::all({tag(u"a"_s), incomplete, tag(u"b"_s)});
    QCOMPARE(fromJson(toJson(expression)).expression, Expression::all({tag(u"a"_s), tag(u"b"_s)}));
    QCOMPARE(fromJson(toJson(incomplete)).expression, Expression());
}

void TestSavedForm::comesBackTheSame()
{
    RandomExpressions random(8);
    for (int i = 0; i < 3'000; ++i) {
        const Expression expression = disturbed(random.expression(i % 4), random);
        const QJsonDocument saved = QJsonDocument::fromJson(text(toJson(expression)));
        const Reading reading = fromJson(saved[0]);
        QVERIFY2(!reading.problem, saved.toJson().constData());
        if (reading.expression != expression)
            QFAIL(saved.toJson().constData());
    }
}

void TestSavedForm::refusesNonsense_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("number") << QByteArray("[5]");
    QTest::newRow("null") << QByteArray("[null]");
    QTest::newRow("empty") << QByteArray("[{}]");
    QTest::newRow("text") << QByteArray("[\"Metric(\"]");
    QTest::newRow("inside") << QByteArray("[{\"all\": [\"Tag('a')\", {\"any\": [7]}]}]");
    QTest::newRow("is") << QByteArray("[{\"is\": \"Metric('a')\", \"off\": true}]");
    QTest::newRow("deep") << QByteArray("[") + QByteArray("{\"all\":[").repeated(150) + QByteArray("]}").repeated(150) + "]";
}

void TestSavedForm::refusesNonsense()
{
    QFETCH(QByteArray, json);
    const QJsonDocument document = QJsonDocument::fromJson(json);
    QVERIFY(document.isArray());
    const Reading reading = fromJson(document[0]);
    QVERIFY(reading.problem);
    QVERIFY(!reading.problem->message.isEmpty());
    QCOMPARE(reading.expression, Expression());
}

QTEST_GUILESS_MAIN(TestSavedForm)
#include "tst_savedform.moc"
