// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/client.h"
#include "models/registry/versiontable.h"
#include "models/session/session.h"

#include <QObject>
#include <QPointer>

#include <map>

// One model of a registry with all that its page shows: details, which stages are in use around it, what
// statuses the server allows, and what its versions' experiments are called. Owned by the page; lives on the
// main thread.
class RegisteredModel : public QObject
{
    Q_OBJECT
public:
    enum class State { Loading, Loaded, Failed };
    Q_ENUM(State)
    // So many experiments are asked for their names with the model; others when they are looked at.
    static constexpr qsizetype mostNamed = 40;

    explicit RegisteredModel(QObject *parent = nullptr);

    // A new subject empties everything and loads; the same one is refreshed.
    void setModel(Session *session, const QString &workspace, const QString &model);
    // Asks again; what is shown stays until the answers are here.
    void refresh();

    Session *session() const { return m_session; }
    const QString &workspace() const { return m_workspace; }
    const QString &name() const { return m_name; }
    State state() const { return m_state; }
    const api::Error &error() const { return m_error; } // of Failed
    bool isGone() const; // Failed because there is no such model (PROTOCOL-ANSWERS 1)

    const api::RegistryModel &details() const { return m_details; } // versions the highest first
    const api::ModelVersion *version(const QString &id) const; // nullptr where there is none
    const QStringList &stagesInUse() const { return m_stages; } // sorted; of this and other models
    const QStringList &allowedStatuses() const { return m_statuses; } // empty where the server has none
    SourceExperiment experiment(const QString &key) const { return m_experiments.value(key); }
    void nameExperiment(const QString &key); // where it is not known yet

    VersionTable &versions() { return m_versions; }

signals:
    void changed(); // state, details, stages or statuses
    void experimentsChanged();
    void refreshFailed(const api::Error &error); // what was loaded before stays

private:
    void take(const api::RegistryModel &details);
    void setFailed(const api::Error &error);
    void collectStages();

    QPointer<Session> m_session;
    QString m_workspace;
    QString m_name;
    State m_state = State::Loading;
    api::Error m_error;
    api::RegistryModel m_details;
    QStringList m_stagesAround; // of the latest versions in the workspace
    QStringList m_stages;
    QStringList m_statuses;
    QHash<QString, SourceExperiment> m_experiments;
    VersionTable m_versions;
    api::Latest m_latest;
    api::Latest m_latestListing;
    api::Latest m_latestStatuses;
    std::map<QString, api::Latest> m_latestNames; // by experiment
};
