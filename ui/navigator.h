// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/place.h"

#include <QObject>

#include <functional>
#include <vector>

// Where the window is and where it was. Pages ask it to go somewhere; everything that shows the place
// follows placeChanged(). Owned by the window; lives on the main thread.
class Navigator : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void go(const Place &place); // a null place is the start page
    void back();
    void forward();
    void up();
    // The server has gone: its places are no longer in the history.
    void forget(const QString &server);
    // A project has another name now, or it has gone and `now` is its workspace: the history follows.
    void moveProject(const Place &project, const Place &now);
    // The same for a place without others below it.
    void move(const Place &before, const Place &now);

    const Place &current() const { return m_places[m_at]; }
    bool canGoBack() const { return m_at > 0; }
    bool canGoForward() const { return m_at + 1 < m_places.size(); }
    bool canGoUp() const { return !current().isNull(); }
    // Where the person was, newest first, each place once, without the current one.
    std::vector<Place> recent() const;

signals:
    void placeChanged(const Place &place);

private:
    void moveTo(std::size_t index);
    void rewrite(const std::function<Place(const Place &place)> &now);

    std::vector<Place> m_places{Place()};
    std::size_t m_at = 0;
};
