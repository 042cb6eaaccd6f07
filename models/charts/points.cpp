// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/points.h"

#include <algorithm>
#include <cmath>
#include <limits>

std::shared_ptr<const Steps> ColumnPool::shared(Steps column)
{
    const std::size_t hash = column.hash();
    const std::lock_guard lock(m_mutex);
    const auto [begin, end] = m_columns.equal_range(hash);
    for (auto known = begin; known != end; ++known) {
        auto kept = known->second.lock();
        if (kept && kept->isSame(column))
            return kept;
    }
    if (m_columns.size() >= m_sweepAt) {
        std::erase_if(m_columns, [](const auto &entry) { return entry.second.expired(); });
        m_sweepAt = 2 * m_columns.size() + 64;
    }
    auto added = std::make_shared<const Steps>(std::move(column));
    m_columns.emplace(hash, added);
    return added;
}

namespace {

std::vector<std::uint32_t> notFinite(const std::vector<double> &numbers)
{
    std::vector<std::uint32_t> indexes;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (!std::isfinite(numbers[i]))
            indexes.push_back(static_cast<std::uint32_t>(i));
    }
    return indexes;
}

// Where the ascending indexes are in an order, an empty one being 0, 1, 2, ...
std::vector<std::uint32_t> placesIn(const std::vector<std::uint32_t> &order, const std::vector<std::uint32_t> &indexes)
{
    if (order.empty() || indexes.empty())
        return indexes;
    std::vector<std::uint32_t> places;
    for (std::size_t place = 0; place < order.size(); ++place) {
        if (std::binary_search(indexes.cbegin(), indexes.cend(), order[place]))
            places.push_back(static_cast<std::uint32_t>(place));
    }
    return places;
}

} // namespace

Points::Points(Columns columns, ColumnPool *pool)
{
    const std::size_t size = columns.values.size();
    const std::vector<std::uint32_t> unknown = notFinite(columns.steps);
    bool isCounted = false;
    std::vector<double> steps = completedSteps(std::move(columns.steps), size, &isCounted);
    m_hasSteps = !isCounted;
    const std::vector<std::uint32_t> order = ascendingOrder(steps);
    if (m_hasSteps)
        m_withoutStep = placesIn(order, unknown);
    const auto kept = [&](std::vector<double> numbers) {
        Steps column(inOrder(std::move(numbers), order));
        return pool ? pool->shared(std::move(column)) : std::make_shared<const Steps>(std::move(column));
    };
    const auto keptIfThere = [&](std::vector<double> numbers) {
        const bool isThere = size > 0 && numbers.size() == size
            && std::any_of(numbers.cbegin(), numbers.cend(), [](double number) { return !std::isnan(number); });
        return isThere ? kept(std::move(numbers)) : nullptr;
    };
    m_series = std::make_shared<const Series>(
        Series::of(kept(std::move(steps)), inOrder(std::move(columns.values), order)));
    m_epochs = keptIfThere(std::move(columns.epochs));
    m_times = keptIfThere(std::move(columns.times));
    m_durations = keptIfThere(std::move(columns.durations));
}

Points Points::withValues(const Points &of, std::vector<double> values)
{
    Points points = of;
    points.m_series = std::make_shared<const Series>(Series::of(of.m_series->sharedSteps(), std::move(values)));
    return points;
}

bool Points::hasStep(std::size_t point) const
{
    return m_hasSteps && !std::binary_search(m_withoutStep.cbegin(), m_withoutStep.cend(), point);
}

double Points::firstTime() const
{
    double first = std::numeric_limits<double>::quiet_NaN();
    if (!m_times)
        return first;
    if (m_times->isAscending())
        return m_times->first();
    for (std::size_t i = 0; i < m_times->size(); ++i)
        first = std::fmin(first, (*m_times)[i]); // passes over NaN
    return first;
}

void Points::countBytes(ByteCount &count) const
{
    count.add(this, sizeof *this + m_withoutStep.capacity() * sizeof(std::uint32_t));
    m_series->countBytes(count);
    for (const auto *column : {&m_epochs, &m_times, &m_durations}) {
        if (*column)
            count.add(column->get(), (*column)->bytes());
    }
}

bool Points::isSame(const Points &other) const
{
    const auto same = [](const std::shared_ptr<const Steps> &a, const std::shared_ptr<const Steps> &b) {
        return a == b || (a && b && a->isSame(*b));
    };
    return size() == other.size() && m_hasSteps == other.m_hasSteps
        && m_withoutStep == other.m_withoutStep && m_unjoined == other.m_unjoined
        && same(m_series->sharedSteps(), other.m_series->sharedSteps()) && same(m_epochs, other.m_epochs)
        && same(m_times, other.m_times) && same(m_durations, other.m_durations)
        && std::equal(values().cbegin(), values().cend(), other.values().cbegin(),
            [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); });
}
