// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/session.h"

#include <QObject>

#include <vector>

// The servers of the window, in the order shown. Owned by main; lives on the main thread.
class Sessions : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    Session *add(const Profile &profile, const QString &apiKey); // connects at once
    void remove(const QString &profileId);
    const std::vector<Session *> &all() const { return m_sessions; }
    Session *find(const QString &profileId) const; // nullptr where there is none

signals:
    void added(Session *session);
    void aboutToRemove(Session *session);
    void removed(const QString &profileId);

private:
    std::vector<Session *> m_sessions;
};
