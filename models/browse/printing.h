// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/browse/experimenttable.h"

#include <QString>

#include <functional>

// The experiment table as text: to the clipboard, to a file, to the terminal. Always the exact values.
namespace printing {

// For --print: a header and every experiment in the server's order (of those found, where a query was
// applied), all fixed columns and then the shown ones, tab-separated. Tabs and line breaks within a value are written \t and \n.
QString tsv(const ExperimentTable &table);

// Rows and columns as they lie on screen, for the clipboard: tab-separated, quoted where a spreadsheet
// needs it.
QString cells(const ExperimentTable &table, const std::vector<int> &rows, const std::vector<TableColumn> &columns,
    bool withHeader);

enum class Extent { Shown, Everything };
// RFC 4180 in UTF-8: the rows shown with the columns given, in their order; or every experiment in the
// server's order with all fixed columns before the others given. Calls write with one line after the other.
void csv(const ExperimentTable &table, const std::vector<TableColumn> &columns, Extent extent,
    const std::function<void(const QByteArray &)> &write);
// Into a file that is replaced only once all of it is written. Returns why it failed; empty where not.
QString writeCsv(const ExperimentTable &table, const std::vector<TableColumn> &columns, Extent extent,
    const QString &path);

} // namespace printing
