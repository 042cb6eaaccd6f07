// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

// The names of runs as legends, lists and files have them, in the order given. Those that more than one run has get the
// beginning of the key beside them, as much of it as tells them apart: "baseline · 27e0". Names that differ only in blanks
// or in case are one name to whoever reads them. A run without a name goes by its key. As many keys as names.
QStringList distinctNames(const QStringList &names, const QStringList &keys);
