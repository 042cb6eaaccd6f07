// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/notes/drafts.h"

#include <QObject>
#include <QTimer>

class Session;
class Settings;

// What is typed into a form and not saved yet: kept as a draft a moment after each key, so that it outlives
// the page, the window and the program. Owned by the form.
class DraftKeeper : public QObject
{
    Q_OBJECT
public:
    explicit DraftKeeper(const Settings &settings, QObject *parent = nullptr);
    ~DraftKeeper() override;

    // From now on about this subject, and what was typed for the one before is kept; the draft that is there.
    // Nothing can be typed for a server that is read-only, and its draft waits for better times.
    std::optional<Draft> open(const Session *session, const QString &subject);
    void close();
    bool isOpenFor(const Session *session, const QString &subject) const;

    // What stands in the form now, and what it was filled with; where they are equal there is no draft.
    void edited(const QString &base, const QString &text);
    void forget(); // saved, or given up
    // Of a subject that may not be open any more: what was kept of it, if it is this text.
    void forget(const Session *session, const QString &subject, const QString &text);

private:
    void keep();

    Drafts m_drafts;
    std::optional<Drafts::Key> m_key; // none: closed
    std::optional<Draft> m_typed; // since it was kept the last time
    QTimer m_keeping; // several keys in a moment are one draft
};
