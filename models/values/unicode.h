// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <string>
#include <string_view>

// Texts as they are searched and sorted. "é" comes as one character from most keyboards and as two from some file
// systems; people see one letter, so both are composed to one (normalization form C) before they are compared.
namespace unicode {

// The text, where it is composed already; else what buffer then holds.
std::string_view composed(std::string_view utf8, std::string &buffer);

// Composed, and in lower case as Unicode folds it.
QString folded(const QString &text);
void appendFolded(std::string_view utf8, std::string &out);

// Whether text has the part in it, whatever the case; part is folded().
bool hasFolded(const QString &text, const QString &part);

} // namespace unicode
