// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/transport.h"
#include "models/changes/changes.h"
#include "models/changes/stepkinds.h"
#include "models/changes/undolog.h"
#include "tests/browse/localproject.h"
#include "tests/support/faultserver.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using Why = Outcome::Failure::Why;

namespace {

const QString run7 = u"run-7"_s;

// Sessions with one server, and the changes made through them.
struct House
{
    explicit House(const QUrl &root, const QString &key = u"key"_s, const QString &log = {})
        : changes(sessions, tasks, log)
    {
        Profile profile;
        profile.id = u"lab"_s;
        profile.name = u"Lab"_s;
        profile.root = root;
        session = sessions.add(profile, key);
        QTRY_VERIFY(session->state() != Session::State::Connecting);
    }

    // Waits for the end of a run.
    Outcome outcome(ChangeRun *run)
    {
        Outcome result;
        if (!run)
            return result;
        QSignalSpy finished(run, &ChangeRun::finished);
        if (finished.wait(10'000))
            result = finished.front().front().value<Outcome>();
        return result;
    }
    Outcome run(const std::vector<Step> &steps) { return outcome(changes.run(session, steps)); }
    Outcome run(const Step &step) { return outcome(changes.run(session, step)); }
    Outcome undo() { return outcome(changes.undo()); }
    Outcome redo() { return outcome(changes.redo()); }

    // What the server has now, as the step's kind looks at it.
    QJsonValue now(const Step &step)
    {
        QJsonValue value(u"not asked"_s);
        bool isThere = false;
        stepkinds::look(session->client(), step, &changes, [&](const api::Result<QJsonValue> &result) {
            value = result ? result.value() : QJsonValue(result.error().sentence());
            isThere = true;
        });
        [&] { QTRY_VERIFY(isThere); }();
        return value;
    }

    Tasks tasks;
    Sessions sessions;
    Changes changes;
    Session *session = nullptr;
};

// A server that knows who we are and answers as scripted.
struct Scripted
{
    Scripted()
    {
        server.script("clientlib/isAlive/ver", {FaultServer::json(R"({"version": "3.60.0"})")});
        server.script("account-details", {FaultServer::json(R"({"userName": "me", "defaultWorkspaceName": "me"})")});
    }
    FaultServer server;
};

std::vector<Step> archiveAll(const QStringList &keys)
{
    std::vector<Step> steps;
    for (const QString &key : keys)
        steps.push_back(steps::setArchived(key, u"run "_s + key, true));
    return steps;
}

} // namespace

Q_DECLARE_METATYPE(Outcome)

class TestChanges : public QObject
{
    Q_OBJECT
private slots:
    void reversibleStepsGoThereAndBack();
    void textsSayWhatAndHowMany();
    void survivesARestart();
    void keepsADamagedLogAside();
    void undoRefusesWhatOthersHaveChanged();
    void undoRefusesWhatIsGone();
    void nothingIsUndoneBehindWhatCantBe();
    void batchGoesOnAfterAFailure();
    void batchStopsWhereNothingCanWork();
    void cancelStopsBeforeTheNextCall();
    void looksWhetherItHappenedWhenNoAnswerCame();
    void aWriteIsNeverSentTwice();
    void movesInPortions();
    void readOnlyServersAreNotWrittenTo();
    void asksBeforeWriting();
    void runsOfOneServerWaitForEachOther();
    void theServerGoesInTheMiddle();
    void tagsNeedAServerThatRemovesThem();
    void modelNamesAndVersions();
};

void TestChanges::reversibleStepsGoThereAndBack()
{
    LocalProject project;
    const QString key = project.addExperiment(run7);
    project.logOther(key, u"note"_s, u"old"_s);
    House house(project.root(), project.apiKey());
    QString projectId;
    house.session->client().project(project.workspace, project.name)->then(
        this, [&](const api::Project &found) { projectId = found.id; });
    QTRY_VERIFY(!projectId.isEmpty());
    QVERIFY(house.run(steps::createProject({project.workspace, u"other"_s}, u"d"_s, true)).isWhole());

    const QString odd = u"Größe / “x” <b>é</b> \U0001F600 \u202e"_s;
    const std::vector<std::vector<Step>> all{
        {steps::setArchived(key, run7, true)},
        {steps::rename(key, run7, odd)},
        {steps::addTags(key, odd, {u"a b"_s, odd})},
        {steps::logOther(key, odd, u"note"_s, u"old"_s, odd)},
        steps::move({key}, odd, {project.workspace, project.name}, {project.workspace, u"other"_s}),
        {steps::updateProject(projectId, {project.name, u""_s, false}, {u"renamed & more"_s, odd, true})},
        {steps::setProjectNotes(projectId, project.name, u""_s, u"# Notes\n\n"_s + odd)},
    };
    for (const std::vector<Step> &steps : all) {
        const Step &step = steps.front();
        const QByteArray name = stepkinds::verb(steps).toUtf8();
        QCOMPARE(house.now(step), step.before);
        const Outcome done = house.run(steps);
        QVERIFY2(done.isWhole(), qPrintable(done.sentence()));
        QCOMPARE(house.now(step), step.after);
        QCOMPARE(house.changes.undoText().toUtf8(), name);
        const Outcome undone = house.undo();
        QVERIFY2(undone.isWhole(), qPrintable(undone.sentence()));
        QCOMPARE(undone.way, Outcome::Way::Undone);
        QCOMPARE(house.changes.redoText().toUtf8(), name);
        QCOMPARE(house.now(*stepkinds::reversed(step)), step.before);
        const Outcome redone = house.redo();
        QVERIFY2(redone.isWhole(), qPrintable(redone.sentence()));
        QCOMPARE(house.now(step), step.after);
        QVERIFY(house.changes.redoText().isEmpty());
    }
    // Newest first, all of them.
    for (std::size_t i = 0; i < all.size(); ++i)
        QVERIFY(house.undo().isWhole());
    QVERIFY(!house.changes.canUndo());
    for (const std::vector<Step> &steps : all) {
        if (steps.front().kind != Step::Kind::Place)
            QCOMPARE(house.now(steps.front()), steps.front().before);
    }
}

void TestChanges::textsSayWhatAndHowMany()
{
    const std::vector<Step> one{steps::setArchived(u"k"_s, run7, true)};
    QCOMPARE(stepkinds::verb(one), u"Archive “run-7”"_s);
    QCOMPARE(stepkinds::pastTense(one), u"“run-7” archived"_s);
    QCOMPARE(stepkinds::verb(archiveAll({u"1"_s, u"2"_s, u"3"_s})), u"Archive 3 Experiments"_s);
    QCOMPARE(stepkinds::pastTense({steps::setArchived(u"k"_s, run7, false)}), u"“run-7” restored"_s);
    QCOMPARE(stepkinds::verb({steps::addTags(u"k"_s, run7, {u"good"_s})}), u"Tag “run-7” as “good”"_s);
    QCOMPARE(stepkinds::pastTense({steps::removeTags(u"k"_s, run7, {u"good"_s})}), u"Tag “good” removed from “run-7”"_s);
    QStringList keys;
    for (int i = 0; i < 250; ++i)
        keys += QString::number(i);
    const std::vector<Step> moves = steps::move(keys, run7, {u"w"_s, u"a"_s}, {u"w"_s, u"b"_s});
    QCOMPARE(stepkinds::verb(moves), u"Move 250 Experiments to w/b"_s);
    QCOMPARE(stepkinds::verb({steps::rename(u"k"_s, run7, QString(300, u'x'))}).size(), u"Rename to “”"_s.size() + 60);
    // Every kind speaks, and no placeholder is left.
    for (int kind = 0; kind <= int(Step::Kind::DeleteModel); ++kind) {
        for (const QJsonValue &after : {QJsonValue(true), QJsonValue(false)}) {
            const Step step{Step::Kind(kind), u"s"_s, u"label"_s, {}, {}, after};
            QVERIFY(!stepkinds::verb({step}).isEmpty());
            QVERIFY2(!stepkinds::verb({step}).contains(u'%'), qPrintable(stepkinds::verb({step})));
            QVERIFY2(!stepkinds::pastTense({step}).contains(u'%'), qPrintable(stepkinds::pastTense({step})));
            QCOMPARE(stepkinds::fromJson(stepkinds::toJson(step)), std::optional(step));
        }
    }
}

void TestChanges::survivesARestart()
{
    LocalProject project;
    const QString key = project.addExperiment(run7);
    const QTemporaryDir folder;
    const QString log = folder.filePath(u"deep/changes.json"_s);
    const Step step = steps::setArchived(key, run7, true);
    {
        House house(project.root(), project.apiKey(), log);
        QVERIFY(house.run(step).isWhole());
        QVERIFY(house.run(steps::deleteExperiment(u"0"_s, u"nobody"_s)).done.empty());
    }
    QCOMPARE(QFile::permissions(log) & ~(QFile::ReadUser | QFile::WriteUser), QFile::ReadOwner | QFile::WriteOwner);
    House house(project.root(), project.apiKey(), log);
    QCOMPARE(house.changes.undoText(), u"Archive “run-7”"_s);
    QVERIFY(house.undo().isWhole());
    QCOMPARE(house.now(step), QJsonValue(false));
    QCOMPARE(house.changes.redoText(), u"Archive “run-7”"_s);
}

void TestChanges::keepsADamagedLogAside()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"changes.json"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"undo\": [{\"server\": \"lab\", \"st");
    file.close();
    {
        UndoLog log(path);
        QVERIFY(log.undo().empty());
        log.done({u"lab"_s, {steps::setArchived(u"k"_s, run7, true)}, true});
    }
    QVERIFY(QFile::exists(path + u".broken"_s));
    QCOMPARE(UndoLog(path).undo().size(), std::size_t(1));
    // Where it can't be written, it is memory.
    UndoLog nowhere(u"/proc/no/such/folder/changes.json"_s);
    nowhere.done({u"lab"_s, {steps::setArchived(u"k"_s, run7, true)}, true});
    QCOMPARE(nowhere.undo().size(), std::size_t(1));
}

void TestChanges::undoRefusesWhatOthersHaveChanged()
{
    LocalProject project;
    const QString key = project.addExperiment(run7);
    House house(project.root(), project.apiKey());
    QVERIFY(house.run(steps::rename(key, run7, u"mine"_s)).isWhole());
    project.logOther(key, u"Name"_s, u"theirs"_s); // somebody else
    const Outcome outcome = house.undo();
    QVERIFY(outcome.done.empty());
    QCOMPARE(outcome.failed.front().why, Why::Conflict);
    QVERIFY2(outcome.sentence().contains(u"“theirs”"_s), qPrintable(outcome.sentence()));
    QCOMPARE(house.now(steps::rename(key, run7, u"mine"_s)), QJsonValue(u"theirs"_s));
    QVERIFY(house.changes.undoText().isEmpty()); // it would only fail again
}

void TestChanges::undoRefusesWhatIsGone()
{
    LocalProject project;
    const QString key = project.addExperiment(run7);
    House house(project.root(), project.apiKey());
    QVERIFY(house.run(steps::setArchived(key, run7, true)).isWhole());
    {
        House theirs(project.root(), project.apiKey());
        QVERIFY(theirs.run(steps::deleteExperiment(key, run7)).isWhole());
    }
    const Outcome outcome = house.undo();
    QCOMPARE(outcome.failed.size(), std::size_t(1));
    QVERIFY2(outcome.sentence().contains(u"not there any more"_s), qPrintable(outcome.sentence()));
    // Deleting what is gone is told, too.
    QCOMPARE(house.run(steps::deleteExperiment(key, run7)).failed.size(), std::size_t(1));
}

// Ctrl+Z must never change what is older, and perhaps out of sight.
void TestChanges::nothingIsUndoneBehindWhatCantBe()
{
    LocalProject project;
    const QString first = project.addExperiment(run7);
    const QString second = project.addExperiment(u"run-8"_s);
    project.addProject(u"other"_s);
    House house(project.root(), project.apiKey());
    QVERIFY(house.run(steps::rename(first, run7, u"mine"_s)).isWhole());
    QVERIFY(house.changes.canUndo());
    QVERIFY(house.run(steps::link({second}, u"run-8"_s, {project.workspace, u"other"_s})).isWhole());
    QVERIFY(!house.changes.canUndo());
    QVERIFY2(house.changes.undoText().contains(u"run-8"_s), qPrintable(house.changes.undoText()));
    QVERIFY(!house.changes.undo());
    // What is done afterwards can be taken back, and no more.
    QVERIFY(house.run(steps::setArchived(second, u"run-8"_s, true)).isWhole());
    QVERIFY(house.undo().isWhole());
    QVERIFY(!house.changes.canUndo());
    QCOMPARE(house.now(steps::rename(first, run7, u"mine"_s)), QJsonValue(u"mine"_s));
}

void TestChanges::batchGoesOnAfterAFailure()
{
    LocalProject project;
    QStringList keys;
    for (int i = 0; i < 4; ++i)
        keys += project.addExperiment(u"run-%1"_s.arg(i));
    keys.insert(2, QString(32, u'0')); // nobody's
    House house(project.root(), project.apiKey());
    const Outcome outcome = house.run(archiveAll(keys));
    QCOMPARE(outcome.done.size(), std::size_t(4));
    QCOMPARE(outcome.failed.size(), std::size_t(1));
    QCOMPARE(outcome.failed.front().step.subject, keys[2]);
    QCOMPARE(outcome.sentence(), u"4 experiments archived; 1 of 5 failed."_s);
    QCOMPARE(outcome.retryable().size(), std::size_t(1));
    QCOMPARE(house.undo().done.size(), std::size_t(4)); // only what was done
}

void TestChanges::batchStopsWhereNothingCanWork()
{
    Scripted scripted;
    House house(scripted.server.url());
    scripted.server.script("write/experiment/archive",
        {FaultServer::json("{}"), FaultServer::failure(429, "slow down"), FaultServer::json("{}")});
    const Outcome outcome = house.run(archiveAll({u"1"_s, u"2"_s, u"3"_s, u"4"_s}));
    QCOMPARE(outcome.done.size(), std::size_t(1));
    QCOMPARE(outcome.failed.size(), std::size_t(1));
    QCOMPARE(outcome.left.size(), std::size_t(2));
    QCOMPARE(outcome.sentence(), u"“run 1” archived; 1 of 4 failed, 2 not begun."_s);
    QCOMPARE(outcome.retryable().size(), std::size_t(3));
    QCOMPARE(scripted.server.count("write/experiment/archive"), 2);
}

void TestChanges::cancelStopsBeforeTheNextCall()
{
    Scripted scripted;
    House house(scripted.server.url());
    scripted.server.hold();
    ChangeRun *run = house.changes.run(house.session, archiveAll({u"1"_s, u"2"_s, u"3"_s}));
    QTRY_COMPARE(scripted.server.count("write/experiment/archive"), 1);
    QCOMPARE(house.tasks.running().size(), std::size_t(1));
    QCOMPARE(house.tasks.running().front()->title(), u"Archive 3 Experiments"_s);
    QCOMPARE(house.tasks.running().front()->total(), 3);
    QSignalSpy finished(run, &ChangeRun::finished);
    house.tasks.running().front()->cancel();
    QVERIFY(finished.isEmpty()); // what is under way is awaited: it will have happened
    scripted.server.release();
    QVERIFY(finished.wait());
    const auto outcome = finished.front().front().value<Outcome>();
    QCOMPARE(outcome.done.size(), std::size_t(1));
    QCOMPARE(outcome.left.size(), std::size_t(2));
    QCOMPARE(scripted.server.count("write/experiment/archive"), 1);
    QCOMPARE(house.changes.undoText(), u"Archive “run 1”"_s);
}

void TestChanges::looksWhetherItHappenedWhenNoAnswerCame()
{
    const QByteArray metadata = R"({"experimentKey": "k", "experimentName": "run-7", "archived": )";
    const Step step = steps::setArchived(u"k"_s, run7, true);
    {
        Scripted scripted;
        House house(scripted.server.url());
        scripted.server.script("write/experiment/archive", {FaultServer::closed()});
        scripted.server.script("experiment/metadata", {FaultServer::json(metadata + "true}")});
        const Outcome outcome = house.run(step);
        QCOMPARE(outcome.done.size(), std::size_t(1));
        QVERIFY2(outcome.sentence().contains(u"a look shows that it happened"_s), qPrintable(outcome.sentence()));
        QCOMPARE(scripted.server.count("write/experiment/archive"), 1);
    }
    {
        Scripted scripted;
        House house(scripted.server.url());
        scripted.server.script("write/experiment/archive", {FaultServer::failure(502)});
        scripted.server.script("experiment/metadata", {FaultServer::json(metadata + "false}")});
        const Outcome outcome = house.run(step);
        QCOMPARE(outcome.failed.front().why, Why::Refused);
        QVERIFY2(outcome.sentence().contains(u"It did not happen"_s), qPrintable(outcome.sentence()));
    }
    {
        Scripted scripted;
        House house(scripted.server.url());
        api::Transport::Policy policy = house.session->client().transport().policy();
        policy.retries = 0;
        house.session->client().transport().setPolicy(policy);
        scripted.server.script("write/experiment/archive", {FaultServer::closed()});
        scripted.server.script("experiment/metadata", {FaultServer::closed()});
        const Outcome outcome = house.run(step);
        QCOMPARE(outcome.failed.front().why, Why::Unknown);
        QVERIFY(outcome.retryable().empty()); // not by itself, not by one click
        QVERIFY(house.changes.undoText().isEmpty());
    }
}

void TestChanges::aWriteIsNeverSentTwice()
{
    Scripted scripted;
    House house(scripted.server.url());
    scripted.server.script("write/experiment/stop", {FaultServer::failure(503, "later", 1)});
    QCOMPARE(house.run(steps::stop(u"k"_s, run7)).failed.size(), std::size_t(1));
    QCOMPARE(scripted.server.count("write/experiment/stop"), 1);
}

void TestChanges::movesInPortions()
{
    Scripted scripted;
    House house(scripted.server.url());
    QStringList keys;
    for (int i = 0; i < 150; ++i)
        keys += QString::number(i);
    const Outcome outcome = house.run(steps::move(keys, u"0"_s, {u"w"_s, u"a"_s}, {u"w"_s, u"b"_s}));
    QCOMPARE(outcome.sentence(), u"150 experiments moved to w/b."_s);
    QCOMPARE(scripted.server.count("write/experiment/move"), 2);
}

void TestChanges::readOnlyServersAreNotWrittenTo()
{
    Scripted scripted;
    House house(scripted.server.url());
    house.session->client().setReadOnly(true);
    const Outcome outcome = house.run(archiveAll({u"1"_s, u"2"_s}));
    QCOMPARE(outcome.done.size(), std::size_t(0));
    QCOMPARE(outcome.left.size(), std::size_t(1));
    QVERIFY2(outcome.failed.front().reason.contains(u"read-only"_s), qPrintable(outcome.failed.front().reason));
    QCOMPARE(scripted.server.count("write/experiment/archive"), 0);
}

void TestChanges::asksBeforeWriting()
{
    Scripted scripted;
    House house(scripted.server.url());
    Profile profile = house.session->profile();
    profile.id = u"production"_s;
    profile.asksBeforeWriting = true;
    Session *production = house.sessions.add(profile, u"key"_s);
    QTRY_COMPARE(production->state(), Session::State::Ready);
    bool answer = false;
    QStringList asked;
    house.changes.setGate([&](const QString &verb, const std::function<void(bool)> &answered) {
        asked += verb;
        answered(answer);
    });
    QVERIFY(house.outcome(house.changes.run(production, steps::stop(u"k"_s, run7))).done.empty());
    QCOMPARE(scripted.server.count("write/experiment/stop"), 0);
    answer = true;
    QVERIFY(house.outcome(house.changes.run(production, steps::stop(u"k"_s, run7))).isWhole());
    QCOMPARE(asked, (QStringList{u"Stop “run-7”"_s, u"Stop “run-7”"_s}));
    QVERIFY(house.outcome(house.changes.run(production, {steps::stop(u"k"_s, run7)}, {.isConfirmed = true})).isWhole());
    QVERIFY(house.run(steps::stop(u"k"_s, run7)).isWhole()); // the other server does not ask
    QCOMPARE(asked.size(), 2);
}

void TestChanges::runsOfOneServerWaitForEachOther()
{
    Scripted scripted;
    House house(scripted.server.url());
    scripted.server.hold();
    ChangeRun *first = house.changes.run(house.session, archiveAll({u"1"_s, u"2"_s}));
    ChangeRun *second = house.changes.run(house.session, steps::stop(u"k"_s, run7));
    QSignalSpy firstFinished(first, &ChangeRun::finished);
    QSignalSpy secondFinished(second, &ChangeRun::finished);
    QTRY_COMPARE(scripted.server.count("write/experiment/archive"), 1);
    QCOMPARE(scripted.server.count("write/experiment/stop"), 0);
    scripted.server.release();
    QVERIFY(secondFinished.wait());
    QCOMPARE(firstFinished.size(), 1);
    QCOMPARE(scripted.server.mostAtOnce(), 1);
}

void TestChanges::theServerGoesInTheMiddle()
{
    Scripted scripted;
    House house(scripted.server.url());
    scripted.server.hold();
    ChangeRun *run = house.changes.run(house.session, archiveAll({u"1"_s, u"2"_s}));
    QSignalSpy finished(run, &ChangeRun::finished);
    QTRY_COMPARE(scripted.server.count("write/experiment/archive"), 1);
    house.sessions.remove(u"lab"_s);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.front().front().value<Outcome>().left.size(), std::size_t(2));
    QVERIFY(house.tasks.running().empty());
    QSignalSpy problem(&house.changes, &Changes::problem);
    QVERIFY(!house.changes.undo());
    QVERIFY(problem.isEmpty()); // there is nothing to undo
}

void TestChanges::tagsNeedAServerThatRemovesThem()
{
    const Step removal = steps::removeTags(u"k"_s, run7, {u"a"_s});
    QVERIFY(stepkinds::obstacle(removal, u"3.12.26"_s).isEmpty());
    QVERIFY(stepkinds::obstacle(removal, u"3.60"_s).isEmpty());
    QVERIFY(stepkinds::obstacle(removal, u"3.12.25"_s).contains(u"3.12.26"_s));
    QVERIFY(!stepkinds::obstacle(removal, {}).isEmpty());
    QVERIFY(stepkinds::obstacle(steps::addTags(u"k"_s, run7, {u"a"_s}), u"1.0"_s).isEmpty());
}

void TestChanges::modelNamesAndVersions()
{
    // PROTOCOL 7
    QCOMPARE(steps::normalisedModelName(u"My Model (v2)!"_s), u"my-model-v2"_s);
    QCOMPARE(steps::normalisedModelName(u"--a___b--"_s), u"a-b"_s);
    QCOMPARE(steps::normalisedModelName(u"///"_s), QString());
    for (const QString &good : {u"1.0.0"_s, u"0.10.3"_s, u"1.0.0-alpha.1"_s, u"1.0.0+build.5"_s, u"2.0.0-rc.1+x"_s})
        QVERIFY2(steps::isSemanticVersion(good), qPrintable(good));
    for (const QString &bad : {u""_s, u"1"_s, u"1.0"_s, u"v1.0.0"_s, u"01.0.0"_s, u"1.0.0-"_s, u"1.0.0-01"_s, u"1.0.0 "_s, u"1.0.0\n"_s, u"a.b.c"_s})
        QVERIFY2(!steps::isSemanticVersion(bad), qPrintable(bad));
}

QTEST_GUILESS_MAIN(TestChanges)
#include "tst_changes.moc"
