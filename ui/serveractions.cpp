// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/serveractions.h"

#include "models/session/servers.h"
#include "ui/navigator.h"
#include "ui/session/connectdialog.h"
#include "ui/widgets/messagebar.h"

#include <QApplication>

ServerActions::ServerActions(const Parts &parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
{
    connect(&m_parts.servers, &Servers::keyMissing, this, &ServerActions::askForKey);
}

void ServerActions::connectToServer()
{
    runDialog({}, true);
}

void ServerActions::addServer()
{
    runDialog({}, false);
}

void ServerActions::editServer(const QString &profileId)
{
    const std::optional<Profile> profile = m_parts.servers.profile(profileId);
    if (!profile)
        return;
    if (profile->keySource == Profile::KeySource::Demo) {
        m_parts.messages.post(MessageBar::Kind::Information,
            tr("The sample data is part of the program: there is nothing to edit about its server."));
        return;
    }
    runDialog(profile, false);
}

void ServerActions::askForKey(const Profile &profile, const QString &problem)
{
    const QString sentence = problem.isEmpty() ? tr("The API key of %1 is not stored.").arg(profile.name)
                                               : tr("%1: %2").arg(profile.name, problem);
    m_parts.messages.post(MessageBar::Kind::Warning, sentence, tr("Enter Key…"), this,
        [this, profile] { runDialog(profile, true); });
}

void ServerActions::runDialog(const std::optional<Profile> &edited, bool goesThere)
{
    // Above the dialog that asked for it, where there is one.
    QWidget *above = QApplication::activeModalWidget();
    auto *dialog = new ConnectDialog(m_parts.keychain, m_parts.environment, above ? above : m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (edited)
        dialog->edit(*edited);
    const Session *session = edited ? m_parts.sessions.find(edited->id) : nullptr;
    if (session && session->state() == Session::State::Failed
        && session->error().kind == api::Error::Kind::Unauthorized)
        dialog->focusKey();
    connect(dialog, &QDialog::accepted, this, [this, dialog, goesThere] {
        const Profile profile = dialog->profile();
        Place place = m_parts.navigator.current();
        const bool isThere = place.server == profile.id;
        m_parts.servers.connectTo(profile, dialog->apiKey());
        if (!isThere)
            place = {profile.id, {}, {}, {}};
        if (isThere || goesThere)
            m_parts.navigator.go(place);
    });
    dialog->open();
}

void ServerActions::removeServer(const QString &profileId)
{
    const std::optional<Profile> profile = m_parts.servers.profile(profileId);
    if (!profile)
        return;
    m_parts.servers.forget(profileId);
    m_parts.messages.post(
        MessageBar::Kind::Information, tr("%1 was disconnected and forgotten.").arg(profile->name));
}
