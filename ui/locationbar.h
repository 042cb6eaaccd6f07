// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/place.h"

#include <QWidget>

class Actions;
class QHBoxLayout;
class QToolButton;

// The bar below the menus: back, forward, the path to here with each step a button, and Go to Anything.
// Owned by the window.
class LocationBar : public QWidget
{
    Q_OBJECT
public:
    LocationBar(const Actions &actions, QWidget *parent);

    // The names that a Place has only ids for.
    void setPlace(const Place &place, const QString &serverName, const QString &experimentName);

signals:
    void placeActivated(const Place &place);

private:
    void addStep(const QString &text, const Place &place, bool isLast);

    QWidget *m_path;
    QHBoxLayout *m_steps;
};
