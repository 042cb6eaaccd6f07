// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/profile.h"

#include <QObject>

#include <optional>

class Keychain;
class MessageBar;
class Navigator;
class Servers;
class Sessions;
struct Environment;

// What a person does with servers as a whole: connect, edit, give a missing key, remove. Owned by the window.
class ServerActions : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        Sessions &sessions;
        Servers &servers;
        Keychain &keychain;
        const Environment &environment;
        Navigator &navigator;
        MessageBar &messages;
    };

    ServerActions(const Parts &parts, QWidget *window);

    void connectToServer(); // and goes there
    void addServer(); // and stays
    void editServer(const QString &profileId);
    void removeServer(const QString &profileId);

private:
    void askForKey(const Profile &profile, const QString &problem);
    void runDialog(const std::optional<Profile> &edited, bool goesThere);

    Parts m_parts;
    QWidget *m_window;
};
