// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/place.h"

#include <QHash>
#include <QMainWindow>

class Actions;
class Changes;
class GoToPopup;
class Keychain;
class LocationBar;
class MessageBar;
class Navigator;
class NavigatorPanel;
class PageStack;
class RequestsDock;
class ServerActions;
class Servers;
class Session;
class Sessions;
class Settings;
class Tasks;
class WindowStatus;
class QSplitter;
struct Environment;

// The window: menus, location bar, navigator beside the page, status bar, and what connects them. It
// decides nothing about content; pages and models do. Owned by main, as is all it is given.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    struct House
    {
        Sessions &sessions;
        Servers &servers;
        Settings &settings;
        Keychain &keychain;
        Tasks &tasks;
        Changes &changes;
        const Environment &environment;
    };

    explicit MainWindow(const House &house);
    ~MainWindow() override;

    Navigator &navigator() const { return *m_navigator; }
    Actions &actions() const { return *m_actions; }
    MessageBar &messages() const { return *m_messages; }
    PageStack &pages() const { return *m_pages; }
    NavigatorPanel &panel() const { return *m_panel; }

    // The place to open as soon as its server is there: the last one, or that of the command line.
    void setFirstPlace(const Place &place) { m_firstPlace = place; }
    void showError(const QString &sentence);

signals:
    void sampleDataRequested();

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void connectActions();
    void connectParts();
    void restoreLayout();
    void showPlace(const Place &place);
    void showNames();
    void updateActions();
    void openFirst(Session *session);
    void setScheme(int scheme);
    QString experimentName(const QString &key) const;

    House m_house;
    Actions *m_actions;
    Navigator *m_navigator;
    NavigatorPanel *m_panel;
    PageStack *m_pages;
    MessageBar *m_messages;
    LocationBar *m_location;
    WindowStatus *m_status;
    RequestsDock *m_requests;
    GoToPopup *m_goTo = nullptr; // made when first asked for
    QSplitter *m_splitter;
    ServerActions *m_servers;
    Place m_firstPlace;
    QHash<QString, QString> m_names; // of experiments, by key
};
