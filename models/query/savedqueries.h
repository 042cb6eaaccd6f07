// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/pythontext.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QStringList>

class Settings;

namespace query {

// The queries that a person keeps of a project, by name, and the last ones that were applied. In the settings
// as JSON: what is read only when it is opened, so that one that can't be read is not lost. Several may show the
// same project: each follows what the others do. Owned by who shows them; lives on the main thread.
class SavedQueries : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype mostRecent = 10;

    explicit SavedQueries(Settings &settings, QObject *parent = nullptr);
    static bool isKey(const QString &settingsKey); // of the queries of some project, as Settings::changed() tells it

    void setSubject(const QString &subject); // "lab/vision/cifar10", as layouts have it; empty: none
    QStringList names() const; // as people sort them
    bool contains(const QString &name) const { return m_queries.contains(name); }
    Reading query(const QString &name) const; // the problem says why it is none
    void save(const QString &name, const Expression &expression); // over the one of that name
    void rename(const QString &name, const QString &to); // over the one of that name
    QJsonValue remove(const QString &name); // gives what restore() brings back, readable or not
    void restore(const QString &name, const QJsonValue &query);

    QList<Expression> recent() const; // the last one first
    void addRecent(const Expression &expression);

    // All of them, or one, as a file for others, and such a file; a name that is taken gets a number. Each gives
    // a sentence where it failed, and then nothing was changed.
    QString exportTo(const QString &path, const QString &name = {}) const;
    QString importFrom(const QString &path, int *count);

signals:
    void changed();
    void renamed(const QString &before, const QString &name); // follows changed()

private:
    void keep();
    void follow(const QString &settingsKey);

    Settings &m_settings;
    QString m_subject;
    QJsonObject m_queries; // savedform by name
    QJsonArray m_recent; // savedform
};

} // namespace query
