// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/client.h"
#include "models/experiment/assettable.h"
#include "models/experiment/metrictable.h"
#include "models/experiment/valuetable.h"
#include "models/session/session.h"

#include <QObject>
#include <QPointer>

#include <array>

// What one experiment logged, as far as its first page shows it: six calls side by side, each part with
// its own state. Owned by the page; lives on the main thread.
class ExperimentValues : public QObject
{
    Q_OBJECT
public:
    enum class Part { Metadata, Metrics, Parameters, Others, Tags, Assets };
    Q_ENUM(Part)
    enum class State { Loading, Loaded, Failed };
    static constexpr std::size_t partCount = 6;

    explicit ExperimentValues(QObject *parent = nullptr);

    // A new subject empties everything and loads; the same one is asked for again, of the cache too.
    void setExperiment(Session *session, const QString &key);
    // Asks the server again; what is shown stays until the answers are here.
    void refresh();

    const QString &key() const { return m_key; }
    Session *session() const { return m_session; }
    State state(Part part) const { return m_states[static_cast<std::size_t>(part)]; }
    const api::Error &error(Part part) const { return m_errors[static_cast<std::size_t>(part)]; }
    bool isLoading() const;

    const api::Metadata &metadata() const { return m_metadata; }
    const QStringList &tags() const { return m_tags; }
    ValueTable &facts() { return m_facts; }
    MetricTable &metrics() { return m_metrics; }
    ValueTable &parameters() { return m_parameters; }
    ValueTable &others() { return m_others; }
    AssetTable &assets() { return m_assets; }

signals:
    void partChanged(ExperimentValues::Part part); // its state or its content
    void refreshFailed(const api::Error &error); // what was loaded before stays

private:
    void ask();
    template<class R, class Take>
    void load(Part part, R *reply, Take take);
    void setFailed(Part part, const api::Error &error);

    QPointer<Session> m_session;
    QString m_key;
    std::array<State, partCount> m_states{};
    std::array<api::Error, partCount> m_errors;
    std::array<api::Latest, partCount> m_replies;
    api::Metadata m_metadata;
    QStringList m_tags;
    ValueTable m_facts;
    MetricTable m_metrics;
    ValueTable m_parameters;
    ValueTable m_others;
    AssetTable m_assets;
};
