// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/browse/tablelayout.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

QByteArray TableLayout::toJson() const
{
    QJsonArray shown;
    for (const TableColumn &column : columns)
        shown << column.id();
    QJsonObject wide;
    for (auto width = widths.begin(); width != widths.end(); ++width)
        wide[width.key()] = width.value();
    QJsonArray by;
    for (const ExperimentTable::SortBy &one : sort)
        by << QJsonObject{{u"column"_s, one.column.id()}, {u"descending"_s, one.descending}};
    const QJsonObject all{{u"columns"_s, shown}, {u"widths"_s, wide}, {u"pinned"_s, pinned}, {u"sort"_s, by},
        {u"archived"_s, static_cast<int>(archived)}, {u"charts"_s, QJsonArray::fromStringList(chartedMetrics)}};
    return QJsonDocument(all).toJson(QJsonDocument::Compact);
}

TableLayout TableLayout::fromJson(const QByteArray &json)
{
    const QJsonObject all = QJsonDocument::fromJson(json).object();
    TableLayout layout;
    for (const QJsonValue &id : all[u"columns"_s].toArray()) {
        const auto column = TableColumn::fromId(id.toString());
        if (column && std::find(layout.columns.begin(), layout.columns.end(), *column) == layout.columns.end())
            layout.columns.push_back(*column);
    }
    // A table without names is no table.
    const TableColumn name{TableColumn::Source::Name, {}};
    if (!layout.columns.empty() && std::find(layout.columns.begin(), layout.columns.end(), name) == layout.columns.end())
        layout.columns.insert(layout.columns.begin(), name);
    const QJsonObject wide = all[u"widths"_s].toObject();
    for (auto width = wide.begin(); width != wide.end(); ++width)
        layout.widths[width.key()] = std::clamp(width.value().toInt(), 36, 2'000);
    layout.pinned = std::clamp(all[u"pinned"_s].toInt(1), 1, 4);
    for (const QJsonValue &one : all[u"sort"_s].toArray()) {
        if (const auto column = TableColumn::fromId(one[u"column"_s].toString()))
            layout.sort.push_back({*column, one[u"descending"_s].toBool()});
    }
    layout.archived = static_cast<api::Archived>(std::clamp(all[u"archived"_s].toInt(), 0, 2));
    for (const QJsonValue &metric : all[u"charts"_s].toArray())
        layout.chartedMetrics << metric.toString();
    return layout;
}
