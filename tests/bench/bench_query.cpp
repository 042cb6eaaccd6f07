// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Ten clauses over the values of 25,000 and of 1,000,000 experiments, on one thread.

#include "models/query/evaluate.h"
#include "models/query/pythontext.h"
#include "tests/bench/bench.h"

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

} // namespace

int main()
{
    measure(25'000, "query: 10 clauses, 25,000 experiments", 16);
    measure(1'000'000, "query: 10 clauses, 1,000,000 experiments", 250);
    return bench::isMissed ? 1 : 0;
}
