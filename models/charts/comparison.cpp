// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/comparison.h"

#include <QCollator>
#include <QHash>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace {

constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();
constexpr double logarithmicFrom = 100; // largest by smallest

double drawn(double number, bool isLogarithmic)
{
    return isLogarithmic ? std::log10(number) : number;
}

bool hasPlace(double number, bool isLogarithmic)
{
    return std::isfinite(number) && (!isLogarithmic || number > 0);
}

std::optional<Trend> trendOf(const std::vector<double> &x, const std::vector<double> &y)
{
    if (x.size() < 3)
        return {};
    const auto count = static_cast<double>(x.size());
    const double meanX = std::accumulate(x.cbegin(), x.cend(), 0.0) / count;
    const double meanY = std::accumulate(y.cbegin(), y.cend(), 0.0) / count;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xx += (x[i] - meanX) * (x[i] - meanX);
        xy += (x[i] - meanX) * (y[i] - meanY);
        yy += (y[i] - meanY) * (y[i] - meanY);
    }
    if (!(xx > 0 && yy > 0) || !std::isfinite(xx + yy))
        return {};
    const double slope = xy / xx;
    return Trend{slope, meanY - slope * meanX, std::min(1.0, slope * xy / yy)};
}

// Of the experiments, all of which have a number.
Bar barOf(const ComparedColumn &metric, const QString &label, std::vector<std::size_t> experiments)
{
    Bar bar{label, std::move(experiments), 0, noNumber, std::numeric_limits<double>::infinity(),
        -std::numeric_limits<double>::infinity()};
    const auto count = static_cast<double>(bar.experiments.size());
    for (const std::size_t experiment : bar.experiments) {
        const double number = metric.numbers[experiment];
        bar.value += number / count;
        bar.smallest = std::min(bar.smallest, number);
        bar.largest = std::max(bar.largest, number);
    }
    double squares = 0;
    for (const std::size_t experiment : bar.experiments)
        squares += (metric.numbers[experiment] - bar.value) * (metric.numbers[experiment] - bar.value);
    if (count > 1)
        bar.deviation = std::sqrt(squares / (count - 1));
    return bar;
}

} // namespace

ComparedColumn comparedColumn(const QString &name, const QStringList &values)
{
    ComparedColumn column{name, {}, {}};
    bool isOfNumbers = true;
    for (const QString &value : values) {
        bool isNumber = false;
        const double number = QLocale::c().toDouble(value.trimmed(), &isNumber);
        isOfNumbers = isOfNumbers && (isNumber || value.isNull());
        column.numbers.push_back(isNumber && std::isfinite(number) ? number : noNumber);
    }
    if (isOfNumbers)
        return column;
    for (const QString &value : values) {
        if (!value.isNull())
            column.texts.append(value);
    }
    QCollator order(QLocale(QLocale::English)); // that of C does not know numeric mode
    order.setNumericMode(true);
    std::sort(column.texts.begin(), column.texts.end(), [&order](const QString &a, const QString &b) {
        const int difference = order.compare(a, b);
        return difference != 0 ? difference < 0 : a < b;
    });
    column.texts.removeDuplicates();
    QHash<QString, qsizetype> indexes;
    for (qsizetype i = 0; i < column.texts.size(); ++i)
        indexes.insert(column.texts[i], i);
    for (qsizetype i = 0; i < values.size(); ++i) {
        column.numbers[static_cast<std::size_t>(i)]
            = values[i].isNull() ? noNumber : static_cast<double>(indexes.value(values[i]));
    }
    return column;
}

Scatter scatter(const ComparedColumn &x, const ComparedColumn &y, bool logarithmicX, bool logarithmicY)
{
    Scatter result;
    std::vector<double> drawnX;
    std::vector<double> drawnY;
    const std::size_t count = std::min(x.numbers.size(), y.numbers.size());
    for (std::size_t i = 0; i < count; ++i) {
        if (!hasPlace(x.numbers[i], logarithmicX) || !hasPlace(y.numbers[i], logarithmicY)) {
            ++result.leftOut;
            continue;
        }
        result.points.push_back({i, x.numbers[i], y.numbers[i]});
        drawnX.push_back(drawn(x.numbers[i], logarithmicX));
        drawnY.push_back(drawn(y.numbers[i], logarithmicY));
    }
    if (x.isOfNumbers() && y.isOfNumbers())
        result.trend = trendOf(drawnX, drawnY);
    return result;
}

Parallel parallel(const std::vector<ComparedColumn> &columns)
{
    Parallel result;
    std::size_t experiments = 0;
    for (const ComparedColumn &column : columns)
        experiments = std::max(experiments, column.numbers.size());
    result.places.assign(experiments, std::vector<double>(columns.size(), noNumber));
    for (std::size_t index = 0; index < columns.size(); ++index) {
        ParallelAxis axis{columns[index], std::numeric_limits<double>::infinity(),
            -std::numeric_limits<double>::infinity(), false};
        for (const double number : axis.column.numbers) {
            if (!std::isfinite(number))
                continue;
            axis.low = std::min(axis.low, number);
            axis.high = std::max(axis.high, number);
        }
        axis.isLogarithmic = axis.column.isOfNumbers() && axis.low > 0 && axis.high / axis.low > logarithmicFrom;
        // Halves: the distance of two doubles may be more than one.
        const double low = drawn(axis.low, axis.isLogarithmic) / 2;
        const double width = drawn(axis.high, axis.isLogarithmic) / 2 - low;
        for (std::size_t i = 0; i < axis.column.numbers.size(); ++i) {
            const double number = axis.column.numbers[i];
            if (std::isfinite(number)) // in the middle where all are the same
                result.places[i][index] = width > 0 ? (drawn(number, axis.isLogarithmic) / 2 - low) / width : 0.5;
        }
        if (!(axis.low <= axis.high)) // nobody has one
            axis.low = 0, axis.high = 1;
        result.axes.push_back(std::move(axis));
    }
    return result;
}

std::vector<Bar> bars(const ComparedColumn &metric)
{
    std::vector<Bar> result;
    for (std::size_t i = 0; i < metric.numbers.size(); ++i) {
        if (std::isfinite(metric.numbers[i]))
            result.push_back(barOf(metric, {}, {i}));
    }
    std::stable_sort(result.begin(), result.end(), [](const Bar &a, const Bar &b) { return a.value > b.value; });
    return result;
}

std::vector<Bar> bars(const ComparedColumn &metric, const ComparedColumn &group)
{
    std::map<double, std::vector<std::size_t>> groups;
    std::vector<std::size_t> without;
    for (std::size_t i = 0; i < metric.numbers.size(); ++i) {
        if (!std::isfinite(metric.numbers[i]))
            continue;
        if (i < group.numbers.size() && std::isfinite(group.numbers[i]))
            groups[group.numbers[i]].push_back(i);
        else
            without.push_back(i);
    }
    std::vector<Bar> result;
    for (auto &[number, experiments] : groups) {
        const QString label = group.isOfNumbers() ? QString::number(number, 'g', QLocale::FloatingPointShortest)
                                                  : group.texts[static_cast<qsizetype>(number)];
        result.push_back(barOf(metric, label, std::move(experiments)));
    }
    if (!without.empty())
        result.push_back(barOf(metric, {}, std::move(without)));
    return result;
}
