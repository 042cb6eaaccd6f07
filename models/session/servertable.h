// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/profile.h"
#include "models/values/rowtable.h"

class Session;
class Sessions;
class Settings;

struct ServerRow
{
    Profile profile;
    QString state; // "Connected"
    QString problem; // why it isn't, as a sentence

    bool operator==(const ServerRow &) const = default;
};

// The remembered servers, connected or not, in their order. Follows Settings and Sessions. Lives on the
// main thread.
class ServerTable : public RowTable<ServerRow>
{
    Q_OBJECT
public:
    enum Column { Name, Address, KeySource, Colour, Protection, Connection };

    ServerTable(const Settings &settings, const Sessions &sessions, QObject *parent = nullptr);

private:
    void follow(Session *session);
    void refresh();

    const Settings &m_settings;
    const Sessions &m_sessions;
};
