// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/place.h"
#include "ui/actions.h"

#include <QObject>

class ExperimentsPage;
class Navigator;
class PageStack;
class Sessions;

// What the menus do with the place shown or the experiments selected in it: copying, exporting, opening.
// Owned by the window.
class PlaceActions : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        const Actions &actions;
        const Navigator &navigator;
        PageStack &pages;
        const Sessions &sessions;
    };

    PlaceActions(const Parts &parts, QObject *parent);

signals:
    void message(const QString &sentence);

private:
    using TableSlot = void (ExperimentsPage::*)();

    void ofTable(Actions::Id action, TableSlot slot);
    template<class Text>
    void ofSelectionOrPlace(Actions::Id action, TableSlot slot, Text text);
    QString link(const Place &place) const;
    void copyText(const QString &text);

    Parts m_parts;
};
