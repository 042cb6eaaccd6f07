// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/copies.h"
#include "models/query/plan.h"
#include "models/query/pythontext.h"

#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace query;

// Queries as other programs ask them. That the scripts find what they should is seen with the real package
// (tests/contract/copies.py).
class TestCopies : public QObject
{
    Q_OBJECT
private slots:
    void writesScripts_data();
    void writesScripts();
    void writesScriptsThatPythonReads_data();
    void writesScriptsThatPythonReads();
    void writesCurlCommands_data();
    void writesCurlCommands();
    void doesNotWriteTooMuch();

private:
    static Expression read(const QString &text) { return fromPython(text).expression; }
    static CopiedPlace place(const QString &project = u"p"_s, api::Archived archived = api::Archived::No)
    {
        return {QUrl(u"https://comet.example.org"_s), u"w"_s, project, archived};
    }
};

void TestCopies::writesScripts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("branches"); // what is joined
    const auto add = [](const QString &text, const QString &branches) {
        QTest::newRow(qPrintable(text)) << text << branches;
    };
    add(u"Metric('a') > 1"_s, u"    **found(Metric(\"a\") > 1),\n"_s);
    add(u"(Metric('a') > 1) | Tag('x')"_s, u"    **found(Metric(\"a\") > 1),\n    **found(Tag(\"x\")),\n"_s);
    add(u"(Metric('a') > 1) & ~Tag('x') & ~Tag('y')"_s,
        u"    **without(found(Metric(\"a\") > 1), found(Tag(\"x\")), found(Tag(\"y\"))),\n"_s);
    add(u"~Tag('x')"_s, u"    **without(everything(), found(Tag(\"x\"))),\n"_s);
    add(u"~(Tag('x') & (Other('n') == '\"'))"_s,
        u"    **without(everything(), found(Tag(\"x\"))),\n    **found(~(Other(\"n\") == \"\\\"\")),\n"_s);
}

void TestCopies::writesScripts()
{
    QFETCH(QString, text);
    const QString script = pythonScript(read(text), place());
    QVERIFY(script.contains(u"\"https://comet.example.org/clientlib/\""_s));
    QCOMPARE(script.contains(u"def everything"_s), script.contains(u"everything(), "_s));
    QCOMPARE(script.contains(u"def without"_s), script.contains(u"**without"_s));
    const QString start = u"experiments = {\n"_s;
    const qsizetype from = script.indexOf(start) + start.size();
    QTEST(script.mid(from, script.indexOf(u"\n}\n"_s, from) + 1 - from), "branches");
}

void TestCopies::writesScriptsThatPythonReads_data()
{
    QTest::addColumn<QString>("project");
    QTest::addColumn<api::Archived>("archived");
    QTest::newRow("plain") << u"p"_s << api::Archived::No;
    QTest::newRow("archived") << u"p"_s << api::Archived::Yes;
    QTest::newRow("all") << u"p"_s << api::Archived::Both;
    QTest::newRow("odd") << u"a\"'\\\n%1 {x} \U0001F680 مشروع"_s << api::Archived::Both;
}

void TestCopies::writesScriptsThatPythonReads()
{
    QFETCH(QString, project);
    QFETCH(api::Archived, archived);
    QProcess python;
    python.start(u"python3"_s, {u"-c"_s, u"import ast, sys; ast.parse(sys.stdin.buffer.read()); print('fine')"_s});
    if (!python.waitForStarted())
        QSKIP("no python3 here");
    python.write(pythonScript(read(u"(Metric('%2') > 1) | ~Tag('x\\ny')"_s), place(project, archived)).toUtf8());
    python.closeWriteChannel();
    QVERIFY(python.waitForFinished());
    QCOMPARE(python.readAllStandardOutput(), QByteArray("fine\n"));
}

void TestCopies::writesCurlCommands_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Form>("form");
    QTest::addColumn<api::Archived>("archived");
    QTest::addColumn<int>("commands");
    QTest::newRow("and") << u"Tag('x') & Tag('y')"_s << Form::Reference << api::Archived::No << 1;
    QTest::newRow("or") << u"Tag('x') | Tag('y')"_s << Form::Newest << api::Archived::No << 1;
    QTest::newRow("branches") << u"Tag('x') | Tag('y')"_s << Form::Reference << api::Archived::No << 2;
    QTest::newRow("both") << u"Tag('x') | Tag('y')"_s << Form::Reference << api::Archived::Both << 4;
    QTest::newRow("quotes") << u"Tag('it\\'s')"_s << Form::Newest << api::Archived::Yes << 1;
}

void TestCopies::writesCurlCommands()
{
    QFETCH(QString, text);
    QFETCH(Form, form);
    QFETCH(api::Archived, archived);
    QFETCH(int, commands);
    const QString curl = curlCommands(read(text), {}, place(u"p"_s, archived), form);
    const QStringList lines = curl.split(u'\n');
    QCOMPARE(lines.size(), commands);
    for (const QString &line : lines) {
        QVERIFY(line.startsWith(u"curl -X POST -H \"Authorization: $COMET_API_KEY\""_s));
        QVERIFY(line.endsWith(u"'https://comet.example.org/api/rest/v2/project/query'"_s));
        QVERIFY(line.contains(u"\"projectName\": \"p\""_s));
    }
}

void TestCopies::doesNotWriteTooMuch()
{
    QStringList pairs;
    for (int i = 0; i < 6; ++i)
        pairs += u"(Tag('a%1') | Tag('b%1'))"_s.arg(i);
    const Expression expression = read(pairs.join(u" & "_s));
    QVERIFY(pythonScript(expression, place()).isEmpty());
    QVERIFY(curlCommands(expression, {}, place(), Form::Reference).isEmpty());
    QVERIFY(!curlCommands(expression, {}, place(), Form::Newest).isEmpty());
}

QTEST_GUILESS_MAIN(TestCopies)
#include "tst_copies.moc"
