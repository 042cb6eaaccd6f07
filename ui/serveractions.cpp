// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/serveractions.h"

#include "models/session/servers.h"
#include "ui/navigator.h"
#include "ui/session/connectdialog.h"
#include "ui/widgets/messagebar.h"

ServerActions::ServerActions(const Parts &parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
{
    connect(&m_parts.servers, &Servers::keyMissing, this, &ServerActions::askForKey);
}

void ServerActions::connectToServer()
{
    runDialog(nullptr);
}

void ServerActions::editServer(const QString &profileId)
{
    if (const Session *session = m_parts.sessions.find(profileId))
        runDialog(&session->profile());
}

void ServerActions::askForKey(const Profile &profile, const QString &problem)
{
    const QString sentence = problem.isEmpty() ? tr("The API key of %1 is not stored.").arg(profile.name)
                                               : tr("%1: %2").arg(profile.name, problem);
    m_parts.messages.post(MessageBar::Kind::Warning, sentence, tr("Enter Key…"), this,
        [this, profile] { runDialog(&profile); });
}

void ServerActions::runDialog(const Profile *edited)
{
    auto *dialog = new ConnectDialog(m_parts.keychain, m_parts.environment, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (edited)
        dialog->edit(*edited, {});
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const Profile profile = dialog->profile();
        Place place = m_parts.navigator.current();
        m_parts.servers.connectTo(profile, dialog->apiKey());
        if (place.server != profile.id)
            place = {profile.id, {}, {}, {}};
        m_parts.navigator.go(place);
    });
    dialog->open();
}

void ServerActions::removeServer(const QString &profileId)
{
    const Session *session = m_parts.sessions.find(profileId);
    if (!session)
        return;
    const Profile profile = session->profile();
    m_parts.servers.forget(profileId);
    m_parts.messages.post(
        MessageBar::Kind::Information, tr("%1 was disconnected and forgotten.").arg(profile.name));
}
