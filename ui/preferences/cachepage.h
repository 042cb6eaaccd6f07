// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QLabel;
class QListWidget;
class QPushButton;
class QSpinBox;
class Session;
class Sessions;
class Settings;

// What is answered from memory: how much of it there is, and what may be. Owned by PreferencesDialog.
class CachePage : public QWidget
{
    Q_OBJECT
public:
    CachePage(Settings &settings, Sessions &sessions, QWidget *parent);

    void restoreDefaults();

private:
    void follow(Session *session);
    void show(); // what the settings say
    void showStatistics();
    void keepNever();
    void add();
    void remove();

    Settings &m_settings;
    Sessions &m_sessions;
    QTimer m_refresh; // many answers may come at once
    QCheckBox *m_on;
    QSpinBox *m_minutes;
    QLabel *m_statistics;
    QPushButton *m_clear;
    QListWidget *m_never;
    QPushButton *m_remove;
    bool m_isShowing = false;
};
