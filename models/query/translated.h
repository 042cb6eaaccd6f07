// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCoreApplication>

namespace query {

// Sentences of this room, for people.
inline QString tr(const char *text)
{
    return QCoreApplication::translate("query", text);
}

} // namespace query
