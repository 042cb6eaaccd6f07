// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/preferencescommands.h"

#include "models/api/cache.h"
#include "models/session/sessions.h"
#include "models/session/settings.h"
#include "models/values/format.h"
#include "ui/actions.h"
#include "ui/preferences/preferencesdialog.h"
#include "ui/preferences/serverspage.h"
#include "ui/serveractions.h"
#include "ui/widgets/messagebar.h"

#include <QAction>
#include <QApplication>

PreferencesCommands::PreferencesCommands(const Parts &parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
{
    connect(parts.actions[Actions::Preferences], &QAction::triggered, this, &PreferencesCommands::showPreferences);
    connect(parts.actions[Actions::ClearCache], &QAction::triggered, this, &PreferencesCommands::clearCache);
    connect(&parts.settings, &Settings::changed, this, &PreferencesCommands::keepRefreshing);
    // Nobody looks at a hidden window, and a dialog is about what is shown now.
    connect(&m_refresh, &QTimer::timeout, this, [this] {
        if (m_window->isVisible() && !m_window->isMinimized() && !QApplication::activeModalWidget())
            m_parts.actions[Actions::Refresh]->trigger();
    });
    keepRefreshing();
}

void PreferencesCommands::keepRefreshing()
{
    const int minutes = m_parts.settings.refreshMinutes.value();
    if (minutes == 0)
        m_refresh.stop();
    else if (!m_refresh.isActive() || m_refresh.interval() != minutes * 60'000)
        m_refresh.start(minutes * 60'000);
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
