// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

// A run as a chart shows it. colour is the index that RunColours gave it; mayGrow says that a refresh
// may bring more points (a finished run is not asked for again).
struct ChartedRun
{
    QString key;
    QString name;
    int colour = 0;
    bool mayGrow = true;

    bool operator==(const ChartedRun &) const = default;
};
