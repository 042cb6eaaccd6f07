// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/credentials.h"
#include "models/session/profile.h"

#include <QObject>

#include <vector>

class Keychain;
class Session;
class Sessions;
class Settings;

// Which servers there are: brings back those of the last run, takes new ones, forgets others, and keeps
// Settings, Keychain and Sessions in step. Owned by main; lives on the main thread.
class Connections : public QObject
{
    Q_OBJECT
public:
    Connections(Sessions &sessions, Settings &settings, Keychain &keychain, const Environment &environment,
        QObject *parent = nullptr);

    // Connects to the remembered servers, one after the other; where there are none, to the one that a
    // Comet SDK on this machine would use. restored() says when the last one is in Sessions.
    void restore();

    // A new server, or one edited (known by its id): connects, and remembers what outlives the run.
    Session *add(const Profile &profile, const QString &apiKey);
    // Disconnects and forgets the server and its key.
    void remove(const QString &profileId);

    Sessions &sessions() const { return m_sessions; }
    Settings &settings() const { return m_settings; }
    Keychain &keychain() const { return m_keychain; }
    const Environment &environment() const { return m_environment; }

signals:
    void restored();
    void problem(const QString &sentence);

private:
    void restoreFrom(std::size_t index);
    void addFound();

    Sessions &m_sessions;
    Settings &m_settings;
    Keychain &m_keychain;
    Environment m_environment;
    std::vector<Profile> m_remembered; // while restoring
};
