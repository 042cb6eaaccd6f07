// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/derivation.h"

#include <cmath>
#include <limits>

// Gives some bytes to the parser of derived series, and computes what it read. True where what comes out keeps
// its promises, whatever went in.
inline bool deriveAnything(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes);
    const Derivation::Reading reading = Derivation::read(text);
    if (reading.problem) {
        const Derivation::Problem &problem = *reading.problem;
        return !problem.message.isEmpty() && problem.position >= 0 && problem.length >= 0
            && problem.position + problem.length <= text.size();
    }
    const QStringList &metrics = reading.derivation.metrics();
    if (metrics.isEmpty() || reading.derivation.text() != text)
        return false;
    for (const QString &metric : metrics) {
        const Derivation::Reading again = Derivation::read(Derivation::written(metric));
        if (again.problem || again.derivation.metrics() != QStringList(metric))
            return false;
    }
    // Every other metric lacks a step and has one twice.
    const double infinity = std::numeric_limits<double>::infinity();
    const auto even = std::make_shared<const Points>(Points::Columns{{1, -2, std::nan(""), 1e300, infinity}, {0, 1, 2, 3, 4}, {}, {}, {}});
    const auto odd = std::make_shared<const Points>(Points::Columns{{3, 0, -0.5, 7}, {0, 1, 1, 4}, {}, {}, {}});
    const PointsPointer points = reading.derivation.points(
        [&](const QString &metric) { return metrics.indexOf(metric) % 2 == 0 ? even : odd; });
    const PointsPointer none = reading.derivation.points([](const QString &) { return nullptr; });
    return points && !none && points->size() == (metrics.size() > 1 ? 3U : 5U);
}
