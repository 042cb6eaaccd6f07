// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QCache>
#include <QElapsedTimer>
#include <QObject>
#include <QStringList>

#include <optional>

namespace api {

struct Request;

// What may be answered from memory (PROTOCOL 2): use_cache, do_cache and do_not_cache of the Python class.
struct CachePolicy
{
    bool isOn = true;
    QStringList never = defaultNever(); // endpoints: "experiments"
    int minutes = 10; // how long an answer is good for; the SDK keeps them for good
    qint64 bytes = 64 << 20; // of all answers; the longest unused go first

    static QStringList defaultNever();
    bool operator==(const CachePolicy &) const = default;
};

// Answers to reads of one server, kept in memory. Reads are GETs; failures are never kept. Whoever writes
// sees the result at once: a write empties the cache when it is sent and when it is done, and a read that was
// under way meanwhile is not kept. Owned by Client; lives on the main thread.
class Cache : public QObject
{
    Q_OBJECT
public:
    struct Statistics
    {
        qsizetype entries = 0;
        qint64 bytes = 0;
        qint64 hits = 0; // since the start
        qint64 misses = 0; // of what could have been kept
    };

    explicit Cache(QObject *parent = nullptr);

    const CachePolicy &policy() const { return m_policy; }
    void setPolicy(const CachePolicy &policy); // what is kept against it goes
    Statistics statistics() const;
    // Forgets all answers, also those to what is under way.
    void clear();

    // For Client. A read asks before it is sent, and keeps its answer under the time it was sent at.
    bool mayKeep(const Request &request) const;
    std::optional<QByteArray> find(const Request &request);
    quint64 time() const { return m_time; }
    void keep(const Request &request, const QByteArray &body, quint64 sentAt);

signals:
    void changed();

private:
    struct Entry
    {
        QString path;
        QByteArray body;
        QElapsedTimer age;
    };
    static QByteArray keyOf(const Request &request);

    CachePolicy m_policy;
    QCache<QByteArray, Entry> m_entries; // the cost is in bytes
    qint64 m_hits = 0;
    qint64 m_misses = 0;
    quint64 m_time = 0; // counts clear()
};

} // namespace api
