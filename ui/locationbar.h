// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/place.h"
#include "models/session/profile.h"

#include <QColor>
#include <QWidget>

class Actions;
class QAbstractButton;
class QHBoxLayout;
class QToolButton;

// The bar below the menus: back, forward, the path to here with each step a button, and Go to Anything. A
// line of the server's colour runs below it, and a lock says that nothing is changed there.
// Owned by the window.
class LocationBar : public QWidget
{
    Q_OBJECT
public:
    LocationBar(const Actions &actions, QWidget *parent);

    // With what a Place has only ids for: the server's profile and the experiment's name.
    void setPlace(const Place &place, const Profile &server, const QString &experimentName);

signals:
    void placeActivated(const Place &place);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QToolButton *addStep(const QString &text, const Place &place, bool isLast);

    QWidget *m_path;
    QHBoxLayout *m_steps;
    QAbstractButton *m_readOnly;
    QColor m_colour; // of the server; not valid where it has none
};
