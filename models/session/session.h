// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/client.h"
#include "models/session/profile.h"

#include <QObject>

// One connected server: profile, client, who we are there, and whether it answers. Owned by Sessions;
// lives on the main thread.
class Session : public QObject
{
    Q_OBJECT
public:
    enum class State { Connecting, Ready, Failed };

    Session(const Profile &profile, const QString &apiKey, QObject *parent = nullptr);

    const Profile &profile() const { return m_profile; }
    api::Client &client() const { return *m_client; }
    State state() const { return m_state; }
    const api::Error &error() const { return m_error; } // of Failed
    const api::Account &account() const { return m_account; }
    const QString &version() const { return m_version; } // "3.60.0"; empty where the server does not say

    // Probes the version and the account again. Failed stays Failed until then.
    void connectToServer();

signals:
    void stateChanged();

private:
    void askAccount();
    void setFailed(const api::Error &error);
    void setState(State state);

    Profile m_profile;
    api::Client *m_client;
    State m_state = State::Connecting;
    api::Error m_error;
    api::Account m_account;
    QString m_version;
    api::Latest m_latest;
};
