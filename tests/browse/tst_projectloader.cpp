// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/printing.h"
#include "models/browse/projectloader.h"
#include "tests/browse/localproject.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using Source = TableColumn::Source;

namespace {

// Eight experiments: lr varies, epochs does not; every one has loss, only one has rare; two are tagged.
QStringList fill(LocalProject &project)
{
    QStringList keys;
    for (int i = 0; i < 8; ++i) {
        const QString key = project.addExperiment(i == 3 ? QString() : u"run-%1"_s.arg(i));
        project.logParameter(key, u"lr"_s, u"0.%1"_s.arg(i + 1));
        project.logParameter(key, u"epochs"_s, u"10"_s);
        for (int step = 0; step < 5; ++step)
            project.logMetric(key, u"loss"_s, 10.5 - i - step * (step < 4 ? 1 : -1), step);
        project.logOther(key, u"machine"_s, u"node-%1"_s.arg(i % 2));
        keys << key;
    }
    project.logMetric(keys[0], u"rare"_s, 1, 0);
    project.logParameter(keys[1], u"warmup"_s, u"yes"_s);
    project.addTag(keys[1], u"best"_s);
    project.addTag(keys[2], u"best"_s);
    project.addTag(keys[2], u"a \"quoted\" tag"_s);
    return keys;
}

} // namespace

// The whole way: real server, wire, client, loader, table.
class ProjectLoaderTest : public QObject
{
    Q_OBJECT

    struct House
    {
        LocalProject project;
        QStringList keys = fill(project);
        api::Client client{project.root(), project.apiKey()};
        ExperimentTable table;
        QAbstractItemModelTester tester{&table};
        ProjectLoader loader{table};
        QSignalSpy loaded{&loader, &ProjectLoader::loaded};

        void open(const std::vector<TableColumn> &columns = {})
        {
            loader.open(&client, project.workspace, project.name, columns);
        }
        QString value(int key, const TableColumn &column) const
        {
            const auto experiment = table.experimentOf(keys[key]);
            return experiment ? table.exactText(*experiment, column) : u"not there"_s;
        }
    };

private slots:
    void choosesWhatVariesAndWhatIsShared()
    {
        House house;
        house.open();
        QVERIFY(house.loaded.wait(10'000));
        QCOMPARE(house.loaded.size(), 1);
        QCOMPARE(house.table.rowCount(), 8);
        QVERIFY(house.table.indexOf({Source::Parameter, u"lr"_s}) >= 0);
        QVERIFY(house.table.indexOf({Source::Parameter, u"warmup"_s}) >= 0);
        QCOMPARE(house.table.indexOf({Source::Parameter, u"epochs"_s}), -1);
        QVERIFY(house.table.indexOf({Source::MetricLast, u"loss"_s}) >= 0);
        QCOMPARE(house.value(2, {Source::Parameter, u"lr"_s}), u"0.3"_s);
        QCOMPARE(house.value(2, {Source::MetricLast, u"loss"_s}), u"12.5"_s);
        QCOMPARE(house.value(1, {Source::Parameter, u"warmup"_s}), u"yes"_s);
        const auto second = house.table.experimentOf(house.keys[2]);
        QCOMPARE(house.table.values({Source::Parameter, u"warmup"_s})->kind(*second), ValueColumn::Kind::Missing);
    }

    void loadsTheColumnsThatAreRemembered()
    {
        House house;
        const std::vector<TableColumn> columns{{Source::Name, {}}, {Source::MetricMinimum, u"loss"_s},
            {Source::MetricMaximum, u"loss"_s}, {Source::Other, u"machine"_s}, {Source::Tags, {}}};
        house.open(columns);
        QVERIFY(house.loaded.wait(10'000));
        QVERIFY(house.table.columns() == columns);
        QCOMPARE(house.value(0, columns[1]), u"7.5"_s);
        QCOMPARE(house.value(0, columns[2]), u"14.5"_s);
        QCOMPARE(house.value(3, columns[3]), u"node-1"_s);
        QStringList tags = house.table.tags(*house.table.experimentOf(house.keys[2]));
        tags.sort();
        QCOMPARE(tags, (QStringList{u"a \"quoted\" tag"_s, u"best"_s}));
        QVERIFY(house.table.areTagsKnown(*house.table.experimentOf(house.keys[5])));
        // A column that comes later brings its values by itself.
        auto more = columns;
        more.push_back({Source::Parameter, u"epochs"_s});
        house.loader.showColumns(more);
        QTRY_COMPARE(house.value(7, more.back()), u"10"_s);
    }

    void refreshBringsWhatIsNew()
    {
        House house;
        house.open();
        QVERIFY(house.loaded.wait(10'000));
        const QPersistentModelIndex kept = house.table.index(house.table.rowOf(*house.table.experimentOf(house.keys[4])), 0);
        const QString key = house.project.addExperiment(u"newest"_s);
        house.project.logParameter(key, u"lr"_s, u"0.99"_s);
        house.project.archive(house.keys[0]);
        house.loader.refresh();
        QVERIFY(house.loaded.wait(10'000));
        QCOMPARE(house.table.experimentCount(), std::size_t(8));
        QVERIFY(!house.table.experimentOf(house.keys[0]));
        house.keys << key;
        QCOMPARE(house.value(8, {Source::Parameter, u"lr"_s}), u"0.99"_s);
        QVERIFY(kept.isValid());
        QCOMPARE(kept.data(ExperimentTable::KeyRole).toString(), house.keys[4]);
    }

    void archivedOnesAreAChoice()
    {
        House house;
        house.project.archive(house.keys[0]);
        house.open();
        QVERIFY(house.loaded.wait(10'000));
        QCOMPARE(house.table.experimentCount(), std::size_t(7));
        house.loader.setArchived(api::Archived::Yes);
        QTRY_COMPARE(house.table.experimentCount(), std::size_t(1));
        QCOMPARE(house.table.experiments().keys.at(0), house.keys[0]);
        house.loader.setArchived(api::Archived::Both);
        QTRY_COMPARE(house.table.experimentCount(), std::size_t(8));
    }

    void aServerThatIsGoneIsAFailureAndRetryWorks()
    {
        House house;
        api::Client wrong(house.project.root(), u"not-the-key"_s);
        house.loader.open(&wrong, house.project.workspace, house.project.name);
        QTRY_COMPARE(house.loader.state(), ProjectLoader::State::Failed);
        QCOMPARE(house.loader.error().kind, api::Error::Kind::Unauthorized);
        QVERIFY(!house.loader.error().sentence().isEmpty());
        QCOMPARE(house.table.rowCount(), 0);
        house.open();
        QVERIFY(house.loaded.wait(10'000));
        QCOMPARE(house.table.rowCount(), 8);
    }

    void aFailedBatchIsToldAndLeavesCellsNotLoaded()
    {
        House house;
        house.open({{Source::Name, {}}});
        QVERIFY(house.loaded.wait(10'000));
        QSignalSpy failed(&house.loader.values(), &ValueLoader::failed);
        house.project.stopServer();
        house.loader.showColumns({{Source::Name, {}}, {Source::Parameter, u"lr"_s}});
        QTRY_VERIFY_WITH_TIMEOUT(!failed.isEmpty(), 30'000);
        QVERIFY(!house.loader.values().isRunning());
        const auto first = house.table.experimentOf(house.keys[0]);
        QCOMPARE(house.table.values({Source::Parameter, u"lr"_s})->kind(*first), ValueColumn::Kind::NotLoaded);
    }

    // A sample hides the extremes of a long series: they are marked, until the summary has told the exact ones.
    void extremesOfLongSeriesBecomeExactForRowsOnScreen()
    {
        LocalProject project;
        const QString key = project.addExperiment(u"long"_s);
        for (int step = 0; step < 1'200; ++step)
            project.logMetric(key, u"noise"_s, step == 601 ? 99.5 : (step * 37) % 50, step);
        api::Client client(project.root(), project.apiKey());
        ExperimentTable table;
        ProjectLoader loader(table);
        const TableColumn maximum{Source::MetricMaximum, u"noise"_s};
        bool wasApproximate = false;
        connect(&table, &QAbstractItemModel::dataChanged, &table, [&] {
            const ValueColumn *values = table.values(maximum);
            wasApproximate = wasApproximate || (values && values->isApproximate(0));
        });
        QSignalSpy loaded(&loader, &ProjectLoader::loaded);
        loader.open(&client, project.workspace, project.name, {{Source::Name, {}}, maximum});
        QVERIFY(loaded.wait(10'000));
        QVERIFY(wasApproximate);
        QVERIFY(!table.values(maximum)->isApproximate(0));
        QCOMPARE(table.values(maximum)->number(0), 99.5);
    }

    void stoppedLeavesCellsNotLoaded()
    {
        House house;
        house.open({{Source::Name, {}}});
        QVERIFY(house.loaded.wait(10'000));
        house.loader.showColumns({{Source::Name, {}}, {Source::Parameter, u"lr"_s}});
        QVERIFY(house.loader.values().isRunning());
        house.loader.values().stop();
        QVERIFY(!house.loader.values().isRunning());
        QCOMPARE(house.value(0, {Source::Parameter, u"lr"_s}), QString());
        house.loader.values().retry();
        QTRY_COMPARE(house.value(0, {Source::Parameter, u"lr"_s}), u"0.1"_s);
    }

    void anEmptyProjectIsLoadedAtOnce()
    {
        LocalProject project;
        api::Client client(project.root(), project.apiKey());
        ExperimentTable table;
        ProjectLoader loader(table);
        QSignalSpy loaded(&loader, &ProjectLoader::loaded);
        loader.open(&client, project.workspace, project.name);
        QVERIFY(loaded.wait(10'000));
        QCOMPARE(table.rowCount(), 0);
        QCOMPARE(printing::tsv(table).count(u'\n'), 1);
    }
};

QTEST_GUILESS_MAIN(ProjectLoaderTest)
#include "tst_projectloader.moc"
