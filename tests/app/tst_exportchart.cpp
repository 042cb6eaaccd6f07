// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/builtprogram.h"
#include "tests/browse/localproject.h"

#include <QDateTime>
#include <QtEndian>
#include <QTest>

using namespace Qt::StringLiterals;
using builtprogram::Outcome;

// --export-chart, with a server of its own and no display.
class tst_exportchart : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        qunsetenv("QT_QPA_PLATFORM");
        qputenv("XDG_RUNTIME_DIR", m_folder.path().toLocal8Bit()); // or Qt remarks that there is none
        m_project = std::make_unique<LocalProject>();
        const struct
        {
            const char *name;
            const char *optimizer;
            double start;
        } runs[] = {{"one", "adam", 1}, {"two", "adam", 3}, {"three, \"odd\"", "sgd", 8}};
        for (const auto &run : runs) {
            const QString key = m_project->addExperiment(QString::fromLatin1(run.name));
            m_keys.append(key.toLatin1());
            m_project->logParameter(key, u"optimizer"_s, QString::fromLatin1(run.optimizer));
            for (int step = 0; step < 3; ++step)
                m_project->logMetric(key, u"loss"_s, run.start / (step + 1), step * 10);
        }
    }

    void writesEveryFormat_data()
    {
        QTest::addColumn<QString>("ending");
        QTest::addColumn<QByteArray>("begin");
        QTest::newRow("png") << u"png"_s << QByteArray("\x89PNG");
        QTest::newRow("svg") << u"svg"_s << QByteArray("<?xml");
        QTest::newRow("pdf") << u"pdf"_s << QByteArray("%PDF");
        QTest::newRow("csv") << u"csv"_s << QByteArray("line,part,step,loss,key\n");
        QTest::newRow("py") << u"py"_s << QByteArray("#!/usr/bin/env python3\n");
    }
    void writesEveryFormat()
    {
        QFETCH(const QString, ending);
        QFETCH(const QByteArray, begin);
        const QString path = m_folder.filePath(u"chart."_s + ending);
        const Outcome outcome = exportChart({path, u"--metrics"_s, u"loss"_s, u"--size"_s, u"640x400"_s});
        QCOMPARE(outcome.error, QString());
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out, path + u'\n');
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(bytes.startsWith(begin));
        if (ending == u"png") { // width and height begin at byte 16
            QCOMPARE(qFromBigEndian<quint32>(bytes.constData() + 16), 640U);
            QCOMPARE(qFromBigEndian<quint32>(bytes.constData() + 20), 400U);
        }
    }

    void tableHoldsWhatWasLogged()
    {
        const QString path = m_folder.filePath(u"table.csv"_s);
        QCOMPARE(exportChart({path, u"--metrics"_s, u"loss"_s}).code, 0);
        const QByteArray text = read(path);
        QCOMPARE(text.count('\n'), 10);
        QVERIFY(text.contains("one,,10,0.5," + m_keys[0] + "\n"));
        QVERIFY(text.contains("\"three, \"\"odd\"\"\",,20,2.6666666666666665," + m_keys[2] + "\n"));
    }

    void groupsAndSmooths()
    {
        const QString path = m_folder.filePath(u"groups.csv"_s);
        QCOMPARE(exportChart({path, u"--metrics"_s, u"loss"_s, u"--group-by"_s, u"optimizer"_s}).code, 0);
        const QByteArray text = read(path);
        QVERIFY(text.startsWith("line,part,step,loss,low,high,key\n"));
        QVERIFY2(text.contains("\"adam, n = 2\",mean,0,2,0.5857864376269049"), text.constData()); // 2 ± √2
        QVERIFY(text.contains("\"sgd, n = 1\",mean,20,2.6666666666666665"));

        QCOMPARE(exportChart({path, u"--metrics"_s, u"loss"_s, u"--smooth"_s, u"average:3"_s}).code, 0);
        const QByteArray smooth = read(path);
        QVERIFY(smooth.contains("one,raw,10,0.5," + m_keys[0] + "\n"));
        QVERIFY2(smooth.contains("one,smoothed,10,0.611111111111111"), smooth.constData()); // (1 + 1/2 + 1/3) / 3
    }

    void drawsOverElapsedTime()
    {
        const QString path = m_folder.filePath(u"elapsed.csv"_s);
        QCOMPARE(exportChart({path, u"--metrics"_s, u"loss"_s, u"--x"_s, u"elapsed"_s}).code, 0);
        QVERIFY(read(path).startsWith("line,part,elapsed time,loss,key\n"));
        // From the start of the run, whatever else is in the chart.
        const QString key = m_project->addExperiment(u"timed"_s);
        const double now = static_cast<double>(QDateTime::currentMSecsSinceEpoch());
        m_project->logMetric(key, u"fast"_s, 1, 0, {{u"timestamp"_s, now + 1000}});
        m_project->logMetric(key, u"slow"_s, 1, 0, {{u"timestamp"_s, now + 61'000}});
        const auto elapsed = [&](const QString &metrics, qsizetype row) {
            const QString file = m_folder.filePath(u"zero.csv"_s);
            return exportChart({file, u"--metrics"_s, metrics, u"--x"_s, u"elapsed"_s}).error.isEmpty()
                ? read(file).split('\n').value(row).split(',').value(2).toDouble() : -1;
        };
        const double fast = elapsed(u"fast"_s, 1);
        QVERIFY(fast >= 1 && fast < 60);
        QCOMPARE(elapsed(u"slow"_s, 1), fast + 60);
        QCOMPARE(elapsed(u"slow,fast"_s, 1), fast + 60);
        QCOMPARE(elapsed(u"slow,fast"_s, 2), fast);
    }

    void aPointThatIsOlderThanItsRunIsSaid()
    {
        const QString key = m_project->addExperiment(u"older"_s);
        const double now = static_cast<double>(QDateTime::currentMSecsSinceEpoch());
        for (int i = 0; i < 3; ++i)
            m_project->logMetric(key, u"older"_s, i, i, {{u"timestamp"_s, now + (i - 1) * 600'000 + 300'000}});
        const QString path = m_folder.filePath(u"older.csv"_s);
        const Outcome outcome = exportChart({path, u"--metrics"_s, u"older"_s, u"--x"_s, u"elapsed"_s});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.error, u"perihelion: 1 of 3 points is older than its run: its elapsed time is below 0.\n"_s);
        QCOMPARE(read(path).count(",,-"), 1);
    }

    void namesakesAreToldApart_data()
    {
        QTest::addColumn<QString>("ending");
        for (const char *ending : {"csv", "svg", "py"})
            QTest::newRow(ending) << QString::fromLatin1(ending);
    }
    void namesakesAreToldApart()
    {
        QFETCH(const QString, ending);
        const QString metric = u"twice_"_s + ending;
        QStringList names;
        for (const QString &name : {u"Base line"_s, u"baseline"_s, u"other"_s}) {
            const QString key = m_project->addExperiment(name + ending);
            m_project->logMetric(key, metric, 1, 0);
            m_project->logMetric(key, metric, 2, 1);
            names.append(name == u"other"_s ? name + ending : name + ending + u" · "_s + key.first(4));
        }
        const QString path = m_folder.filePath(u"namesakes."_s + ending);
        QCOMPARE(exportChart({path, u"--metrics"_s, metric}).code, 0);
        const QString text = QString::fromUtf8(read(path));
        for (const QString &name : std::as_const(names))
            QVERIFY2(text.contains(name + (ending == u"svg" ? u'<' : ending == u"csv" ? u',' : u'"')), qPrintable(name));
        QVERIFY(!text.contains(u"other%1 · "_s.arg(ending)));
    }

    void namesMayHoldCommas()
    {
        const QString key = m_project->addExperiment(u"odd"_s);
        m_project->logMetric(key, u"huber,0.5"_s, 7, 0);
        const QString path = m_folder.filePath(u"comma.csv"_s);
        for (const QString &way : {u"\"huber,0.5\""_s, u"huber\\,0.5"_s}) {
            const Outcome outcome = exportChart({path, u"--metrics"_s, way});
            QVERIFY2(outcome.code == 0, qPrintable(outcome.error));
            QCOMPARE(read(path), QByteArray("line,part,step,\"huber,0.5\",key\nodd,,0,7," + key.toLatin1() + "\n"));
        }
        QCOMPARE(exportChart({path, u"--metrics"_s, u"loss,\"huber,0.5\""_s}).code, 0);
        const Outcome two = exportChart({path, u"--metrics"_s, u"huber,0.5"_s});
        QCOMPARE(two.code, 1);
        QVERIFY2(two.error.contains(u"has logged huber. A name that holds a comma"), qPrintable(two.error));
        QVERIFY(run({u"--help"_s}).out.simplified().contains(u"a name that holds a comma in quotes ('\"a,b\"') or as 'a\\,b'."));
    }

    void namesMayHoldSlashes()
    {
        m_project->addProject(u"north/south"_s);
        const QString place = m_project->workspace + u'/';
        for (const QString &way : {u"\"north/south\""_s, u"north\\/south"_s}) {
            const Outcome outcome = run({u"--print"_s, place + way});
            QVERIFY2(outcome.code == 0, qPrintable(outcome.error));
            QVERIFY(outcome.out.startsWith(u"Name\t"));
        }
        QCOMPARE(run({u"--print"_s, place + u"north/south"_s}).code, 1);
        const Outcome tooLong = run({u"--print"_s, place + u"north/south/a/b"_s});
        QVERIFY2(tooLong.error.contains(u"A name that holds a / is written in quotes"), qPrintable(tooLong.error));
        QCOMPARE(run({u"--print"_s, place + u"\"north/south\""_s, u"--query"_s, u"Tag('t')"_s}).code, 0);
    }

    void aMetricMayBeCalledLikeAnAxis()
    {
        const QString key = m_project->addExperiment(u"named"_s);
        m_project->logMetric(key, u"time"_s, 0.5, 0);
        m_project->logMetric(key, u"speed"_s, 3, 0);
        const QString path = m_folder.filePath(u"axis.csv"_s);
        QCOMPARE(exportChart({path, u"--metrics"_s, u"speed"_s, u"--x"_s, u"metric:time"_s}).code, 0);
        QCOMPARE(read(path), QByteArray("line,part,time,speed,key\nnamed,,0.5,3," + key.toLatin1() + "\n"));
    }

    void aPointWithoutAStepIsSaid()
    {
        const QString key = m_project->addExperiment(u"gap"_s);
        for (int i = 0; i < 4; ++i)
            m_project->logMetric(key, u"accuracy"_s, i, i == 2 ? QJsonValue() : QJsonValue(i));
        const QString path = m_folder.filePath(u"gap.csv"_s);
        Outcome outcome = exportChart({path, u"--metrics"_s, u"accuracy"_s});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.error, u"perihelion: 1 of 4 points has no step.\n"_s);
        QCOMPARE(read(path), QByteArray("line,part,step,accuracy,key\ngap,,0,0,#\ngap,,1,1,#\ngap,,3,3,#\ngap,,,2,#\n").replace("#", key.toLatin1()));
        outcome = exportChart({path, u"--metrics"_s, u"accuracy"_s, u"--x"_s, u"elapsed"_s});
        QCOMPARE(outcome.error, QString());
        QCOMPARE(read(path).count('\n'), 5);
    }

    void pointsWithoutStepsAreCounted()
    {
        const QString key = m_project->addExperiment(u"uncounted"_s);
        for (int i = 0; i < 3; ++i)
            m_project->logMetric(key, u"recall"_s, i * 5, QJsonValue());
        const QString path = m_folder.filePath(u"counted.csv"_s);
        Outcome outcome = exportChart({path, u"--metrics"_s, u"recall"_s});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.error, u"perihelion: 1 of 1 lines has no steps: its points are counted.\n"_s);
        QCOMPARE(read(path), QByteArray("line,part,point,recall,key\nuncounted,,0,0,#\nuncounted,,1,5,#\nuncounted,,2,10,#\n").replace("#", key.toLatin1()));
        m_project->logMetric(m_project->addExperiment(u"counted"_s), u"recall"_s, 1, 7);
        outcome = exportChart({path, u"--metrics"_s, u"recall"_s});
        QCOMPARE(outcome.error, u"perihelion: 1 of 2 lines has no steps: its points are counted.\n"_s);
        QVERIFY(read(path).startsWith("line,part,step or point,recall,key\n"));
    }

    void timesThatCannotBeAreNone()
    {
        const auto log = [this](const QString &name, double time) {
            const QString key = m_project->addExperiment(name);
            for (int i = 0; i < 2; ++i)
                m_project->logMetric(key, u"rate"_s, i, i, {{u"timestamp"_s, time + i}});
            return key.toLatin1();
        };
        log(u"seconds"_s, 1'731'404'460);
        log(u"microseconds"_s, 1'731'404'460'123'000);
        const QString path = m_folder.filePath(u"times.csv"_s);
        const QStringList overTime{path, u"--metrics"_s, u"rate"_s, u"--x"_s, u"time"_s};
        Outcome outcome = exportChart(overTime);
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.error.contains(u"over Wall time. 4 of 4 points have no time that can be."), qPrintable(outcome.error));
        const QByteArray key = log(u"milliseconds"_s, 1'731'404'460'123);
        outcome = exportChart(overTime);
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.error, u"perihelion: 4 of 4 points have no time that can be.\n"_s);
        QCOMPARE(read(path), QByteArray("line,part,wall time,rate,key\nmilliseconds,,2024-11-12T09:41:00.123Z,0,#\n"
                                        "milliseconds,,2024-11-12T09:41:00.124Z,1,#\n").replace("#", key));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("sentence");
        const QString path = m_folder.filePath(u"wrong.png"_s);
        const QStringList loss{u"--metrics"_s, u"loss"_s};
        QTest::newRow("format") << QStringList{u"x.docx"_s} + loss << 2 << u"writes .png, .svg"_s;
        QTest::newRow("no metrics") << QStringList{path} << 2 << u"--export-chart needs --metrics."_s;
        QTest::newRow("empty metrics") << QStringList{path, u"--metrics"_s, u","_s} << 2 << u"--metrics needs"_s;
        QTest::newRow("size") << QStringList{path, u"--size"_s, u"10x"_s} + loss << 2 << u"--size needs"_s;
        QTest::newRow("smoothing") << QStringList{path, u"--smooth"_s, u"ema:2"_s} + loss << 2 << u"--smooth needs"_s;
        QTest::newRow("smoothing's kind") << QStringList{path, u"--smooth"_s, u"magic:0.5"_s} + loss << 2 << u"--smooth needs"_s;
        QTest::newRow("grouping") << QStringList{path, u"--group-by"_s, u"tag:"_s} + loss << 2 << u"--group-by needs"_s;
        QTest::newRow("two wishes") << QStringList{path, u"--print"_s, u"w/p"_s} + loss << 2 << u"can't be used together"_s;
        QTest::newRow("unknown metric") << QStringList{path, u"--metrics"_s, u"nix"_s} << 1 << u"has logged nix."_s;
        QTest::newRow("no epochs") << QStringList{path, u"--x"_s, u"epoch"_s} + loss << 1 << u"can be drawn over Epoch."_s;
        QTest::newRow("no folder") << QStringList{u"/nowhere/chart.png"_s} + loss << 1
                                   << u"/nowhere/chart.png could not be written: No such file or directory."_s;
    }
    void saysWhatIsWrong()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(int, code);
        QFETCH(const QString, sentence);
        const Outcome outcome = exportChart(arguments);
        QCOMPARE(outcome.code, code);
        QVERIFY(outcome.out.isEmpty());
        QVERIFY2(outcome.error.startsWith(u"perihelion: "_s) && outcome.error.contains(sentence), qPrintable(outcome.error));
        QCOMPARE(outcome.error.count(u'\n'), 1);
    }

    void needsOneProject()
    {
        const QStringList wish{u"--export-chart"_s, m_folder.filePath(u"x.png"_s), u"--metrics"_s, u"loss"_s};
        QCOMPARE(run(wish).code, 2);
        QCOMPARE(run(wish + QStringList{u"a/b"_s, u"c/d"_s}).code, 2);
        const Outcome workspace = run(wish + QStringList{m_project->workspace});
        QCOMPARE(workspace.code, 1);
        QVERIFY(workspace.error.contains(u"needs a project"));
        QCOMPARE(run(wish + QStringList{m_project->workspace + u"/nothing"_s}).code, 1);
    }

private:
    Outcome run(const QStringList &arguments) const
    {
        return builtprogram::run(m_project->root(), m_project->apiKey(), m_folder.filePath(u"key"_s), arguments);
    }
    Outcome exportChart(const QStringList &arguments) const
    {
        return run(QStringList{u"--export-chart"_s} + arguments + QStringList{m_project->workspace + u'/' + m_project->name});
    }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
    std::unique_ptr<LocalProject> m_project;
    QList<QByteArray> m_keys; // of the first runs
};

QTEST_GUILESS_MAIN(tst_exportchart)
#include "tst_exportchart.moc"
