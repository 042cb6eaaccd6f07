// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>

class Actions;
class MessageBar;
class ServerActions;
class Sessions;
class Settings;
class QWidget;

// What the menus do about preferences and the cache, and the refreshing that a person has asked for once. Owned by the window.
class PreferencesCommands : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        const Actions &actions;
        Sessions &sessions;
        Settings &settings;
        MessageBar &messages;
        ServerActions &servers;
    };

    PreferencesCommands(const Parts &parts, QWidget *window);

private:
    void showPreferences();
    void clearCache();
    void keepRefreshing();

    Parts m_parts;
    QWidget *m_window;
    QTimer m_refresh;
};
