// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

// The names of an argument that holds several: "loss,acc", "workspace/project". A name that holds the separator is put in
// quotes as CSV does ("a,b", a quote in it doubled), or the separator after a backslash (a\,b; \\ is a backslash
// then). Everything else is the name itself: backslashes elsewhere, quotes that do not enclose all of a name, blanks.
// Empty names are left out.
QStringList separated(const QString &text, QChar separator);
