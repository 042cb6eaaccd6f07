// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/savedqueries.h"

#include "models/query/normalform.h"
#include "models/query/savedform.h"
#include "models/session/settings.h"
#include "models/values/naturalorder.h"

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
    connect(&settings, &Settings::changed, this, &SavedQueries::follow);
}

bool SavedQueries::isKey(const QString &settingsKey)
{
    return settingsKey.startsWith(Settings::layoutKey(settingsKind, {}));
}

void SavedQueries::follow(const QString &settingsKey)
{
    if (m_subject.isEmpty() || settingsKey != Settings::layoutKey(settingsKind, m_subject))
        return;
    const QJsonObject json = QJsonDocument::fromJson(m_settings.layout(settingsKind, m_subject)).object();
    if (json[queriesField].toObject() == m_queries && json[recentField].toArray() == m_recent)
        return; // one's own doing
    const QJsonObject before = m_queries;
    setSubject(m_subject);
    QStringList gone = before.keys();
    gone.removeIf([this](const QString &name) { return m_queries.contains(name); });
    QStringList come = m_queries.keys();
    come.removeIf([&before](const QString &name) { return before.contains(name); });
    if (gone.size() == 1 && come.size() == 1 && before[gone.first()] == m_queries[come.first()])
        emit renamed(gone.first(), come.first());
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
    std::sort(names.begin(), names.end(), naturalOrder());
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
    emit renamed(name, to);
}

QJsonValue SavedQueries::remove(const QString &name)
{
    const QJsonValue query = m_queries.take(name);
    keep();
    return query;
}

void SavedQueries::restore(const QString &name, const QJsonValue &query)
{
    m_queries.insert(name, query);
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

QString SavedQueries::exportTo(const QString &path, const QString &name) const
{
    const QJsonObject queries = name.isEmpty() ? m_queries : QJsonObject{{name, m_queries[name]}};
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    file.write(QJsonDocument(QJsonObject{{queriesField, queries}}).toJson());
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
