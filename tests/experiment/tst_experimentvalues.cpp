// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/browse/localproject.h"

#include "models/experiment/experimentvalues.h"
#include "models/session/sessions.h"
#include "models/values/format.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using Part = ExperimentValues::Part;
using State = ExperimentValues::State;

class tst_experimentvalues : public QObject
{
    Q_OBJECT

private slots:
    void loadsWhatWasLogged();
    void stepsAreAsLogged();
    void refreshIsADifference();
    void failsWithASentence();
    void keepsWhatItHasWhenARefreshFails();
    void rowsComeGoAndMove();
    void twoRowsOfOneNameStayTwo();
};

namespace {

Session *connectTo(Sessions &sessions, const LocalProject &project)
{
    Profile profile;
    profile.id = u"lab"_s;
    profile.root = project.root();
    return sessions.add(profile, project.apiKey());
}

api::Summaries summaries(const QStringList &names)
{
    api::Summaries all;
    for (const QString &name : names) {
        api::Summary summary;
        summary.name = name;
        summary.current = u"1"_s;
        all.push_back(summary);
    }
    return all;
}

QStringList names(const QAbstractItemModel &model)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row)
        all.append(model.index(row, 0).data().toString());
    return all;
}

} // namespace

void tst_experimentvalues::loadsWhatWasLogged()
{
    LocalProject project;
    const QString key = project.addExperiment(u"baseline"_s);
    project.logParameter(key, u"lr"_s, u"0.0001"_s);
    project.logOther(key, u"note"_s, u"two\nlines"_s);
    project.addTag(key, u"best"_s);
    project.upload(key, u"plots/épreuve 1.csv"_s, "a,b\n1,2\n");
    for (int step = 0; step < 4; ++step)
        project.logMetric(key, u"loss"_s, 4 - step, step * 10);
    Sessions sessions;
    ExperimentValues values;
    QAbstractItemModelTester metricsTester(&values.metrics());
    QAbstractItemModelTester factsTester(&values.facts());
    QAbstractItemModelTester assetsTester(&values.assets());
    values.setExperiment(connectTo(sessions, project), key);
    QVERIFY(values.isLoading());
    QTRY_VERIFY(!values.isLoading());

    QCOMPARE(values.metadata().name, u"baseline"_s);
    QCOMPARE(values.tags(), QStringList{u"best"_s});
    QCOMPARE(names(values.metrics()), QStringList{u"loss"_s});
    const auto metric = [&values](MetricTable::Column column, int role) {
        return values.metrics().index(0, column).data(role);
    };
    QCOMPARE(metric(MetricTable::Last, rowtable::SortRole).toDouble(), 1.0);
    QCOMPARE(metric(MetricTable::LastStep, rowtable::SortRole).toLongLong(), 30);
    QCOMPARE(metric(MetricTable::Maximum, rowtable::SortRole).toDouble(), 4.0);
    QCOMPARE(metric(MetricTable::MaximumStep, rowtable::SortRole).toLongLong(), 0);
    QCOMPARE(values.parameters().index(0, ValueTable::Value).data().toString(), u"0.0001"_s); // as logged
    const QStringList others = names(values.others());
    const auto note = others.indexOf(u"note"_s);
    QVERIFY(note >= 0);
    QCOMPARE(values.others().index(static_cast<int>(note), 1).data(rowtable::ExactRole).toString(), u"two\nlines"_s);
    QVERIFY(names(values.facts()).contains(u"Key"_s));
    QCOMPARE(names(values.assets()), QStringList{u"plots/épreuve 1.csv"_s});
    QCOMPARE(values.assets().index(0, AssetTable::Size).data(rowtable::ExactRole).toString(), u"8"_s);
    QVERIFY(!values.assets().index(0, AssetTable::Created).data().toString().isEmpty());
}

void tst_experimentvalues::stepsAreAsLogged()
{
    MetricTable table;
    api::Summary summary;
    summary.name = u"loss"_s;
    summary.current = u" 18446744073709551616"_s;
    summary.currentStep = u"9007199254740993"_s;
    summary.minimum = u"1e400"_s;
    summary.minimumStep = u"-0.25"_s;
    summary.maximum = u"1_000"_s;
    table.setSummaries({summary});
    const auto cell = [&table](MetricTable::Column column, int role = Qt::DisplayRole) {
        return table.index(0, column).data(role);
    };
    QCOMPARE(cell(MetricTable::LastStep).toString(), u"9,007,199,254,740,993"_s);
    QCOMPARE(cell(MetricTable::LastStep, rowtable::ExactRole).toString(), u"9007199254740993"_s);
    QCOMPARE(cell(MetricTable::MinimumStep).toString(), u"-0.25"_s);
    QCOMPARE(cell(MetricTable::MinimumStep, rowtable::SortRole).toDouble(), -0.25);
    QCOMPARE(cell(MetricTable::MaximumStep).toString(), format::missing());
    QCOMPARE(cell(MetricTable::Last, rowtable::ExactRole).toString(), u" 18446744073709551616"_s);
    QCOMPARE(cell(MetricTable::Last, rowtable::SortRole).typeId(), int(QMetaType::Double));
    QVERIFY(std::isinf(cell(MetricTable::Minimum, rowtable::SortRole).toDouble()));
    QCOMPARE(cell(MetricTable::Maximum, rowtable::SortRole).toString(), u"1_000"_s); // no number
    AssetTable assets;
    api::Asset asset;
    asset.id = u"a"_s;
    asset.step = u"0.5"_s;
    assets.setRows({asset});
    QCOMPARE(assets.index(0, AssetTable::Step).data().toString(), u"0.5"_s);
    QCOMPARE(assets.index(0, AssetTable::Step).data(rowtable::SortRole).toDouble(), 0.5);
}

void tst_experimentvalues::refreshIsADifference()
{
    LocalProject project;
    const QString key = project.addExperiment(u"grows"_s);
    project.logMetric(key, u"loss"_s, 1, 0);
    Sessions sessions;
    ExperimentValues values;
    values.setExperiment(connectTo(sessions, project), key);
    QTRY_COMPARE(values.metrics().rowCount(), 1);
    const QPersistentModelIndex loss = values.metrics().index(0, MetricTable::Last);
    QSignalSpy reset(&values.metrics(), &QAbstractItemModel::modelReset);
    project.logMetric(key, u"accuracy"_s, 0.5, 0);
    project.logMetric(key, u"loss"_s, 0.25, 1);
    values.refresh();
    QCOMPARE(values.state(Part::Metrics), State::Loaded); // what is shown stays
    QTRY_COMPARE(values.metrics().rowCount(), 2);
    QVERIFY(loss.isValid());
    QCOMPARE(loss.data(rowtable::SortRole).toDouble(), 0.25);
    QCOMPARE(loss.sibling(loss.row(), 0).data().toString(), u"loss"_s);
    QCOMPARE(reset.count(), 0);
}

void tst_experimentvalues::failsWithASentence()
{
    LocalProject project;
    Sessions sessions;
    ExperimentValues values;
    values.setExperiment(connectTo(sessions, project), u"0123456789abcdef0123456789abcdef"_s);
    QTRY_COMPARE(values.state(Part::Metadata), State::Failed);
    QVERIFY(!values.error(Part::Metadata).sentence().isEmpty());
}

void tst_experimentvalues::keepsWhatItHasWhenARefreshFails()
{
    LocalProject project;
    const QString key = project.addExperiment(u"kept"_s);
    Sessions sessions;
    ExperimentValues values;
    values.setExperiment(connectTo(sessions, project), key);
    QTRY_VERIFY(!values.isLoading());
    QSignalSpy failed(&values, &ExperimentValues::refreshFailed);
    project.stopServer();
    values.refresh();
    QTRY_VERIFY_WITH_TIMEOUT(failed.count() > 0, 30'000);
    QCOMPARE(values.state(Part::Metadata), State::Loaded);
    QCOMPARE(values.metadata().name, u"kept"_s);
}

void tst_experimentvalues::rowsComeGoAndMove()
{
    MetricTable table;
    QAbstractItemModelTester tester(&table);
    table.setSummaries(summaries({u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
    const QPersistentModelIndex c = table.index(2, 0);
    const QPersistentModelIndex b = table.index(1, 0);
    QSignalSpy reset(&table, &QAbstractItemModel::modelReset);
    table.setSummaries(summaries({u"c"_s, u"new"_s, u"d"_s, u"a"_s}));
    QCOMPARE(names(table), (QStringList{u"c"_s, u"new"_s, u"d"_s, u"a"_s}));
    QVERIFY(!b.isValid());
    QCOMPARE(c.row(), 0);
    QCOMPARE(c.data().toString(), u"c"_s);
    QCOMPARE(reset.count(), 0);
    table.setSummaries({});
    QCOMPARE(table.rowCount(), 0);
    QVERIFY(!c.isValid());
}

void tst_experimentvalues::twoRowsOfOneNameStayTwo()
{
    MetricTable table;
    QAbstractItemModelTester tester(&table);
    api::Summaries twice = summaries({u"loss"_s, u"loss"_s});
    twice[0].current = u"NaN"_s;
    table.setSummaries(twice);
    QCOMPARE(table.rowCount(), 2);
    QVERIFY(std::isnan(table.index(0, MetricTable::Last).data(rowtable::SortRole).toDouble()));
    QCOMPARE(table.index(0, MetricTable::Last).data().toString(), u"NaN"_s);
    QCOMPARE(table.index(1, MetricTable::Last).data(rowtable::SortRole).toDouble(), 1.0);
}

QTEST_GUILESS_MAIN(tst_experimentvalues)
#include "tst_experimentvalues.moc"
