// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/client.h"
#include "models/charts/points.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <list>
#include <optional>

// Brings the wanted metrics of the wanted runs: a sample of all first, then every point, what is wanted
// first before the rest, a few runs a request. Keeps what it has (within a bound) when the selection
// changes and cancels requests nobody waits for any more. Owned by a ChartPane; main thread, the series
// are built on others.
class ChartLoader : public QObject
{
    Q_OBJECT
public:
    // nullptr where there is nobody to ask any more.
    using Source = std::function<api::Reply<api::ChartAnswer> *(const api::ChartQuestion &, api::Priority)>;

    struct Line
    {
        enum class State : quint8 { Waiting, Sampled, Complete, Absent };
        State state = State::Waiting;
        PointsPointer points;
        SeriesPointer series; // of points, over steps
        bool isLeftOut = false; // stays a sample: every point of it would be more than setMostBytes()
        std::optional<api::Error> error; // the last request for it failed; Retry asks again
    };

    explicit ChartLoader(QObject *parent = nullptr);

    // id tells servers apart in what is kept; an empty source stops all loading.
    void setSource(const QString &id, Source source);
    // The order is the order of loading. Takes effect from the event loop.
    void setWanted(const QStringList &keys, const QStringList &metrics);
    // Asks again for all points of these runs (the server can't be asked for the new ones only); what is shown
    // stays until the new points are there, and is the same object where there are none.
    void refresh(const QStringList &keys);
    void retry(const QString &metric);

    const Line &line(const QString &key, const QString &metric) const;
    // Milliseconds since 1970 UTC of the earliest of all points that were ever loaded of a run; NaN where none has a time.
    double firstTime(const QString &key) const;
    bool isLoading() const { return !m_requests.empty() || m_preparing > 0 || m_start.isActive(); }
    std::size_t bytes() const; // of all points kept, with their pyramids; what they share counts once
    // Bytes of points kept that are not wanted now: they are there at once when wanted again.
    void setKeptBytes(std::size_t bytes) { m_keptBytes = bytes; }
    // Bytes of points, from which on a sample is not replaced by every point; Line::isLeftOut tells which.
    void setMostBytes(std::size_t bytes);

signals:
    void linesChanged(const QString &metric);
    void firstTimesChanged();

private:
    struct Cell
    {
        Line line;
        bool isAsked = false; // in a request now
        bool isStale = false; // complete, but to be asked again
        quint64 lastWanted = 0;
    };
    struct Request
    {
        api::Reply<api::ChartAnswer> *reply;
        QStringList keys;
        QStringList metrics;
        bool full;
    };
    struct Prepared
    {
        QString key;
        QString metric;
        PointsPointer points;
        double firstTime;
    };
    using CellId = std::pair<QString, QString>;

    CellId cellId(const QString &key, const QString &metric) const { return {m_id + key, metric}; }
    bool needs(const Cell &cell, bool full) const;
    void askNext();
    std::optional<api::ChartQuestion> nextQuestion(bool full);
    void leaveOut();
    void askLeftOut();
    void ask(const api::ChartQuestion &question);
    void take(const api::ChartQuestion &question, const api::ChartAnswer &answer);
    void store(const QString &id, bool full, const std::vector<Prepared> &prepared);
    void fail(const api::ChartQuestion &question, const api::Error &error);
    void cancelUnwanted();
    void dropUnwanted();

    QString m_id;
    Source m_source;
    QStringList m_keys;
    QStringList m_metrics;
    QHash<CellId, Cell> m_cells;
    QHash<QString, double> m_firstTimes; // by m_id and key
    std::list<Request> m_requests;
    std::size_t m_keptBytes = std::size_t{96} << 20;
    std::size_t m_mostBytes = std::size_t{1} << 30;
    std::shared_ptr<ColumnPool> m_pool = std::make_shared<ColumnPool>();
    QTimer m_start;
    int m_preparing = 0; // answers on their way through another thread
    quint64 m_turn = 0;
};
