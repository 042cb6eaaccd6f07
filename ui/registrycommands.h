// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/actions.h"

#include <QObject>

class Changes;
class DownloadCommands;
class ModelPage;
class Navigator;
class PageStack;
class Sessions;
class QWidget;

// What the menus do with the model registry: going there, registering a model of an experiment, and what is
// changed about the model or version shown. Owned by the window.
class RegistryCommands : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        const Actions &actions;
        Navigator &navigator;
        PageStack &pages;
        Sessions &sessions;
        Changes &changes;
        DownloadCommands &downloads;
    };

    RegistryCommands(const Parts &parts, QWidget *window);

    static void describe(const PageStack &pages, Actions::Situation &situation); // what the actions depend on

private:
    void ofModel(Actions::Id action, void (ModelPage::*slot)());
    void registerModel();
    void download();

    Parts m_parts;
    QWidget *m_window;
};
