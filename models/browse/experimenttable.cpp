// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/experimenttable.h"

#include "models/api/background.h"
#include "models/values/unicode.h"

#include <QTimerEvent>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace {

// Up to here sorting and filtering are done at once: they take less than a frame.
constexpr std::size_t atOnce = 5'000;
constexpr QChar tagSeparator(0x1f);

// Sorted, because they arrive in any order and rows with the same tags should look the same.
QString joined(QStringList tags)
{
    tags.sort(Qt::CaseInsensitive);
    return tags.isEmpty() ? QString() : tags.join(tagSeparator);
}

SortKeys textKeys(const TextColumn &texts)
{
    SortKeys keys{ranks(texts), std::vector<quint8>(texts.size()), texts.size()};
    for (std::size_t row = 0; row < texts.size(); ++row)
        keys.tiers[row] = texts.view(row).empty();
    return keys;
}

SortKeys numberKeys(const std::vector<qint64> &numbers, const std::vector<qint64> &presence)
{
    SortKeys keys{std::vector<quint64>(numbers.size()), std::vector<quint8>(numbers.size()), 0};
    for (std::size_t row = 0; row < numbers.size(); ++row) {
        keys.values[row] = static_cast<quint64>(numbers[row]) ^ (quint64(1) << 63);
        keys.tiers[row] = presence[row] == 0;
    }
    return keys;
}

// Those that want attention first.
quint64 stateRank(api::State state, bool archived)
{
    switch (state) {
    case api::State::Running:
        return 0;
    case api::State::Crashed:
        return 1;
    default:
        return archived ? 3 : 2;
    }
}

} // namespace

ExperimentTable::ExperimentTable(QObject *parent)
    : QAbstractTableModel(parent)
    , m_experiments(std::make_shared<const api::Experiments>())
    , m_shownColumns(TableColumn::fixed())
    , m_order(std::make_shared<const std::vector<quint32>>())
    , m_now(QDateTime::currentDateTime())
{
    m_clock.start(10'000, this); // "12 s ago"
}

void ExperimentTable::clear()
{
    beginResetModel();
    m_experiments = std::make_shared<const api::Experiments>();
    m_states.clear();
    m_tags = {ValueColumn(), nullptr, {}, {}, {}};
    m_values.clear();
    m_shownColumns = TableColumn::fixed();
    m_order = std::make_shared<const std::vector<quint32>>();
    m_shown.clear();
    m_sort.clear();
    m_filter.text.clear();
    m_found.reset();
    m_arranging = false;
    ++m_generation;
    forget();
    endResetModel();
    emit experimentsChanged();
    emit columnsChanged();
    emit sortChanged();
    emit arranged();
}

// What was derived from experiments that are no longer.
void ExperimentTable::forget()
{
    m_fixedHaystack.reset();
    m_tags.haystack.reset();
    for (auto &[id, values] : m_values)
        values = {std::move(values.column), nullptr, {}, {}, {}};
    m_matches.reset();
    m_byKey.clear();
    ++m_edits;
}

void ExperimentTable::setExperiments(std::shared_ptr<const api::Experiments> experiments)
{
    ++m_generation;
    if (experiments->size() <= atOnce) {
        const std::vector<int> oldRows = oldRowsOf(experiments->keys, m_experiments->keys);
        swapExperiments(std::move(experiments), oldRows);
        return;
    }
    m_arranging = true;
    runInBackground(
        this, [experiments, old = m_experiments] { return oldRowsOf(experiments->keys, old->keys); },
        [this, experiments, generation = m_generation](const std::vector<int> &oldRows) {
            if (generation == m_generation)
                swapExperiments(experiments, oldRows);
        });
}

void ExperimentTable::swapExperiments(
    std::shared_ptr<const api::Experiments> experiments, const std::vector<int> &oldRows)
{
    std::vector<int> newRows(m_experiments->size(), -1);
    for (std::size_t row = 0; row < oldRows.size(); ++row) {
        if (oldRows[row] >= 0)
            newRows[static_cast<std::size_t>(oldRows[row])] = static_cast<int>(row);
    }
    std::vector<quint32> shown;
    for (quint32 old : m_shown) {
        if (newRows[old] >= 0)
            shown.push_back(static_cast<quint32>(newRows[old]));
    }
    std::vector<api::State> states = experiments->states;
    for (std::size_t row = 0; row < states.size(); ++row) {
        // What was asked apart is kept, except that a running one may have ended since.
        if (states[row] == api::State::Unknown && oldRows[row] >= 0) {
            const api::State known = m_states[static_cast<std::size_t>(oldRows[row])];
            states[row] = known == api::State::Running ? api::State::Unknown : known;
        }
    }
    emit layoutAboutToBeChanged();
    const bool first = m_experiments->size() == 0;
    m_experiments = std::move(experiments);
    m_states = std::move(states);
    m_tags.column = first ? ValueColumn(oldRows.size()) : m_tags.column.rearranged(oldRows);
    for (auto &[id, values] : m_values)
        values.column = first ? ValueColumn(oldRows.size()) : values.column.rearranged(oldRows);
    forget();
    m_order = std::make_shared<const std::vector<quint32>>();
    relayout(std::move(shown), &newRows);
    emit experimentsChanged();
    arrange(true);
}

void ExperimentTable::relayout(std::vector<quint32> shown, const std::vector<int> *newExperiments)
{
    if (!newExperiments) // else said before the experiments were swapped
        emit layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    if (!before.isEmpty()) {
        std::vector<int> rowOfExperiment(m_experiments->size(), -1);
        for (std::size_t row = 0; row < shown.size(); ++row)
            rowOfExperiment[shown[row]] = static_cast<int>(row);
        QModelIndexList after;
        after.reserve(before.size());
        for (const QModelIndex &index : before) {
            int experiment = static_cast<int>(m_shown[static_cast<std::size_t>(index.row())]);
            if (newExperiments)
                experiment = (*newExperiments)[static_cast<std::size_t>(experiment)];
            const int row = experiment < 0 ? -1 : rowOfExperiment[static_cast<std::size_t>(experiment)];
            after.append(row < 0 ? QModelIndex() : createIndex(row, index.column()));
        }
        m_shown = std::move(shown);
        changePersistentIndexList(before, after);
    } else {
        m_shown = std::move(shown);
    }
    emit layoutChanged();
}

ArrangementQuestion ExperimentTable::question(bool sortAgain) const
{
    ArrangementQuestion question;
    question.experiments = m_experiments;
    question.filter = m_filter;
    question.found = m_found;
    if (!sortAgain && m_order->size() == m_experiments->size())
        question.order = m_order;
    for (const SortBy &by : m_sort)
        question.sort.push_back(sortColumn(by));
    question.haystacks = {m_fixedHaystack, m_tags.haystack};
    question.haystackSources = {m_tags.column};
    for (std::size_t column = 0; column < m_shownColumns.size(); ++column) {
        if (m_shownColumns[column].isFixed())
            continue;
        const Values &values = valuesAt(static_cast<int>(column));
        question.haystacks.push_back(values.haystack);
        question.haystackSources.push_back(values.column);
    }
    const bool longer = m_matchedFilter.mode == RowFilter::Mode::Text && m_filter.mode == m_matchedFilter.mode
        && unicode::folded(m_filter.text).startsWith(unicode::folded(m_matchedFilter.text));
    if (m_matches && longer && m_matchedEdits == m_edits)
        question.among = m_matches;
    return question;
}

void ExperimentTable::arrange(bool sortAgain)
{
    const quint64 generation = ++m_generation;
    ArrangementQuestion asked = question(sortAgain);
    if (m_experiments->size() <= atOnce) {
        apply(asked.answer(), asked, m_edits);
        return;
    }
    m_arranging = true;
    if (sortAgain) // an answer that is dropped must not leave the old order as if it were sorted
        m_order = std::make_shared<const std::vector<quint32>>();
    runInBackground(
        this, [asked] { return asked.answer(); },
        [this, asked, generation, edits = m_edits](const Arrangement &arrangement) {
            if (generation == m_generation)
                apply(arrangement, asked, edits);
        });
}

void ExperimentTable::apply(const Arrangement &arrangement, const ArrangementQuestion &question, quint64 edits)
{
    m_arranging = false;
    m_order = arrangement.order;
    m_matches = arrangement.matches;
    m_matchedFilter = question.filter;
    m_matchedEdits = edits;
    if (edits == m_edits) {
        m_fixedHaystack = arrangement.haystacks[0];
        m_tags.haystack = arrangement.haystacks[1];
        std::size_t next = 2;
        for (const TableColumn &column : m_shownColumns) {
            if (!column.isFixed())
                valuesOf(column).haystack = arrangement.haystacks[next++];
        }
    }
    if (arrangement.shown != m_shown)
        relayout(arrangement.shown);
    emit arranged();
}

SortColumn ExperimentTable::sortColumn(const SortBy &by) const
{
    const std::shared_ptr<const api::Experiments> all = m_experiments;
    SortColumn result{{}, by.descending};
    switch (by.column.source) {
    case TableColumn::Source::Name:
        result.keys = [all] { return textKeys(all->names); };
        break;
    case TableColumn::Source::Key:
        result.keys = [all] { return textKeys(all->keys); };
        break;
    case TableColumn::Source::User:
        result.keys = [all] { return textKeys(all->users); };
        break;
    case TableColumn::Source::Start:
        result.keys = [all] { return numberKeys(all->starts, all->starts); };
        break;
    case TableColumn::Source::End:
        result.keys = [all] { return numberKeys(all->ends, all->ends); };
        break;
    case TableColumn::Source::Duration:
        result.keys = [all] { return numberKeys(all->durations, all->starts); };
        break;
    case TableColumn::Source::State:
        result.keys = [all, states = m_states] {
            SortKeys keys{std::vector<quint64>(states.size()), {}, 4};
            for (std::size_t row = 0; row < states.size(); ++row)
                keys.values[row] = stateRank(states[row], all->archived[row]);
            return keys;
        };
        break;
    default:
        const ValueColumn *column = by.column.source == TableColumn::Source::Tags ? &m_tags.column : values(by.column);
        result.keys = [copy = column ? *column : ValueColumn(all->size())] { return copy.sortKeys(); };
    }
    return result;
}

std::optional<std::size_t> ExperimentTable::experimentAt(int row) const
{
    if (row < 0 || static_cast<std::size_t>(row) >= m_shown.size())
        return std::nullopt;
    return m_shown[static_cast<std::size_t>(row)];
}

int ExperimentTable::rowOf(std::size_t experiment) const
{
    const auto found = std::find(m_shown.begin(), m_shown.end(), static_cast<quint32>(experiment));
    return found == m_shown.end() ? -1 : static_cast<int>(found - m_shown.begin());
}

std::optional<std::size_t> ExperimentTable::experimentOf(const QString &key) const
{
    const TextColumn &keys = m_experiments->keys;
    if (m_byKey.size() != keys.size()) {
        m_byKey.resize(keys.size());
        std::iota(m_byKey.begin(), m_byKey.end(), 0u);
        std::sort(m_byKey.begin(), m_byKey.end(),
            [&](quint32 a, quint32 b) { return keys.view(a) < keys.view(b); });
    }
    const QByteArray utf8 = key.toUtf8();
    const std::string_view wanted(utf8.constData(), static_cast<std::size_t>(utf8.size()));
    const auto found = std::lower_bound(m_byKey.begin(), m_byKey.end(), wanted,
        [&](quint32 experiment, std::string_view text) { return keys.view(experiment) < text; });
    if (found == m_byKey.end() || keys.view(*found) != wanted)
        return std::nullopt;
    return *found;
}

int ExperimentTable::indexOf(const TableColumn &column) const
{
    const auto found = std::find(m_shownColumns.begin(), m_shownColumns.end(), column);
    return found == m_shownColumns.end() ? -1 : static_cast<int>(found - m_shownColumns.begin());
}

void ExperimentTable::setColumns(const std::vector<TableColumn> &columns)
{
    for (int i = static_cast<int>(m_shownColumns.size()) - 1; i >= 0; --i) {
        if (std::find(columns.begin(), columns.end(), m_shownColumns[static_cast<std::size_t>(i)]) != columns.end())
            continue;
        beginRemoveColumns({}, i, i);
        m_shownColumns.erase(m_shownColumns.begin() + i);
        endRemoveColumns();
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const int at = indexOf(columns[i]);
        const int to = static_cast<int>(i);
        if (at == to)
            continue;
        if (at > to) { // not as a move: views keep their sections, not ours
            beginRemoveColumns({}, at, at);
            m_shownColumns.erase(m_shownColumns.begin() + at);
            endRemoveColumns();
        }
        beginInsertColumns({}, to, to);
        m_shownColumns.insert(m_shownColumns.begin() + to, columns[i]);
        if (!columns[i].isFixed())
            valuesOf(columns[i]);
        endInsertColumns();
    }
    m_matches.reset(); // a filter looks at the columns that are shown
    emit columnsChanged();
    if (!m_filter.isEmpty())
        arrange(false);
}

ExperimentTable::Values &ExperimentTable::valuesOf(const TableColumn &column)
{
    const auto [place, isNew] = m_values.try_emplace(column.id());
    if (isNew)
        place->second.column = ValueColumn(m_experiments->size());
    return place->second;
}

const ExperimentTable::Values &ExperimentTable::valuesAt(int column) const
{
    return m_values.at(m_shownColumns[static_cast<std::size_t>(column)].id());
}

const ValueColumn *ExperimentTable::values(const TableColumn &column) const
{
    const auto found = m_values.find(column.id());
    return found == m_values.end() ? nullptr : &found->second.column;
}

void ExperimentTable::edit(const TableColumn &column, const std::function<void(ValueColumn &)> &change)
{
    Values &values = valuesOf(column);
    change(values.column);
    values = {std::move(values.column), nullptr, {}, {}, {}};
    columnEdited(column);
}

void ExperimentTable::columnEdited(const TableColumn &column)
{
    ++m_edits;
    const int i = indexOf(column);
    if (i >= 0 && !m_shown.empty())
        emit dataChanged(index(0, i), index(rowCount() - 1, i));
}

void ExperimentTable::editStates(const std::function<void(std::vector<api::State> &)> &change)
{
    change(m_states);
    columnEdited({TableColumn::Source::State, {}});
}

void ExperimentTable::setTags(std::size_t experiment, const QStringList &tags)
{
    m_tags.column.setText(experiment, joined(tags));
    tagsEdited();
}

void ExperimentTable::setAllTags(const std::vector<QStringList> &byExperiment)
{
    ValueColumn column(m_experiments->size());
    for (std::size_t experiment = 0; experiment < column.size(); ++experiment) {
        column.setText(experiment, joined(byExperiment[experiment]));
    }
    m_tags.column = column;
    tagsEdited();
}

void ExperimentTable::tagsEdited()
{
    m_tags.haystack.reset();
    columnEdited({TableColumn::Source::Tags, {}});
}

bool ExperimentTable::areTagsKnown(std::size_t experiment) const
{
    return m_tags.column.isLoaded(experiment);
}

QStringList ExperimentTable::tags(std::size_t experiment) const
{
    return m_tags.column.text(experiment).split(tagSeparator, Qt::SkipEmptyParts);
}

void ExperimentTable::setSort(const std::vector<SortBy> &sort)
{
    if (sort == m_sort)
        return;
    m_sort = sort;
    emit sortChanged();
    arrange(true);
}

void ExperimentTable::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= columnCount())
        setSort({});
    else
        setSort({{m_shownColumns[static_cast<std::size_t>(column)], order == Qt::DescendingOrder}});
}

void ExperimentTable::setFilter(const RowFilter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    arrange(false);
}

void ExperimentTable::setFound(std::shared_ptr<const KeySet> keys)
{
    if (!keys && !m_found)
        return;
    m_found = std::move(keys);
    arrange(false);
}

void ExperimentTable::arrangeAgain()
{
    const bool bySomethingLoaded = std::any_of(m_sort.begin(), m_sort.end(), [](const SortBy &by) {
        return !by.column.isFixed() || by.column.source == TableColumn::Source::Tags
            || by.column.source == TableColumn::Source::State;
    });
    if (bySomethingLoaded || !m_filter.isEmpty())
        arrange(bySomethingLoaded);
}

void ExperimentTable::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_clock.timerId())
        return;
    m_now = QDateTime::currentDateTime();
    if (m_shown.empty())
        return;
    for (TableColumn::Source source : {TableColumn::Source::Start, TableColumn::Source::End}) {
        if (const int column = indexOf({source, {}}); column >= 0)
            emit dataChanged(index(0, column), index(rowCount() - 1, column));
    }
}
