// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/requestlog.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace api {

namespace {

constexpr qint64 hour = 3'600'000;

QString shellQuoted(QString text)
{
    return u'\'' + text.replace(u'\'', "'\\''"_L1) + u'\'';
}

} // namespace

int RequestLog::sentInLastHour() const
{
    const qint64 from = QDateTime::currentMSecsSinceEpoch() - hour;
    const auto first = std::upper_bound(m_times.begin(), m_times.end(), from);
    return static_cast<int>(m_times.end() - first);
}

void RequestLog::add(Entry entry)
{
    entry.number = ++m_number;
    while (!m_times.empty() && m_times.front() <= entry.time - hour)
        m_times.pop_front();
    // Entries come in the order in which they end, not in which they began.
    if (!entry.cached)
        m_times.insert(std::upper_bound(m_times.begin(), m_times.end(), entry.time), entry.time);
    if (m_entries.size() == capacity)
        m_entries.pop_front();
    m_entries.push_back(std::move(entry));
    emit added();
}

QString RequestLog::curl(const Entry &entry)
{
    QString command = u"curl"_s;
    if (entry.method != "GET")
        command += u" -X "_s + QString::fromLatin1(entry.method);
    if (!entry.isElsewhere)
        command += u" -H \"Authorization: $COMET_API_KEY\""_s;
    if (!entry.body.isEmpty()) {
        command += u" -H 'Content-Type: application/json;charset=utf-8' --data-raw "_s
            + shellQuoted(QString::fromUtf8(entry.body));
    }
    return command + u" --compressed "_s + shellQuoted(QString::fromLatin1(entry.url.toEncoded()));
}

} // namespace api
