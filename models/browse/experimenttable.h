// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/values.h"
#include "models/browse/arrangement.h"
#include "models/browse/tablecolumn.h"
#include "models/browse/valuecolumn.h"

#include <QAbstractTableModel>
#include <QBasicTimer>
#include <QDateTime>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

// All experiments of a project, of which the rows are the filtered ones in sorted order. Columnar: what the
// server sent is kept as it came and shared; the columns a person chose are ValueColumns beside it. An
// experiment is known by its number in the server's order ("experiment" below), a row by its place on
// screen. Sorting and filtering of many rows happen on another thread and arrive as one layoutChanged.
// Knows no server: ProjectLoader fills it. Owned by the page, or by --print; lives on the main thread.
class ExperimentTable : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role {
        SortRole = Qt::UserRole, // raw and typed
        KeyRole, // of the row's experiment
        CellRole, // Cell
        StateRole, // of the row's experiment: api::State as int
        ArchivedRole, // bool
        TagsRole, // QStringList
        ExactRole, // QString: full precision, what is copied and exported
        RoomRole, // QString: where room for it stands behind the text, the points of the column line up
        ColumnRole, // horizontal header only: the second line
    };
    enum class Cell : quint8 {
        Plain,
        Fallback, // no name: the key stands for it
        NaN,
        Empty, // a text without characters
        Missing, // the experiment has none
        NotLoaded, // not asked for yet
    };
    Q_ENUM(Cell)
    struct SortBy
    {
        TableColumn column;
        bool descending = false;
        bool operator==(const SortBy &) const = default;
    };

    // What is dragged from the table: keys of experiments, one a line.
    static constexpr QLatin1StringView mimeType{"application/x-perihelion-experiments"};

    explicit ExperimentTable(QObject *parent = nullptr);

    // Another subject: nothing of the one before stays, except the filter's mode.
    void clear();
    // The listing, at first or again: by key, what was loaded, selected and filtered stays.
    void setExperiments(std::shared_ptr<const api::Experiments> experiments);
    const api::Experiments &experiments() const { return *m_experiments; }
    const std::shared_ptr<const api::Experiments> &sharedExperiments() const { return m_experiments; }
    std::size_t experimentCount() const { return m_experiments->size(); } // rowCount() of these are shown

    std::optional<std::size_t> experimentAt(int row) const;
    int rowOf(std::size_t experiment) const; // -1 where it is filtered out
    std::optional<std::size_t> experimentOf(const QString &key) const;
    QString displayName(std::size_t experiment) const;
    QString exactText(std::size_t experiment, const TableColumn &column) const;

    const std::vector<TableColumn> &columns() const { return m_shownColumns; }
    // In this order, each once; as a difference. Values of columns that were shown before are still known.
    void setColumns(const std::vector<TableColumn> &columns);
    int indexOf(const TableColumn &column) const; // -1 where it is not shown
    QString exactTitle(const TableColumn &column) const; // "val_loss (metric, last)"

    // Values of a column, experiment by experiment; those of columns that are not shown too. nullptr
    // where nobody ever showed it, and for fixed columns.
    const ValueColumn *values(const TableColumn &column) const;
    void edit(const TableColumn &column, const std::function<void(ValueColumn &)> &change);
    api::State state(std::size_t experiment) const { return m_states[experiment]; }
    const std::vector<api::State> &states() const { return m_states; } // by experiment
    void editStates(const std::function<void(std::vector<api::State> &)> &change);
    void setTags(std::size_t experiment, const QStringList &tags);
    void setAllTags(const std::vector<QStringList> &byExperiment);
    bool areTagsKnown(std::size_t experiment) const;
    QStringList tags(std::size_t experiment) const;
    const ValueColumn &joinedTags() const { return m_tags.column; } // by U+001F

    void setSort(const std::vector<SortBy> &sort);
    const std::vector<SortBy> &sortedBy() const { return m_sort; }
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    void setFilter(const RowFilter &filter);
    const RowFilter &filter() const { return m_filter; }
    // Shows only experiments whose key is among these, which a query has found; null shows all again.
    void setFound(std::shared_ptr<const KeySet> keys);
    const KeySet *found() const { return m_found.get(); }
    bool isArranging() const { return m_arranging; }
    // Values that arrived since do not move rows by themselves: sorts and filters again where they count.
    void arrangeAgain();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    void experimentsChanged(); // after setExperiments() and clear()
    void columnsChanged();
    void sortChanged();
    void arranged(); // rows are as sort and filter say

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    struct Values
    {
        ValueColumn column;
        std::shared_ptr<const Haystack> haystack; // null where it must be made again
        mutable std::optional<int> decimals;
        mutable std::optional<int> widestDecimals;
        mutable std::optional<bool> numbers;
    };

    void swapExperiments(std::shared_ptr<const api::Experiments> experiments, const std::vector<int> &oldRows);
    // One layoutChanged; where the experiments are others after it, newExperiments says who became who.
    void relayout(std::vector<quint32> shown, const std::vector<int> *newExperiments = nullptr);
    ArrangementQuestion question(bool sortAgain) const;
    void arrange(bool sortAgain);
    void apply(const Arrangement &arrangement, const ArrangementQuestion &question, quint64 edits);
    void forget();
    SortColumn sortColumn(const SortBy &by) const;
    Values &valuesOf(const TableColumn &column);
    const Values &valuesAt(int column) const;
    void columnEdited(const TableColumn &column);
    void tagsEdited();

    QString display(std::size_t experiment, int column) const;
    QVariant sortValue(std::size_t experiment, int column) const;
    QString room(std::size_t experiment, int column) const;
    QString toolTip(std::size_t experiment, int column) const;
    Cell cell(std::size_t experiment, int column) const;
    bool isRightAligned(int column) const;
    QString stateText(std::size_t experiment) const;

    std::shared_ptr<const api::Experiments> m_experiments;
    std::vector<api::State> m_states;
    Values m_tags; // joined by U+001F
    std::vector<TableColumn> m_shownColumns;
    std::map<QString, Values> m_values; // by TableColumn::id()
    std::shared_ptr<const Haystack> m_fixedHaystack;

    std::vector<SortBy> m_sort;
    RowFilter m_filter;
    std::shared_ptr<const KeySet> m_found;
    std::shared_ptr<const std::vector<quint32>> m_order;
    std::shared_ptr<const std::vector<quint8>> m_matches; // of m_matchedFilter
    RowFilter m_matchedFilter;
    std::vector<quint32> m_shown; // experiments, row by row
    mutable std::vector<quint32> m_byKey; // experiments sorted by key, made on first use
    bool m_arranging = false;
    quint64 m_generation = 0; // of experiments, sort and filter: an answer for an older one is dropped
    quint64 m_edits = 0; // of values: haystacks made before the last one are not kept
    quint64 m_matchedEdits = 0;
    QDateTime m_now;
    QBasicTimer m_clock;
};
