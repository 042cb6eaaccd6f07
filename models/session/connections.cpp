// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/connections.h"

#include "models/session/keychain.h"
#include "models/session/sessions.h"
#include "models/session/settings.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// The sample server is made anew in each run, and a found one is found again.
bool outlivesTheRun(const Profile &profile)
{
    return profile.keySource == Profile::KeySource::Keychain
        || profile.keySource == Profile::KeySource::ThisRun;
}

} // namespace

Connections::Connections(Sessions &sessions, Settings &settings, Keychain &keychain,
    const Environment &environment, QObject *parent)
    : QObject(parent)
    , m_sessions(sessions)
    , m_settings(settings)
    , m_keychain(keychain)
    , m_environment(environment)
{
}

void Connections::restore()
{
    m_remembered = m_settings.profiles();
    restoreFrom(0);
}

void Connections::restoreFrom(std::size_t index)
{
    if (index >= m_remembered.size()) {
        if (m_remembered.empty())
            addFound();
        emit restored();
        return;
    }
    const Profile profile = m_remembered[index];
    m_keychain.read(profile.id, this, [this, index, profile](const QString &key, const QString &trouble) {
        if (!trouble.isEmpty())
            emit problem(trouble);
        if (!m_sessions.find(profile.id))
            m_sessions.add(profile, key);
        restoreFrom(index + 1);
    });
}

void Connections::addFound()
{
    const Credentials found = Credentials::find(m_environment);
    if (found.apiKey.isEmpty())
        return;
    for (const QString &remark : found.remarks)
        emit problem(remark);
    Profile profile;
    profile.id = u"found"_s;
    profile.name = found.root.host();
    profile.root = found.root;
    profile.keySource = Profile::KeySource::Found;
    profile.foundIn = found.keyFoundIn;
    m_sessions.add(profile, found.apiKey);
}

Session *Connections::add(const Profile &profile, const QString &apiKey)
{
    if (m_sessions.find(profile.id))
        m_sessions.remove(profile.id);
    if (outlivesTheRun(profile)) {
        std::vector<Profile> remembered = m_settings.profiles();
        const auto same = std::find_if(remembered.begin(), remembered.end(),
            [&profile](const Profile &other) { return other.id == profile.id; });
        if (same != remembered.end())
            *same = profile;
        else
            remembered.push_back(profile);
        m_settings.setProfiles(remembered);
    }
    return m_sessions.add(profile, apiKey);
}

void Connections::remove(const QString &profileId)
{
    std::vector<Profile> remembered = m_settings.profiles();
    if (std::erase_if(remembered, [&](const Profile &profile) { return profile.id == profileId; }) > 0) {
        m_settings.setProfiles(remembered);
        m_keychain.remove(profileId);
    }
    m_sessions.remove(profileId);
}
