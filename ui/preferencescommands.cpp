// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/preferencescommands.h"

#include "models/api/cache.h"
#include "models/session/sessions.h"
#include "models/values/format.h"
#include "ui/actions.h"
#include "ui/preferences/preferencesdialog.h"
#include "ui/preferences/serverspage.h"
#include "ui/serveractions.h"
#include "ui/widgets/messagebar.h"

#include <QAction>

PreferencesCommands::PreferencesCommands(const Parts &parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
{
    connect(parts.actions[Actions::Preferences], &QAction::triggered, this, &PreferencesCommands::showPreferences);
    connect(parts.actions[Actions::ClearCache], &QAction::triggered, this, &PreferencesCommands::clearCache);
}

void PreferencesCommands::showPreferences()
{
    const Actions &actions = m_parts.actions;
    auto *dialog = new PreferencesDialog(m_parts.settings, m_parts.sessions,
        {actions[Actions::SchemeSystem], actions[Actions::SchemeLight], actions[Actions::SchemeDark]}, m_window);
    auto *servers = new ServersPage(m_parts.settings, m_parts.sessions, dialog);
    connect(servers, &ServersPage::addRequested, &m_parts.servers, &ServerActions::addServer);
    connect(servers, &ServersPage::editRequested, &m_parts.servers, &ServerActions::editServer);
    connect(servers, &ServersPage::removeRequested, &m_parts.servers, &ServerActions::removeServer);
    dialog->addPage(servers, tr("Servers"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void PreferencesCommands::clearCache()
{
    qsizetype answers = 0;
    for (const Session *session : m_parts.sessions.all()) {
        answers += session->client().cache().statistics().entries;
        session->client().cache().clear();
    }
    const QString what = answers == 1 ? tr("1 answer") : tr("%1 answers").arg(format::count(answers));
    m_parts.messages.post(MessageBar::Kind::Success, tr("Cache cleared: %1.").arg(what));
}
