// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

#include <optional>
#include <vector>

// Values of the experiments of a table side by side, one number an experiment: parameters, final or best metrics.
// What scatter plots, parallel coordinates and bars are drawn from. Experiments are known by their index.

// One quantity. Texts are numbered in their order, so that they have places on an axis.
struct ComparedColumn
{
    QString name;
    std::vector<double> numbers; // NaN where an experiment has none
    QStringList texts; // where a value is no number: the different values, number i stands for texts[i]

    bool isOfNumbers() const { return texts.isEmpty(); }
    bool operator==(const ComparedColumn &) const = default;
};

// From values as logged, null where there is none. A column of numbers where all are numbers (NaN and infinities
// count as missing), else of texts, in which digits sort as numbers (layer2 before layer10).
ComparedColumn comparedColumn(const QString &name, const QStringList &values);

struct ScatterPoint
{
    std::size_t experiment = 0;
    double x = 0; // as logged, also on logarithmic axes
    double y = 0;

    bool operator==(const ScatterPoint &) const = default;
};
// The line of least squares through the points as they are drawn (through their log10 on logarithmic axes).
struct Trend
{
    double slope = 0;
    double intercept = 0;
    double determination = 0; // R², 0 to 1
};
struct Scatter
{
    std::vector<ScatterPoint> points;
    std::size_t leftOut = 0; // experiments without both, or without a place on a logarithmic axis
    std::optional<Trend> trend; // none with fewer than 3 points, of texts, or where all x or all y are the same
};
Scatter scatter(const ComparedColumn &x, const ComparedColumn &y, bool logarithmicX, bool logarithmicY);

// Axes side by side, a line an experiment.
struct ParallelAxis
{
    ComparedColumn column;
    double low = 0; // the ends of the axis: the smallest and largest number that has a place
    double high = 1;
    bool isLogarithmic = false;
};
struct Parallel
{
    std::vector<ParallelAxis> axes;
    // For each experiment and axis where its line crosses it, from 0 (low) to 1 (high); NaN where it has no place.
    std::vector<std::vector<double>> places;
};
// An axis is logarithmic where suggested: positive numbers over more than two powers of ten, such as learning rates.
Parallel parallel(const std::vector<ComparedColumn> &columns);

// One bar: an experiment, or the mean of those that have a value in common.
struct Bar
{
    QString label; // of a group; null for a single experiment and for those without the value
    std::vector<std::size_t> experiments; // those with a value
    double value = 0;
    double deviation = 0; // of the sample; NaN where it is of one
    double smallest = 0;
    double largest = 0;
};
// A bar an experiment, largest first; those without a value are left out.
std::vector<Bar> bars(const ComparedColumn &metric);
// A bar for each value of group, in the order of the axis, those without it last.
std::vector<Bar> bars(const ComparedColumn &metric, const ComparedColumn &group);
