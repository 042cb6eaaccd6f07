// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/correlation.h"

#include "models/values/number.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace {

using Measure = ParameterImportance::Measure;
using Reason = ParameterImportance::Reason;

constexpr std::size_t fewest = 3; // two points always lie on a line

double mean(std::span<const double> values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double squares(std::span<const double> values, double around)
{
    return std::accumulate(values.begin(), values.end(), 0.0,
        [around](double sum, double value) { return sum + (value - around) * (value - around); });
}

// Both of at least `fewest` finite numbers.
std::optional<double> correlationOfRanks(std::span<const double> x, std::span<const double> y)
{
    const std::vector<double> xRanks = ranks(x);
    const std::vector<double> yRanks = ranks(y);
    const double middle = mean(xRanks); // the same for both
    double products = 0;
    for (std::size_t i = 0; i < xRanks.size(); ++i)
        products += (xRanks[i] - middle) * (yRanks[i] - middle);
    const double size = std::sqrt(squares(xRanks, middle)) * std::sqrt(squares(yRanks, middle));
    if (!(size > 0))
        return {};
    return std::clamp(products / size, -1.0, 1.0);
}

double correlationRatio(const QStringList &texts, std::span<const double> values)
{
    struct Group
    {
        double sum = 0;
        double count = 0;
    };
    QHash<QString, Group> groups;
    for (std::size_t i = 0; i < values.size(); ++i) {
        Group &group = groups[texts[static_cast<qsizetype>(i)]];
        group.sum += values[i];
        ++group.count;
    }
    const double middle = mean(values);
    double between = 0;
    for (const Group &group : std::as_const(groups))
        between += group.count * (group.sum / group.count - middle) * (group.sum / group.count - middle);
    return std::min(1.0, std::sqrt(between / squares(values, middle)));
}

// The experiments that have both.
struct Pairs
{
    QStringList texts;
    std::vector<double> numbers; // of all texts, or shorter where one is no number
    std::vector<double> metric;
};

Pairs pairs(const ParameterColumn &parameter, std::span<const double> metric)
{
    Pairs pairs;
    const std::size_t size = std::min(metric.size(), static_cast<std::size_t>(parameter.values.size()));
    for (std::size_t i = 0; i < size; ++i) {
        const QString &text = parameter.values[static_cast<qsizetype>(i)];
        if (text.isNull() || !std::isfinite(metric[i]))
            continue;
        const std::optional<double> number = number::read(text);
        if (number && std::isfinite(*number))
            pairs.numbers.push_back(*number);
        pairs.texts.append(text);
        pairs.metric.push_back(metric[i]);
    }
    return pairs;
}

ParameterImportance importance(const ParameterColumn &parameter, std::span<const double> metric)
{
    const Pairs both = pairs(parameter, metric);
    ParameterImportance result;
    result.parameter = parameter.name;
    result.count = both.metric.size();
    const bool isOfNumbers = both.numbers.size() == result.count;
    if (isOfNumbers) {
        std::vector<double> sorted = both.numbers;
        std::sort(sorted.begin(), sorted.end());
        result.distinct = static_cast<std::size_t>(std::unique(sorted.begin(), sorted.end()) - sorted.begin());
    } else {
        result.distinct = static_cast<std::size_t>(QSet<QString>(both.texts.cbegin(), both.texts.cend()).size());
    }
    const auto skipped = [&result](Reason reason) {
        result.reason = reason;
        return result;
    };
    if (result.count < fewest)
        return skipped(Reason::TooFew);
    if (result.distinct < 2)
        return skipped(Reason::ConstantParameter);
    const auto [smallest, largest] = std::minmax_element(both.metric.cbegin(), both.metric.cend());
    if (*smallest == *largest)
        return skipped(Reason::ConstantMetric);
    if (!isOfNumbers && result.distinct * 2 > result.count)
        return skipped(Reason::TooManyTexts);
    result.measure = isOfNumbers ? Measure::RankCorrelation : Measure::CorrelationRatio;
    result.value = isOfNumbers ? rankCorrelation(both.numbers, both.metric).value_or(0)
                               : correlationRatio(both.texts, ranks(both.metric));
    return result;
}

} // namespace

std::vector<double> ranks(std::span<const double> values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> result(values.size());
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin + 1;
        while (end < order.size() && values[order[end]] == values[order[begin]])
            ++end;
        // The mean of begin + 1 to end.
        const double rank = static_cast<double>(begin + 1 + end) / 2;
        for (; begin < end; ++begin)
            result[order[begin]] = rank;
    }
    return result;
}

std::optional<double> rankCorrelation(std::span<const double> x, std::span<const double> y)
{
    std::vector<double> knownX;
    std::vector<double> knownY;
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
        if (!std::isfinite(x[i]) || !std::isfinite(y[i]))
            continue;
        knownX.push_back(x[i]);
        knownY.push_back(y[i]);
    }
    if (knownX.size() < fewest)
        return {};
    return correlationOfRanks(knownX, knownY);
}

std::vector<ParameterImportance> parameterImportances(
    const std::vector<ParameterColumn> &parameters, std::span<const double> metric)
{
    std::vector<ParameterImportance> result;
    for (const ParameterColumn &parameter : parameters)
        result.push_back(importance(parameter, metric));
    std::stable_sort(result.begin(), result.end(), [](const ParameterImportance &a, const ParameterImportance &b) {
        const bool isASkipped = a.measure == Measure::None;
        const bool isBSkipped = b.measure == Measure::None;
        if (isASkipped || isBSkipped)
            return isASkipped == isBSkipped ? a.parameter < b.parameter : isBSkipped;
        return std::abs(a.value) > std::abs(b.value);
    });
    return result;
}
