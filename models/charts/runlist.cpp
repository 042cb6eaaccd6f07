// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/charts/runlist.h"

#include "models/values/format.h"

#include <algorithm>
#include <cmath>

namespace {

QString nameOf(const ChartedRun &run)
{
    return run.name.isEmpty() ? run.key : run.name;
}

} // namespace

RunList::RunList(QObject *parent)
    : QAbstractListModel(parent)
{
}

// One layoutChanged; rows that are held are followed by their key.
template<class Change>
void RunList::relayout(Change change)
{
    emit layoutAboutToBeChanged();
    const QModelIndexList held = persistentIndexList();
    QStringList keys;
    for (const QModelIndex &index : held)
        keys.append(at(index).run.key);
    change();
    arrange();
    for (qsizetype i = 0; i < held.size(); ++i)
        changePersistentIndex(held[i], indexOf(keys[i]));
    emit layoutChanged();
}

void RunList::setRuns(std::vector<Entry> runs)
{
    if (runs == m_runs)
        return;
    relayout([&] {
        m_runs = std::move(runs);
        m_shownCount = static_cast<int>(
            std::count_if(m_runs.cbegin(), m_runs.cend(), [](const Entry &entry) { return entry.isShown; }));
    });
}

void RunList::setValues(const QHash<QString, double> &values)
{
    if (values == m_values)
        return;
    std::vector<double> numbers;
    for (const double value : values)
        numbers.push_back(value);
    m_decimals = format::decimals(numbers);
    relayout([&] { m_values = values; });
}

void RunList::setColours(const QHash<QString, int> &colours)
{
    if (colours == m_colours)
        return;
    m_colours = colours;
    if (rowCount() > 0)
        emit dataChanged(index(0), index(rowCount() - 1));
}

void RunList::setFilter(const QString &text)
{
    if (text != m_filter)
        relayout([&] { m_filter = text; });
}

std::optional<double> RunList::valueOf(const Entry &entry) const
{
    const auto value = m_values.constFind(entry.run.key);
    if (!entry.isShown || value == m_values.cend())
        return {};
    return *value;
}

void RunList::arrange()
{
    m_order.clear();
    for (std::size_t i = 0; i < m_runs.size(); ++i) {
        const ChartedRun &run = m_runs[i].run;
        if (m_filter.isEmpty() || run.name.contains(m_filter, Qt::CaseInsensitive)
            || run.key.contains(m_filter, Qt::CaseInsensitive))
            m_order.push_back(i);
    }
    // Those without a value after those with one, NaN between them.
    const auto rank = [this](std::size_t i) {
        if (!m_runs[i].isShown)
            return 3;
        const std::optional<double> value = valueOf(m_runs[i]);
        return !value ? 2 : std::isnan(*value) ? 1 : 0;
    };
    std::stable_sort(m_order.begin(), m_order.end(), [&](std::size_t a, std::size_t b) {
        const int first = rank(a);
        const int second = rank(b);
        if (first != second || first != 0)
            return first < second;
        return *valueOf(m_runs[a]) > *valueOf(m_runs[b]);
    });
}

QStringList RunList::listedKeys() const
{
    QStringList keys;
    for (const std::size_t i : m_order)
        keys.append(m_runs[i].run.key);
    return keys;
}

QModelIndex RunList::indexOf(const QString &key) const
{
    for (std::size_t row = 0; row < m_order.size(); ++row) {
        if (m_runs[m_order[row]].run.key == key)
            return index(static_cast<int>(row));
    }
    return {};
}

int RunList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

QVariant RunList::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Entry &entry = at(index);
    const std::optional<double> value = valueOf(entry);
    switch (role) {
    case Qt::DisplayRole:
        return nameOf(entry.run);
    case Qt::ToolTipRole:
        return value ? tr("%1: %2").arg(nameOf(entry.run), format::metricFull(*value)) : nameOf(entry.run);
    case Qt::CheckStateRole:
        return entry.isShown ? Qt::Checked : Qt::Unchecked;
    case Qt::AccessibleTextRole:
        if (!entry.isShown)
            return tr("%1, not shown").arg(nameOf(entry.run));
        return value ? tr("%1, shown, %2").arg(nameOf(entry.run), format::metricFull(*value))
                     : tr("%1, shown").arg(nameOf(entry.run));
    case KeyRole:
        return entry.run.key;
    case ColourRole:
        return entry.isShown ? QVariant(m_colours.value(entry.run.key, entry.run.colour)) : QVariant();
    case ValueRole:
        return value ? QVariant(*value) : QVariant();
    case ValueTextRole:
        return value ? format::metric(*value, m_decimals) : QString();
    default:
        return {};
    }
}
