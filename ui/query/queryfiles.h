// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace query {
class SavedQueries;
}

// The dialogs about queries that are kept: another name, a file of them. say() is told how it went; the queries
// must not go while a dialog is open.
namespace queryfiles {

using Say = std::function<void(const QString &sentence)>;

void askForName(query::SavedQueries &saved, const QString &name, QWidget *window);
void exportTo(query::SavedQueries &saved, const QString &name, QWidget *window, const Say &say); // empty: all
void importFrom(query::SavedQueries &saved, QWidget *window, const Say &say);

} // namespace queryfiles
