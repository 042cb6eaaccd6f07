// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/charts/correlation.h"
#include "models/comparison/plotcolumn.h"
#include "models/values/rowtable.h"

// One experiment and its value of a column.
struct BarRow
{
    QString key;
    QString name;
    double value = 0;
    QString text; // every digit

    bool operator==(const BarRow &) const = default;
};

// The experiments that have a value, the largest first. Owned by a ComparisonPage.
class BarTable : public RowTable<BarRow>
{
    Q_OBJECT
public:
    enum Column { Name, Value };

    explicit BarTable(QObject *parent = nullptr);
};

// A parameter as the table has it: shared, not copied.
struct LoadedParameter
{
    QString name;
    ValueColumn values;
};

// parameterImportances() over some experiments of a table; metric is one value an experiment, as a PlotColumn has
// them. For another thread: 25,000 experiments are 100 ms and more.
std::vector<ParameterImportance> importancesOf(const std::vector<LoadedParameter> &parameters,
    const std::vector<std::size_t> &experiments, const std::vector<double> &metric);

// How the parameters go with a metric, the strongest first. Owned by a ComparisonPage.
class ImportanceTable : public RowTable<ParameterImportance>
{
    Q_OBJECT
public:
    enum Column { Parameter, Strength, Measure, Experiments };

    explicit ImportanceTable(QObject *parent = nullptr);
};
