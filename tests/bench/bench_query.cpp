// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Ten clauses over the values of 25,000 and of 1,000,000 experiments, on one thread, and what the window does for it.

#include "models/query/evaluate.h"
#include "models/query/pythontext.h"
#include "models/query/tablevalues.h"
#include "tests/bench/bench.h"

#include <QCoreApplication>
#include <QSignalSpy>

#include <map>
#include <random>

namespace {

using namespace query;
using namespace Qt::StringLiterals;

constexpr auto asked = "(Metric('loss') < .7) & (Metric('acc') >= .2) & ~Metric('f1').between(.4, .5) & (Metric('nope') == None)"
                       " & Parameter('optimizer').startswith('ad') & ~Parameter('note').contains('x1') & (Parameter('seed') != 3)"
                       " & ((Metadata('start') > datetime(2024, 1, 1)) | Tag('good') | ~((Parameter('lr') < .1) & (Metric('acc') < .9)))";

std::map<QString, ValueColumn> columnsOf(std::size_t rows)
{
    std::mt19937 random(1);
    std::uniform_real_distribution<double> unit(0, 1);
    std::map<QString, ValueColumn> columns;
    const auto fill = [&](const QString &name, auto value) {
        ValueColumn column(rows);
        for (std::size_t row = 0; row < rows; ++row)
            value(column, row);
        columns.emplace(name, std::move(column));
    };
    for (const QString &name : {u"loss"_s, u"acc"_s, u"f1"_s, u"lr"_s}) {
        fill(name, [&](ValueColumn &column, std::size_t row) {
            if (unit(random) < 0.1)
                column.setMissing(row);
            else
                column.setNumber(row, unit(random));
        });
    }
    fill(u"nope"_s, [](ValueColumn &column, std::size_t row) { column.setMissing(row); });
    fill(u"optimizer"_s, [&](ValueColumn &column, std::size_t row) { column.setText(row, row % 3 ? u"adam"_s : u"sgd"_s); });
    fill(u"note"_s, [&](ValueColumn &column, std::size_t row) { column.setText(row, u"note x%1"_s.arg(row % 20'000)); });
    fill(u"seed"_s, [&](ValueColumn &column, std::size_t row) { column.setText(row, QString::number(row % 100)); });
    fill(u"start"_s, [&](ValueColumn &column, std::size_t row) { column.setNumber(row, 1.6e12 + 2e11 * unit(random)); });
    fill(u"tags"_s, [&](ValueColumn &column, std::size_t row) { column.setText(row, row % 5 ? u"a\x1fgood"_s : u"b"_s); });
    return columns;
}

void measure(std::size_t rows, const char *name, double target)
{
    const Variables variables({{u"loss"_s, Source::Metric, u"double"_s}, {u"acc"_s, Source::Metric, u"double"_s},
        {u"f1"_s, Source::Metric, u"double"_s}, {u"nope"_s, Source::Metric, u"double"_s},
        {u"optimizer"_s, Source::Parameter, u"string"_s}, {u"note"_s, Source::Parameter, u"string"_s},
        {u"seed"_s, Source::Parameter, u"double"_s}, {u"lr"_s, Source::Parameter, u"double"_s},
        {u"start"_s, Source::Metadata, u"datetime"_s}});
    const std::map<QString, ValueColumn> columns = columnsOf(rows);
    const Expression expression = fromPython(QString::fromLatin1(asked)).expression;
    std::size_t found = 0;
    const double spent = bench::milliseconds([&] {
        found = evaluated(expression, variables, rows, [&](const Variable &variable) {
            return std::optional(columns.at(variable.source == Source::Tag ? u"tags"_s : variable.name));
        }).count.yes;
    });
    bench::row(name, qPrintable(QString::number(spent, 'f', 1) + u" ms"_s), qPrintable(u"%1 ms"_s.arg(target)),
        spent <= target && found > 0 && found < rows);
}

// What the window's thread does before another one counts: a picture of what the table has loaded.
void measurePicture(std::size_t rows, const char *name, double target)
{
    auto listing = std::make_shared<api::Experiments>();
    std::vector<QStringList> tags;
    for (std::size_t row = 0; row < rows; ++row) {
        const std::string number = std::to_string(row * 2654435761u % 1'000'000'007u);
        listing->keys.append(number + "0123456789abcdef");
        listing->names.append("run " + number);
        listing->users.append(row % 3 ? "ada" : "grace");
        listing->starts.push_back(1'700'000'000'000 + static_cast<qint64>(row));
        listing->ends.push_back(0);
        listing->durations.push_back(static_cast<qint64>(row % 10'000));
        listing->archived.push_back(0);
        listing->states.push_back(row % 9 ? api::State::Finished : api::State::Running);
        tags.push_back({u"good"_s, QString::number(row % 50)});
    }
    ExperimentTable table;
    QSignalSpy listed(&table, &ExperimentTable::experimentsChanged);
    table.setExperiments(listing);
    const bool isListed = !listed.isEmpty() || listed.wait();
    table.setAllTags(tags);
    std::vector<TableColumn> shown;
    for (const auto &[column, values] : columnsOf(rows)) {
        shown.push_back({TableColumn::Source::Parameter, column});
        table.setColumns(shown);
        table.edit(shown.back(), [&values = values](ValueColumn &own) { own = values; });
    }
    const Expression expression = fromPython(QStringLiteral(
        "(Metadata('duration') > 1) & (Other('Name') != 'x') & (Metadata('user_name') == 'ada') & Tag('good')"
        " & (Metadata('start_server_timestamp') > datetime(2023, 1, 1)) & (Metadata('experimentKey') != 'k')"
        " & (Parameter('loss') < 1) & (Parameter('optimizer') == 'adam') & (Parameter('note') != 'y')"
        " & (Metadata('runActive') == False)")).expression;
    std::size_t known = 0;
    const double spent = bench::milliseconds([&] { known += valuesOf(table, expression) ? 1 : 0; });
    bench::row(name, qPrintable(QString::number(spent, 'f', 2) + u" ms"_s), qPrintable(u"%1 ms"_s.arg(target)),
        spent <= target && isListed && known > 0 && expression.children().size() == 10);
}

} // namespace

int main(int count, char **arguments)
{
    const QCoreApplication application(count, arguments);
    measurePicture(25'000, "query: picture of the table, 10 clauses, 25,000 experiments", 16);
    measure(25'000, "query: 10 clauses, 25,000 experiments", 16);
    measure(1'000'000, "query: 10 clauses, 1,000,000 experiments", 250);
    return bench::isMissed ? 1 : 0;
}
