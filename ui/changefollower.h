// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include <vector>

class Changes;
class Navigator;
class NavigatorPanel;
class PageStack;
struct Place;
struct Step;

// Shows what was changed: after each run the page and the tree ask the server again, and where the place
// itself was renamed or deleted, the window goes where it now is. Owned by the window.
class ChangeFollower : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        Navigator &navigator;
        NavigatorPanel &panel;
        PageStack &pages;
    };

    ChangeFollower(Changes &changes, const Parts &parts, QObject *parent);

private:
    void follow(const QString &server, const std::vector<Step> &steps);
    bool isProject(const Step &step, const Place &project) const;
    bool moveAlong(const QString &server, const Step &step);

    Parts m_parts;
};
