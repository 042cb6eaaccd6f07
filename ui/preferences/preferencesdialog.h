// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

class CachePage;
class QSpinBox;
class QTabWidget;
class Sessions;
class Settings;

// What a person may choose once for all, by subject. Everything holds at once. Owned by the window.
class PreferencesDialog : public QDialog
{
    Q_OBJECT
public:
    // schemes: the actions of the menu that choose between light and dark.
    PreferencesDialog(Settings &settings, Sessions &sessions, const QList<QAction *> &schemes, QWidget *parent);

    void addPage(QWidget *page, const QString &title);

private:
    QWidget *makeLook(const QList<QAction *> &schemes);
    QWidget *makeRequests();
    void restoreDefaults();

    Settings &m_settings;
    QTabWidget *m_pages;
    CachePage *m_cache;
    QSpinBox *m_refresh;
    QSpinBox *m_budget;
};
