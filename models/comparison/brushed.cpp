// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/comparison/brushed.h"

#include "models/comparison/plotscale.h"
#include "models/query/rangeclauses.h"
#include "models/query/tablevalues.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

QStringList categoriesIn(const PlotColumn &column, const PlotColumn::Range &range)
{
    const auto first = static_cast<qsizetype>(std::ceil(std::max(0.0, range.low)));
    const auto last = static_cast<qsizetype>(std::floor(range.high));
    return last < first ? QStringList() : column.categories.mid(first, last - first + 1);
}

QString rangeText(const PlotColumn &column, const PlotColumn::Range &range)
{
    if (column.kind == PlotColumn::Kind::Category)
        return categoriesIn(column, range).join(QStringLiteral(", "));
    const PlotColumn::Range shown
        = column.kind == PlotColumn::Kind::Number ? roundedOutward(range.low, range.high) : range;
    return QCoreApplication::translate("rangeText", "%1 to %2").arg(column.text(shown.low), column.text(shown.high));
}

std::optional<query::Expression> brushed(
    const PlotColumn &column, const PlotColumn::Range &range, const query::Variables &variables)
{
    const auto variable = query::variableOf(column.column);
    if (!variable || (column.column.isMetric() && query::tableColumn(*variable) != column.column))
        return std::nullopt;
    switch (column.kind) {
    case PlotColumn::Kind::Number: {
        const PlotColumn::Range shown = roundedOutward(range.low, range.high);
        return query::inRange(*variable, shown.low, shown.high, variables);
    }
    case PlotColumn::Kind::Moment:
        return query::inRange(*variable, range.low, range.high, variables);
    case PlotColumn::Kind::Duration:
        return query::inRange(*variable, std::floor(range.low / 1000), std::ceil(range.high / 1000), variables);
    case PlotColumn::Kind::Category:
        break;
    }
    return query::isOneOf(*variable, categoriesIn(column, range), variables);
}
