// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/servers.h"

#include "models/api/cache.h"
#include "models/api/requestlog.h"

#include "models/session/keychain.h"
#include "models/session/settings.h"

#include <algorithm>

using namespace Qt::StringLiterals;

struct Servers::Restoring
{
    std::vector<Entry> entries;
    std::size_t waiting = 0; // answers of the keychain
};

Servers::Servers(Sessions &sessions, Settings &settings, Keychain &keychain,
    const Environment &environment, QObject *parent)
    : QObject(parent)
    , m_sessions(sessions)
    , m_settings(settings)
    , m_keychain(keychain)
    , m_environment(environment)
{
    connect(&sessions, &Sessions::added, this, &Servers::applySettings);
    connect(&settings, &Settings::changed, this, [this](const QString &key) {
        if (!key.startsWith("cache/"_L1) && !key.startsWith("requests/"_L1))
            return;
        for (Session *session : m_sessions.all())
            applySettings(session);
    });
}

void Servers::applySettings(Session *session) const
{
    session->client().cache().setPolicy(m_settings.cachePolicy());
    session->client().requestLog().setBudget(m_settings.requestsPerHour.value());
}

void Servers::restore()
{
    // Keys come one by one and in any order; the servers keep theirs.
    const auto restoring = std::make_shared<Restoring>();
    for (const Profile &profile : m_settings.profiles()) {
        restoring->entries.push_back({profile, {}, {}});
        if (profile.keySource == Profile::KeySource::Found)
            findKey(restoring->entries.back());
        else if (profile.keySource == Profile::KeySource::Keychain)
            ++restoring->waiting;
    }
    if (restoring->waiting == 0) {
        connectRestored(*restoring);
        return;
    }
    for (std::size_t i = 0; i < restoring->entries.size(); ++i) {
        if (restoring->entries[i].profile.keySource != Profile::KeySource::Keychain)
            continue;
        m_keychain.read(restoring->entries[i].profile.id, this,
            [this, restoring, i](const QString &key, const QString &problem) {
                restoring->entries[i].apiKey = key;
                restoring->entries[i].problem = problem;
                if (--restoring->waiting == 0)
                    connectRestored(*restoring);
            });
    }
}

void Servers::findKey(Entry &entry) const
{
    // A configuration that has changed meanwhile may hold the key of another server: it stays there.
    const Credentials found = Credentials::find(m_environment);
    if (!found.apiKey.isEmpty() && found.root == entry.profile.root)
        entry.apiKey = found.apiKey;
    else
        entry.problem = tr("The API key that was in %1 is not there any more.").arg(entry.profile.foundIn);
}

void Servers::connectRestored(const Restoring &restoring)
{
    for (const Entry &entry : restoring.entries) {
        if (entry.apiKey.isEmpty())
            emit keyMissing(entry.profile, entry.problem);
        else if (!m_sessions.find(entry.profile.id))
            m_sessions.add(entry.profile, entry.apiKey);
    }
    emit restored();
}

Session *Servers::connectTo(const Profile &profile, const QString &apiKey)
{
    if (profile.keySource != Profile::KeySource::Demo) {
        std::vector<Profile> profiles = m_settings.profiles();
        const auto known = std::ranges::find(profiles, profile.id, &Profile::id);
        if (known == profiles.end())
            profiles.push_back(profile);
        else
            *known = profile;
        m_settings.setProfiles(profiles);
    }
    m_sessions.remove(profile.id);
    return m_sessions.add(profile, apiKey);
}

void Servers::forget(const QString &profileId)
{
    std::vector<Profile> profiles = m_settings.profiles();
    const auto known = std::ranges::find(profiles, profileId, &Profile::id);
    if (known != profiles.end()) {
        if (known->keySource == Profile::KeySource::Keychain)
            m_keychain.remove(profileId);
        profiles.erase(known);
        m_settings.setProfiles(profiles);
    }
    m_sessions.remove(profileId);
}

std::optional<Profile> Servers::profile(const QString &profileId) const
{
    if (const Session *session = m_sessions.find(profileId))
        return session->profile();
    const std::vector<Profile> profiles = m_settings.profiles();
    const auto known = std::ranges::find(profiles, profileId, &Profile::id);
    return known == profiles.end() ? std::nullopt : std::optional(*known);
}
