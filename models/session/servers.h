// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/credentials.h"
#include "models/session/sessions.h"

#include <optional>

class Keychain;
class Settings;

// The servers a person has: remembered in Settings, their keys in the Keychain, connected as Sessions.
// What they have is restored at the start of the program and changes by connectTo() and forget(). Owned
// by main; lives on the main thread.
class Servers : public QObject
{
    Q_OBJECT
public:
    Servers(Sessions &sessions, Settings &settings, Keychain &keychain,
        const Environment &environment = Environment::current(), QObject *parent = nullptr);

    // Connects what was remembered, in its order, once all keys are here; then restored().
    void restore();
    // Connects and remembers; a profile of the same id is replaced. The key is where the profile says
    // already: ConnectDialog has put it there. The demo is connected only, never remembered.
    Session *connectTo(const Profile &profile, const QString &apiKey);
    void forget(const QString &profileId);
    // Of a server that is connected or remembered, with a key or without one.
    std::optional<Profile> profile(const QString &profileId) const;

signals:
    void restored();
    // The key of a remembered server is nowhere: the window asks for it.
    void keyMissing(const Profile &profile, const QString &problem);

private:
    struct Entry
    {
        Profile profile;
        QString apiKey;
        QString problem;
    };
    struct Restoring;
    void findKey(Entry &entry) const;
    void connectRestored(const Restoring &restoring);
    void applySettings(Session *session) const;

    Sessions &m_sessions;
    Settings &m_settings;
    Keychain &m_keychain;
    Environment m_environment;
};
