// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/linetable.h"

#include "models/values/format.h"

#include <algorithm>
#include <set>

namespace {

// Empty where the line has no point there.
QString valueAt(const Series &series, double x)
{
    std::size_t point = series.steps().lowerBound(x);
    if (point == series.size() || series.steps()[point] != x)
        return {};
    while (point + 1 < series.size() && series.steps()[point + 1] == x)
        ++point; // logged again: the last one counts
    return format::metricFull(series.values()[point]);
}

QString title(const LineTable::Content &content, int column)
{
    if (column == 0)
        return content.xTitle;
    const ChartedRun &run = content.lines[static_cast<std::size_t>(column - 1)].run;
    return run.name.isEmpty() ? run.key : run.name;
}

QString exactCell(const LineTable::Content &content, int row, int column)
{
    const double x = content.x[static_cast<std::size_t>(row)];
    return column == 0 ? format::metricFull(x)
                       : valueAt(*content.lines[static_cast<std::size_t>(column - 1)].series, x);
}

} // namespace

std::shared_ptr<const LineTable::Content> LineTable::content(const std::vector<ChartLine> &lines, const QString &xTitle)
{
    auto content = std::make_shared<Content>(Content{lines, {}, xTitle});
    std::vector<double> &x = content->x;
    std::set<const Steps *> taken; // runs of one sweep share their steps
    for (const ChartLine &line : lines) {
        const Steps &steps = line.series->steps();
        if (!taken.insert(&steps).second)
            continue;
        const auto middle = static_cast<std::ptrdiff_t>(x.size());
        for (std::size_t i = 0; i < steps.size(); ++i)
            x.push_back(steps[i]);
        std::inplace_merge(x.begin(), x.begin() + middle, x.end());
        x.erase(std::unique(x.begin(), x.end()), x.end());
    }
    return content;
}

QString LineTable::text(const Content &content, int firstRow, int lastRow, int firstColumn, int lastColumn)
{
    QString text;
    const auto append = [&](auto cell) {
        for (int column = firstColumn; column <= lastColumn; ++column) {
            text += cell(column);
            text += column < lastColumn ? u'\t' : u'\n';
        }
    };
    append([&](int column) { return title(content, column).simplified(); });
    for (int row = firstRow; row <= lastRow; ++row)
        append([&](int column) { return exactCell(content, row, column); });
    return text;
}

LineTable::LineTable(std::shared_ptr<const Content> content, XText xText, QObject *parent)
    : QAbstractTableModel(parent)
    , m_content(std::move(content))
    , m_xText(std::move(xText))
{
}

int LineTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_content->x.size());
}

int LineTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_content->lines.size()) + 1;
}

QVariant LineTable::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::DisplayRole)
        return index.column() == 0 ? m_xText(m_content->x[static_cast<std::size_t>(index.row())])
                                   : exactCell(*m_content, index.row(), index.column());
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVariant LineTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    return title(*m_content, section);
}
