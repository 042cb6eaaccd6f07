// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/requestlogmodel.h"

#include "models/values/format.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace {

bool isFailure(const api::RequestLog::Entry &entry)
{
    return !entry.error.isEmpty() || (entry.status >= 400 || entry.status == 0);
}

} // namespace

RequestLogModel::RequestLogModel(Sessions &sessions, QObject *parent)
    : QAbstractTableModel(parent)
{
    for (Session *session : sessions.all())
        follow(session);
    connect(&sessions, &Sessions::added, this, &RequestLogModel::follow);
}

void RequestLogModel::follow(Session *session)
{
    const api::RequestLog &log = session->client().requestLog();
    for (const api::RequestLog::Entry &entry : log.entries())
        add(session, entry);
    connect(&log, &api::RequestLog::added, this, [this, session, &log] { add(session, log.entries().back()); });
}

void RequestLogModel::add(const Session *session, const api::RequestLog::Entry &entry)
{
    beginInsertRows({}, 0, 0);
    m_rows.push_front({session->profile().name, entry});
    endInsertRows();
    if (m_rows.size() > api::RequestLog::capacity) {
        const int last = static_cast<int>(m_rows.size()) - 1;
        beginRemoveRows({}, last, last);
        m_rows.pop_back();
        endRemoveRows();
    }
}

int RequestLogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RequestLogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RequestLogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return display(row, column);
    case Qt::ToolTipRole:
        return column == Path ? row.entry.url.toString() : display(row, column);
    case Qt::TextAlignmentRole:
        return column == Status || column == Duration || column == Size
            ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
            : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    case SortRole:
        return sortValue(row, column);
    case FailedRole:
        return isFailure(row.entry);
    default:
        return {};
    }
}

QVariant RequestLogModel::display(const Row &row, Column column) const
{
    const api::RequestLog::Entry &entry = row.entry;
    switch (column) {
    case Time:
        return QDateTime::fromMSecsSinceEpoch(entry.time).toString(u"HH:mm:ss"_s);
    case Server:
        return row.server;
    case Method:
        return QString::fromLatin1(entry.method);
    case Path:
        return entry.queryNames.isEmpty() ? entry.path
                                          : entry.path + u'?' + entry.queryNames.join(u'&');
    case Status:
        return entry.status == 0 ? format::missing() : QString::number(entry.status);
    case Duration:
        return format::duration(entry.milliseconds);
    case Size:
        return format::bytes(entry.bytes);
    case Remark: {
        QStringList remarks;
        if (entry.cached)
            remarks << tr("from the cache");
        if (entry.attempt > 1)
            remarks << tr("attempt %1").arg(entry.attempt);
        if (!entry.error.isEmpty())
            remarks << entry.error;
        return remarks.join(u", "_s);
    }
    case ColumnCount:
        break;
    }
    return {};
}

QVariant RequestLogModel::sortValue(const Row &row, Column column) const
{
    switch (column) {
    case Time:
        return row.entry.time;
    case Status:
        return row.entry.status;
    case Duration:
        return row.entry.milliseconds;
    case Size:
        return row.entry.bytes;
    default:
        return display(row, column);
    }
}

QVariant RequestLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    struct Head
    {
        QString title;
        QString toolTip;
    };
    const Head heads[] = {
        {tr("Time"), tr("When the request was sent")},
        {tr("Server"), tr("Which server was asked")},
        {tr("Method"), tr("The HTTP method; many of this API's writes are GETs")},
        {tr("Request"), tr("The path and what was asked by, without the values")},
        {tr("Status"), tr("The HTTP status of the answer")},
        {tr("Took"), tr("From sending to the last byte")},
        {tr("Size"), tr("Of the answer, unpacked")},
        {tr("Remark"), tr("Cached, tried again, or what went wrong")},
    };
    if (role == Qt::DisplayRole)
        return heads[section].title;
    if (role == Qt::ToolTipRole)
        return heads[section].toolTip;
    if (role == Qt::TextAlignmentRole)
        return section == Status || section == Duration || section == Size
            ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
            : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

QString RequestLogModel::curl(const QModelIndex &index) const
{
    return checkIndex(index, CheckIndexOption::IndexIsValid)
        ? api::RequestLog::curl(m_rows[static_cast<std::size_t>(index.row())].entry)
        : QString();
}

void RequestLogModel::clear()
{
    if (m_rows.empty())
        return;
    beginRemoveRows({}, 0, static_cast<int>(m_rows.size()) - 1);
    m_rows.clear();
    endRemoveRows();
}
