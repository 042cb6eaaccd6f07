// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

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
    void saysThatTheKeyIsWrong();
    void servesAndStops();

private:
    struct Outcome
    {
        int code = -1;
        QString out;
        QString error;
    };
    static Outcome run(const QStringList &arguments)
    {
        QProcess process;
        process.start(QStringLiteral(PERIHELION_PROGRAM), arguments);
        if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
            return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
    }
    Outcome print(const LocalProject &project, const QString &path, const QString &key = {})
    {
        QFile file(m_folder.filePath(u"key"_s));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write((key.isEmpty() ? project.apiKey() : key).toUtf8() + '\n');
        file.close();
        return run({u"--url"_s, project.root().toString(), u"--api-key-file"_s, file.fileName(), u"--print"_s, path});
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
    for (const char *option : {"--demo", "--serve", "--print", "--tour", "--open", "--url", "--api-key-file"})
        QVERIFY2(outcome.out.contains(QString::fromLatin1(option)), option);
}

void tst_program::refusesBadUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown") << QStringList{u"--bogus"_s};
    QTest::newRow("later") << QStringList{u"--query"_s, u"x"_s};
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
