// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/commandline.h"
#include "app/sampledata.h"
#include "models/changes/changes.h"
#include "models/session/credentials.h"
#include "models/session/keychain.h"
#include "models/session/servers.h"
#include "models/session/settings.h"
#include "models/session/tasks.h"

#include <QObject>

#include <memory>

class MainWindow;

// The program with its window: everything that lives as long as it does, and what happens at the start.
// Owned by main; lives on the main thread.
class Program : public QObject
{
    Q_OBJECT
public:
    explicit Program(const CommandLine &line, const QString &settingsPath = {});
    ~Program() override;

    MainWindow &window() const { return *m_window; }
    Sessions &sessions() { return m_sessions; }
    Tasks &tasks() { return m_tasks; }
    Settings &settings() { return m_settings; }
    Keychain &keychain() { return m_keychain; }
    const Environment &environment() const { return m_environment; }
    Changes &changes() { return m_changes; }
    SampleData &sampleData() { return m_sampleData; }

    // Connects to what the command line names, else to the servers of the last run, else to what is
    // found on this machine. To be called once the window is shown.
    void start();

private:
    void openPath(Session *session);
    void addFound();

    CommandLine m_line;
    Settings m_settings;
    Keychain m_keychain;
    Environment m_environment;
    Tasks m_tasks;
    SampleData m_sampleData; // outlives the sessions that ask its server
    Sessions m_sessions;
    Changes m_changes;
    Servers m_servers;
    std::unique_ptr<MainWindow> m_window;
};
