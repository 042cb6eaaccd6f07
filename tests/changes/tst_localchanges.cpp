// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is changed for good, and in the registry, on a server that keeps it.

#include "models/changes/changes.h"
#include "tests/browse/localproject.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(Outcome)

namespace {

struct Scene
{
    LocalProject project;
    Tasks tasks;
    Sessions sessions;
    Changes changes{sessions, tasks, QString()};
    Session *session = nullptr;

    Scene()
    {
        Profile profile;
        profile.id = u"lab"_s;
        profile.name = u"Lab"_s;
        profile.root = project.root();
        session = sessions.add(profile, project.apiKey());
        if (!QTest::qWaitFor([this] { return session->state() == Session::State::Ready; }))
            qFatal("the local server does not let us in");
    }
    Outcome outcome(ChangeRun *run)
    {
        QSignalSpy finished(run, &ChangeRun::finished);
        return run && finished.wait(10'000) ? finished.front().front().value<Outcome>() : Outcome();
    }
    bool isDone(const Step &step)
    {
        const Outcome done = outcome(changes.run(session, step));
        if (!done.isWhole())
            qWarning("%s", qPrintable(done.sentence()));
        return !done.done.empty() && done.isWhole();
    }
    // Waits for an answer; nothing where the server has none.
    template<class T>
    std::optional<T> answer(api::Reply<T> *reply)
    {
        std::optional<T> value;
        bool isThere = false;
        reply->then(&changes, [&](const T &found) { value = found; isThere = true; })
            ->otherwise(&changes, [&](const api::Error &) { isThere = true; });
        return QTest::qWaitFor([&] { return isThere; }, 10'000) ? value : std::nullopt;
    }
    std::optional<api::Project> found(const QString &name)
    {
        return answer(session->client().project(project.workspace, name));
    }
    // Of a project.
    std::size_t count(api::Archived archived = api::Archived::Both, const QString &name = {})
    {
        const auto listing = answer(
            session->client().experiments(project.workspace, name.isEmpty() ? project.name : name, archived));
        return listing ? listing->size() : 0;
    }
    api::ModelVersion version(const QString &number)
    {
        const auto model = answer(session->client().registryModelDetails(project.workspace, u"net"_s));
        for (const api::ModelVersion &one : model ? model->versions : std::vector<api::ModelVersion>()) {
            if (one.version == number)
                return one;
        }
        return {};
    }
};

} // namespace

class LocalChangesTest : public QObject
{
    Q_OBJECT

private slots:
    void experimentsAreDeletedForGood()
    {
        Scene scene;
        const QString key = scene.project.addExperiment(u"run"_s);
        QVERIFY(scene.isDone(steps::setArchived(key, u"run"_s, true)));
        QCOMPARE(scene.count(api::Archived::Yes), std::size_t{1});
        QVERIFY(scene.isDone(steps::deleteExperiment(key, u"run"_s)));
        QCOMPARE(scene.count(), std::size_t{0});
        // What is gone already can't be deleted again, and that is said.
        const Outcome again = scene.outcome(scene.changes.run(scene.session, steps::deleteExperiment(key, u"run"_s)));
        QCOMPARE(again.failed.size(), std::size_t{1});
        QVERIFY(!again.failed.front().reason.isEmpty());
    }

    void aStopIsRequested()
    {
        Scene scene;
        const QString key = scene.project.addExperiment(u"run"_s);
        scene.project.beat(key);
        QVERIFY(scene.isDone(steps::stop(key, u"run"_s)));
    }

    void linksShowAnExperimentTwice()
    {
        Scene scene;
        const QString key = scene.project.addExperiment(u"run"_s);
        scene.project.addProject(u"other"_s);
        QVERIFY(scene.isDone(steps::link({key}, u"run"_s, {scene.project.workspace, u"other"_s}).front()));
        QCOMPARE(scene.count(), std::size_t{1});
        QCOMPARE(scene.count(api::Archived::Both, u"other"_s), std::size_t{1});
    }

    void movingIntoWhatIsNotThereFails()
    {
        Scene scene;
        const QString key = scene.project.addExperiment(u"run"_s);
        const steps::Target here{scene.project.workspace, scene.project.name};
        const Outcome outcome = scene.outcome(scene.changes.run(
            scene.session, steps::move({key}, u"run"_s, here, {scene.project.workspace, u"nowhere"_s})));
        QCOMPARE(outcome.failed.size(), std::size_t{1});
        QVERIFY(!outcome.failed.front().reason.isEmpty());
        QCOMPARE(scene.count(), std::size_t{1});
    }

    void projectsAreMadeAndDeleted()
    {
        Scene scene;
        const steps::Target target{scene.project.workspace, u"a project"_s};
        QVERIFY(scene.isDone(steps::createProject(target, u"for a while"_s, true)));
        const auto project = scene.found(target.project);
        QVERIFY(project);
        QCOMPARE(project->description, u"for a while"_s);
        QVERIFY(project->isPublic);
        QVERIFY(scene.isDone(steps::deleteProject(project->id, target, false)));
        QVERIFY(!scene.found(target.project));
        QVERIFY(!scene.changes.canUndo());
    }

    void aProjectGoesWithItsExperiments()
    {
        Scene scene;
        const QString key = scene.project.addExperiment(u"run"_s);
        const auto project = scene.found(scene.project.name);
        QVERIFY(project);
        QVERIFY(scene.isDone(steps::deleteProject(project->id, {scene.project.workspace, scene.project.name}, true)));
        QVERIFY(!scene.answer(scene.session->client().experimentMetadata(key)));
    }

    void shareKeysComeAndGo()
    {
        Scene scene;
        const auto project = scene.found(scene.project.name);
        QVERIFY(project);
        const auto keys = [&] { return scene.answer(scene.session->client().projectShareKeys(project->id)).value(); };
        QVERIFY(keys().isEmpty());
        QVERIFY(scene.isDone(steps::createShareKey(project->id, scene.project.name)));
        QCOMPARE(keys().size(), 1);
        QVERIFY(scene.isDone(steps::deleteShareKey(project->id, keys().front())));
        QVERIFY(keys().isEmpty());
    }

    void modelsAreRegisteredChangedAndDeleted()
    {
        Scene scene;
        const QString &workspace = scene.project.workspace;
        const QString key = scene.project.addExperiment(u"trained"_s);
        const QString model = scene.project.logModel(key, u"net"_s, "weights");
        QVERIFY(scene.isDone(steps::registerModel(
            {workspace, model, u"net"_s, u"1.0.0"_s, u"the first"_s, {u"staging"_s}, u"what it is"_s, false})));
        QVERIFY(scene.isDone(steps::registerModel({workspace, model, u"net"_s, u"1.1.0"_s, {}, {}, {}, false})));
        QCOMPARE(scene.version(u"1.0.0"_s).comment, u"the first"_s);

        // There and back, by undo.
        const QString odd = u"a/b <b>c</b> 🚀 "_s + QString(300, u'x');
        const steps::Version second{workspace, u"net"_s, scene.version(u"1.1.0"_s).id, u"1.1.0"_s};
        const auto details = [&] { return *scene.answer(scene.session->client().registryModelDetails(workspace, u"net"_s)); };
        QVERIFY(scene.isDone(steps::setStage(second, odd, true)));
        QCOMPARE(scene.version(u"1.1.0"_s).stages, QStringList{odd});
        QVERIFY(scene.outcome(scene.changes.undo()).isWhole());
        QCOMPARE(scene.version(u"1.1.0"_s).stages, QStringList());
        QVERIFY(scene.isDone(steps::setComment(second, QString(), odd)));
        QCOMPARE(scene.version(u"1.1.0"_s).comment, odd);
        QVERIFY(scene.outcome(scene.changes.undo()).isWhole());
        QCOMPARE(scene.version(u"1.1.0"_s).comment, QString());
        QVERIFY(scene.isDone(steps::setModelNotes(workspace, u"net"_s, QString(), u"# Notes"_s)));
        QCOMPARE(scene.answer(scene.session->client().registryModelNotes(workspace, u"net"_s)), u"# Notes"_s);
        QVERIFY(scene.outcome(scene.changes.undo()).isWhole());
        QVERIFY(scene.isDone(steps::updateModel(details().id, workspace, {u"net"_s, u"what it is"_s, false},
            {u"net"_s, u"another"_s, true})));
        QCOMPARE(details().description, u"another"_s);
        QVERIFY(details().isPublic);
        QVERIFY(scene.outcome(scene.changes.undo()).isWhole());
        QCOMPARE(details().description, u"what it is"_s);

        QVERIFY(scene.isDone(steps::deleteVersion(second)));
        QCOMPARE(details().versions.size(), std::size_t{1});
        QVERIFY(scene.isDone(steps::deleteModel(details().id, workspace, u"net"_s)));
        QVERIFY(!scene.answer(scene.session->client().registryModelDetails(workspace, u"net"_s)));
    }
};

QTEST_GUILESS_MAIN(LocalChangesTest)
#include "tst_localchanges.moc"
