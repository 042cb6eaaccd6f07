// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/workspacetree.h"
#include "tests/support/answerserver.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using Kind = WorkspaceTree::Kind;
using LoadState = WorkspaceTree::LoadState;

namespace {

// The tree as indented lines: compared whole, a test sees all that has changed.
void print(const QAbstractItemModel &model, const QModelIndex &parent, int depth, QStringList &lines)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        const qint64 count = index.data(WorkspaceTree::CountRole).toLongLong();
        lines << QString(depth * 2, u' ') + index.data().toString()
                + (count >= 0 ? u" [%1]"_s.arg(count) : QString());
        print(model, index, depth + 1, lines);
    }
}

QStringList printed(const QAbstractItemModel &model)
{
    QStringList lines;
    print(model, {}, 0, lines);
    return lines;
}

} // namespace

class WorkspaceTreeTest : public QObject
{
    Q_OBJECT

    struct House
    {
        AnswerServer server;
        Sessions sessions;
        WorkspaceTree tree{sessions};

        House()
        {
            server.workspaces = {u"speech"_s, u"vision"_s};
            server.projects[u"vision"_s] = {{u"p10"_s, u"run10"_s, 0, false}, {u"p9"_s, u"run9"_s, 3, true},
                {u"pA"_s, u"Alpha"_s, 0, false}};
            server.addExperiments(u"vision/run9"_s, 3);
        }
        void connectServer() { sessions.add({u"lab"_s, u"Lab"_s, server.root(), {}, {}}, server.apiKey); }
        QModelIndex at(const QString &workspace = {}, const QString &project = {}, const QString &key = {}) const
        {
            return tree.find({u"lab"_s, workspace, project, key});
        }
        bool loaded(const QModelIndex &index) const { return tree.loadState(index) == LoadState::Loaded; }
        void open(const QPersistentModelIndex &index)
        {
            tree.fetchMore(index);
            QTRY_VERIFY(tree.loadState(index) == LoadState::Loaded || tree.loadState(index) == LoadState::Failed);
        }
        void openVision()
        {
            connectServer();
            QTRY_VERIFY(loaded(at()));
            open(at(u"vision"_s));
        }
    };

private slots:
    void isAModel()
    {
        House house;
        QAbstractItemModelTester tester(&house.tree, QAbstractItemModelTester::FailureReportingMode::QtTest);
        house.server.models[u"vision"_s] = {{u"m1"_s, u"net"_s, 1}, {u"m2"_s, u"other"_s, 2}};
        house.connectServer();
        // The tester fetches all there is by itself.
        QTRY_VERIFY(house.loaded(house.at(u"vision"_s, u"run9"_s)));
        house.server.projects[u"vision"_s].erase(house.server.projects[u"vision"_s].begin());
        house.server.projects[u"vision"_s].push_back({u"pB"_s, u"Beta"_s, 1, false});
        house.server.models[u"vision"_s].pop_back();
        house.server.workspaces = {u"audio"_s, u"vision"_s};
        house.tree.refresh();
        QTRY_VERIFY(house.at(u"vision"_s, u"Beta"_s).data().toString() == u"Beta"_s);
        QTRY_COMPARE(house.tree.rowCount(house.at()), 2);
        house.sessions.remove(u"lab"_s);
        QCOMPARE(house.tree.rowCount(), 0);
    }

    void loadsWhenOpened()
    {
        House house;
        house.connectServer();
        QCOMPARE(house.tree.rowCount(), 1);
        QCOMPARE(house.tree.loadState(house.at()), LoadState::Loading);
        QTRY_VERIFY(house.loaded(house.at()));
        QCOMPARE(printed(house.tree), QStringList({u"Lab [2]"_s, u"  speech"_s, u"  vision"_s}));
        QCOMPARE(house.server.asked.value(u"projects"_s), 0);
        QVERIFY(house.tree.hasChildren(house.at(u"vision"_s)));

        house.open(house.at(u"vision"_s));
        house.open(house.at(u"speech"_s));
        house.open(house.at(u"vision"_s, u"run9"_s));
        QCOMPARE(printed(house.tree),
            QStringList({u"Lab [2]"_s, u"  speech [0]"_s, u"    No projects yet"_s, u"  vision [3]"_s,
                u"    Alpha [0]"_s, u"    run9 [3]"_s, u"      run-3"_s, u"      run-2"_s, u"      run-1"_s,
                u"      Show All 3 in the Table"_s, u"    run10 [0]"_s}));
        QCOMPARE(house.tree.kind(house.tree.index(3, 0, house.at(u"vision"_s, u"run9"_s))), Kind::ShowAll);
        QVERIFY(house.at(u"vision"_s, u"run9"_s).data(WorkspaceTree::PublicRole).toBool());
        QCOMPARE(house.at(u"vision"_s, u"run9"_s).data(WorkspaceTree::KeyRole).toString(), u"p9"_s);
        house.open(house.at(u"vision"_s, u"run9"_s));
        QCOMPARE(house.server.asked.value(u"experiments"_s), 1);
    }

    void placesLeadThereAndBack()
    {
        House house;
        house.openVision();
        house.open(house.at(u"vision"_s, u"run9"_s));
        const QString key = house.server.experiments[u"vision/run9"_s][1].key;
        const Place place{u"lab"_s, u"vision"_s, u"run9"_s, key};
        const QModelIndex index = house.tree.find(place);
        QCOMPARE(index.data().toString(), u"run-2"_s);
        QVERIFY(house.tree.place(index) == place);
        // What is not here is as near as it gets.
        QCOMPARE(house.at(u"vision"_s, u"nothing"_s), house.at(u"vision"_s));
        QVERIFY(!house.tree.find({u"elsewhere"_s, {}, {}, {}}).isValid());
    }

    void savedQueriesComeBeforeTheExperiments()
    {
        House house;
        std::vector<WorkspaceTree::SavedQuery> kept{{u"best & <b>low</b>"_s, 2}, {u"n"_s.repeated(300), -1}};
        house.tree.setQueries([&kept](const Place &project) {
            return project.project == u"run9"_s ? kept : std::vector<WorkspaceTree::SavedQuery>();
        });
        house.openVision();
        const QPersistentModelIndex project(house.at(u"vision"_s, u"run9"_s));
        QCOMPARE(house.tree.rowCount(project), 0); // nothing before it is opened
        QVERIFY(house.tree.canFetchMore(project));
        house.tree.fetchMore(project);
        QCOMPARE(house.tree.rowCount(project), 2); // at once
        QTRY_VERIFY(house.loaded(project));
        QCOMPARE(house.tree.rowCount(project), 2 + 3 + 1);
        const QPersistentModelIndex best(house.tree.index(0, 0, project));
        QCOMPARE(house.tree.kind(best), Kind::Query);
        QCOMPARE(best.data().toString(), u"best & <b>low</b>"_s);
        QCOMPARE(best.data(WorkspaceTree::CountRole).toLongLong(), 2);
        QCOMPARE(house.tree.place(best), house.tree.place(project));
        QCOMPARE(house.tree.find(house.tree.place(best)), QModelIndex(project));
        QVERIFY(!house.tree.hasChildren(best));
        const QPersistentModelIndex experiment(house.tree.index(2, 0, project));
        QCOMPARE(house.tree.kind(experiment), Kind::Experiment);

        // What becomes of them is a difference, as for all rows.
        kept = {{u"a new one"_s, -1}, {u"best & <b>low</b>"_s, 3}};
        QSignalSpy reset(&house.tree, &QAbstractItemModel::modelReset);
        house.tree.updateQueries();
        QCOMPARE(house.tree.rowCount(project), 2 + 3 + 1);
        QCOMPARE(best.row(), 1);
        QCOMPARE(best.data(WorkspaceTree::CountRole).toLongLong(), 3);
        QVERIFY(experiment.isValid());
        house.tree.refresh(project);
        QTRY_VERIFY(house.loaded(project));
        QCOMPARE(best.row(), 1);
        kept.clear();
        house.tree.updateQueries();
        QVERIFY(!best.isValid());
        QCOMPARE(house.tree.rowCount(project), 3 + 1);
        QVERIFY(reset.isEmpty());

        // A project that fails says so above them.
        kept = {{u"kept"_s, -1}};
        house.tree.updateQueries();
        house.server.failures[u"experiments"_s] = 404;
        house.tree.refresh(project);
        QTRY_VERIFY(house.tree.loadState(project) == LoadState::Failed);
        house.tree.updateQueries();
        QCOMPARE(house.tree.kind(house.tree.index(0, 0, project)), Kind::Message);
        QCOMPARE(house.tree.index(1, 0, project).data().toString(), u"kept"_s);
        QVERIFY(experiment.isValid());
    }

    void registryComesAfterTheProjects()
    {
        House house;
        house.server.models[u"vision"_s] = {{u"m2"_s, u"net-10"_s, 3}, {u"m1"_s, u"net-9"_s, 0}};
        house.server.models[u"speech"_s] = {};
        house.openVision();
        house.open(house.at(u"speech"_s));
        QTRY_COMPARE(printed(house.tree),
            QStringList({u"Lab [2]"_s, u"  speech [0]"_s, u"    No projects yet"_s, u"    Model Registry [0]"_s,
                u"      No models yet"_s, u"  vision [3]"_s, u"    Alpha [0]"_s, u"    run9 [3]"_s,
                u"    run10 [0]"_s, u"    Model Registry [2]"_s, u"      net-9 [0]"_s, u"      net-10 [3]"_s}));
        const Place place = Place::ofRegistry(u"lab"_s, u"vision"_s, u"net-10"_s);
        const QPersistentModelIndex model = house.tree.find(place);
        QCOMPARE(house.tree.kind(model), Kind::Model);
        QCOMPARE(house.tree.place(model), place);
        QCOMPARE(house.tree.place(model.parent()), Place::ofRegistry(u"lab"_s, u"vision"_s));
        QVERIFY(!house.tree.hasChildren(model));
        QVERIFY(!house.tree.isRegistryUnknown(house.at(u"vision"_s)));
        const auto known = house.tree.known();
        QVERIFY(std::ranges::any_of(known, [&](const WorkspaceTree::Known &one) { return one.place == place; }));

        // A refresh is a difference here too: renamed, added, gone.
        house.server.models[u"vision"_s] = {{u"m2"_s, u"a-net"_s, 4}, {u"m3"_s, u"b-net"_s, 1}};
        house.tree.refresh();
        QTRY_COMPARE(model.data().toString(), u"a-net"_s);
        QCOMPARE(model.data(WorkspaceTree::CountRole).toLongLong(), 4);
        QCOMPARE(house.tree.rowCount(model.parent()), 2);
    }

    void serverWithoutARegistryShowsNone()
    {
        House house;
        house.openVision(); // 404
        QTRY_VERIFY(!house.tree.isRegistryUnknown(house.at(u"vision"_s)));
        QCOMPARE(house.tree.rowCount(house.at(u"vision"_s)), 3);
        // It gets one with its next version, and a refresh finds it.
        house.server.models[u"vision"_s] = {{u"m1"_s, u"net"_s, 1}};
        house.tree.refresh(house.at(u"vision"_s));
        QTRY_COMPARE(house.tree.rowCount(house.at(u"vision"_s)), 4);
        house.server.failures[u"registry-model"_s] = 403;
        const QPersistentModelIndex registry = house.tree.find(Place::ofRegistry(u"lab"_s, u"vision"_s));
        QCOMPARE(house.tree.kind(registry), Kind::Registry);
        house.tree.refresh(registry);
        QTRY_COMPARE(house.tree.loadState(registry), LoadState::Failed);
        QCOMPARE(house.tree.rowCount(registry), 2); // the message and what was there
        house.server.failures[u"registry-model"_s] = 404;
        house.tree.refresh(house.at(u"vision"_s));
        QTRY_COMPARE(house.tree.rowCount(house.at(u"vision"_s)), 3);
        QVERIFY(!registry.isValid());
    }

    void namesAreToldApart()
    {
        House house;
        house.server.experiments[u"vision/run9"_s]
            = {{u"aaaaaaaa11"_s, u"same"_s, 3, false}, {u"bbbbbbbb22"_s, u"same"_s, 2, true}, {u"cccc"_s, {}, 1, false}};
        house.openVision();
        const QPersistentModelIndex project = house.at(u"vision"_s, u"run9"_s);
        house.open(project);
        QCOMPARE(house.tree.index(0, 0, project).data().toString(), u"same (aaaaaaaa)"_s);
        QCOMPARE(house.tree.index(1, 0, project).data().toString(), u"same (bbbbbbbb)"_s);
        QCOMPARE(house.tree.index(2, 0, project).data().toString(), u"cccc"_s); // without a name: its key
        QCOMPARE(project.data(WorkspaceTree::RunningRole).toLongLong(), 1);
    }

    void failedIsAskedAgainOnlyByRetry()
    {
        House house;
        house.server.failures[u"projects?workspaceName=vision"_s] = 403;
        house.openVision();
        const QPersistentModelIndex vision = house.at(u"vision"_s);
        QCOMPARE(house.tree.loadState(vision), LoadState::Failed);
        QCOMPARE(house.tree.error(vision).kind, api::Error::Kind::Forbidden);
        QCOMPARE(house.tree.rowCount(vision), 1);
        const QModelIndex message = house.tree.index(0, 0, vision);
        QCOMPARE(message.data().toString(), house.tree.error(vision).sentence());
        QCOMPARE(message.data(WorkspaceTree::StateRole).value<LoadState>(), LoadState::Failed);

        const int asked = house.server.asked.value(u"projects"_s);
        QVERIFY(!house.tree.canFetchMore(vision));
        house.tree.fetchMore(vision);
        QCOMPARE(house.tree.loadState(vision), LoadState::Failed);
        QCOMPARE(house.server.asked.value(u"projects"_s), asked);

        house.server.failures.clear();
        house.tree.retry(message);
        QTRY_COMPARE(house.tree.loadState(vision), LoadState::Loaded);
        QCOMPARE(house.tree.rowCount(vision), 3);
        QCOMPARE(house.server.asked.value(u"projects"_s), asked + 1);
    }

    void wrongKeyIsSaidUnderTheServer()
    {
        House house;
        house.sessions.add({u"lab"_s, u"Lab"_s, house.server.root(), {}, {}}, u"wrong"_s);
        QTRY_COMPARE(house.tree.loadState(house.at()), LoadState::Failed);
        QCOMPARE(house.tree.error(house.at()).kind, api::Error::Kind::Unauthorized);
        house.server.apiKey = u"wrong"_s; // the server learns
        house.tree.retry(house.at());
        QTRY_VERIFY(house.loaded(house.at()));
        QCOMPARE(house.tree.rowCount(house.at()), 2);
    }

    void failedRefreshKeepsWhatWasThere()
    {
        House house;
        house.openVision();
        house.server.failures[u"projects?workspaceName=vision"_s] = 404;
        house.tree.refresh(house.at(u"vision"_s));
        QTRY_COMPARE(house.tree.loadState(house.at(u"vision"_s)), LoadState::Failed);
        QCOMPARE(house.tree.rowCount(house.at(u"vision"_s)), 4);
        QCOMPARE(house.tree.kind(house.tree.index(0, 0, house.at(u"vision"_s))), Kind::Message);
        QVERIFY(house.at(u"vision"_s, u"Alpha"_s).data().toString() == u"Alpha"_s);
        house.server.failures.clear();
        house.tree.retry(house.at(u"vision"_s));
        QTRY_COMPARE(house.tree.rowCount(house.at(u"vision"_s)), 3);
    }

    void refreshIsADifference()
    {
        House house;
        house.openVision();
        house.open(house.at(u"vision"_s, u"run9"_s));
        const QPersistentModelIndex kept = house.at(u"vision"_s, u"run9"_s);
        const QPersistentModelIndex run = house.tree.index(1, 0, kept);
        const QPersistentModelIndex gone = house.at(u"vision"_s, u"Alpha"_s);
        QSignalSpy resets(&house.tree, &QAbstractItemModel::modelReset);

        auto &projects = house.server.projects[u"vision"_s];
        projects = {{u"p9"_s, u"zulu"_s, 4, false}, {u"p10"_s, u"run10"_s, 0, false},
            {u"pC"_s, u"Charlie"_s, 7, false}}; // run9 is renamed, Alpha is gone, Charlie is new
        house.server.experiments[u"vision/zulu"_s] = house.server.experiments[u"vision/run9"_s];
        house.tree.refresh(house.at(u"vision"_s));
        QTRY_COMPARE(kept.data().toString(), u"zulu"_s);
        QVERIFY(!gone.isValid());
        QVERIFY(run.isValid());
        QCOMPARE(run.parent(), QModelIndex(kept));
        QCOMPARE(run.data().toString(), u"run-2"_s);
        QCOMPARE(resets.count(), 0);
        QStringList names;
        for (int row = 0; row < 3; ++row)
            names << house.tree.index(row, 0, house.at(u"vision"_s)).data().toString();
        QCOMPARE(names, QStringList({u"Charlie"_s, u"run10"_s, u"zulu"_s}));

        // A new experiment comes in above, the others stay themselves.
        QTRY_VERIFY(house.loaded(kept));
        house.server.addExperiments(u"vision/zulu"_s, 1);
        house.tree.refresh(kept);
        QTRY_COMPARE(house.tree.index(0, 0, kept).data().toString(), u"run-4"_s);
        QCOMPARE(run.row(), 2);
    }

    // A server that dies is said once, not under every node; when it is back, all that was open follows.
    void deadServerIsSaidOnce()
    {
        House house;
        house.openVision();
        house.open(house.at(u"vision"_s, u"run9"_s));
        house.server.failures[u"workspaces"_s] = 404;
        const int asked = house.server.asked.value(u"projects"_s) + house.server.asked.value(u"experiments"_s);
        house.tree.refresh();
        QTRY_COMPARE(house.tree.loadState(house.at()), LoadState::Failed);
        QVERIFY(house.loaded(house.at(u"vision"_s)));
        QVERIFY(house.loaded(house.at(u"vision"_s, u"run9"_s)));
        QCOMPARE(house.server.asked.value(u"projects"_s) + house.server.asked.value(u"experiments"_s), asked);

        house.server.failures.clear();
        house.server.addExperiments(u"vision/run9"_s, 1);
        house.tree.retry(house.at());
        QTRY_COMPARE(house.tree.index(0, 0, house.at(u"vision"_s, u"run9"_s)).data().toString(), u"run-4"_s);
        QCOMPARE(house.tree.kind(house.tree.index(0, 0, house.at())), Kind::Workspace); // the message is gone
    }

    void largeProjectIsFetchedOnce()
    {
        House house;
        house.server.projects[u"vision"_s] = {{u"big"_s, u"big"_s, 25'000, false}};
        house.server.addExperiments(u"vision/big"_s, 25'000);
        house.openVision();
        const QPersistentModelIndex big = house.at(u"vision"_s, u"big"_s);
        house.open(big);
        QCOMPARE(house.tree.rowCount(big), 202);
        QCOMPARE(house.tree.index(0, 0, big).data().toString(), u"run-25000"_s); // the newest first
        QCOMPARE(house.tree.index(200, 0, big).data().toString(), u"Show 200 More"_s);
        QCOMPARE(house.tree.index(201, 0, big).data().toString(), u"Show All 25,000 in the Table"_s);
        QVERIFY(house.tree.place(house.tree.index(201, 0, big)) == house.tree.place(big));
        house.tree.showMore(house.tree.index(200, 0, big));
        QCOMPARE(house.tree.rowCount(big), 402);
        QCOMPARE(house.tree.index(399, 0, big).data().toString(), u"run-24601"_s);
        QCOMPARE(house.server.asked.value(u"experiments"_s), 1);
        QCOMPARE(house.tree.known().back().listing->size(), std::size_t(25'000));
    }

    void serverThatGoesAwayMidwayIsForgotten()
    {
        House house;
        house.openVision();
        house.tree.fetchMore(house.at(u"vision"_s, u"run9"_s)); // under way
        house.sessions.remove(u"lab"_s);
        QCOMPARE(house.tree.rowCount(), 0);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        house.connectServer();
        QTRY_VERIFY(house.loaded(house.at()));
    }

    void deadServerIsSaid()
    {
        House house;
        house.server.stop();
        house.connectServer();
        QTRY_COMPARE_WITH_TIMEOUT(house.tree.loadState(house.at()), LoadState::Failed, 20'000);
        QCOMPARE(house.tree.error(house.at()).kind, api::Error::Kind::Offline);
        QCOMPARE(house.tree.rowCount(house.at()), 1);
    }
};

QTEST_GUILESS_MAIN(WorkspaceTreeTest)
#include "tst_workspacetree.moc"
