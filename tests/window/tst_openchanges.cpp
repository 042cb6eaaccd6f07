// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window is closed, or the program ended, while changes are being sent.

#include "tests/browse/localproject.h"
#include "tests/window/house.h"

#include "ui/widgets/choicedialog.h"
#include "ui/widgets/messagebar.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(Outcome)

namespace {

constexpr int many = 150; // long enough to be in the middle of

struct Scene
{
    Scene(const LocalProject &project, const QString &key, const QTemporaryDir &folder)
        : house(folder.filePath(u"settings.conf"_s), folder.filePath(u"undo.json"_s))
        , finished(&house.changes, &Changes::finished)
    {
        session = house.connectTo(project.root(), project.apiKey());
        if (!QTest::qWaitFor([this] { return session->state() == Session::State::Ready; }))
            qFatal("the local server does not let us in");
        for (int i = 0; i < many; ++i)
            steps.push_back(steps::addTags(key, u"run"_s, {u"t%1"_s.arg(i)}));
    }
    ChangeRun *begin()
    {
        ChangeRun *run = house.changes.run(session, steps);
        return QTest::qWaitFor([run] { return run->outcome().done.size() > 2; }) ? run : nullptr;
    }
    Outcome outcome() { return finished.isEmpty() && !finished.wait(30'000) ? Outcome() : finished.front().front().value<Outcome>(); }
    ChoiceDialog *question() { return shown<ChoiceDialog>(house.window); }
    QString message() const { return house.window.messages().text(); }

    House house;
    QSignalSpy finished;
    Session *session = nullptr;
    std::vector<Step> steps;
};

} // namespace

class OpenChangesTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_project = std::make_unique<LocalProject>();
        m_key = m_project->addExperiment(u"run"_s);
    }

    void closingAsksAndCancelGoesOn()
    {
        Scene scene(*m_project, m_key, *m_folder);
        QVERIFY(scene.begin());
        scene.house.window.close();
        QVERIFY(scene.house.window.isVisible());
        ChoiceDialog *question = scene.question();
        QVERIFY(question);
        scene.house.window.close(); // once more is no second question
        QCOMPARE(scene.house.window.findChildren<ChoiceDialog *>().size(), 1);
        QTest::keyClick(question, Qt::Key_Escape);
        QCOMPARE(scene.outcome().done.size(), std::size_t(many));
        QVERIFY(scene.house.window.isVisible());
    }

    void waiting()
    {
        Scene scene(*m_project, m_key, *m_folder);
        QVERIFY(scene.begin());
        scene.house.window.close();
        QVERIFY(press(scene.question(), u"Wait"_s));
        QVERIFY(scene.house.window.isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(!scene.house.window.isVisible(), 30'000);
        QCOMPARE(scene.outcome().done.size(), std::size_t(many));
    }

    void inTheBackground()
    {
        Scene scene(*m_project, m_key, *m_folder);
        QVERIFY(scene.begin());
        scene.house.window.close();
        QVERIFY(press(scene.question(), u"Go On"_s));
        QVERIFY(!scene.house.window.isVisible());
        QCOMPARE(scene.outcome().done.size(), std::size_t(many));
        QVERIFY(!scene.house.window.isVisible());
    }

    void whatFailsInTheBackgroundIsSeen()
    {
        Scene scene(*m_project, m_key, *m_folder);
        QVERIFY(scene.begin());
        scene.house.window.close();
        QVERIFY(press(scene.question(), u"Go On"_s));
        m_project->stopServer();
        QVERIFY(!scene.outcome().isWhole());
        QTRY_VERIFY(scene.house.window.isVisible());
        QVERIFY2(scene.message().contains(u"not begun"_s), qPrintable(scene.message()));
    }

    void stoppingHere()
    {
        Scene scene(*m_project, m_key, *m_folder);
        QVERIFY(scene.begin());
        scene.house.window.close();
        QVERIFY(press(scene.question(), u"Stop"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!scene.house.window.isVisible(), 30'000);
        const Outcome outcome = scene.outcome();
        QVERIFY(!outcome.left.empty());
        QCOMPARE(outcome.done.size() + outcome.left.size(), std::size_t(many));
    }

    void theNextStartTells_data()
    {
        QTest::addColumn<QString>("verb");
        QTest::newRow("go on") << u"Go On"_s;
        QTest::newRow("undo") << u"Undo"_s;
        QTest::newRow("leave") << u"Leave"_s;
        QTest::newRow("later") << u"Later"_s;
    }
    void theNextStartTells()
    {
        QFETCH(QString, verb);
        {
            Scene scene(*m_project, m_key, *m_folder);
            QVERIFY(scene.message().isEmpty());
            QVERIFY(scene.begin());
        } // the program ends
        Scene scene(*m_project, m_key, *m_folder);
        const QString told = scene.message();
        QVERIFY2(told.contains(u"broken off"_s) && told.contains(u"of %1 done"_s.arg(many)), qPrintable(told));
        const Outcome broken = scene.house.changes.brokenOff().front().outcome;
        QVERIFY(press(&scene.house.window.messages(), u"Decide"_s));
        ChoiceDialog *question = scene.question();
        QVERIFY(question);
        QVERIFY(press(question, verb));
        if (verb == u"Later") {
            QTRY_COMPARE(scene.message(), told);
            QCOMPARE(scene.house.changes.brokenOff().size(), std::size_t{1});
            return;
        }
        QVERIFY(scene.house.changes.brokenOff().empty());
        if (verb == u"Leave")
            return;
        const Outcome outcome = scene.outcome();
        QVERIFY2(outcome.isWhole(), qPrintable(outcome.sentence()));
        if (verb == u"Go On")
            QCOMPARE(outcome.done.size(), broken.left.size());
        else
            QVERIFY(outcome.done.size() >= broken.done.size());
        QVERIFY(scene.message() != told);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LocalProject> m_project;
    QString m_key;
};

QTEST_MAIN(OpenChangesTest)
#include "tst_openchanges.moc"
