// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/series.h"

#include "models/charts/vectorregisters.h"

#include <QtGlobal>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

std::vector<std::uint32_t> ascendingOrder(const std::vector<double> &numbers)
{
    if (std::is_sorted(numbers.cbegin(), numbers.cend()))
        return {};
    std::vector<std::uint32_t> order(numbers.size());
    std::iota(order.begin(), order.end(), std::uint32_t{0});
    std::stable_sort(order.begin(), order.end(),
        [&](std::uint32_t a, std::uint32_t b) { return numbers[a] < numbers[b]; });
    return order;
}

std::vector<double> inOrder(std::vector<double> numbers, const std::vector<std::uint32_t> &order)
{
    if (order.empty())
        return numbers;
    std::vector<double> ordered(order.size());
    std::transform(order.cbegin(), order.cend(), ordered.begin(), [&](std::uint32_t i) { return numbers[i]; });
    return ordered;
}

std::vector<double> completedSteps(std::vector<double> steps, std::size_t count, bool *wasCounted)
{
    const auto known = std::find_if(steps.cbegin(), steps.cend(), [](double step) { return std::isfinite(step); });
    const bool isCounted = steps.size() != count || known == steps.cend();
    if (wasCounted)
        *wasCounted = isCounted;
    if (isCounted) {
        steps.resize(count);
        std::iota(steps.begin(), steps.end(), 0.0);
        return steps;
    }
    double before = *known;
    for (double &step : steps) {
        if (!std::isfinite(step))
            step = before;
        before = step;
    }
    return steps;
}

std::shared_ptr<const Series::Column> Series::column(std::vector<double> values)
{
    clearVectorRegisters();
    auto column = std::make_shared<Column>();
    column->values = std::move(values);
    column->values.shrink_to_fit();
    column->pyramid = Pyramid(column->values);
    for (std::size_t i = 0; i < column->values.size(); ++i) {
        if (!std::isfinite(column->values[i]))
            column->gaps.push_back(static_cast<std::uint32_t>(i));
    }
    return column;
}

Series::Series(std::vector<double> steps, std::vector<double> values)
{
    steps = completedSteps(std::move(steps), values.size());
    const std::vector<std::uint32_t> order = ascendingOrder(steps);
    m_steps = std::make_shared<const Steps>(inOrder(std::move(steps), order));
    m_column = column(inOrder(std::move(values), order));
}

Series Series::of(std::shared_ptr<const Steps> x, std::vector<double> values)
{
    Q_ASSERT(x->isAscending() && x->size() == values.size());
    Series series;
    series.m_steps = std::move(x);
    series.m_column = column(std::move(values));
    return series;
}

Series Series::over(std::shared_ptr<const Steps> x) const
{
    Q_ASSERT(x->isAscending() && x->size() == size());
    Series series = *this;
    series.m_steps = std::move(x);
    return series;
}

void Series::countBytes(ByteCount &count) const
{
    count.add(this, sizeof *this);
    count.add(m_column.get(),
        sizeof(Column) + m_column->values.capacity() * sizeof(double)
            + m_column->gaps.capacity() * sizeof(std::uint32_t) + m_column->pyramid.bytes());
    count.add(m_steps.get(), m_steps->bytes());
}

Series Series::logarithm() const
{
    std::vector<double> logarithms(size());
    std::transform(values().cbegin(), values().cend(), logarithms.begin(), [](double value) {
        return value > 0 ? std::log10(value) : std::numeric_limits<double>::quiet_NaN();
    });
    return of(m_steps, std::move(logarithms));
}
