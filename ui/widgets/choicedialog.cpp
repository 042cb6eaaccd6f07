// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/choicedialog.h"

#include "ui/widgets/textlabel.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

ChoiceDialog::ChoiceDialog(const Content &content, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(content.title);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(10);
    column->addWidget(headingLabel(content.title, this));
    column->addWidget(textLabel(content.sentence, this));
    column->addSpacing(6);
    // Below each other: the verbs are as long as they need to be.
    for (int verb = 0; verb < content.verbs.size(); ++verb) {
        auto *button = new QPushButton(content.verbs[verb], this);
        column->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, verb] {
            accept();
            emit chosen(verb);
        });
        if (verb == 0) {
            button->setDefault(true);
            button->setFocus();
        }
    }
    auto *leave = new QPushButton(content.leave, this);
    connect(leave, &QPushButton::clicked, this, &QDialog::reject);
    column->addWidget(leave);
    setMinimumWidth(440);
    setMaximumWidth(640);
}

ChoiceDialog *ChoiceDialog::ask(
    const Content &content, QWidget *parent, const QObject *context, std::function<void(int)> chosen)
{
    auto *dialog = new ChoiceDialog(content, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ChoiceDialog::chosen, context, std::move(chosen));
    dialog->open();
    return dialog;
}
