// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/reply.h"

#include <QHash>
#include <QObject>
#include <QStringList>

#include <functional>

// The same question about several things, answered when all are: by key. The first failure ends it. Owned
// by parent; deletes itself after gathered() or failed().
class GatherBase : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

signals:
    void gathered();
    void failed(const api::Error &error);
};

template<class T>
class Gather : public GatherBase
{
public:
    using Ask = std::function<api::Reply<T> *(const QString &key)>;

    Gather(const QStringList &keys, const Ask &ask, QObject *parent)
        : GatherBase(parent)
        , m_waiting(keys.size())
    {
        for (const QString &key : keys) {
            api::Reply<T> *reply = ask(key);
            connect(this, &QObject::destroyed, reply, &api::ReplyBase::cancel);
            reply->then(this, [this, key](const T &value) {
                m_values.insert(key, value);
                if (--m_waiting == 0) {
                    emit gathered();
                    deleteLater();
                }
            });
            reply->otherwise(this, [this](const api::Error &error) {
                if (m_hasFailed)
                    return;
                m_hasFailed = true;
                emit failed(error);
                deleteLater();
            });
        }
    }

    T value(const QString &key) const { return m_values.value(key); }

private:
    QHash<QString, T> m_values;
    qsizetype m_waiting;
    bool m_hasFailed = false;
};
