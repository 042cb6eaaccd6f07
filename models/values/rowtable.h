// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>
#include <QString>

#include <functional>
#include <numeric>
#include <utility>
#include <vector>

// The roles of every RowTable beside Qt's own.
namespace rowtable {
enum Role {
    SortRole = Qt::UserRole, // raw and typed
    ExactRole, // QString in full precision, for copying
};
} // namespace rowtable

// The base of the small tables: rows of one type, known by a key, shown through one table of columns. A
// concrete model is its columns. New rows of the same subject come in as a difference, so selection and
// scroll survive; clear() is for a new subject. Row needs ==. Lives on the main thread.
template<class Row>
class RowTable : public QAbstractTableModel
{
public:
    struct Column
    {
        const char *id; // stable, for remembered layouts
        QString title;
        QString toolTip;
        Qt::Alignment alignment;
        std::function<QString(const Row &)> text;
        std::function<QVariant(const Row &)> sort;
        std::function<QString(const Row &)> exact; // nothing where text already is
    };

    int rowCount(const QModelIndex &parent = {}) const final
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    int columnCount(const QModelIndex &parent = {}) const final
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const final
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const Column &column = m_columns[static_cast<std::size_t>(index.column())];
        const Row &row = m_rows[static_cast<std::size_t>(index.row())];
        switch (role) {
        case Qt::DisplayRole:
            return column.text(row);
        case Qt::ToolTipRole:
        case rowtable::ExactRole:
            return column.exact ? column.exact(row) : column.text(row);
        case rowtable::SortRole:
            return column.sort ? column.sort(row) : QVariant(column.text(row));
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(column.alignment | Qt::AlignVCenter);
        default:
            return {};
        }
    }

    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const final
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
            return {};
        const Column &column = m_columns[static_cast<std::size_t>(section)];
        switch (role) {
        case Qt::DisplayRole:
            return column.title;
        case Qt::ToolTipRole:
            return column.toolTip.isEmpty() ? QVariant() : QVariant(column.toolTip);
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(column.alignment | Qt::AlignVCenter);
        default:
            return {};
        }
    }

    const Row &row(int index) const { return m_rows[static_cast<std::size_t>(index)]; }
    const std::vector<Row> &rows() const { return m_rows; }

    void clear()
    {
        beginResetModel();
        m_rows.clear();
        m_keys.clear();
        endResetModel();
    }

    void setRows(std::vector<Row> rows)
    {
        const std::vector<QString> keys = uniqueKeys(rows);
        removeMissing(QSet<QString>(keys.begin(), keys.end()));
        appendNew(rows, keys);
        reorder(keys);
        update(std::move(rows));
    }

protected:
    RowTable(std::vector<Column> columns, std::function<QString(const Row &)> key, QObject *parent)
        : QAbstractTableModel(parent)
        , m_columns(std::move(columns))
        , m_key(std::move(key))
    {
    }

private:
    // A server that repeats a name must not make two rows one.
    std::vector<QString> uniqueKeys(const std::vector<Row> &rows) const
    {
        std::vector<QString> keys;
        keys.reserve(rows.size());
        QHash<QString, int> seen;
        for (const Row &row : rows) {
            const QString key = m_key(row);
            const int before = seen[key]++;
            keys.push_back(before == 0 ? key : key + QChar(u'\0') + QString::number(before));
        }
        return keys;
    }

    void removeMissing(const QSet<QString> &kept)
    {
        for (int last = rowCount() - 1; last >= 0; --last) {
            if (kept.contains(m_keys[static_cast<std::size_t>(last)]))
                continue;
            int first = last;
            while (first > 0 && !kept.contains(m_keys[static_cast<std::size_t>(first - 1)]))
                --first;
            beginRemoveRows({}, first, last);
            m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
            m_keys.erase(m_keys.begin() + first, m_keys.begin() + last + 1);
            endRemoveRows();
            last = first;
        }
    }

    void appendNew(const std::vector<Row> &rows, const std::vector<QString> &keys)
    {
        const QSet<QString> known(m_keys.begin(), m_keys.end());
        std::vector<std::size_t> added;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (!known.contains(keys[i]))
                added.push_back(i);
        }
        if (added.empty())
            return;
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(added.size()) - 1);
        for (const std::size_t i : added) {
            m_rows.push_back(rows[i]);
            m_keys.push_back(keys[i]);
        }
        endInsertRows();
    }

    void reorder(const std::vector<QString> &keys)
    {
        if (m_keys == keys)
            return;
        emit layoutAboutToBeChanged();
        QHash<QString, int> target;
        for (std::size_t i = 0; i < keys.size(); ++i)
            target.insert(keys[i], static_cast<int>(i));
        const QModelIndexList before = persistentIndexList();
        QModelIndexList after;
        after.reserve(before.size());
        for (const QModelIndex &old : before)
            after.append(index(target.value(m_keys[static_cast<std::size_t>(old.row())]), old.column()));
        std::vector<Row> rows(m_rows.size());
        for (std::size_t i = 0; i < m_rows.size(); ++i)
            rows[static_cast<std::size_t>(target.value(m_keys[i]))] = std::move(m_rows[i]);
        m_rows = std::move(rows);
        m_keys = keys;
        changePersistentIndexList(before, after);
        emit layoutChanged();
    }

    void update(std::vector<Row> rows)
    {
        int first = -1;
        int last = -1;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (m_rows[i] == rows[i])
                continue;
            m_rows[i] = std::move(rows[i]);
            first = first < 0 ? static_cast<int>(i) : first;
            last = static_cast<int>(i);
        }
        if (first >= 0)
            emit dataChanged(index(first, 0), index(last, columnCount() - 1));
    }

    std::vector<Column> m_columns;
    std::function<QString(const Row &)> m_key;
    std::vector<Row> m_rows;
    std::vector<QString> m_keys;
};
