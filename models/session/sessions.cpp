// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/sessions.h"

#include <algorithm>

Session *Sessions::add(const Profile &profile, const QString &apiKey)
{
    auto *session = new Session(profile, apiKey, this);
    m_sessions.push_back(session);
    session->connectToServer();
    emit added(session);
    return session;
}

void Sessions::remove(const QString &profileId)
{
    const auto found = std::ranges::find(
        m_sessions, profileId, [](const Session *session) { return session->profile().id; });
    if (found == m_sessions.end())
        return;
    Session *session = *found;
    emit aboutToRemove(session);
    m_sessions.erase(found);
    emit removed(profileId);
    session->deleteLater(); // a slot of its own may be on the stack
}

Session *Sessions::find(const QString &profileId) const
{
    const auto found = std::ranges::find(
        m_sessions, profileId, [](const Session *session) { return session->profile().id; });
    return found == m_sessions.end() ? nullptr : *found;
}
