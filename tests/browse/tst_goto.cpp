// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/fuzzymatch.h"
#include "models/browse/goto.h"
#include "tests/support/answerserver.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using Address = TypedAddress::Kind;

class GoToTest : public QObject
{
    Q_OBJECT

    // A server with two workspaces, of which only vision's projects and those of cifar are loaded.
    struct House
    {
        AnswerServer server;
        Sessions sessions;
        WorkspaceTree tree{sessions};
        GoTo model{sessions, tree};
        QSignalSpy chosen{&model, &GoTo::chosen};
        QSignalSpy failed{&model, &GoTo::failed};

        House()
        {
            server.workspaces = {u"speech"_s, u"vision-lab"_s};
            server.projects[u"vision-lab"_s]
                = {{u"1"_s, u"cifar10-sweep"_s, 3, false}, {u"2"_s, u"digits"_s, 0, false}};
            server.projects[u"speech"_s] = {{u"3"_s, u"wake-word"_s, 2, false}};
            server.addExperiments(u"vision-lab/cifar10-sweep"_s, 30);
            server.addExperiments(u"speech/wake-word"_s, 2);
            server.experiments[u"speech/wake-word"_s][0].key = u"abcdef00000000000000000000000001"_s;
            server.experiments[u"speech/wake-word"_s][0].name = u"with/slash"_s;
        }
        void begin()
        {
            sessions.add({u"lab"_s, u"Lab"_s, server.root(), {}, {}}, server.apiKey);
            load({u"lab"_s, {}, {}, {}});
            load({u"lab"_s, u"vision-lab"_s, {}, {}});
            load({u"lab"_s, u"vision-lab"_s, u"cifar10-sweep"_s, {}});
            model.begin();
        }
        void load(const Place &place)
        {
            tree.fetchMore(tree.find(place));
            QTRY_COMPARE(tree.loadState(tree.find(place)), WorkspaceTree::LoadState::Loaded);
        }
        QStringList type(const QString &text)
        {
            QSignalSpy shown(&model, &QAbstractItemModel::modelReset);
            model.setText(text);
            if (!shown.wait())
                qFatal("no suggestions were shown");
            QStringList lines;
            for (int row = 0; row < model.rowCount(); ++row)
                lines << model.index(row).data().toString();
            return lines;
        }
        Place take(int row)
        {
            chosen.clear();
            model.choose(model.index(row));
            if (chosen.isEmpty())
                chosen.wait();
            return chosen.isEmpty() ? Place() : chosen.first().first().value<Place>();
        }
    };

private slots:
    void fuzzy()
    {
        QVERIFY(!fuzzyScore(u"xyz", u"vision-lab"));
        QVERIFY(!fuzzyScore(u"bal", u"vision-lab")); // the order counts
        QVERIFY(fuzzyScore(u"vl", u"vision-lab"));
        QCOMPARE(fuzzyScore(u"", u"anything").value(), 0);
        QVERIFY(fuzzyScore(u"cifar", u"lab/cifar10") > fuzzyScore(u"cifar", u"lab/c-i-f-a-r"));
        QVERIFY(fuzzyScore(u"run-4", u"a/b/run-4") > fuzzyScore(u"run-4", u"a/b/run-40"));
        QVERIFY(fuzzyScore(u"cs", u"cifar-sweep") > fuzzyScore(u"cs", u"cocas")); // beginnings of words
    }

    void addresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<Address>("kind");
        QTest::addColumn<QString>("parts");
        QTest::newRow("nothing") << u"  "_s << Address::None << u"||"_s;
        QTest::newRow("workspace") << u"lab"_s << Address::Workspace << u"lab||"_s;
        QTest::newRow("project") << u" lab/cifar/ "_s << Address::Project << u"lab|cifar|"_s;
        QTest::newRow("experiment") << u"lab/cifar/a/b c"_s << Address::Experiment << u"lab|cifar|a/b c"_s;
        QTest::newRow("key") << u"abcdef00000000000000000000000001"_s << Address::Key
                             << u"||abcdef00000000000000000000000001"_s;
        QTest::newRow("link") << u"https://comet.example/lab/my%20project/k1"_s << Address::Experiment
                              << u"lab|my project|k1"_s;
        QTest::newRow("archived") << u"https://comet.example/lab/p/archive/k1"_s << Address::Experiment << u"lab|p|k1"_s;
        QTest::newRow("shared") << u"https://comet.example/lab/p?shareable=x"_s << Address::Project << u"lab|p|"_s;
    }
    void addresses()
    {
        QFETCH(QString, text);
        QFETCH(Address, kind);
        QFETCH(QString, parts);
        const TypedAddress address = TypedAddress::parse(text);
        QCOMPARE(address.kind, kind);
        QCOMPARE(QStringList({address.workspace, address.project, address.experiment}).join(u'|'), parts);
        QCOMPARE(address.root.isValid(), text.contains(u"://"_s));
    }

    void suggestsWhatIsLoaded()
    {
        House house;
        QAbstractItemModelTester tester(&house.model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        house.begin();
        QCOMPARE(house.type(u"digi"_s), QStringList{u"vision-lab/digits"_s});
        QCOMPARE(house.type(u"RUN-7"_s).first(), u"vision-lab/cifar10-sweep/run-7"_s);
        QCOMPARE(house.type(u"cif17"_s).first(), u"vision-lab/cifar10-sweep/run-17"_s);
        QCOMPARE(house.model.index(0).data(GoTo::DetailRole).toString(), u"Lab"_s);
        const Place place = house.take(0);
        QCOMPARE(place.project, u"cifar10-sweep"_s);
        QCOMPARE(place.experiment, house.server.experiments[u"vision-lab/cifar10-sweep"_s][16].key);
        QCOMPARE(house.type(u"zzz"_s), QStringList());
        // Without a text, no experiments: there are too many to be of use.
        house.type({});
        QTRY_COMPARE(house.model.rowCount(), 5); // two workspaces and their projects
    }

    void whatIsTypedInFullComesFirst_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("path") << u"vision-lab/digits"_s;
        QTest::newRow("path in another case") << u"Vision-Lab/DIGITS/"_s;
        QTest::newRow("name") << u"digits"_s;
    }
    void whatIsTypedInFullComesFirst()
    {
        QFETCH(QString, text);
        House house;
        // Places of late that have the same letters, also in a row.
        house.server.projects[u"vision-lab"_s].push_back({u"7"_s, u"my-digits-2"_s, 1, false});
        auto &run = house.server.experiments[u"vision-lab/cifar10-sweep"_s][4];
        run.name = u"vision-lab/digits-2"_s;
        house.begin();
        house.model.setRecent({{u"lab"_s, u"vision-lab"_s, u"cifar10-sweep"_s, run.key},
            {u"lab"_s, u"vision-lab"_s, u"my-digits-2"_s, {}}});
        QCOMPARE(house.type(text).first(), u"vision-lab/digits"_s);
        const Place digits{u"lab"_s, u"vision-lab"_s, u"digits"_s, {}};
        QVERIFY(house.take(0) == digits);
        QCOMPARE(house.type(u"digits-"_s).first(), u"vision-lab/my-digits-2"_s); // here a place of late
    }

    void keysOfPlacesOfLateAreNoNames()
    {
        House house;
        house.begin();
        const QString key = u"9f3d1a6b000000000000000000000000"_s;
        house.model.setRecent({{u"lab"_s, u"vision-lab"_s, u"digits"_s, key}});
        QCOMPARE(house.type(u"digits/d16"_s), QStringList{u"Look up digits/d16"_s});
        QCOMPARE(house.type(u"9F3D"_s), QStringList{u"vision-lab/digits/"_s + key});
    }

    void theServerOneIsOnComesFirst()
    {
        House house;
        AnswerServer other;
        other.workspaces = {u"vision-lab"_s};
        other.projects[u"vision-lab"_s] = {{u"1"_s, u"digits"_s, 3, false}, {u"2"_s, u"digits-2"_s, 3, false}};
        house.begin();
        house.sessions.add({u"far"_s, u"Far"_s, other.root(), {}, {}}, other.apiKey);
        const Place far{u"far"_s, u"vision-lab"_s, u"digits"_s, {}};
        const Place near{u"lab"_s, u"vision-lab"_s, u"digits"_s, {}};
        house.load({u"far"_s, {}, {}, {}});
        house.load({u"far"_s, u"vision-lab"_s, {}, {}});
        for (const Place &here : {far, near}) {
            house.model.setHere(here, nullptr);
            house.model.setRecent({here == far ? near : far});
            house.model.begin();
            house.type(u"digits"_s);
            QVERIFY(house.take(0) == here);
            house.type(u"igit"_s);
            QVERIFY(house.take(0) == here);
        }
        // The server one is on comes before the place of late, which comes before the rest.
        house.model.setHere(Place(), nullptr);
        house.model.setRecent({{u"far"_s, u"vision-lab"_s, u"digits-2"_s, {}}});
        QCOMPARE(house.type(u"igits"_s).first(), u"vision-lab/digits-2"_s);
        house.model.setHere(near, nullptr);
        QCOMPARE(house.type(u"igits"_s).mid(0, 2), (QStringList{u"vision-lab/digits"_s, u"vision-lab/digits-2"_s}));
    }

    void experimentsOfTheTableAreFound()
    {
        House house;
        house.begin();
        auto listing = std::make_shared<api::Experiments>();
        const QString key = u"77aa88bb0000000000000000000000cc"_s;
        listing->keys.append(key.toStdString());
        listing->names.append("resumed cafe\u0301");
        listing->users.append("ada");
        listing->starts.push_back(0);
        listing->ends.push_back(0);
        listing->durations.push_back(0);
        listing->archived.push_back(0);
        listing->states.push_back(api::State::Finished);
        const Place digits{u"lab"_s, u"vision-lab"_s, u"digits"_s, {}};
        house.model.setHere(digits, listing);
        house.model.begin();
        for (const QString &text : {u"resumed"_s, u"77aa8"_s, key, u"RESUMED CAFÉ"_s, u"digits/resumed"_s}) {
            house.type(text);
            QCOMPARE(house.take(0).experiment, key);
        }
        house.model.setHere({u"lab"_s, u"elsewhere"_s, u"new"_s, {}}, listing); // in no tree
        house.model.begin();
        QCOMPARE(house.type(u"resumed"_s).size(), 1);
        QCOMPARE(house.take(0).workspace, u"elsewhere"_s);
        QCOMPARE(house.model.index(0).data(GoTo::DetailRole).toString(), u"Lab"_s);
    }

    void projectsOfWorkspacesNeverOpenedAreFound()
    {
        House house;
        house.begin();
        const QModelIndex speech = house.tree.find({u"lab"_s, u"speech"_s, {}, {}});
        house.type(u"wake"_s);
        QTRY_COMPARE(house.model.rowCount(), 1);
        QCOMPARE(house.model.index(0).data().toString(), u"speech/wake-word"_s);
        QCOMPARE(house.tree.loadState(speech), WorkspaceTree::LoadState::Loaded);
        house.model.end();
        house.server.projects[u"speech"_s].front().name = u"zebra"_s;
        house.tree.refresh(speech);
        QTRY_COMPARE(speech.model()->index(0, 0, speech).data().toString(), u"zebra"_s);
        QCOMPARE(house.type(u"zebra"_s).size(), 0); // nobody looks any more
    }

    void recentPlacesComeFirst()
    {
        House house;
        house.begin();
        const QString key = house.server.experiments[u"vision-lab/cifar10-sweep"_s][2].key;
        house.model.setRecent({{u"lab"_s, u"vision-lab"_s, u"cifar10-sweep"_s, key},
            {u"lab"_s, u"vision-lab"_s, u"digits"_s, {}}, {u"gone"_s, {}, {}, {}}});
        QCOMPARE(house.type({}).mid(0, 2),
            QStringList({u"vision-lab/cifar10-sweep/run-3"_s, u"vision-lab/digits"_s}));
        QCOMPARE(house.model.index(0).data(GoTo::DetailRole).toString(), u"recent"_s);
        QCOMPARE(house.type(u"digits"_s), QStringList{u"vision-lab/digits"_s}); // once
    }

    void looksUpWhatIsNotLoaded()
    {
        House house;
        house.begin();
        const QString key = house.server.experiments[u"speech/wake-word"_s][0].key;
        QCOMPARE(house.type(key), QStringList{u"Look up "_s + key});
        QVERIFY(house.model.index(0).data(GoTo::LookUpRole).toBool());
        const Place expected{u"lab"_s, u"speech"_s, u"wake-word"_s, key};
        QVERIFY(house.take(0) == expected);

        house.type(u"speech/wake-word/with/slash"_s);
        QVERIFY(house.take(0) == expected);
        house.type(house.server.root().toString() + u"/speech/wake-word/"_s + key);
        QVERIFY(house.take(0) == expected);
        const QModelIndex speech = house.tree.find({u"lab"_s, u"speech"_s, {}, {}});
        QTRY_COMPARE(house.tree.loadState(speech), WorkspaceTree::LoadState::Loaded);
        house.server.projects[u"speech"_s].push_back({u"8"_s, u"later"_s, 0, false});
        house.type(u"speech/later"_s);
        QVERIFY(house.model.index(0).data(GoTo::LookUpRole).toBool());
        const Place later{u"lab"_s, u"speech"_s, u"later"_s, {}};
        QVERIFY(house.take(0) == later);
        house.type(u"speech/wake-word"_s);
        const Place project{u"lab"_s, u"speech"_s, u"wake-word"_s, {}};
        QVERIFY(house.take(0) == project);
        QCOMPARE(house.failed.count(), 0);
    }

    void projectsAreFoundByTheirId()
    {
        House house;
        const QString id = u"ebfbbc00000000000000000000000000"_s;
        house.server.projects[u"speech"_s].front().id = id;
        house.begin();
        house.type(id);
        const Place project{u"lab"_s, u"speech"_s, u"wake-word"_s, {}};
        QVERIFY(house.take(0) == project);
        QCOMPARE(house.failed.count(), 0);
    }

    void namesakesAreListed()
    {
        House house;
        auto &runs = house.server.experiments[u"speech/wake-word"_s];
        runs[0].name = runs[1].name = u"twin"_s;
        house.begin();
        QSignalSpy ambiguous(&house.model, &GoTo::ambiguous);
        house.type(u"speech/wake-word/twin"_s);
        house.model.choose(house.model.index(0));
        QVERIFY(ambiguous.wait());
        QCOMPARE(ambiguous.first().first().toString(), u"2 experiments have this name: choose one."_s);
        QCOMPARE(house.model.rowCount(), 2);
        QCOMPARE(house.model.index(0).data().toString(), u"speech/wake-word/twin"_s);
        // The newest first, each with what tells it from the others.
        QVERIFY(house.model.index(0).data(GoTo::DetailRole).toString().startsWith(runs[1].key.left(8) + u" · "_s));
        QVERIFY(house.take(1) == Place({u"lab"_s, u"speech"_s, u"wake-word"_s, runs[0].key}));

        // The same where they are loaded already.
        house.load({u"lab"_s, u"speech"_s, {}, {}});
        house.load({u"lab"_s, u"speech"_s, u"wake-word"_s, {}});
        house.model.begin();
        QCOMPARE(house.type(u"speech/wake-word/twin"_s).size(), 2);
        QVERIFY(house.model.index(0).data(GoTo::DetailRole).toString()
            != house.model.index(1).data(GoTo::DetailRole).toString());
    }

    void saysWhatWasNotFound()
    {
        House house;
        house.begin();
        const auto failure = [&house](const QString &text) {
            house.failed.clear();
            house.type(text);
            house.model.choose(house.model.index(0));
            if (house.failed.isEmpty())
                house.failed.wait();
            return house.failed.isEmpty() ? QString() : house.failed.first().first().toString();
        };
        QCOMPARE(failure(u"00000000000000000000000000000fff"_s), u"00000000000000000000000000000fff was not found."_s);
        QCOMPARE(failure(u"speech/nothing"_s), u"speech/nothing was not found."_s);
        QCOMPARE(failure(u"speech/wake-word/nobody"_s), u"speech/wake-word/nobody was not found."_s);
        QCOMPARE(failure(u"https://other.example/a/b"_s),
            u"No connected server has the address https://other.example."_s);
        house.server.failures[u"experiment/metadata"_s] = 401;
        QVERIFY(failure(u"00000000000000000000000000000fff"_s).contains(u"API key"_s));
    }

    void anotherTextCancelsTheLookUp()
    {
        House house;
        house.begin();
        house.type(house.server.experiments[u"speech/wake-word"_s][0].key);
        house.model.choose(house.model.index(0));
        house.type(u"digits"_s);
        house.type(u"digit"_s);
        QCOMPARE(house.chosen.count(), 0);
        QCOMPARE(house.failed.count(), 0);
    }

    // Enter is often pressed before the suggestions are there: it means what was typed.
    void fastFingersGetWhatTheyTyped()
    {
        House house;
        house.server.addExperiments(u"vision-lab/cifar10-sweep"_s, 5'000);
        house.begin();
        house.type(u"digits"_s);
        for (const QString &text : {u"run"_s, u"run-4"_s, u"run-42"_s, u"run-421"_s})
            house.model.setText(text);
        house.model.choose(house.model.index(0));
        QCOMPARE(house.chosen.count(), 0);
        QVERIFY(house.chosen.wait());
        QCOMPARE(house.chosen.first().first().value<Place>().experiment,
            house.server.experiments[u"vision-lab/cifar10-sweep"_s][420].key);
        QCOMPARE(house.type(u"VISION-LAB/cifar10-sweep/RUN-4999"_s).first(), u"vision-lab/cifar10-sweep/run-4999"_s);
    }

    void manyExperimentsAreMatchedElsewhere()
    {
        House house;
        house.server.addExperiments(u"vision-lab/cifar10-sweep"_s, 25'000);
        house.begin();
        QElapsedTimer blocked;
        blocked.start();
        house.model.setText(u"run-25"_s);
        QVERIFY2(blocked.elapsed() < 16, "the matching holds up the window");
        QSignalSpy shown(&house.model, &QAbstractItemModel::modelReset);
        QVERIFY(shown.wait());
        QCOMPARE(house.model.rowCount(), static_cast<int>(GoTo::most));
        QCOMPARE(house.model.index(0).data().toString(), u"vision-lab/cifar10-sweep/run-25"_s);
    }
};

QTEST_GUILESS_MAIN(GoToTest)
#include "tst_goto.moc"
