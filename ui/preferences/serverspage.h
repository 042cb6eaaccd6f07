// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class EmptyState;
class RowTableView;
class ServerTable;
class Sessions;
class Settings;
class QPushButton;

// The servers the program remembers, those without a key as well, and the buttons that ask for another
// one, a change, or the end of one. Owned by the preferences dialog.
class ServersPage : public QWidget
{
    Q_OBJECT
public:
    ServersPage(const Settings &settings, const Sessions &sessions, QWidget *parent = nullptr);

signals:
    void addRequested();
    void editRequested(const QString &profileId);
    void removeRequested(const QString &profileId);

private:
    void showRows();
    void showButtons();
    QString chosen() const; // the id; empty where no row is chosen

    ServerTable *m_servers;
    RowTableView *m_table;
    EmptyState *m_none;
    QPushButton *m_edit;
    QPushButton *m_remove;
};
