// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>
#include <QStringList>

#include <functional>

class QDialogButtonBox;
class QLabel;
class QLineEdit;

// Asks for one line of text: a new name, a tag, a stage. What does not do is said below the field while
// it is typed, and the verb can't be chosen until it does.
class PromptDialog : public QDialog
{
    Q_OBJECT
public:
    struct Content
    {
        QString title; // "Rename Experiment"
        QString label; // "Name"
        QString text = {}; // to begin with, selected
        QString verb; // "Rename"
        QStringList completions = {}; // offered while typing, case aside
        // A sentence where the text does not do; an empty text is never accepted.
        std::function<QString(const QString &text)> problem = {};
        // A remark below the field where the text does: what will become of it.
        std::function<QString(const QString &text)> remark = {};
    };

    PromptDialog(const Content &content, QWidget *parent);

    QString text() const;

    // Opens the dialog, which deletes itself; done(text) runs when the verb was chosen and context lives.
    static PromptDialog *ask(const Content &content, QWidget *parent, const QObject *context,
        std::function<void(const QString &text)> done);

private:
    void check();

    Content m_content;
    QLineEdit *m_field;
    QLabel *m_remark;
    QDialogButtonBox *m_buttons;
};
