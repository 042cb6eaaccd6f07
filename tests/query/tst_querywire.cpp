// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/querybody.h"
#include "models/query/normalform.h"
#include "models/query/pythontext.h"
#include "models/query/wire.h"
#include "tests/query/randomexpressions.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace query;

// What servers are asked, byte by byte against what the SDKs sent (tests/contract/*.jsonl).
class TestQueryWire : public QObject
{
    Q_OBJECT
private slots:
    void sendsWhatTheSdkSent_data();
    void sendsWhatTheSdkSent();
    void sendsWhatIsMeant_data();
    void sendsWhatIsMeant();
    void sendsValuesAsPython_data();
    void sendsValuesAsPython();
    void nestsHundredsFlat();
    void findsProblems_data();
    void findsProblems();
    void findsProblemsWhereTheyAre();
    void isStableThroughText();

private:
    const Variables m_variables{{{u"acc"_s, Source::Metric, u"double"_s}, {u"loss"_s, Source::Metric, u"double"_s},
        {u"val_loss"_s, Source::Metric, u"double"_s}, {u"learning_rate"_s, Source::Parameter, u"double"_s},
        {u"epochs"_s, Source::Parameter, u"double"_s}, {u"optimizer"_s, Source::Parameter, u"string"_s},
        {u"Name"_s, Source::Other, u"string"_s}, {u"duration"_s, Source::Metadata, u"timenumber"_s},
        {u"start_server_timestamp"_s, Source::Metadata, u"datetime"_s}, {u"user_name"_s, Source::Metadata, u"string"_s},
        {u"hasHtml"_s, Source::Metadata, u"boolean"_s}, {u"os"_s, Source::Environment, u"string"_s}}};
};

namespace {

// The newest SDK sends ~(A & B) as ~A & ~B through project/query; we send what is meant (PROTOCOL 5.7).
const QString wrongInSdk = u"~((Metric('acc') > .5) & (Metric('loss') < 1))"_s;

Expression read(const QString &text)
{
    const Reading reading = fromPython(text);
    if (reading.problem)
        qFatal("%s: %s", qPrintable(text), qPrintable(reading.problem->message));
    return reading.expression;
}

} // namespace

void TestQueryWire::sendsWhatTheSdkSent_data()
{
    QTest::addColumn<QString>("call"); // query or search
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("archived");
    QTest::addColumn<bool>("isNewest");
    QTest::addColumn<QByteArray>("body"); // empty where the SDK sent none
    for (const QString &version : {u"3.8.1"_s, u"3.58.8"_s}) {
        QFile file(QStringLiteral(TESTS_FOLDER "/contract/requests-sdk-%1.jsonl").arg(version));
        QVERIFY(file.open(QIODevice::ReadOnly));
        for (const QByteArray &line : file.readAll().split('\n')) {
            const QJsonObject recorded = QJsonDocument::fromJson(line).object();
            const QString python = recorded["python"_L1].toString();
            const qsizetype start = python.indexOf("('w', 'p', "_L1);
            const QString call = python.left(start).mid(4);
            const bool isSearch = call == "search"_L1;
            if (start < 0 || (call != "query"_L1 && !isSearch) || (isSearch && version == "3.8.1"_L1))
                continue;
            QString text = python.mid(start + 11).chopped(1);
            const bool archived = text.endsWith(", archived=True"_L1);
            if (archived)
                text.chop(15);
            QByteArray body;
            for (const QJsonValue &request : recorded["requests"_L1].toArray()) {
                if (request["verb"_L1].toString() == "POST"_L1)
                    body = request["body"_L1].toString().toUtf8();
            }
            QTest::addRow("%s %s", qPrintable(version), qPrintable(python))
                << call << text << archived << (version != "3.8.1"_L1) << body;
        }
    }
}

void TestQueryWire::sendsWhatTheSdkSent()
{
    QFETCH(QString, call);
    QFETCH(QString, text);
    QFETCH(bool, archived);
    QFETCH(bool, isNewest);
    QFETCH(QByteArray, body);
    const Expression expression = read(text);
    if (text == wrongInSdk && isNewest && call == "query"_L1)
        QSKIP("wrong in the SDK; sendsWhatIsMeant has it");
    if (body.isEmpty()) { // refused by the SDK
        const bool isUnknown = text.contains("nope"_L1);
        QCOMPARE(problems(expression, m_variables).size(), isUnknown ? 1u : 0u);
        // The reference era knows neither OR nor the negation of a tag; a server of its time takes the latter.
        QVERIFY(isUnknown || !isConjunction(expression) || text == "~Tag('a')"_L1);
        return;
    }
    QVERIFY(problems(expression, m_variables).empty());
    const Form form = isNewest ? Form::Newest : Form::Reference;
    QCOMPARE(call == "search"_L1 ? api::searchBody(u"ebfbbc01"_s, rulesTree(expression, m_variables), archived)
                                 : api::queryBody(u"w"_s, u"p"_s, predicates(expression, m_variables, form), archived),
        body);
}

void TestQueryWire::sendsWhatIsMeant_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("shape"); // without what every rule and group has
    const auto add = [](const QString &text, const char *shape) { QTest::newRow(qPrintable(text)) << text << QByteArray(shape); };
    add(wrongInSdk, "[metrics OR(acc less_or_equal 0.5 metrics, loss greater_or_equal 1 metrics)]");
    add(u"((Metric('acc') > 1) & (Parameter('epochs') < 2)) | Tag('a')"_s,
        "[nested OR(AND(acc greater 1 metrics, epochs less 2 params), a equal \"a\" tag)]");
    add(u"~((Metric('acc') > 1) | Tag('a'))"_s,
        "[metrics AND(acc less_or_equal 1) negated, tag AND(a not_equal \"a\") negated]");
    add(QString(), "[]");
}

void TestQueryWire::sendsWhatIsMeant()
{
    QFETCH(QString, text);
    QString simple = QString::fromUtf8(predicates(read(text), m_variables, Form::Newest));
    static const QRegularExpression rule(
        uR"~(\{"id": "(\w+)", "field": "\w+", "type": "\w+", "operator": "(\w+)", "value": ([^,}]+)(?:, "source": "(\w+)")?\})~"_s);
    simple.replace(rule, u"\\1 \\2 \\3 \\4"_s);
    simple.replace(" ,"_L1, ","_L1).replace(" ]"_L1, "]"_L1);
    static const QRegularExpression group(uR"~(\{"condition": "(\w+)", "rules": \[([^\[\]]*)\], "valid": true\})~"_s);
    while (group.match(simple).hasMatch())
        simple.replace(group, u"\\1(\\2)"_s);
    static const QRegularExpression predicate(uR"~(\{"source": "(\w+)", "query": (.*?)(?:, "(negated)": true)?\})~"_s);
    simple.replace(predicate, u"\\1 \\2 \\3"_s);
    simple.replace(" ,"_L1, ","_L1).replace(" ]"_L1, "]"_L1);
    QTEST(simple.toUtf8(), "shape");
}

void TestQueryWire::sendsValuesAsPython_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("value");
    const auto add = [](const char *text, const char *value) { QTest::newRow(text) << QString::fromUtf8(text) << QByteArray(value); };
    add("Metric('acc') > 1", "1");
    add("Metric('acc') > 1.0", "1.0");
    add("Metric('acc') > .00001", "1e-05");
    add("Metric('acc') > 123456789012345678901234567890", "123456789012345678901234567890");
    add("Metric('acc') < True", "true");
    add("Metric('acc') == True", "1");
    add("Metric('acc') != False", "0");
    add("Metric('acc') == float('nan')", "NaN");
    add("Metric('acc').between(1, 2.0)", "[\"1\", \"2.0\"]");
    add("Other('Name') == 'Grün \"📈\"'", R"("Gr\u00fcn \"\ud83d\udcc8\"")");
    add("Other('Name') < ''", "\"\"");
    add("Metadata('duration') == datetime(2019, 9, 24, 1, 2, 3, 40)", "\"2019-09-24 01:02:03.000040\"");
    add("Metadata('duration') == datetime(1, 1, 1, tzinfo=timezone.utc)", "\"0001-01-01 00:00:00+00:00\"");
    add("Metadata('duration') == dt(2019, 9, 24, tzinfo=timezone(timedelta(hours=-1, minutes=-30)))",
        "\"2019-09-24 00:00:00-01:30\"");
}

void TestQueryWire::sendsValuesAsPython()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, value);
    const QByteArray sent = predicates(read(text), m_variables, Form::Reference);
    QVERIFY2(sent.contains("\"value\": " + value + "}"), sent.constData());
}

void TestQueryWire::nestsHundredsFlat()
{
    QList<Expression> many;
    for (int i = 0; i < 500; ++i)
        many += Expression({Source::Metadata, u"user_name"_s, Operator::Equal, u"user %1"_s.arg(i)});
    for (const QByteArray &sent : {rulesTree(Expression::any(many), m_variables),
             predicates(Expression::any(many), m_variables, Form::Newest)}) {
        QCOMPARE(sent.count("\"condition\""), 1);
        QCOMPARE(sent.count("\"id\""), 500);
    }
}

void TestQueryWire::findsProblems_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    const auto add = [](const char *text, const char *says) { QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(says); };
    add("Metric('los') > 1", "The project has no Metric(\"los\"). It has Metric(\"loss\")");
    add("Metric('LOSS') > 1", "Metric(\"loss\")");
    add("Metric('epochs') > 1", "Parameter(\"epochs\")");
    add("Metric('zzz') > 1", "The project has no Metric(\"zzz\").");
    add("Metric('acc').contains('1')", "“contains” does not fit. These do: <, <=, >, >=, ==, !=, between");
    add("Parameter('optimizer').between(1, 2)", "“between” does not fit. These do: ==, !=, contains");
    add("Metadata('hasHtml').startswith('1')", "true or false");
    add("Metadata('start_server_timestamp').endswith('1')", "a time");
}

void TestQueryWire::findsProblems()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const std::vector<Problem> all = problems(read(text), m_variables);
    QCOMPARE(all.size(), 1u);
    QVERIFY2(all[0].message.contains(says), qPrintable(all[0].message));
}

void TestQueryWire::findsProblemsWhereTheyAre()
{
    const Expression incomplete({Source::Metric, u"acc"_s, Operator::Less, {}});
    const Expression group = read(u"Tag('new') & ((Metric('acc') > 1) | (Metric('nope') > 1))"_s).inserted({2}, incomplete);
    const std::vector<Problem> all = problems(group, m_variables);
    QCOMPARE(all.size(), 2u);
    QCOMPARE(all[0].path, (Path{1, 1}));
    QVERIFY(all[0].kind == Problem::Kind::UnknownVariable);
    QCOMPARE(all[1].path, Path{2});
    QVERIFY(all[1].kind == Problem::Kind::Incomplete);
    QCOMPARE(problems(group.replaced({2}, incomplete.switchedOn(false)), m_variables).size(), 1u);
}

// All come back as they were, and so are sent as they were; of every kind some are sent, to see it.
void TestQueryWire::isStableThroughText()
{
    RandomExpressions random(4);
    const Variables variables(RandomExpressions::columns());
    for (int i = 0; i < 100'000; ++i) {
        const Expression expression = random.expression(i % 50 == 0 ? 3 : i % 10 == 0 ? 2 : i % 2);
        QVERIFY(problems(expression, variables).empty());
        const Expression again = read(toPython(expression));
        QVERIFY(again == expression);
        if (i % 7 != 0)
            continue;
        QCOMPARE(predicates(again, variables, Form::Newest), predicates(expression, variables, Form::Newest));
        QCOMPARE(rulesTree(again, variables), rulesTree(expression, variables));
    }
}

QTEST_GUILESS_MAIN(TestQueryWire)
#include "tst_querywire.moc"
