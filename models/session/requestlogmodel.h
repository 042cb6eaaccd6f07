// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/requestlog.h"
#include "models/session/sessions.h"

#include <QAbstractTableModel>

#include <deque>

// What all servers of the window were asked, newest first, at most 500 rows. Owned by the Requests dock;
// lives on the main thread.
class RequestLogModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Time, Server, Method, Path, Status, Duration, Size, Remark, ColumnCount };
    enum Role {
        SortRole = Qt::UserRole, // raw: milliseconds, bytes, numbers
        FailedRole, // bool: no answer, or one that says no
    };

    explicit RequestLogModel(Sessions &sessions, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    // The request as a shell command; the key is $COMET_API_KEY in it.
    QString curl(const QModelIndex &index) const;
    void clear();

private:
    struct Row
    {
        QString server;
        api::RequestLog::Entry entry;
    };
    void follow(Session *session);
    void add(const Session *session, const api::RequestLog::Entry &entry);
    QVariant display(const Row &row, Column column) const;
    QVariant sortValue(const Row &row, Column column) const;

    std::deque<Row> m_rows;
};
