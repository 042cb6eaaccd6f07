// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/values.h"
#include "models/values/rowtable.h"

// A metric of one experiment: its last, smallest and largest value, and the steps they were logged at.
struct MetricRow
{
    QString name;
    QString context;
    QString last; // as the server keeps it; null where it has none
    QString minimum;
    QString maximum;
    QString lastStep;
    QString minimumStep;
    QString maximumStep;
    qint64 lastTime = 0;

    bool operator==(const MetricRow &) const = default;
};

// The metrics of one experiment, in the server's order. Owned by ExperimentValues.
class MetricTable : public RowTable<MetricRow>
{
    Q_OBJECT
public:
    enum Column { Name, Last, LastStep, Minimum, MinimumStep, Maximum, MaximumStep };

    explicit MetricTable(QObject *parent = nullptr);

    void setSummaries(const api::Summaries &summaries);
};
