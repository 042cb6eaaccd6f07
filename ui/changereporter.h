// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

class Actions;
class Changes;
class MessageBar;
class Sessions;
class QWidget;
struct Outcome;

// What the window says about changes: that they happened, with Undo; what failed, with a way to see it and
// to try again; and the question before each write where the server's profile wants one. Keeps the texts
// of Undo and Redo. Owned by the window.
class ChangeReporter : public QObject
{
    Q_OBJECT
public:
    ChangeReporter(Changes &changes, Sessions &sessions, MessageBar &messages, const Actions &actions,
        QWidget *window);

private:
    void showUndo();
    void report(const Outcome &outcome, bool failuresAreKept);
    void showFailures(const Outcome &outcome);

    Changes &m_changes;
    Sessions &m_sessions;
    MessageBar &m_messages;
    const Actions &m_actions;
    QWidget *m_window;
};
