// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/client.h"
#include "models/session/session.h"

#include <QPointer>

// What is known about one project beside its experiments: its properties and its share keys. Owned by the
// page that shows them; lives on the main thread.
class ProjectDetails : public QObject
{
    Q_OBJECT
public:
    enum class State { None, Loading, Loaded, Failed };

    using QObject::QObject;

    // Asked for by name at first and by its id from then on, so that it is found after it was renamed
    // (PROTOCOL 3.1). The same project is asked for again; session may be null.
    void setProject(Session *session, const QString &workspace, const QString &name);
    void refresh();
    void rename(const QString &name); // it is called so now; what is known of it stays

    Session *session() const { return m_session; }
    State state() const { return m_state; }
    const api::Error &error() const { return m_error; } // of Failed
    bool isGone() const { return m_state == State::Failed && m_error.kind == api::Error::Kind::NotFound; }
    const api::Project &project() const { return m_project; } // workspace and name are right in any state

    // Of a project that is Loaded and has an id.
    State keysState() const { return m_keysState; }
    const api::Error &keysError() const { return m_keysError; }
    const QStringList &shareKeys() const { return m_keys; }
    void refreshKeys();

signals:
    void changed();
    void keysChanged();
    void refreshFailed(const QString &sentence); // what was loaded stays

private:
    void take(const api::Project &project);
    void fail(const api::Error &error);
    void setKeys(State state);

    QPointer<Session> m_session;
    State m_state = State::None;
    api::Error m_error;
    api::Project m_project;
    State m_keysState = State::None;
    api::Error m_keysError;
    QStringList m_keys;
    api::Latest m_latest;
    api::Latest m_latestKeys;
};
