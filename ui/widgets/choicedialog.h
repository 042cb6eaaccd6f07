// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>
#include <QStringList>

#include <functional>

// A question with several answers, none of which is the wrong one; each has the verb on its button, and Esc
// leaves everything as it is.
class ChoiceDialog : public QDialog
{
    Q_OBJECT
public:
    struct Content
    {
        QString title;
        QString sentence;
        QStringList verbs; // the first is the default
        QString leave; // what Esc does: "Cancel", "Later"
    };

    ChoiceDialog(const Content &content, QWidget *parent);

    // Opens the dialog, which deletes itself; chosen() runs with the number of the verb where one was chosen
    // and context still lives.
    static ChoiceDialog *ask(const Content &content, QWidget *parent, const QObject *context,
        std::function<void(int verb)> chosen);

signals:
    void chosen(int verb);
};
