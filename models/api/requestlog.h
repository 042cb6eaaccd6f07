// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QStringList>
#include <QUrl>

#include <deque>

namespace api {

// What a Client has asked its server: the last 500 requests, for the Requests dock, and how many there
// were in the last hour, for the rate budget. Holds no key. Owned by Transport; lives on the main thread.
class RequestLog : public QObject
{
    Q_OBJECT
public:
    static constexpr std::size_t capacity = 500;
    // What we allow ourselves in an hour: Comet's limits are for all programs of an account together.
    static constexpr int usualBudget = 15'000;
    int budget() const { return m_budget; } // of requests in an hour
    void setBudget(int requests) { m_budget = requests; }

    // One request as it went over the wire; a retry is an entry of its own.
    struct Entry
    {
        qint64 number = 0; // 1 for the first one of this run
        qint64 time = 0; // when it was sent, milliseconds since 1970 UTC
        QByteArray method = {};
        QString path = {}; // "api/rest/v2/experiments"
        QStringList queryNames = {}; // without their values
        int status = 0; // 0 where no answer came
        qint64 milliseconds = 0;
        qint64 bytes = 0; // of the answer's body, unpacked
        int attempt = 1; // 2 for the first retry
        bool cached = false; // answered without asking the server
        QString error = {}; // what went wrong, for people; empty where nothing did
        QUrl url = {}; // with the query
        QByteArray body = {}; // JSON; empty where none was sent
        bool isElsewhere = false; // sent to another host, where a redirect led, without the key; url has no query
    };

    using QObject::QObject;

    const std::deque<Entry> &entries() const { return m_entries; } // the oldest first
    int sentInLastHour() const;

    void add(Entry entry); // gives it its number

    // A command for a shell that sends the same request; the key is $COMET_API_KEY in it, if it was sent.
    static QString curl(const Entry &entry);

signals:
    // entries().back() is new; where there were 500 already, the oldest one has gone.
    void added();

private:
    std::deque<Entry> m_entries;
    std::deque<qint64> m_times; // of the last hour
    qint64 m_number = 0;
    int m_budget = usualBudget;
};

} // namespace api
