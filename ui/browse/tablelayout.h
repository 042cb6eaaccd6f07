// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/browse/experimenttable.h"

#include <QByteArray>
#include <QHash>
#include <QStringList>

#include <vector>

// How a person left the table of a project, as it is remembered between runs.
struct TableLayout
{
    std::vector<TableColumn> columns; // as on screen; empty where nothing is remembered
    QHash<QString, int> widths; // by TableColumn::id()
    int pinned = 1;
    std::vector<ExperimentTable::SortBy> sort;
    api::Archived archived = api::Archived::No;
    QStringList chartedMetrics;

    QByteArray toJson() const;
    // What can't be read is left out: it may be of another version.
    static TableLayout fromJson(const QByteArray &json);
};
