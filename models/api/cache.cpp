// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/cache.h"

#include "models/api/request.h"

using namespace Qt::StringLiterals;

namespace api {

namespace {
constexpr qsizetype overhead = 256; // of an entry, roughly
constexpr qsizetype smallBody = 256 << 10;
} // namespace

QStringList CachePolicy::defaultNever()
{
    return {u"projects"_s, u"project/column-names"_s, u"experiments"_s, u"experiment/metadata"_s,
        u"experiment/asset/get-asset"_s, u"experiment/asset/list"_s, u"experiment/model"_s,
        u"experiment/model/asset/list"_s, u"experiment/model/download"_s, u"registry-model"_s,
        u"registry-model/count"_s, u"registry-model/details"_s, u"registry-model/notes"_s,
        u"project/get-project-share-links"_s};
}

Cache::Cache(QObject *parent)
    : QObject(parent)
    , m_entries(m_policy.bytes)
{
}

void Cache::setPolicy(const CachePolicy &policy)
{
    if (policy == m_policy)
        return;
    m_policy = policy;
    m_entries.setMaxCost(policy.bytes);
    if (!policy.isOn)
        m_entries.clear();
    for (const QByteArray &key : m_entries.keys()) {
        if (policy.never.contains(m_entries.object(key)->path))
            m_entries.remove(key);
    }
    emit changed();
}

Cache::Statistics Cache::statistics() const
{
    return {m_entries.size(), m_entries.totalCost(), m_hits, m_misses};
}

void Cache::clear()
{
    ++m_time;
    m_entries.clear();
    emit changed();
}

bool Cache::mayKeep(const Request &request) const
{
    return m_policy.isOn && request.verb == "GET" && !request.isFromRoot && !request.isWrite()
        && !m_policy.never.contains(request.path);
}

QByteArray Cache::keyOf(const Request &request)
{
    return request.url({}).toEncoded();
}

std::optional<QByteArray> Cache::find(const Request &request)
{
    if (!mayKeep(request))
        return std::nullopt;
    const QByteArray key = keyOf(request);
    const Entry *entry = m_entries.object(key);
    if (entry && entry->age.hasExpired(qint64(m_policy.minutes) * 60'000)) {
        m_entries.remove(key);
        entry = nullptr;
    }
    ++(entry ? m_hits : m_misses);
    emit changed();
    return entry ? std::optional(entry->body) : std::nullopt;
}

void Cache::keep(const Request &request, const QByteArray &body, quint64 sentAt)
{
    if (!mayKeep(request) || sentAt != m_time)
        return;
    // Without the room that was there for more, where a copy takes no time.
    const bool copies = body.size() <= smallBody;
    auto *entry = new Entry{request.path, copies ? QByteArray(body.constData(), body.size()) : body, {}};
    entry->age.start();
    m_entries.insert(keyOf(request), entry, entry->body.capacity() + overhead);
    emit changed();
}

} // namespace api
