// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>
#include <QStringList>

#include <functional>

class QLineEdit;

// The question before what can't be undone: names the thing and the number, says what is lost, and has the
// verb on its button. Cancel is the default. Where much is lost, a text has to be typed first.
class ConfirmDialog : public QDialog
{
    Q_OBJECT
public:
    struct Content
    {
        QString title; // "Delete 12 Experiments?"
        QString sentence; // what is lost for good
        QStringList names = {}; // of what is meant, where there are several
        QString verb; // "Delete 12 Experiments"
        QString typed = {}; // what has to be typed; empty: nothing
        bool isDestructive = true; // else a question like any other
    };

    ConfirmDialog(const Content &content, QWidget *parent);

    // Opens the dialog, which deletes itself; yes() runs when the verb was chosen and context still lives.
    static ConfirmDialog *ask(
        const Content &content, QWidget *parent, const QObject *context, std::function<void()> yes);

private:
    QLineEdit *m_typed = nullptr;
};
