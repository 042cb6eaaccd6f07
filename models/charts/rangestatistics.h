// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/chartline.h"
#include "models/values/rowtable.h"

#include <vector>

// What one line does from x1 to x2.
struct RangeRow
{
    QString id; // stable: key and name of the run
    QString name;
    int colour = 0;
    double first = 0; // value of the point nearest to x1; NaN where there is none, as all of these
    double last = 0; // nearest to x2
    double difference = 0;
    double slope = 0; // difference for each unit of x
    double smallest = 0; // of the finite values inside, as the next two
    double largest = 0;
    double mean = 0;
    qint64 points = 0; // inside

    bool operator==(const RangeRow &) const = default;
};

std::vector<RangeRow> rangeStatistics(const std::vector<ChartLine> &lines, double x1, double x2);

// The table of it. Owned by the widget that shows it.
class RangeStatistics : public RowTable<RangeRow>
{
    Q_OBJECT
public:
    explicit RangeStatistics(QObject *parent = nullptr);
};
