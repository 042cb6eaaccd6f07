// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/savedqueries.h"

#include "models/query/normalform.h"
#include "models/query/savedform.h"
#include "models/session/settings.h"

#include <QCollator>
#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace query {

namespace {

constexpr auto settingsKind = "queries1"_L1; // the number is the version of the form
constexpr auto queriesField = "queries"_L1;
constexpr auto recentField = "recent"_L1;
constexpr qint64 largestFile = 10'000'000; // bytes

} // namespace

SavedQueries::SavedQueries(Settings &settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
{
}

void SavedQueries::setSubject(const QString &subject)
{
    m_subject = subject;
    const QByteArray kept = subject.isEmpty() ? QByteArray() : m_settings.layout(settingsKind, subject);
    const QJsonObject json = QJsonDocument::fromJson(kept).object();
    m_queries = json[queriesField].toObject();
    m_recent = json[recentField].toArray();
    emit changed();
}

void SavedQueries::keep()
{
    if (!m_subject.isEmpty())
        m_settings.setLayout(settingsKind, m_subject,
            QJsonDocument(QJsonObject{{queriesField, m_queries}, {recentField, m_recent}})
                .toJson(QJsonDocument::Compact));
    emit changed();
}

QStringList SavedQueries::names() const
{
    QStringList names = m_queries.keys();
    QCollator collator;
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    std::sort(names.begin(), names.end(), collator);
    return names;
}

Reading SavedQueries::query(const QString &name) const
{
    return fromJson(m_queries[name]);
}

void SavedQueries::save(const QString &name, const Expression &expression)
{
    m_queries.insert(name, toJson(expression));
    keep();
}

void SavedQueries::rename(const QString &name, const QString &to)
{
    m_queries.insert(to, m_queries.take(name));
    keep();
}

void SavedQueries::remove(const QString &name)
{
    m_queries.remove(name);
    keep();
}

QList<Expression> SavedQueries::recent() const
{
    QList<Expression> recent;
    for (const QJsonValue &json : m_recent) {
        if (const Reading reading = fromJson(json); !reading.problem)
            recent += reading.expression;
    }
    return recent;
}

void SavedQueries::addRecent(const Expression &expression)
{
    const QJsonValue json = toJson(simplified(expression));
    if (!m_recent.isEmpty() && m_recent.first() == json)
        return;
    for (qsizetype i = m_recent.size() - 1; i >= 0; --i) {
        if (m_recent[i] == json)
            m_recent.removeAt(i);
    }
    m_recent.prepend(json);
    while (m_recent.size() > mostRecent)
        m_recent.removeLast();
    keep();
}

QString SavedQueries::exportTo(const QString &path) const
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    file.write(QJsonDocument(QJsonObject{{queriesField, m_queries}}).toJson());
    return file.commit() ? QString() : file.errorString();
}

QString SavedQueries::importFrom(const QString &path, int *count)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return file.errorString();
    if (file.size() > largestFile)
        return tr("It is too large to be a file of queries.");
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    if (!document.object()[queriesField].isObject())
        return tr("It is not a file of queries.");
    const QJsonObject found = document.object()[queriesField].toObject();
    for (auto query = found.begin(); query != found.end(); ++query) {
        if (const Reading reading = fromJson(query.value()); reading.problem)
            return tr("Query “%1”: %2").arg(query.key(), reading.problem->message);
    }
    for (auto query = found.begin(); query != found.end(); ++query) {
        QString name = query.key();
        for (int number = 2; m_queries.contains(name) && m_queries[name] != query.value(); ++number)
            name = tr("%1 (%2)").arg(query.key()).arg(number);
        m_queries.insert(name, query.value());
    }
    *count = static_cast<int>(found.size());
    if (*count > 0)
        keep();
    return {};
}

} // namespace query
