// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/servertable.h"

#include "models/session/profilemarks.h"
#include "models/session/sessions.h"
#include "models/session/settings.h"

using namespace Qt::StringLiterals;

namespace {

QString sourceText(const Profile &profile)
{
    switch (profile.keySource) {
    case Profile::KeySource::Keychain:
        return ServerTable::tr("Keychain");
    case Profile::KeySource::ThisRun:
        return ServerTable::tr("This run only");
    case Profile::KeySource::Found:
        return profile.foundIn;
    case Profile::KeySource::Demo:
        break; // never remembered
    }
    return {};
}

QString stateText(const Session *session)
{
    if (!session)
        return ServerTable::tr("No API key");
    switch (session->state()) {
    case Session::State::Connecting:
        return ServerTable::tr("Connecting…");
    case Session::State::Ready:
        return ServerTable::tr("Connected");
    case Session::State::Failed:
        return ServerTable::tr("Not connected");
    }
    return {};
}

QString protectionText(const Profile &profile)
{
    if (profile.isReadOnly)
        return ServerTable::tr("Read only");
    return profile.asksBeforeWriting ? ServerTable::tr("Ask first") : ServerTable::tr("Allowed");
}

} // namespace

ServerTable::ServerTable(const Settings &settings, const Sessions &sessions, QObject *parent)
    : RowTable<ServerRow>(
        {
            {"name", tr("Name"), {}, Qt::AlignLeft, [](const ServerRow &row) { return row.profile.name; }, {}, {}},
            {"address", tr("Address"), {}, Qt::AlignLeft,
                [](const ServerRow &row) { return row.profile.root.toString(); }, {}, {}},
            {"key", tr("API Key"), tr("Where the key of the server is kept"), Qt::AlignLeft,
                [](const ServerRow &row) { return sourceText(row.profile); }, {}, {}},
            {"colour", tr("Colour"), {}, Qt::AlignLeft,
                [](const ServerRow &row) { return profilemarks::colourName(row.profile.colour); }, {}, {}},
            {"protection", tr("Changes"), tr("Whether anything is changed on the server, and whether you are asked first"),
                Qt::AlignLeft, [](const ServerRow &row) { return protectionText(row.profile); }, {}, {}},
            {"connection", tr("Connection"), {}, Qt::AlignLeft,
                [](const ServerRow &row) { return row.state; }, {},
                [](const ServerRow &row) { return row.problem.isEmpty() ? row.state : row.problem; }},
        },
        [](const ServerRow &row) { return row.profile.id; }, parent)
    , m_settings(settings)
    , m_sessions(sessions)
{
    connect(&settings, &Settings::changed, this, [this](const QString &key) {
        if (key == "servers"_L1)
            refresh();
    });
    connect(&sessions, &Sessions::added, this, &ServerTable::follow);
    connect(&sessions, &Sessions::removed, this, &ServerTable::refresh);
    for (Session *session : sessions.all())
        connect(session, &Session::stateChanged, this, &ServerTable::refresh);
    refresh();
}

void ServerTable::follow(Session *session)
{
    connect(session, &Session::stateChanged, this, &ServerTable::refresh);
    refresh();
}

void ServerTable::refresh()
{
    std::vector<ServerRow> rows;
    for (const Profile &profile : m_settings.profiles()) {
        const Session *session = m_sessions.find(profile.id);
        const bool hasFailed = session && session->state() == Session::State::Failed;
        rows.push_back({profile, stateText(session), hasFailed ? session->error().sentence() : QString()});
    }
    setRows(std::move(rows));
}
