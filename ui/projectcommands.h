// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/changes/changes.h"
#include "ui/actions.h"

#include <QObject>

class Navigator;
class NavigatorPanel;
class PageStack;
class QWidget;

// What the menus do with projects: make one, show its tabs, save notes. Owned by the window.
class ProjectCommands : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        const Actions &actions;
        Navigator &navigator;
        PageStack &pages;
        NavigatorPanel &panel;
        Sessions &sessions;
        Changes &changes;
    };

    ProjectCommands(const Parts &parts, QWidget *window);

    // What there is of projects and notes to enable actions by.
    static void describe(const PageStack &pages, Actions::Situation &situation);

private:
    void newProject(const Place &workspace);

    Parts m_parts;
    QWidget *m_window;
};
