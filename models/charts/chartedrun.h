// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

// A run as a chart shows it. colour is the index that RunColours gave it; mayGrow says that a refresh
// may bring more points (a finished run is not asked for again). start is the zero of its elapsed time, in milliseconds
// since 1970 UTC; 0 where it is not known.
struct ChartedRun
{
    QString key;
    QString name;
    int colour = 0;
    bool mayGrow = true;
    qint64 start = 0;

    bool operator==(const ChartedRun &) const = default;
};
