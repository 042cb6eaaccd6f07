// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/experimenttable.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using Source = TableColumn::Source;

namespace {

const TableColumn rate{Source::Parameter, u"lr"_s};
const TableColumn loss{Source::MetricLast, u"loss"_s};

std::shared_ptr<const api::Experiments> listing(const QStringList &names, int firstKey = 0)
{
    auto all = std::make_shared<api::Experiments>();
    for (int i = 0; i < names.size(); ++i) {
        all->keys.append(u"key%1"_s.arg(firstKey + i, 5, 10, QChar(u'0')).toStdString());
        all->names.append(names[i].toStdString());
        all->users.append("ada");
        all->starts.push_back(1'700'000'000'000 + i * 1000);
        all->ends.push_back(0);
        all->durations.push_back(72 * 60'000);
        all->archived.push_back(0);
        all->states.push_back(i % 2 ? api::State::Unknown : api::State::Running);
    }
    return all;
}

QStringList shownKeys(const ExperimentTable &table)
{
    QStringList keys;
    for (int row = 0; row < table.rowCount(); ++row)
        keys << table.index(row, 0).data(ExperimentTable::KeyRole).toString();
    return keys;
}

QString text(const ExperimentTable &table, int row, const TableColumn &column)
{
    return table.index(row, table.indexOf(column)).data().toString();
}

ExperimentTable::Cell cell(const ExperimentTable &table, int row, const TableColumn &column)
{
    return table.index(row, table.indexOf(column)).data(ExperimentTable::CellRole).value<ExperimentTable::Cell>();
}

} // namespace

class ExperimentTableTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void showsTheListing()
    {
        ExperimentTable table;
        QAbstractItemModelTester tester(&table);
        table.setExperiments(listing({u"resnet"_s, u""_s}));
        QCOMPARE(table.rowCount(), 2);
        QCOMPARE(text(table, 0, {Source::Name, {}}), u"resnet"_s);
        QCOMPARE(text(table, 1, {Source::Name, {}}), u"key00001…"_s);
        QCOMPARE(cell(table, 1, {Source::Name, {}}), ExperimentTable::Cell::Fallback);
        QCOMPARE(text(table, 0, {Source::Duration, {}}), u"1 h 12 min"_s);
        QCOMPARE(text(table, 0, {Source::State, {}}), u"Running"_s);
        QCOMPARE(cell(table, 1, {Source::State, {}}), ExperimentTable::Cell::NotLoaded);
    }

    void columnsComeAndGoAndKeepTheirValues()
    {
        ExperimentTable table;
        QAbstractItemModelTester tester(&table);
        table.setExperiments(listing({u"a"_s, u"b"_s, u"c"_s}));
        auto columns = TableColumn::fixed();
        columns.push_back(rate);
        columns.push_back(loss);
        table.setColumns(columns);
        QCOMPARE(cell(table, 0, rate), ExperimentTable::Cell::NotLoaded);
        table.edit(rate, [](ValueColumn &values) {
            values.setText(0, u"3e-4"_s);
            values.setMissing(1);
            values.setText(2, u""_s);
        });
        table.edit(loss, [](ValueColumn &values) {
            values.setNumber(0, 0.163123456);
            values.setNumber(1, std::numeric_limits<double>::quiet_NaN());
            values.setNumber(2, 0.5, true);
        });
        QCOMPARE(text(table, 0, rate), u"3e-4"_s); // exactly as logged
        QCOMPARE(text(table, 1, rate), u"–"_s);
        QCOMPARE(text(table, 2, rate), u"(empty)"_s);
        QCOMPARE(text(table, 0, loss), u"0.1631"_s);
        QCOMPARE(cell(table, 1, loss), ExperimentTable::Cell::NaN);
        QCOMPARE(text(table, 2, loss), u"≈ 0.5000"_s);
        QCOMPARE(table.index(0, table.indexOf(loss)).data(ExperimentTable::ExactRole).toString(), u"0.163123456"_s);
        QCOMPARE(table.headerData(table.indexOf(loss), Qt::Horizontal, ExperimentTable::ColumnRole).toString(),
            u"metric, last"_s);

        const std::vector<TableColumn> other{loss, {Source::Key, {}}, {Source::Name, {}}};
        table.setColumns(other);
        QVERIFY(table.columns() == other);
        QCOMPARE(table.indexOf(rate), -1);
        table.setColumns(columns);
        QCOMPARE(text(table, 0, rate), u"3e-4"_s);
    }

    void valuesOfOtherSizesKeepTheirDigitsAndLineUp()
    {
        ExperimentTable table;
        table.setExperiments(listing({u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
        table.setColumns({loss, rate});
        table.edit(loss, [](ValueColumn &values) {
            values.setNumber(0, 0.0312);
            values.setNumber(1, 4100.5);
            values.setNumber(2, 2e-9);
            values.setNumber(3, 5200);
        });
        table.edit(rate, [](ValueColumn &values) { values.setText(0, u"18446744073709551616"_s); });
        const auto room = [&](int row) { return table.index(row, 0).data(ExperimentTable::RoomRole).toString(); };
        QCOMPARE(text(table, 0, loss) + room(0), u"0.0312"_s);
        QCOMPARE(text(table, 1, loss), u"4,100.5"_s);
        QCOMPARE(room(1), u"000"_s);
        QCOMPARE(text(table, 2, loss) + room(2), u"2e-9"_s);
        QCOMPARE(text(table, 3, loss), u"5,200"_s);
        QCOMPARE(room(3), u".0000"_s);
        QCOMPARE(text(table, 0, rate), u"18446744073709551616"_s);
        QCOMPARE(table.index(0, 1).data(ExperimentTable::RoomRole).toString(), QString());
    }

    void refreshIsADifferenceByKey()
    {
        ExperimentTable table;
        QAbstractItemModelTester tester(&table);
        table.setExperiments(listing({u"a"_s, u"b"_s, u"c"_s}));
        auto columns = TableColumn::fixed();
        columns.push_back(rate);
        table.setColumns(columns);
        table.edit(rate, [](ValueColumn &values) { values.setText(2, u"0.5"_s); });
        table.setTags(1, {u"best"_s});
        const QPersistentModelIndex b = table.index(1, 0);
        const QPersistentModelIndex a = table.index(0, 0);

        table.setExperiments(listing({u"b2"_s, u"c"_s, u"d"_s}, 1)); // key0 went, key3 is new
        QCOMPARE(table.rowCount(), 3);
        QVERIFY(!a.isValid());
        QCOMPARE(b.row(), 0);
        QCOMPARE(b.data().toString(), u"b2"_s);
        QCOMPARE(text(table, 1, rate), u"0.5"_s);
        QCOMPARE(cell(table, 2, rate), ExperimentTable::Cell::NotLoaded);
        QCOMPARE(table.tags(0), QStringList{u"best"_s});
        QCOMPARE(table.experimentOf(u"key00003"_s).value(), std::size_t(2));
        QVERIFY(!table.experimentOf(u"key00000"_s));
    }

    void sortsBySeveralColumns()
    {
        ExperimentTable table;
        QAbstractItemModelTester tester(&table);
        table.setExperiments(listing({u"run-10"_s, u"run-2"_s, u"run-1"_s}));
        auto columns = TableColumn::fixed();
        columns.push_back(rate);
        table.setColumns(columns);
        table.edit(rate, [](ValueColumn &values) {
            values.setText(0, u"0.1"_s);
            values.setText(1, u"0.1"_s);
        });
        const QPersistentModelIndex first = table.index(0, 0);
        QSignalSpy layouts(&table, &QAbstractItemModel::layoutChanged);
        table.setSort({{rate, true}, {{Source::Name, {}}, false}});
        QCOMPARE(shownKeys(table), (QStringList{u"key00001"_s, u"key00000"_s, u"key00002"_s}));
        QCOMPARE(layouts.size(), 1);
        QCOMPARE(first.row(), 1);
        table.sort(table.indexOf({Source::Start, {}}), Qt::DescendingOrder);
        QCOMPARE(shownKeys(table), (QStringList{u"key00002"_s, u"key00001"_s, u"key00000"_s}));
        table.sort(-1);
        QCOMPARE(shownKeys(table), (QStringList{u"key00000"_s, u"key00001"_s, u"key00002"_s}));
    }

    void filtersOverNamesKeysTagsAndShownValues()
    {
        ExperimentTable table;
        QAbstractItemModelTester tester(&table);
        table.setExperiments(listing({u"ResNet"_s, u"lenet"_s, u"vgg"_s}));
        auto columns = TableColumn::fixed();
        columns.push_back(rate);
        table.setColumns(columns);
        table.edit(rate, [](ValueColumn &values) { values.setText(2, u"0.125"_s); });
        table.setTags(1, {u"Baseline"_s});
        const auto filtered = [&](const QString &text) {
            table.setFilter({RowFilter::Mode::Text, text});
            return shownKeys(table);
        };
        QCOMPARE(filtered(u"net"_s), (QStringList{u"key00000"_s, u"key00001"_s}));
        QCOMPARE(filtered(u"net base"_s), QStringList{u"key00001"_s});
        QCOMPARE(filtered(u"0.125"_s), QStringList{u"key00002"_s});
        QCOMPARE(filtered(u"KEY00000"_s), QStringList{u"key00000"_s});
        QCOMPARE(filtered(u"nothing"_s), QStringList());
        QCOMPARE(table.experimentCount(), std::size_t(3));
        table.setColumns(TableColumn::fixed()); // what is not shown does not match
        QCOMPARE(filtered(u"0.125"_s), QStringList());
        QCOMPARE(filtered(u""_s).size(), 3);
        table.setFilter({RowFilter::Mode::Pattern, u"res|len"_s});
        QCOMPARE(shownKeys(table), QStringList{u"key00001"_s});
        table.setFilter({RowFilter::Mode::Pattern, u"("_s}); // broken: shows all, error() says why
        QCOMPARE(table.rowCount(), 3);
    }

    void anAccentTypedAfterItsLetterMakesAnother()
    {
        ExperimentTable table;
        table.setExperiments(listing({u"señal"_s, u"senal"_s, u"sen\u0303al"_s}));
        table.setFilter({RowFilter::Mode::Text, u"sen"_s});
        QCOMPARE(shownKeys(table), QStringList{u"key00001"_s});
        table.setFilter({RowFilter::Mode::Text, u"sen\u0303"_s});
        QCOMPARE(shownKeys(table), (QStringList{u"key00000"_s, u"key00002"_s}));
        table.setFilter({});
        table.setSort({{{Source::Name, {}}, false}});
        QCOMPARE(shownKeys(table), (QStringList{u"key00001"_s, u"key00000"_s, u"key00002"_s}));
    }

    void whatAQueryFoundIsShownAndCanBeFiltered()
    {
        ExperimentTable table;
        QAbstractItemModelTester tester(&table);
        table.setExperiments(listing({u"ResNet"_s, u"lenet"_s, u"vgg"_s}));
        table.setFound(std::make_shared<const KeySet>(KeySet{"key00001", "key00002", "of another project"}));
        QCOMPARE(shownKeys(table), (QStringList{u"key00001"_s, u"key00002"_s}));
        table.setFilter({RowFilter::Mode::Text, u"net"_s});
        QCOMPARE(shownKeys(table), QStringList{u"key00001"_s});
        table.setFound(nullptr);
        QCOMPARE(shownKeys(table), (QStringList{u"key00000"_s, u"key00001"_s}));
        table.setFound(std::make_shared<const KeySet>());
        QCOMPARE(table.rowCount(), 0);
        table.setExperiments(listing({u"ResNet"_s, u"lenet"_s})); // refreshed: it still holds
        QCOMPARE(table.rowCount(), 0);
        table.clear();
        QVERIFY(!table.found());
    }

    void valuesThatArriveLaterMoveNothingUntilAsked()
    {
        ExperimentTable table;
        table.setExperiments(listing({u"a"_s, u"b"_s}));
        auto columns = TableColumn::fixed();
        columns.push_back(rate);
        table.setColumns(columns);
        table.setSort({{rate, false}});
        table.edit(rate, [](ValueColumn &values) {
            values.setNumber(0, 2);
            values.setNumber(1, 1);
        });
        QCOMPARE(shownKeys(table), (QStringList{u"key00000"_s, u"key00001"_s}));
        table.arrangeAgain();
        QCOMPARE(shownKeys(table), (QStringList{u"key00001"_s, u"key00000"_s}));
    }

    void tagsAreKnownOneByOneOrAllAtOnce()
    {
        ExperimentTable table;
        table.setExperiments(listing({u"a"_s, u"b"_s, u"c"_s}));
        table.setTags(0, {u"best"_s});
        QVERIFY(!table.areTagsKnown(2));
        QCOMPARE(cell(table, 2, {Source::Tags, {}}), ExperimentTable::Cell::NotLoaded);
        table.setAllTags({{u"best"_s, u"a, b"_s}, {}, {}});
        QCOMPARE(table.tags(0), (QStringList{u"a, b"_s, u"best"_s})); // sorted
        QVERIFY(table.areTagsKnown(2));
        QVERIFY(table.tags(2).isEmpty());
        QCOMPARE(cell(table, 2, {Source::Tags, {}}), ExperimentTable::Cell::Missing);
    }

    // Many rows are arranged on another thread; answers for questions of before are dropped.
    void manyRowsArriveAsOneLayoutChange()
    {
        QStringList names;
        for (int i = 0; i < 30'000; ++i)
            names << u"run-%1"_s.arg(i);
        ExperimentTable table;
        QSignalSpy arranged(&table, &ExperimentTable::arranged);
        table.setExperiments(listing(names));
        QTRY_COMPARE(table.rowCount(), 30'000);
        const QPersistentModelIndex last = table.index(29'999, 0);
        QSignalSpy layouts(&table, &QAbstractItemModel::layoutChanged);
        table.setSort({{{Source::Name, {}}, true}});
        table.setFilter({RowFilter::Mode::Text, u"run-9"_s});
        table.setFilter({RowFilter::Mode::Text, u"run-99"_s});
        QVERIFY(table.isArranging());
        QTRY_VERIFY(!table.isArranging());
        QCOMPARE(layouts.size(), 1);
        QCOMPARE(table.rowCount(), 111);
        QCOMPARE(table.index(0, 0).data().toString(), u"run-9999"_s);
        QCOMPARE(table.index(110, 0).data().toString(), u"run-99"_s);
        QVERIFY(!last.isValid());
        table.setFilter({});
        QTRY_COMPARE(table.rowCount(), 30'000);
        QCOMPARE(table.index(0, 0).data().toString(), u"run-29999"_s);
    }

    void markupIsPlainText()
    {
        ExperimentTable table;
        table.setExperiments(listing({u"<b>bold</b>"_s}));
        QCOMPARE(text(table, 0, {Source::Name, {}}), u"<b>bold</b>"_s);
        QVERIFY(table.index(0, 0).data(Qt::ToolTipRole).toString().contains(u"&lt;b&gt;bold"_s));
    }

    void clearLeavesNothing()
    {
        ExperimentTable table;
        QAbstractItemModelTester tester(&table);
        table.setExperiments(listing({u"a"_s}));
        table.setFilter({RowFilter::Mode::Text, u"zzz"_s});
        table.clear();
        QCOMPARE(table.rowCount(), 0);
        table.setExperiments(listing({u"b"_s}));
        QCOMPARE(table.rowCount(), 1);
    }

    void columnIdsReadBack()
    {
        for (const TableColumn &column :
            {TableColumn{Source::Key, {}}, rate, loss, TableColumn{Source::Other, u"a/b/c"_s}}) {
            const auto read = TableColumn::fromId(column.id());
            QVERIFY(read);
            QCOMPARE(read->id(), column.id());
            QVERIFY(*read == column);
        }
        QVERIFY(!TableColumn::fromId(u"parameter"_s));
        QVERIFY(!TableColumn::fromId(u"colour"_s));
    }
};

QTEST_GUILESS_MAIN(ExperimentTableTest)
#include "tst_experimenttable.moc"
