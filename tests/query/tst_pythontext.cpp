// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/normalform.h"
#include "models/query/pythontext.h"
#include "tests/query/randomexpressions.h"
#include "tests/query/readanything.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace query;

// Texts as Python has them, both ways. What is right is what python3 says (python_reads.py).
class TestPythonText : public QObject
{
    Q_OBJECT
private slots:
    void reads_data();
    void reads();
    void explains_data();
    void explains();
    void writes_data();
    void writes();
    void comesBackTheSame();
    void leavesOutWhatIsOff();
    void pythonReadsWhatIsWritten();
    void readsAsPythonDoes();
    void survivesAnything();
    void survivesTheCorpus();

private:
    QList<QByteArray> askPython(const QStringList &texts);
};

namespace {

QJsonArray units(const QString &text)
{
    QJsonArray result;
    for (const QChar c : text)
        result += c.unicode();
    return result;
}

QJsonValue json(const Value &value)
{
    if (const QString *text = std::get_if<QString>(&value))
        return QJsonArray{u"str"_s, units(*text)};
    if (const bool *truth = std::get_if<bool>(&value))
        return QJsonArray{u"bool"_s, *truth};
    if (const Number *number = std::get_if<Number>(&value))
        return QJsonArray{number->isWhole() ? u"int"_s : u"float"_s, QString::fromLatin1(number->repr())};
    if (const Moment *moment = std::get_if<Moment>(&value))
        return QJsonArray{u"datetime"_s, moment->isoText()};
    if (const Pair *pair = std::get_if<Pair>(&value))
        return QJsonArray{u"pair"_s, json(Value(pair->first)), json(Value(pair->second))};
    return QJsonValue();
}

// As python_reads.py prints it: operators take two.
QJsonArray json(const Expression &expression)
{
    QJsonArray result;
    if (expression.isGroup()) {
        const QString sign = expression.kind() == Expression::Kind::All ? u"&"_s : u"|"_s;
        result = json(expression.children().first());
        for (qsizetype i = 1; i < expression.children().size(); ++i)
            result = QJsonArray{sign, result, json(expression.children()[i])};
    } else {
        const Clause &clause = expression.clause();
        result = {QString::fromLatin1(pythonName(clause.source)), units(clause.name),
            QString::fromLatin1(wireName(clause.op)), json(clause.value)};
    }
    return expression.isNegated() ? QJsonArray{u"~"_s, result} : result;
}

QByteArray compact(const Expression &expression)
{
    return QJsonDocument(json(expression)).toJson(QJsonDocument::Compact);
}

} // namespace

QList<QByteArray> TestPythonText::askPython(const QStringList &texts)
{
    QProcess python;
    python.start(QStringLiteral(PYTHON), {QStringLiteral(TESTS_FOLDER "/query/python_reads.py")});
    QByteArray input;
    for (const QString &text : texts)
        input += QByteArray(reinterpret_cast<const char *>(text.utf16()), text.size() * 2).toBase64() + '\n';
    python.write(input);
    python.closeWriteChannel();
    if (!python.waitForFinished(100'000))
        return {};
    const QByteArray errors = python.readAllStandardError();
    if (!errors.isEmpty())
        qWarning("%s", errors.constData());
    QList<QByteArray> lines = python.readAllStandardOutput().split('\n');
    lines.removeLast();
    return lines;
}

void TestPythonText::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("same"); // as toPython() writes it
    const auto add = [](const char *text, const char *same) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(same);
    };
    add("", "");
    add("  \n ", "");
    add("Metric('acc') > .98", "Metric(\"acc\") > 0.98");
    add("(Metric(\"loss\") < .1) & ~Parameter(\"optimizer\").startswith(\"ad\") & Tag(\"a\")",
        "(Metric(\"loss\") < 0.1) & ~Parameter(\"optimizer\").startswith(\"ad\") & Tag(\"a\")");
    add("Metadata('duration') > (2 * 60)", "Metadata(\"duration\") > 120");
    add("Metadata('start_server_timestamp') < dt(2019, 9, 24, 5)",
        "Metadata(\"start_server_timestamp\") < datetime(2019, 9, 24, 5)");
    add("Metadata('x') >= datetime.datetime(2019, 9, 24, second=7, tzinfo=datetime.timezone.utc)",
        "Metadata(\"x\") >= datetime(2019, 9, 24, 0, 0, 7, tzinfo=timezone.utc)");
    add("Metadata('x') == datetime(2019, 9, 24, tzinfo=timezone(timedelta(hours=-5.5)))",
        "Metadata(\"x\") == datetime(2019, 9, 24, tzinfo=timezone(timedelta(seconds=-19800)))");
    add("~Metric('acc').between(2, 3)", "~Metric(\"acc\").between(2, 3)");
    add("Metric('acc').between(low=2, high=3.0,)", "Metric(\"acc\").between(2, 3.0)");
    add("~(Parameter('optimizer') == None)", "~(Parameter(\"optimizer\") == None)");
    add("~~Tag('a')", "Tag(\"a\")");
    add("Other('Name') != ''", "Other(\"Name\") != \"\"");
    add("'' == Other('Name')", "Other(\"Name\") == \"\"");
    add("1 < Metric('a')", "Metric(\"a\") > 1");
    add("Metadata('hasHtml') == True", "Metadata(\"hasHtml\") == True");
    add("Tag('a') | Tag('b') & Tag('c')", "Tag(\"a\") | (Tag(\"b\") & Tag(\"c\"))");
    add("(Tag('a') | Tag('b')) & Tag('c')", "(Tag(\"a\") | Tag(\"b\")) & Tag(\"c\")");
    add("~(Tag('a') & Tag('b'))", "~(Tag(\"a\") & Tag(\"b\"))");
    add("~Tag('a') & Tag('b')", "~Tag(\"a\") & Tag(\"b\")");
    add("Metric('a') > -2**2", "Metric(\"a\") > -4");
    add("Metric('a') > 2**-1", "Metric(\"a\") > 0.5");
    add("Metric('a') > 7 // -2", "Metric(\"a\") > -4");
    add("Metric('a') > 7 % -2", "Metric(\"a\") > -1");
    add("Metric('a') > 1e999", "Metric(\"a\") > float(\"inf\")");
    add("Metric('a') > 1_000 + 0xFf + 0b11 + 0o17", "Metric(\"a\") > 1273");
    add("Metric('a') > 0xffffffffffffffffff", "Metric(\"a\") > 4722366482869645213695");
    add("Metric('a') != -0.0", "Metric(\"a\") != -0.0");
    add("Metric('a') > 0.00001", "Metric(\"a\") > 1e-05");
    add("Other('a') == 'x' \"y\"", "Other(\"a\") == \"xy\"");
    add("Other('a') == 'x' + u'y' + r'\\d'", "Other(\"a\") == \"xy\\\\d\"");
    add("Other('a') == '\\x41\\101\\u00e4\\U0001F4C8\\q'", "Other(\"a\") == \"AAä📈\\\\q\"");
    add("Other('a') == '''x\n'y'''", "Other(\"a\") == \"x\\n'y\"");
    add("comet_ml.query.Metric(name='a') > 1 # so", "Metric(\"a\") > 1");
}

void TestPythonText::reads()
{
    QFETCH(QString, text);
    const Reading reading = fromPython(text);
    QVERIFY2(!reading.problem, qPrintable(reading.problem ? reading.problem->message : QString()));
    QTEST(toPython(reading.expression), "same");
}

void TestPythonText::explains_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("position");
    QTest::addColumn<QString>("says"); // a part of the sentence
    const auto add = [](const char *text, int position, const char *says) {
        QTest::newRow(text) << QString::fromUtf8(text) << position << QString::fromUtf8(says);
    };
    add("Metric('a') > 1 & Metric('b') > 2", 16, "bind more closely");
    add("Metric('a') & Tag('b')", 12, "bind more closely");
    add("~Metric('a') > 1", 0, "~ negates a condition");
    add("(Metric('a') > 1) == True", 18, "compares a condition");
    add("1 < Metric('a') < 2", 16, "chained");
    add("Metric('a') > 1 and Tag('b')", 16, "Write &");
    add("Metric('a') > 1 or Tag('b')", 16, "Write |");
    add("not Tag('b')", 0, "Write ~");
    add("'x' in Other('a')", 4, ".contains()");
    add("Other('a') is None", 11, "==");
    add("Metric('a')", 0, "not compared");
    add("5", 0, "no condition");
    add("Metric('a') > Metric('b')", 0, "Two variables");
    add("Metric('a') > b", 14, "not known");
    add("Metric(a) > 1", 7, "quotation marks");
    add("Metric > 1", 0, "needs a name");
    add("Metrik('a') > 1", 0, "Metric, Parameter");
    add("Metric('a') = 1", 12, "==");
    add("Metric('a') > 1 && Tag('b')", 16, "single &");
    add("Metric(“a”) > 1", 7, "quotation marks");
    add("Metric('a) > 1", 7, "no end");
    add("Metric('a') > 012", 14, "begins with 0");
    add("Metric('a') > 1.5.2", 17, "missing before this");
    add("Metric('a') >", 13, "too early");
    add("(Metric('a') > 1", 0, "not closed");
    add("Metric('a') > 1)", 15, "no opening");
    add("Metric('a') > 1 Tag('b')", 16, "missing before");
    add("Metric('a').between(1)", 12, "high");
    add("Metric('a').between(1, '2')", 23, "numbers");
    add("Metric('a').contains(2)", 21, "text");
    add("Metric('a').like('b')", 12, ".contains()");
    add("Metric('a') < None", 14, "None");
    add("Metric('a') > 1/0", 14, "zero");
    add("Metric('a') > 10**99", 14, "too large");
    add("Metadata('a') > datetime(2019, 2, 30)", 34, "days");
    add("Metadata('a') > datetime(2019, 13, 3)", 31, "1 to 12");
    add("Metric('a') > 1\u00a0", 15, "U+00A0");
    add("Metric('a') > 5 $", 16, "“$”");
    add("Other('a') == '\\x4'", 15, "two hexadecimal");
    add("Tag('a') ^ Tag('b')", 9, "not both");
    const QString deep = QString(5000, u'(') + u"Tag('a')"_s + QString(5000, u')');
    QTest::newRow("deep") << deep << 100 << u"too deeply"_s;
    QTest::newRow("negations") << QString(5000, u'~') + u"Tag('a')"_s << 99 << u"too deeply"_s;
    QTest::newRow("long") << QString(300'000, u' ') << 200'000 << u"too long"_s;
}

void TestPythonText::explains()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const Reading reading = fromPython(text);
    QVERIFY(reading.problem);
    QVERIFY2(reading.problem->message.contains(says), qPrintable(reading.problem->message));
    QTEST(static_cast<int>(reading.problem->position), "position");
    QVERIFY(reading.problem->length > 0 || reading.problem->position == text.size());
}

void TestPythonText::writes_data()
{
    QTest::addColumn<Value>("value");
    QTest::addColumn<QString>("text");
    const auto add = [](const char *text, const Value &value) { QTest::newRow(text) << value << QString::fromUtf8(text); };
    add("\"\"", QString(u""_s));
    add("\"\\\"'\\\\\\n\\x00\\x7f\\u202eä📈\\ud800\"", u"\"'\\\n"_s + QChar(u'\0') + u"\x7f\u202eä📈"_s + QChar(0xd800));
    add("1e+16", Number::real(1e16));
    add("1234567890123456.0", Number::real(1234567890123456));
    add("0.0001", Number::real(1e-4));
    add("1.5e-05", Number::real(1.5e-5));
    add("-12.5", Number::real(-12.5));
    add("5e-324", Number::real(5e-324));
    add("100", Number::whole(100));
    add("100.0", Number::real(100));
    add("float(\"nan\")", Number::real(api::missing));
    add("False", false);
    add("datetime(2019, 9, 24, 0, 0, 0, 5)", Moment{QDate(2019, 9, 24), 5, {}});
}

void TestPythonText::writes()
{
    QFETCH(Value, value);
    QTEST(pythonValue(value), "text");
}

void TestPythonText::comesBackTheSame()
{
    RandomExpressions random(1);
    for (int i = 0; i < 100'000; ++i) {
        const Expression expression = random.expression(i % 50 == 0 ? 3 : i % 10 == 0 ? 2 : i % 2);
        const QString text = toPython(expression);
        const Reading reading = fromPython(text);
        if (reading.problem || reading.expression != expression)
            QFAIL(qPrintable(text + u" -> "_s + toPython(reading.expression)));
    }
}

void TestPythonText::leavesOutWhatIsOff()
{
    const Expression a({Source::Tag, u"a"_s, Operator::Equal, {}});
    const Expression b({Source::Tag, u"b"_s, Operator::Equal, {}});
    QCOMPARE(toPython(Expression::all({a, b.switchedOn(false)})), u"Tag(\"a\")"_s);
    QCOMPARE(toPython(Expression::all({a, b.switchedOn(false)}, true)), u"~Tag(\"a\")"_s);
    QCOMPARE(toPython(Expression::all({a, Expression::any({}, true)})), u"Tag(\"a\")"_s);
    QCOMPARE(toPython(Expression::all({a.switchedOn(false)}, true)), QString());
    QCOMPARE(toPython(Expression::all({a, Expression::any({b})})), u"Tag(\"a\") & Tag(\"b\")"_s);
}

void TestPythonText::pythonReadsWhatIsWritten()
{
    RandomExpressions random(2);
    QStringList texts;
    QList<QByteArray> expected;
    for (int i = 0; i < 3'000; ++i) {
        const Expression expression = random.expression(i % 4);
        texts += toPython(expression);
        expected += compact(expression);
    }
    const QList<QByteArray> answers = askPython(texts);
    QCOMPARE(answers.size(), texts.size());
    for (qsizetype i = 0; i < texts.size(); ++i) {
        if (QJsonDocument::fromJson(answers[i]).toJson(QJsonDocument::Compact) != expected[i])
            QFAIL(qPrintable(texts[i] + u'\n' + QString::fromUtf8(answers[i]) + u'\n' + QString::fromUtf8(expected[i])));
    }
}

// Texts of all sorts, many of them wrong. What is accepted, Python accepts and reads the same; what is
// right in Python is mostly accepted too.
void TestPythonText::readsAsPythonDoes()
{
    RandomExpressions random(3);
    static const QStringList pieces{u"Metric('a')"_s, u"Parameter(\"b\")"_s, u"Tag('t')"_s, u"(Metric('a') > 1)"_s,
        u"(Metric('c')!=.5)"_s, u"Other('n').contains('x')"_s, u"&"_s, u"|"_s, u"~"_s, u"&"_s, u"|"_s, u"("_s, u")"_s, u">"_s, u"<="_s,
        u"=="_s, u"+"_s, u"-"_s, u"*"_s, u"/"_s, u"//"_s, u"%"_s, u"**"_s, u"1"_s, u"0"_s, u"2.5"_s, u".5e-3"_s, u"1_0"_s, u"0x1f"_s,
        u"1e400"_s, u"1."_s, u"00"_s, u"3"_s, u"7"_s, u"'s'"_s, u"r'\\n'"_s, u"'\\n\\x41\\777\\e'"_s, u"'''q'''"_s, u"None"_s, u"True"_s, u"\n"_s,
        u" "_s, u","_s, u"datetime(2020, 1, 2)"_s, u"dt(1, 1, 1, tzinfo=timezone.utc)"_s, u"float('-inf')"_s, u"# c\n"_s, u"\\\n"_s,
        u".between(1, 2)"_s, u"name="_s};
    QStringList texts;
    for (int i = 0; i < 20'000; ++i) {
        QString text;
        if (random.chance(50)) { // a comparison with some arithmetic
            text = u"Metric('a') < "_s;
            for (int part = 0, count = 1 + random.below(4); part < count; ++part) {
                if (part > 0)
                    text += pieces[16 + random.below(7)];
                text += (random.chance(20) ? u"-"_s : QString()) + pieces[23 + random.below(11)];
            }
        } else {
            for (int count = 1 + random.below(9); count > 0; --count)
                text += pieces[random.below(static_cast<int>(pieces.size()))];
        }
        if (text.count(u"**"_s) > 1)
            text.replace(u"**"_s, u"*"_s); // Python would calculate for years
        texts += text;
    }
    const QList<QByteArray> answers = askPython(texts);
    QCOMPARE(answers.size(), texts.size());
    int same = 0;
    int refused = 0;
    for (qsizetype i = 0; i < texts.size(); ++i) {
        const Reading reading = fromPython(texts[i]);
        const bool isNothing = reading.expression == Expression();
        if (answers[i] == "null" ? !reading.problem && !isNothing
                                 : !reading.problem && QJsonDocument::fromJson(answers[i]).toJson(QJsonDocument::Compact) != compact(reading.expression))
            QFAIL(qPrintable(texts[i] + u" -> "_s + toPython(reading.expression) + u" but "_s + QString::fromUtf8(answers[i])));
        same += answers[i] != "null" && !reading.problem;
        refused += answers[i] != "null" && reading.problem; // numbers of more than 64 bits
    }
    qInfo("%d read as Python does, %d refused that Python takes", same, refused);
    QVERIFY(same > 5'000);
    QVERIFY(refused < same / 50);
}

void TestPythonText::survivesAnything()
{
    RandomExpressions random(static_cast<quint32>(QRandomGenerator::global()->generate()));
    static const QStringList words{u"\""_s, u"'''"_s, u"\\"_s, u"("_s, u")"_s, u"~"_s, u"&"_s, u"Metric("_s, u".between("_s, u"1e"_s,
        u"0x"_s, u"=="_s, u"\\U0010FFFF"_s, u"\\ud83d"_s, u"#"_s, u"\r\n"_s, u"📈"_s, QString(QChar(0xdc00)), QString(QChar(u'\0')), QString(300, u'-')};
    for (int i = 0; i < 20'000; ++i) {
        QString text = toPython(random.expression(2));
        for (int count = 1 + random.below(4); count > 0; --count) {
            const int at = random.below(static_cast<int>(text.size()) + 1);
            if (random.chance(50))
                text.remove(at, 1 + random.below(8));
            else
                text.insert(at, words[random.below(static_cast<int>(words.size()))]);
        }
        const Reading reading = fromPython(text);
        if (reading.problem) {
            QVERIFY(!reading.problem->message.isEmpty());
            QVERIFY(reading.problem->position >= 0 && reading.problem->position <= text.size());
            QVERIFY(reading.problem->position + reading.problem->length <= text.size() + 1);
        } else {
            QCOMPARE(fromPython(toPython(reading.expression)).expression, reading.expression);
        }
    }
}

void TestPythonText::survivesTheCorpus()
{
    QDir corpus(QStringLiteral(TESTS_FOLDER "/query/corpus"));
    const QStringList names = corpus.entryList(QDir::Files);
    QVERIFY(names.size() > 10);
    for (const QString &name : names) {
        QFile file(corpus.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(readAnything(file.readAll()), qPrintable(name));
    }
}

QTEST_GUILESS_MAIN(TestPythonText)
#include "tst_pythontext.moc"
