// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What sorting and filtering the experiment table costs, from the call to the rows being in place, and
// how much memory it holds; beside it QStandardItemModel with a QSortFilterProxyModel over the same rows.

#include "models/browse/experimenttable.h"
#include "tests/bench/bench.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>

#include <algorithm>
#include <malloc.h>

using namespace Qt::StringLiterals;
using Source = TableColumn::Source;

namespace {

void print(const char *name, double value, const char *unit, double target, bool atLeast = false)
{
    const QByteArray measured = QByteArray::number(value, 'f', 1) + ' ' + unit;
    const QByteArray wanted = (atLeast ? ">= " : "<= ") + QByteArray::number(target) + ' ' + unit;
    bench::row(name, measured.constData(), wanted.constData(), atLeast ? value >= target : value <= target);
}

double residentMegabytes()
{
    malloc_trim(0);
    return bench::memory("VmRSS:");
}

QString nameOf(std::size_t row)
{
    static const QStringList models{u"resnet18"_s, u"wrn-28-10"_s, u"lenet"_s, u"vit-small"_s};
    const auto mixed = static_cast<quint32>(row * 2654435761u);
    return u"%1-sweep-%2"_s.arg(models[mixed % 4]).arg(mixed);
}

std::shared_ptr<const api::Experiments> listing(std::size_t rows)
{
    auto all = std::make_shared<api::Experiments>();
    QRandomGenerator random(1);
    for (std::size_t row = 0; row < rows; ++row) {
        all->keys.append(QString::number(random.generate64(), 16).rightJustified(32, u'0').toStdString());
        all->names.append(nameOf(row).toStdString());
        all->users.append("ada");
        all->starts.push_back(1'700'000'000'000 + static_cast<qint64>(random.bounded(1'000'000'000u)));
        all->ends.push_back(0);
        all->durations.push_back(static_cast<qint64>(random.bounded(10'000'000u)));
        all->archived.push_back(0);
        all->states.push_back(api::State::Finished);
    }
    return all;
}

// Half parameters of few values, half metrics of which no two are the same.
std::vector<TableColumn> fill(ExperimentTable &table, int columns)
{
    std::vector<TableColumn> shown = TableColumn::fixed();
    for (int i = 0; i < columns - 5; ++i)
        shown.push_back({i % 2 ? Source::Parameter : Source::MetricLast, u"value_%1"_s.arg(i)});
    table.setColumns(shown);
    QRandomGenerator random(2);
    const QStringList optimizers{u"sgd"_s, u"adamw"_s, u"lion"_s, u"rmsprop"_s};
    for (const TableColumn &column : shown) {
        if (column.isFixed())
            continue;
        table.edit(column, [&](ValueColumn &values) {
            for (std::size_t row = 0; row < values.size(); ++row) {
                if (column.isMetric())
                    values.setNumber(row, random.generateDouble());
                else
                    values.setText(row, optimizers[random.bounded(4)]);
            }
        });
    }
    return shown;
}

double medianOf(std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

// From the call until the rows are in place.
template<class F>
double timed(ExperimentTable &table, F call)
{
    QSignalSpy arranged(&table, &ExperimentTable::arranged);
    QElapsedTimer timer;
    timer.start();
    call();
    while (table.isArranging())
        arranged.wait(60'000);
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

double sortTime(ExperimentTable &table, const TableColumn &column)
{
    std::vector<double> times;
    for (int i = 0; i < 5; ++i)
        times.push_back(timed(table, [&] { table.setSort({{column, i % 2 == 0}}); }));
    return medianOf(times);
}

// A word typed letter by letter, five times: the slowest letter, each by its median. The first has found
// its haystacks made.
double keystrokeTime(ExperimentTable &table, const QString &word)
{
    std::vector<std::vector<double>> times(static_cast<std::size_t>(word.size()));
    for (int i = 0; i < 5; ++i) {
        timed(table, [&] { table.setFilter({RowFilter::Mode::Text, u"~"_s}); });
        for (qsizetype letter = 0; letter < word.size(); ++letter)
            times[static_cast<std::size_t>(letter)].push_back(
                timed(table, [&] { table.setFilter({RowFilter::Mode::Text, word.left(letter + 1)}); }));
    }
    timed(table, [&] { table.setFilter({}); });
    double slowest = 0;
    for (const std::vector<double> &letter : times)
        slowest = std::max(slowest, medianOf(letter));
    return slowest;
}

void load(ExperimentTable &table, std::size_t rows)
{
    timed(table, [&] { table.setExperiments(listing(rows)); });
}

struct RivalTimes
{
    double sort;
    double filter;
};

RivalTimes rival(int rows)
{
    QStandardItemModel model;
    for (int row = 0; row < rows; ++row) {
        auto *name = new QStandardItem(nameOf(static_cast<std::size_t>(row)));
        auto *number = new QStandardItem;
        number->setData(QRandomGenerator::global()->generateDouble(), Qt::DisplayRole);
        model.appendRow({name, number});
    }
    QSortFilterProxyModel proxy;
    proxy.setSourceModel(&model);
    proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
    proxy.rowCount();
    QElapsedTimer timer;
    timer.start();
    proxy.sort(1, Qt::DescendingOrder);
    const double sort = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    timer.restart();
    proxy.setFilterFixedString(u"wrn"_s);
    return {sort, static_cast<double>(timer.nsecsElapsed()) / 1e6};
}

void middle()
{
    ExperimentTable table;
    load(table, 25'000);
    const std::vector<TableColumn> columns = fill(table, 200);
    print("table_25000x200_resident", residentMegabytes(), "MB", 300);
    print("table_25000_sort_metric", sortTime(table, columns.back().isMetric() ? columns.back() : columns[5]), "ms", 50);
    print("table_25000_sort_text", sortTime(table, columns[6]), "ms", 50);
    print("table_25000_sort_name", sortTime(table, columns.front()), "ms", 50);
    const double first = timed(table, [&] { table.setFilter({RowFilter::Mode::Text, u"w"_s}); });
    bench::note("table_25000x200_first_filter_ever", (QByteArray::number(first, 'f', 1) + " ms").constData());
    print("table_25000x200_filter_keystroke", keystrokeTime(table, u"wrn-28"_s), "ms", 16);
    std::vector<TableColumn> usual(columns.begin(), columns.begin() + 17);
    table.setColumns(usual);
    print("table_25000x17_filter_keystroke", keystrokeTime(table, u"wrn-28"_s), "ms", 16);
    const RivalTimes other = rival(25'000);
    print("table_25000_sort_vs_proxy_model", other.sort / sortTime(table, columns[5]), "x", 1, true);
    print("table_25000_filter_vs_proxy_model", other.filter / keystrokeTime(table, u"wrn"_s), "x", 1, true);
}

void large()
{
    ExperimentTable table;
    load(table, 1'000'000);
    const std::vector<TableColumn> columns = fill(table, 7);
    print("table_1000000_sort_metric", sortTime(table, columns[5]), "ms", 500);
    print("table_1000000_sort_start", sortTime(table, {Source::Start, {}}), "ms", 500);
    print("table_1000000_sort_name", sortTime(table, columns.front()), "ms", 500);
    print("table_1000000_filter_keystroke", keystrokeTime(table, u"wrn-28"_s), "ms", 50);
    print("table_1000000x7_resident", residentMegabytes(), "MB", 600);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    middle();
    large();
    return bench::isMissed ? 1 : 0;
}
