// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the cells of an ExperimentTable read; the rows are in experimenttable.cpp.

#include "models/browse/experimenttable.h"

#include "models/values/format.h"

#include <limits>

using namespace Qt::StringLiterals;
using Source = TableColumn::Source;

int ExperimentTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int ExperimentTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shownColumns.size());
}

QVariant ExperimentTable::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const std::size_t experiment = m_shown[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    const TableColumn &what = m_shownColumns[static_cast<std::size_t>(column)];
    switch (role) {
    case Qt::DisplayRole:
        return display(experiment, column);
    case Qt::ToolTipRole:
        return toolTip(experiment, column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter)
            | (isRightAligned(column) ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::AccessibleTextRole:
        return u"%1: %2"_s.arg(exactTitle(what), display(experiment, column));
    case SortRole:
        return sortValue(experiment, column);
    case KeyRole:
        return m_experiments->keys.at(experiment);
    case CellRole:
        return QVariant::fromValue(cell(experiment, column));
    case StateRole:
        return static_cast<int>(m_states[experiment]);
    case ArchivedRole:
        return m_experiments->archived[experiment] != 0;
    case TagsRole:
        return tags(experiment);
    case ExactRole:
        return exactText(experiment, what);
    case RoomRole:
        return room(experiment, column);
    default:
        return {};
    }
}

Qt::ItemFlags ExperimentTable::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.isValid() ? flags | Qt::ItemIsDragEnabled : flags;
}

QVariant ExperimentTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return QAbstractTableModel::headerData(section, orientation, role);
    const TableColumn &what = m_shownColumns[static_cast<std::size_t>(section)];
    switch (role) {
    case Qt::DisplayRole:
        return what.title();
    case ColumnRole:
        return what.kind();
    case ExactRole:
    case Qt::AccessibleTextRole:
        return exactTitle(what);
    case Qt::ToolTipRole:
        return exactTitle(what).toHtmlEscaped();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter)
            | (isRightAligned(section) ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

QString ExperimentTable::exactTitle(const TableColumn &column) const
{
    if (column.source == Source::Duration)
        return tr("Duration (ms)");
    return column.isFixed() ? column.title() : u"%1 (%2)"_s.arg(column.name, column.kind());
}

QString ExperimentTable::displayName(std::size_t experiment) const
{
    const QString name = m_experiments->names.at(experiment);
    return name.isEmpty() ? m_experiments->keys.at(experiment).left(9) + u'…' : name;
}

QString ExperimentTable::stateText(std::size_t experiment) const
{
    switch (m_states[experiment]) {
    case api::State::Running:
        return tr("Running");
    case api::State::Crashed:
        return m_experiments->archived[experiment] ? tr("Crashed, archived") : tr("Crashed");
    case api::State::Finished:
    case api::State::Unknown:
        break;
    }
    if (m_experiments->archived[experiment])
        return tr("Archived");
    return m_states[experiment] == api::State::Finished ? tr("Finished") : u"…"_s;
}

ExperimentTable::Cell ExperimentTable::cell(std::size_t experiment, int column) const
{
    const TableColumn &what = m_shownColumns[static_cast<std::size_t>(column)];
    switch (what.source) {
    case Source::Name:
        return m_experiments->names.view(experiment).empty() ? Cell::Fallback : Cell::Plain;
    case Source::Tags:
        if (!m_tags.column.isLoaded(experiment))
            return Cell::NotLoaded;
        return m_tags.column.kind(experiment) == ValueColumn::Kind::Missing ? Cell::Missing : Cell::Plain;
    case Source::State:
        return m_states[experiment] == api::State::Unknown ? Cell::NotLoaded : Cell::Plain;
    case Source::Start:
    case Source::Duration:
        return m_experiments->starts[experiment] == 0 ? Cell::Missing : Cell::Plain;
    case Source::End:
        return m_experiments->ends[experiment] == 0 ? Cell::Missing : Cell::Plain;
    case Source::User:
        return m_experiments->users.view(experiment).empty() ? Cell::Missing : Cell::Plain;
    case Source::Key:
        return Cell::Plain;
    default:
        break;
    }
    const ValueColumn &values = valuesAt(column).column;
    switch (values.kind(experiment)) {
    case ValueColumn::Kind::NotLoaded:
        return Cell::NotLoaded;
    case ValueColumn::Kind::Missing:
        return Cell::Missing;
    case ValueColumn::Kind::NaN:
        return Cell::NaN;
    case ValueColumn::Kind::Text:
        return values.text(experiment).isEmpty() ? Cell::Empty : Cell::Plain;
    case ValueColumn::Kind::Number:
        break;
    }
    return Cell::Plain;
}

QString ExperimentTable::display(std::size_t experiment, int column) const
{
    const TableColumn &what = m_shownColumns[static_cast<std::size_t>(column)];
    switch (what.source) {
    case Source::Name:
        return displayName(experiment);
    case Source::State:
        return stateText(experiment);
    case Source::Start:
        return format::time(m_experiments->starts[experiment], m_now);
    case Source::End:
        return format::time(m_experiments->ends[experiment], m_now);
    case Source::Duration:
        if (m_experiments->starts[experiment] == 0)
            return format::missing();
        return format::duration(m_experiments->durations[experiment]);
    case Source::Key:
        return m_experiments->keys.at(experiment);
    default:
        break;
    }
    switch (cell(experiment, column)) {
    case Cell::Missing:
        return format::missing();
    case Cell::NotLoaded:
        return u"…"_s;
    case Cell::Empty:
        return tr("(empty)");
    default:
        break;
    }
    if (what.source == Source::User)
        return m_experiments->users.at(experiment);
    if (what.source == Source::Tags)
        return tags(experiment).join(u", "_s);
    const Values &values = valuesAt(column);
    const bool isNumber = values.column.kind(experiment) == ValueColumn::Kind::Number;
    if (!what.isMetric() || !isNumber) // parameters exactly as logged
        return values.column.text(experiment).simplified();
    if (!values.decimals)
        values.decimals = values.column.decimals();
    const QString text = format::metric(values.column.number(experiment), *values.decimals);
    return values.column.isApproximate(experiment) ? u"≈ "_s + text : text;
}

QString ExperimentTable::room(std::size_t experiment, int column) const
{
    if (!m_shownColumns[static_cast<std::size_t>(column)].isMetric())
        return {};
    const Values &values = valuesAt(column);
    if (values.column.kind(experiment) != ValueColumn::Kind::Number)
        return {};
    const QString text = display(experiment, column);
    if (!values.widestDecimals)
        values.widestDecimals = values.column.widestDecimals(*values.decimals);
    return format::missingDecimals(text, *values.widestDecimals);
}

QString ExperimentTable::exactText(std::size_t experiment, const TableColumn &column) const
{
    switch (column.source) {
    case Source::Name:
        return m_experiments->names.at(experiment);
    case Source::State:
        return m_states[experiment] == api::State::Unknown && !m_experiments->archived[experiment]
            ? QString()
            : stateText(experiment);
    case Source::Tags:
        return tags(experiment).join(u", "_s);
    case Source::Start:
        return format::timeFull(m_experiments->starts[experiment]);
    case Source::End:
        return format::timeFull(m_experiments->ends[experiment]);
    case Source::Duration:
        return m_experiments->starts[experiment] == 0 ? QString()
                                                      : QString::number(m_experiments->durations[experiment]);
    case Source::User:
        return m_experiments->users.at(experiment);
    case Source::Key:
        return m_experiments->keys.at(experiment);
    default:
        break;
    }
    const ValueColumn *values = this->values(column);
    return values ? values->text(experiment) : QString();
}

QVariant ExperimentTable::sortValue(std::size_t experiment, int column) const
{
    const TableColumn &what = m_shownColumns[static_cast<std::size_t>(column)];
    switch (what.source) {
    case Source::Start:
        return m_experiments->starts[experiment];
    case Source::End:
        return m_experiments->ends[experiment];
    case Source::Duration:
        return m_experiments->durations[experiment];
    case Source::State:
        return static_cast<int>(m_states[experiment]);
    case Source::Name:
    case Source::Key:
    case Source::User:
    case Source::Tags:
        return exactText(experiment, what);
    default:
        break;
    }
    const ValueColumn &values = valuesAt(column).column;
    switch (values.kind(experiment)) {
    case ValueColumn::Kind::Number:
        return values.number(experiment);
    case ValueColumn::Kind::NaN:
        return std::numeric_limits<double>::quiet_NaN();
    case ValueColumn::Kind::Text:
        return values.text(experiment);
    default:
        return {};
    }
}

// Always plain text: what people logged must not be read as HTML.
QString ExperimentTable::toolTip(std::size_t experiment, int column) const
{
    const TableColumn &what = m_shownColumns[static_cast<std::size_t>(column)];
    QString text;
    switch (cell(experiment, column)) {
    case Cell::Missing:
        text = what.isFixed() ? QString() : tr("This experiment has no value for “%1”.").arg(what.name);
        break;
    case Cell::NotLoaded:
        text = tr("Not loaded yet.");
        break;
    case Cell::Fallback:
        text = tr("This experiment has no name. Its key is %1.").arg(m_experiments->keys.at(experiment));
        break;
    default:
        text = exactText(experiment, what);
        if (what.source == Source::Duration)
            text = tr("%1 ms").arg(format::count(m_experiments->durations[experiment]));
        if (!what.isFixed() && valuesAt(column).column.isApproximate(experiment))
            text = tr("About %1, from a sample of the points. The exact value follows when the row is on screen.")
                       .arg(text);
    }
    constexpr qsizetype enough = 1'000;
    if (text.size() > enough)
        text = text.left(enough) + u'…';
    return u"<span style=\"white-space:pre-wrap\">%1</span>"_s.arg(text.toHtmlEscaped());
}

bool ExperimentTable::isRightAligned(int column) const
{
    const TableColumn &what = m_shownColumns[static_cast<std::size_t>(column)];
    if (what.isFixed())
        return what.source == Source::Duration;
    if (what.isMetric())
        return true;
    const Values &values = valuesAt(column);
    if (!values.numbers)
        values.numbers = values.column.isMostlyNumbers();
    return *values.numbers;
}
