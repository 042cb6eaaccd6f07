// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QPointer>

class ChoiceDialog;
class Changes;
class MessageBar;
class QWidget;

// What becomes of changes that are not finished: asks before the window closes over them, and tells at the
// start which an earlier one was ended in the middle of. Owned by the window.
class OpenChanges : public QObject
{
    Q_OBJECT
public:
    OpenChanges(Changes &changes, MessageBar &messages, QWidget *window);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void tell();
    void decide();
    void askBeforeClosing();
    void close();

    Changes &m_changes;
    MessageBar &m_messages;
    QWidget *m_window;
    QPointer<ChoiceDialog> m_question;
    bool m_isClosing = false;
};
