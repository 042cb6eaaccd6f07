// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/session.h"

Session::Session(const Profile &profile, const QString &apiKey, QObject *parent)
    : QObject(parent)
    , m_profile(profile)
    , m_client(new api::Client(profile.root, apiKey, this))
{
    m_client->setReadOnly(profile.isReadOnly);
}

void Session::connectToServer()
{
    setState(State::Connecting);
    // The version is worth knowing, not worth failing for: an old or foreign server may have no probe
    // (PROTOCOL 1.2). Whether there is a Comet server that takes the key is for account-details to say.
    m_latest(m_client->serverVersion())
        ->then(this, [this](const QString &version) {
            m_version = version;
            askAccount();
        })
        ->otherwise(this, [this](const api::Error &error) {
            using Kind = api::Error::Kind;
            m_version.clear();
            if (error.kind == Kind::Offline || error.kind == Kind::Timeout || error.kind == Kind::Tls)
                setFailed(error); // nobody is there: a second question would only wait as long again
            else
                askAccount();
        });
}

void Session::askAccount()
{
    m_latest(m_client->accountDetails())
        ->then(this, [this](const api::Account &account) {
            m_account = account;
            setState(State::Ready);
        })
        ->otherwise(this, [this](const api::Error &error) { setFailed(error); });
}

void Session::setFailed(const api::Error &error)
{
    m_error = error;
    setState(State::Failed);
}

void Session::setState(State state)
{
    m_state = state;
    emit stateChanged();
}
