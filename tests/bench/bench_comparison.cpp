// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the window's thread does for the comparison of 25,000 experiments.

#include "models/browse/projectloader.h"
#include "models/session/settings.h"
#include "tests/bench/bench.h"
#include "ui/comparison/comparisonpage.h"
#include "ui/comparison/parallelplot.h"
#include "ui/comparison/scatterplot.h"

#include <QApplication>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <random>

namespace {

using namespace Qt::StringLiterals;
using Source = TableColumn::Source;

constexpr std::size_t count = 25'000;

bool fill(ExperimentTable &table)
{
    auto listing = std::make_shared<api::Experiments>();
    for (std::size_t row = 0; row < count; ++row) {
        listing->keys.append("key" + std::to_string(row));
        listing->names.append("run " + std::to_string(row));
        listing->users.append(row % 3 ? "ada" : "grace");
        listing->starts.push_back(1'700'000'000'000 + static_cast<qint64>(row));
        listing->ends.push_back(0);
        listing->durations.push_back(static_cast<qint64>(row % 10'000));
        listing->archived.push_back(0);
        listing->states.push_back(api::State::Finished);
    }
    QSignalSpy listed(&table, &ExperimentTable::experimentsChanged);
    QSignalSpy arranged(&table, &ExperimentTable::arranged);
    table.setExperiments(listing);
    if (listed.isEmpty() && !listed.wait())
        return false;
    std::vector<TableColumn> shown{{Source::Name, {}}};
    std::mt19937 random(1);
    std::uniform_real_distribution<double> unit(0, 1);
    for (int column = 0; column < 8; ++column) {
        shown.push_back({column < 4 ? Source::Parameter : Source::MetricLast, u"value %1"_s.arg(column)});
        table.setColumns(shown);
        table.edit(shown.back(), [&](ValueColumn &values) {
            for (std::size_t row = 0; row < count; ++row) {
                if (column == 3)
                    values.setText(row, row % 2 ? u"adam"_s : u"sgd"_s);
                else
                    values.setNumber(row, unit(random));
            }
        });
    }
    while (table.rowCount() < static_cast<int>(count)) {
        if (!arranged.wait())
            return false;
    }
    return true;
}

void tell(const char *name, double spent, double target, bool isRight = true)
{
    bench::row(name, qPrintable(QString::number(spent, 'f', 1) + u" ms"_s), qPrintable(u"<= %1 ms"_s.arg(target)),
        spent <= target && isRight);
}

} // namespace

int main(int argumentCount, char **arguments)
{
    QApplication application(argumentCount, arguments);
    const QTemporaryDir folder;
    Settings settings(folder.filePath(u"settings.conf"_s));
    ExperimentTable table;
    ProjectLoader loader(table);
    if (!fill(table))
        return 1;
    ComparisonPage page(table, loader, settings, nullptr);
    page.resize(1600, 900);
    page.show();
    if (!QTest::qWaitForWindowExposed(&page)) // what is not seen is not painted
        return 1;
    using Plot = ComparisonPage::Plot;
    const double filled = bench::milliseconds([&] { page.showPlot(Plot::Scatter); });
    tell("comparison of 25,000: scatter plot filled", filled, 16, page.scatter()->drawn() == count);
    tell("comparison of 25,000: scatter plot painted", bench::milliseconds([&] {
        page.scatter()->resize(page.scatter()->width() ^ 1, page.scatter()->height()); // anew
        page.scatter()->repaint();
    }), 16);
    int moved = 0;
    tell("comparison of 25,000: pointer moved over the dots", bench::milliseconds([&] {
        ++moved;
        const QPointF place(300 + 37 * (moved % 20), 200 + 13 * (moved % 20));
        QMouseEvent move(QEvent::MouseMove, place, page.scatter()->mapToGlobal(place), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(page.scatter(), &move);
        page.scatter()->repaint();
    }, 20), 16);
    tell("comparison of 25,000: parallel coordinates filled", bench::milliseconds([&] { page.showPlot(Plot::Parallel); }), 16);
    double high = 0.9;
    const double brushed = bench::milliseconds([&] {
        page.parallel()->brush(0, PlotColumn::Range{0.1, high -= 0.05});
        page.parallel()->repaint();
    });
    tell("comparison of 25,000: a range brushed", brushed, 16, page.parallel()->kept().size() < count);
    QSignalSpy drawn(page.parallel(), &ParallelPlot::drawn);
    const bool isDrawn = page.parallel()->isDrawn() || drawn.wait();
    tell("comparison of 25,000: bars", bench::milliseconds([&] { page.showPlot(Plot::Bars); }, 2), 50, isDrawn);
    tell("comparison of 25,000: importance", bench::milliseconds([&] { page.showPlot(Plot::Importance); }, 2), 50);
    return bench::isMissed ? 1 : 0;
}
