// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/browse/experimentref.h"
#include "models/changes/changes.h"
#include "ui/actions.h"

#include <QObject>

#include <functional>
#include <vector>

class Navigator;
class NavigatorPanel;
class PageStack;
class QWidget;

// What the menus change about the experiments selected in the table, or the one shown: archive, restore,
// delete, stop, rename, tags, others, move, link. Asks where it must and hands steps to Changes. Owned by
// the window.
class ExperimentCommands : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        const Actions &actions;
        const Navigator &navigator;
        PageStack &pages;
        NavigatorPanel &panel;
        Sessions &sessions;
        Changes &changes;
    };

    ExperimentCommands(const Parts &parts, QWidget *window);

    // Why tags can't be removed on this server; empty where they can.
    static QString tagRemovalObstacle(const Session &session);

signals:
    void failed(const QString &sentence);

private:
    using Experiments = std::vector<ExperimentRef>;

    void on(Actions::Id action, void (ExperimentCommands::*slot)(Session *, const Experiments &));
    void archive(Session *session, const Experiments &experiments);
    void restore(Session *session, const Experiments &experiments);
    void remove(Session *session, const Experiments &experiments);
    void stop(Session *session, const Experiments &experiments);
    void rename(Session *session, const Experiments &experiments);
    void addTags(Session *session, const Experiments &experiments);
    void removeTags(Session *session, const Experiments &experiments);
    void logOther(Session *session, const Experiments &experiments);
    void move(Session *session, const Experiments &experiments);
    void takeTo(const Place &target, bool asLinks, const Experiments &experiments);
    void dropped(const Place &target, const QPoint &global);
    void run(Session *session, std::vector<Step> steps, bool isConfirmed = false);

    Parts m_parts;
    QWidget *m_window;
};
