// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

#include <optional>
#include <span>
#include <vector>

// Ranks of finite values from 1 on; equal values share the mean of their ranks (scipy.stats.rankdata, method "average").
std::vector<double> ranks(std::span<const double> values);

// Spearman's rank correlation: Pearson's of the ranks, -1 to 1. Pairs of which one is not finite don't count. None
// with fewer than 3 pairs or where one side is constant.
std::optional<double> rankCorrelation(std::span<const double> x, std::span<const double> y);

// What a metric has to do with a parameter over experiments: a correlation, no proof of a cause.
struct ParameterImportance
{
    enum class Measure : quint8 {
        RankCorrelation, // of numbers: Spearman's, -1 to 1
        CorrelationRatio, // of texts: √(variance between the texts / variance) of the metric's ranks, 0 to 1
        None, // skipped for a reason
    };
    enum class Reason : quint8 {
        None,
        TooFew, // fewer than 3 experiments have both
        ConstantParameter,
        ConstantMetric,
        TooManyTexts, // more different texts than half of the experiments: each explains itself
    };
    QString parameter;
    Measure measure = Measure::None;
    Reason reason = Reason::None;
    double value = 0;
    std::size_t count = 0; // experiments that have the parameter and a finite metric
    std::size_t distinct = 0; // different values of the parameter among these

    bool operator==(const ParameterImportance &) const = default;
};

struct ParameterColumn
{
    QString name;
    QStringList values; // as logged, one an experiment; null where it lacks the parameter
};

// The strongest first, by the size of the value; skipped ones last, by name. A parameter is one of numbers where
// each of its values that counts is a finite number. metric is as long as the columns.
std::vector<ParameterImportance> parameterImportances(
    const std::vector<ParameterColumn> &parameters, std::span<const double> metric);
