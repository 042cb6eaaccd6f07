// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/runcolours.h"

int RunColours::colourOf(const QString &experimentKey)
{
    const auto found = m_colours.constFind(experimentKey);
    if (found != m_colours.cend())
        return *found;
    const int next = static_cast<int>(m_colours.size());
    m_colours.insert(experimentKey, next);
    return next;
}
