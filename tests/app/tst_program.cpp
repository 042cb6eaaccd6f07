// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/builtprogram.h"
#include "tests/browse/localproject.h"

#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

// The built program, started as a person starts it: what it prints and how it ends.
class tst_program : public QObject
{
    Q_OBJECT

private slots:
    void saysItsVersion();
    void explainsItself();
    void refusesBadUsage_data();
    void refusesBadUsage();
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void printsWorkspacesProjectsAndExperiments();
    void printsOneExperiment();
    void saysWhereAnExpressionIsWrong();
    void printsWhatAQueryFinds();
    void explainsAQuery();
    void saysWhatAQueryLacks();
    void saysThatTheKeyIsWrong();
    void servesAndStops();

private:
    using Outcome = builtprogram::Outcome;
    static Outcome run(const QStringList &arguments) { return builtprogram::run(arguments); }
    Outcome print(const LocalProject &project, const QString &path, const QString &key = {},
        const QStringList &more = {})
    {
        return builtprogram::run(project.root(), key.isEmpty() ? project.apiKey() : key, m_folder.filePath(u"key"_s),
            QStringList{u"--print"_s, path} + more);
    }
    Outcome ask(const LocalProject &project, const QString &expression, const QStringList &more = {})
    {
        return print(project, project.workspace + u'/' + project.name, {}, QStringList{u"--query"_s, expression} + more);
    }

    QTemporaryDir m_folder;
};

void tst_program::saysItsVersion()
{
    const Outcome outcome = run({u"--version"_s});
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.out, u"Perihelion %1\n"_s.arg(QStringLiteral(PERIHELION_VERSION)));
}

void tst_program::explainsItself()
{
    const Outcome outcome = run({u"--help"_s});
    QCOMPARE(outcome.code, 0);
    for (const char *option : {"--demo", "--serve", "--print", "--query", "--archived", "--explain", "--tour", "--open", "--url", "--api-key-file"})
        QVERIFY2(outcome.out.contains(QString::fromLatin1(option)), option);
}

void tst_program::refusesBadUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown") << QStringList{u"--bogus"_s};
    const auto query = [](const char *name, const QString &expression, const QStringList &more) {
        QTest::newRow(name) << QStringList{u"--demo"_s, u"--query"_s, expression} + more;
    };
    const QStringList print{u"--print"_s, u"w/p"_s};
    query("query of nothing", u"Tag('a')"_s, {});
    query("query of a workspace", u"Tag('a')"_s, {u"--print"_s, u"w"_s});
    query("query of an experiment", u"Tag('a')"_s, {u"--print"_s, u"w/p/e"_s});
    query("empty query", u" "_s, print);
    query("bad expression", u"Tag('a'"_s, print);
    query("control characters", u"Tag(\u0001"_s, print);
    query("unknown form", u"Tag('a')"_s, print + QStringList{u"--explain=xml"_s});
    query("explain without print", u"Tag('a')"_s, {u"--open"_s, u"w/p"_s, u"--explain"_s});
    query("archived without print", u"Tag('a')"_s, {u"--open"_s, u"w/p"_s, u"--archived"_s});
    QTest::newRow("explain alone") << QStringList{u"--demo"_s, u"--print"_s, u"w/p"_s, u"--explain"_s};
    QTest::newRow("stray") << QStringList{u"somewhere"_s};
    QTest::newRow("port") << QStringList{u"--serve"_s, u"--port"_s, u"many"_s};
    QTest::newRow("large port") << QStringList{u"--serve"_s, u"--port"_s, u"65536"_s};
    QTest::newRow("port alone") << QStringList{u"--port"_s, u"1"_s};
    QTest::newRow("key alone") << QStringList{u"--api-key"_s, u"k"_s};
    QTest::newRow("key file alone") << QStringList{u"--api-key-file"_s, u"k"_s};
    QTest::newRow("two servers") << QStringList{u"--demo"_s, u"--url"_s, u"http://127.0.0.1:1"_s};
    QTest::newRow("two wishes") << QStringList{u"--print"_s, QString(), u"--tour"_s, u"x"_s};
    QTest::newRow("serve and demo") << QStringList{u"--serve"_s, u"--demo"_s};
    QTest::newRow("no value") << QStringList{u"--print"_s};
    QTest::newRow("address") << QStringList{u"--url"_s, u"http://"_s};
    QTest::newRow("tour") << QStringList{u"--tour"_s, QString()};
}

void tst_program::refusesBadUsage()
{
    QFETCH(const QStringList, arguments);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.code, 2);
    QVERIFY(outcome.out.isEmpty());
    QVERIFY(outcome.error.startsWith(u"perihelion: "_s));
    QCOMPARE(outcome.error.count(u'\n'), 1);
}

void tst_program::saysWhatIsMissing_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("no server") << QStringList{u"--print"_s, QString()};
    QTest::newRow("no key") << QStringList{u"--url"_s, u"http://127.0.0.1:1"_s, u"--print"_s, QString()};
    QTest::newRow("no key file") << QStringList{u"--url"_s, u"http://127.0.0.1:1"_s, u"--api-key-file"_s,
        u"/nowhere/key"_s, u"--print"_s, QString()};
    QTest::newRow("no folder") << QStringList{u"--tour"_s, u"/dev/null/pictures"_s};
}

void tst_program::saysWhatIsMissing()
{
    QFETCH(const QStringList, arguments);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.code, 1);
    QVERIFY(outcome.out.isEmpty());
    QVERIFY(outcome.error.contains(u"perihelion: "_s));
}

void tst_program::printsWorkspacesProjectsAndExperiments()
{
    LocalProject project;
    const QString key = project.addExperiment(u"tab\there"_s);
    project.logParameter(key, u"lr"_s, u"0.1"_s);
    project.logParameter(project.addExperiment(u"other"_s), u"lr"_s, u"0.2"_s);

    Outcome outcome = print(project, QString());
    QVERIFY2(outcome.code == 0, qPrintable(outcome.error));
    QStringList lines = outcome.out.split(u'\n');
    QVERIFY(lines[0].startsWith(u"Workspace\t"_s));
    QVERIFY(lines[1].startsWith(project.workspace + u'\t'));

    outcome = print(project, project.workspace);
    QCOMPARE(outcome.code, 0);
    lines = outcome.out.split(u'\n');
    QVERIFY(lines[0].startsWith(u"Project\tExperiments\t"_s));
    QVERIFY(lines[1].startsWith(project.name + u"\t2\t"_s));

    outcome = print(project, project.workspace + u'/' + project.name);
    QCOMPARE(outcome.code, 0);
    lines = outcome.out.trimmed().split(u'\n');
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[0].contains(u"lr (parameter)"_s));
    QVERIFY(outcome.out.contains(u"tab\\there\t"_s + key));
    const auto columns = lines[0].count(u'\t');
    QCOMPARE(lines[1].count(u'\t'), columns);
    QCOMPARE(lines[2].count(u'\t'), columns);
}

void tst_program::printsOneExperiment()
{
    LocalProject project;
    const QString key = project.addExperiment(u"only"_s);
    project.logMetric(key, u"loss"_s, 0.125, 7);
    project.logOther(key, u"note"_s, u"two\nlines"_s);
    const QString path = project.workspace + u'/' + project.name + u'/';
    const Outcome byKey = print(project, path + key);
    QVERIFY2(byKey.code == 0, qPrintable(byKey.error));
    QVERIFY(byKey.out.contains(u"\nMetric\tloss\t0.125\t7\t"_s));
    QVERIFY(byKey.out.contains(u"\nOther\tnote\ttwo\\nlines\t"_s));
    const auto columns = byKey.out.section(u'\n', 0, 0).count(u'\t');
    QVERIFY(byKey.out.endsWith(u'\n'));
    for (const QString &line : byKey.out.chopped(1).split(u'\n'))
        QCOMPARE(line.count(u'\t'), columns);
    const Outcome byName = print(project, path + u"only"_s);
    QCOMPARE(byName.code, 0);
    QVERIFY(byName.out.contains(u"\nMetric\tloss\t0.125\t7\t"_s));

    project.addExperiment(u"only"_s);
    const Outcome ambiguous = print(project, path + u"only"_s);
    QCOMPARE(ambiguous.code, 1);
    QVERIFY(ambiguous.error.contains(u"only"_s));
    QCOMPARE(print(project, path + u"nobody"_s).code, 1);
    QCOMPARE(print(project, path + u"a/b"_s).code, 1);
}

void tst_program::saysWhereAnExpressionIsWrong()
{
    const Outcome outcome = run({u"--demo"_s, u"--print"_s, u"w/p"_s, u"--query"_s, u"Tag('\U0001F680') and 3"_s});
    QCOMPARE(outcome.code, 2);
    QVERIFY2(outcome.error.contains(u"at character 10:"_s), qPrintable(outcome.error)); // an emoji is one
}

void tst_program::printsWhatAQueryFinds()
{
    LocalProject project;
    project.logMetric(project.addExperiment(u"good"_s), u"acc"_s, 0.9, 1);
    project.addTag(project.addExperiment(u"tagged"_s), u"t"_s);
    project.addExperiment(u"neither"_s);
    const QString old = project.addExperiment(u"old"_s);
    project.addTag(old, u"t"_s);
    project.archive(old);
    const auto names = [](const Outcome &outcome) {
        QStringList result;
        for (const QString &line : outcome.out.split(u'\n', Qt::SkipEmptyParts).mid(1))
            result += line.section(u'\t', 0, 0);
        result.sort();
        return result.join(u' ');
    };
    QCOMPARE(names(ask(project, u"(Metric('acc') > .5) | Tag('t')"_s)), u"good tagged"_s);
    QCOMPARE(names(ask(project, u"Tag('t')"_s, {u"--archived"_s})), u"old"_s);
    const Outcome none = ask(project, u"Metric('acc') > 1"_s);
    QCOMPARE(none.code, 0);
    QCOMPARE(none.out.count(u'\n'), 1); // the header
}

void tst_program::explainsAQuery()
{
    LocalProject project;
    project.addTag(project.addExperiment(u"one"_s), u"t"_s);
    const QString expression = u"Tag('t') | Tag('u')"_s;
    const QString rule = uR"({"id": "%1", "field": "%1", "type": "string", "operator": "equal", "value": "%1"%2})"_s;
    const auto body = [&](const QString &condition, const QString &rules) {
        return uR"({"workspaceName": "%1", "projectName": "%2", "predicates": [{"source": "tag", "query": )"
               uR"({"condition": "%3", "rules": [%4], "valid": true}}], "archived": false})"_s.arg(
                   project.workspace, project.name, condition, rules)
            + u'\n';
    };
    const QString source = uR"(, "source": "tag")"_s;
    const QString nested = body(u"OR"_s, rule.arg(u"t"_s, source) + u", "_s + rule.arg(u"u"_s, source));
    QCOMPARE(ask(project, expression, {u"--explain"_s}).out, nested);
    QCOMPARE(ask(project, expression, {u"--explain=query"_s}).out, nested);
    QCOMPARE(ask(project, expression, {u"--explain"_s, u"reference"_s}).out.isEmpty(), true); // a stray word
    QCOMPARE(ask(project, expression, {u"--explain=reference"_s}).out,
        body(u"AND"_s, rule.arg(u"t"_s, QString())) + body(u"AND"_s, rule.arg(u"u"_s, QString())));
    const QString search = ask(project, expression, {u"--explain=search"_s, u"--archived"_s}).out;
    QVERIFY2(search.startsWith(uR"({"projectId": ")"_s) && search.contains(uR"("deleted": true)"_s), qPrintable(search));
    QCOMPARE(search.count(u'\n'), 1);
}

void tst_program::saysWhatAQueryLacks()
{
    LocalProject project;
    project.logMetric(project.addExperiment(u"one"_s), u"acc"_s, 0.9, 1);
    const Outcome unknown = ask(project, u"Metric('ac') > 1"_s);
    QCOMPARE(unknown.code, 1);
    QVERIFY2(unknown.error.contains(u"Metric(\"acc\")"_s), qPrintable(unknown.error));
    const Outcome unfit = ask(project, u"Metric('acc').contains('1')"_s, {u"--explain"_s});
    QCOMPARE(unfit.code, 1);
    QVERIFY2(unfit.error.contains(u"between"_s), qPrintable(unfit.error));
    const Outcome nowhere = print(project, project.workspace + u"/none"_s, {}, {u"--query"_s, u"Tag('t')"_s});
    QCOMPARE(nowhere.code, 1);
    QCOMPARE(nowhere.error.count(u'\n'), 1);
}

void tst_program::saysThatTheKeyIsWrong()
{
    const LocalProject project;
    const Outcome outcome = print(project, QString(), u"wrong"_s);
    QCOMPARE(outcome.code, 1);
    QVERIFY(outcome.error.contains(u"API key"_s));
    QVERIFY(!outcome.error.contains(u"wrong"_s));
}

void tst_program::servesAndStops()
{
    QProcess server;
    server.start(QStringLiteral(PERIHELION_PROGRAM),
        {u"--serve"_s, u"--data"_s, m_folder.filePath(u"served.sqlite"_s), u"--api-key"_s, u"k"_s});
    QTRY_VERIFY(server.canReadLine());
    const QJsonObject line = QJsonDocument::fromJson(server.readLine()).object();
    QCOMPARE(line[u"apiKey"_s].toString(), u"k"_s);
    QVERIFY(line[u"url"_s].toString().startsWith(u"http://127.0.0.1:"_s));
    server.terminate();
    QVERIFY(server.waitForFinished());
    QCOMPARE(server.exitStatus(), QProcess::NormalExit);
    QCOMPARE(server.exitCode(), 0);
}

QTEST_GUILESS_MAIN(tst_program)
#include "tst_program.moc"
