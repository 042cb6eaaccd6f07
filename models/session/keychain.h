// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QObject>
#include <QString>

#include <functional>

// API keys by Profile::id, in the keychain of the desktop (Secret Service, KWallet) or, where it has
// none, in memory until the program ends: where() says which. Owned by main; lives on the main thread.
class Keychain : public QObject
{
    Q_OBJECT
public:
    enum class Where { System, ThisRun };

    // One question to a keychain, answered from the event loop: the secret (for Read) and what went wrong.
    enum class Operation { Read, Write, Remove };
    struct Answer
    {
        enum class Status { Done, NotFound, NoKeychain, Refused };
        Status status = Status::Done;
        QString secret;
        QString message;
    };
    using Answered = std::function<void(const Answer &)>;
    using Backend = std::function<void(
        Operation operation, const QString &account, const QString &secret, Answered answered)>;

    explicit Keychain(QObject *parent = nullptr); // the system's
    explicit Keychain(Backend backend, QObject *parent = nullptr);

    // The key, or an empty one where there is none; problem is a sentence where it could not be asked.
    void read(const QString &id, const QObject *context,
        std::function<void(const QString &key, const QString &problem)> done);
    // Keeps the key; where it ended up. It is in memory at once, whatever the keychain answers.
    void write(const QString &id, const QString &key, const QObject *context,
        std::function<void(Where where, const QString &problem)> done);
    void remove(const QString &id);
    // For this run only, by the person's wish.
    void keepForThisRun(const QString &id, const QString &key);

    // ThisRun as soon as the system has shown that it has no keychain.
    Where where() const { return m_where; }

signals:
    void whereChanged();

private:
    void setWhere(Where where);

    Backend m_backend;
    QHash<QString, QString> m_memory;
    Where m_where = Where::System;
};
