// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

// The order of versions as semver.org 2.0.0 has it (PROTOCOL 7).
namespace semantic {

// Below 0 where a comes before b, 0 where neither does: 1.0.0-rc.1 < 1.0.0 < 1.0.1. What is no semantic
// version comes before all that are, in the order of its letters.
int compare(const QString &a, const QString &b);

// The last of them in this order, those aside that are no semantic versions; empty where there is none.
QString highest(const QStringList &versions);

// The version that follows the highest of them: its patch number plus one, or the release that its
// pre-release leads to. "1.0.0" where there is none.
QString next(const QStringList &versions);

} // namespace semantic
