// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs that the program does not live to see the end of, on a server that keeps what it is told.

#include "models/api/background.h"
#include "models/changes/changes.h"
#include "models/changes/stepkinds.h"
#include "tests/browse/localproject.h"
#include "tests/support/connected.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(Outcome)

namespace {

// One start of the program.
struct Start : Connected
{
    Start(const LocalProject &project, const QString &log)
        : Connected(project.root(), project.apiKey(), false, log)
    {
    }
    Outcome ended()
    {
        QSignalSpy finished(&changes, &Changes::finished);
        return finished.wait(10'000) ? finished.front().front().value<Outcome>() : Outcome();
    }
    std::size_t tagged(const QStringList &keys, const QString &tag)
    {
        std::size_t count = 0;
        for (const QString &key : keys) {
            const Step step = steps::addTags(key, key, {tag});
            bool isThere = false;
            stepkinds::look(session->client(), step, &changes, [&](const api::Result<QJsonValue> &now) {
                count += now && now.value() == step.after;
                isThere = true;
            });
            if (!QTest::qWaitFor([&] { return isThere; }))
                qFatal("the local server does not answer");
        }
        return count;
    }
};

std::vector<Step> tagAll(const QStringList &keys, const QString &tag)
{
    std::vector<Step> steps;
    for (const QString &key : keys)
        steps.push_back(steps::addTags(key, key, {tag}));
    return steps;
}

// What is on the disk while a program runs, in a folder where no program does: what a kill would leave.
void copyAsKilled(const QString &log, const QString &to)
{
    QFile::copy(log, to);
    const QDir open(log + ".open"_L1);
    QDir().mkpath(to + ".open"_L1);
    for (const QString &name : open.entryList({u"*.run"_s}, QDir::Files))
        QFile::copy(open.filePath(name), to + ".open/"_L1 + name);
}

} // namespace

class JournalTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_project = std::make_unique<LocalProject>();
        m_keys.clear();
        for (int i = 0; i < 6; ++i)
            m_keys += m_project->addExperiment(u"run %1"_s.arg(i));
    }

    void aKilledRunIsKnownToTheStep_data()
    {
        QTest::addColumn<int>("done");
        for (int done = 0; done < 6; ++done)
            QTest::addRow("%d", done) << done;
    }
    void aKilledRunIsKnownToTheStep()
    {
        QFETCH(int, done);
        {
            Start first(*m_project, log());
            ChangeRun *run = first.changes.run(first.session, tagAll(m_keys, u"x"_s));
            QVERIFY(QTest::qWaitFor([&] { return run->outcome().done.size() >= std::size_t(done) && hasJournal(); }));
            copyAsKilled(log(), killed());
            first.ended();
        }
        QVERIFY(!hasJournal()); // of a run that came to its end nothing is left
        Start second(*m_project, killed());
        QCOMPARE(second.changes.brokenOff().size(), std::size_t{1});
        const Journal::BrokenOff broken = second.changes.brokenOff().front();
        QVERIFY(broken.outcome.done.size() >= std::size_t(done));
        QCOMPARE(broken.outcome.done.size() + broken.outcome.left.size(), std::size_t{6});
        QCOMPARE(second.changes.undoText().isEmpty(), broken.outcome.done.empty());
        // The other steps have happened since; only those of the journal are its business.
        const std::size_t known = broken.outcome.done.size() + broken.isUncertain;
        QVERIFY(second.changes.takeBack(broken));
        QVERIFY(second.changes.brokenOff().empty());
        if (known > 0) {
            const Outcome undone = second.ended();
            QVERIFY2(undone.isWhole(), qPrintable(undone.sentence()));
        }
        QCOMPARE(second.tagged(m_keys, u"x"_s), 6 - known);
        QVERIFY(second.changes.undoText().isEmpty());
    }

    void goingOnDoesTheRestOnce()
    {
        {
            Start first(*m_project, log());
            ChangeRun *run = first.changes.run(first.session, tagAll(m_keys, u"y"_s));
            QVERIFY(QTest::qWaitFor([&] { return run->outcome().done.size() == 2; }));
            // The program ends here, orderly, with one being sent.
        }
        Start second(*m_project, log());
        const auto all = second.changes.brokenOff();
        QCOMPARE(all.size(), std::size_t{1});
        QVERIFY(all.front().isRemembered);
        QVERIFY(second.changes.goOn(all.front()));
        const Outcome outcome = second.ended();
        QVERIFY2(outcome.isWhole(), qPrintable(outcome.sentence()));
        QCOMPARE(second.tagged(m_keys, u"y"_s), std::size_t{6});
        // Both halves can be taken back.
        while (second.changes.canUndo()) {
            QVERIFY(second.changes.undo());
            QVERIFY(second.ended().isWhole());
        }
        QCOMPARE(second.tagged(m_keys, u"y"_s), std::size_t{0});
    }

    void whatIsForgottenIsNotToldAgain()
    {
        {
            Start first(*m_project, log());
            ChangeRun *run = first.changes.run(first.session, tagAll(m_keys, u"z"_s));
            QVERIFY(QTest::qWaitFor([&] { return !run->outcome().done.empty(); }));
        }
        {
            Start second(*m_project, log());
            QCOMPARE(second.changes.brokenOff().size(), std::size_t{1});
            second.changes.forget(second.changes.brokenOff().front());
        }
        Start third(*m_project, log());
        QVERIFY(third.changes.brokenOff().empty());
    }

    void anUndoThatIsBrokenOffLeavesTheRestToUndo()
    {
        Start first(*m_project, log());
        first.changes.run(first.session, tagAll(m_keys, u"u"_s));
        QVERIFY(first.ended().isWhole());
        ChangeRun *run = first.changes.undo();
        QVERIFY(run);
        QVERIFY(QTest::qWaitFor([&] { return run->outcome().done.size() >= 2; }));
        copyAsKilled(log(), killed());
        first.ended();
        Start second(*m_project, killed());
        QCOMPARE(second.changes.brokenOff().size(), std::size_t{1});
        const Journal::BrokenOff broken = second.changes.brokenOff().front();
        QCOMPARE(broken.outcome.way, Outcome::Way::Undone);
        QVERIFY(!second.changes.redoText().isEmpty());
        QCOMPARE(second.changes.undoText().isEmpty(), broken.outcome.left.empty());
    }

    void damagedJournalsCostNothing_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut in its first line") << QByteArray("{\"server\":\"lab\",\"steps\":[{\"kind");
        QTest::newRow("no steps") << QByteArray("{\"server\":\"lab\",\"way\":0,\"steps\":[]}\n");
        QTest::newRow("of a later version") << QByteArray("{\"server\":\"lab\",\"way\":9,\"steps\":[{\"kind\":\"paint\"}]}\ndone 0\n");
    }
    void damagedJournalsCostNothing()
    {
        QFETCH(QByteArray, content);
        QDir().mkpath(log() + ".open"_L1);
        QFile file(log() + ".open/1.run"_L1);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        Start start(*m_project, log());
        QVERIFY(start.changes.brokenOff().empty());
        start.changes.run(start.session, tagAll(m_keys, u"d"_s));
        QVERIFY(start.ended().isWhole());
    }

    void aFolderThatCantBeWrittenCostsTheMemoryOnly()
    {
        QFile inTheWay(log() + ".open"_L1);
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        inTheWay.close();
        Start start(*m_project, log());
        start.changes.run(start.session, tagAll(m_keys, u"w"_s));
        QVERIFY(start.ended().isWhole());
        QVERIFY(start.changes.canUndo());
    }

    // Given up before it began, it leaves nothing; and a small run does not overtake a large one.
    void whatWaitsToBeWrittenKeepsItsPlace()
    {
        Start start(*m_project, log());
        std::vector<Step> many;
        for (int i = 0; i < 500; ++i)
            many.push_back(steps::addTags(m_keys.front(), u"x"_s, {u"t%1"_s.arg(i)}));
        ChangeRun *large = start.changes.run(start.session, many);
        ChangeRun *small = start.changes.run(start.session, tagAll({m_keys.front()}, u"after"_s));
        bool isFirstOver = false;
        connect(large, &ChangeRun::finished, this, [&] { isFirstOver = true; });
        connect(small, &ChangeRun::finished, this, [&] { QVERIFY(isFirstOver); });
        QVERIFY(QTest::qWaitFor([&] { return !large->outcome().done.empty(); }));
        large->cancel();
        QVERIFY(start.ended().done.size() < many.size());
        QVERIFY(start.ended().isWhole());
        ChangeRun *none = start.changes.run(start.session, tagAll(m_keys, u"never"_s));
        none->cancel();
        QVERIFY(start.ended().done.empty());
        diskThreads().waitForDone(); // it may be written only now
        QTRY_VERIFY(!hasJournal());
    }

    // Another running copy tells of its own.
    void runsOfOthersAreLeftToThem()
    {
        Start first(*m_project, log());
        first.changes.run(first.session, tagAll(m_keys, u"o"_s));
        QVERIFY(QTest::qWaitFor([&] { return hasJournal(); }));
        Start second(*m_project, log());
        QVERIFY(second.changes.brokenOff().empty());
        QVERIFY(first.ended().isWhole());
    }

private:
    QString log() const { return m_folder->filePath(u"undo.json"_s); }
    QString killed() const { return m_folder->filePath(u"killed.json"_s); }
    bool hasJournal() const
    {
        const QFileInfoList files = QDir(log() + ".open"_L1).entryInfoList({u"*.run"_s}, QDir::Files);
        return std::ranges::any_of(files, [](const QFileInfo &file) { return file.size() > 0; });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LocalProject> m_project;
    QStringList m_keys;
};

QTEST_GUILESS_MAIN(JournalTest)
#include "tst_journal.moc"
