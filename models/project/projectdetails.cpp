// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/project/projectdetails.h"

void ProjectDetails::setProject(Session *session, const QString &workspace, const QString &name)
{
    if (session == m_session && workspace == m_project.workspace && name == m_project.name && m_state != State::None) {
        refresh();
        return;
    }
    m_latest.cancel();
    m_latestKeys.cancel();
    m_session = session;
    m_project = {};
    m_project.workspace = workspace;
    m_project.name = name;
    m_keys.clear();
    m_keysState = State::None;
    m_state = session ? State::Loading : State::None;
    emit changed();
    emit keysChanged();
    refresh();
}

void ProjectDetails::rename(const QString &name)
{
    m_project.name = name;
    emit changed();
}

void ProjectDetails::refresh()
{
    if (!m_session)
        return;
    if (m_state == State::Failed) {
        m_state = State::Loading;
        emit changed();
    }
    api::Client &client = m_session->client();
    const api::Client::Freshly freshly(client); // what is edited must not be old
    m_latest(m_project.id.isEmpty() ? client.project(m_project.workspace, m_project.name)
                                    : client.projectById(m_project.id))
        ->then(this, [this](const api::Project &project) { take(project); })
        ->otherwise(this, [this](const api::Error &error) { fail(error); });
}

void ProjectDetails::take(const api::Project &project)
{
    const QString workspace = m_project.workspace;
    m_project = project;
    if (m_project.workspace.isEmpty())
        m_project.workspace = workspace;
    m_state = State::Loaded;
    emit changed();
    refreshKeys();
}

void ProjectDetails::fail(const api::Error &error)
{
    if (m_state == State::Loaded && error.kind != api::Error::Kind::NotFound) {
        emit refreshFailed(error.sentence());
        return;
    }
    m_error = error;
    m_state = State::Failed;
    emit changed();
}

void ProjectDetails::refreshKeys()
{
    if (!m_session || m_state != State::Loaded || m_project.id.isEmpty())
        return;
    if (m_keysState != State::Loaded)
        setKeys(State::Loading);
    m_latestKeys(m_session->client().projectShareKeys(m_project.id))
        ->then(this,
            [this](const QStringList &keys) {
                m_keys = keys;
                setKeys(State::Loaded);
            })
        ->otherwise(this, [this](const api::Error &error) {
            m_keysError = error;
            setKeys(State::Failed);
        });
}

void ProjectDetails::setKeys(State state)
{
    m_keysState = state;
    emit keysChanged();
}
