// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/project/deleteprojectdialog.h"

#include "models/values/format.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

DeleteProjectDialog::DeleteProjectDialog(const api::Project &project, QWidget *parent)
    : QDialog(parent)
    , m_name(project.name)
    , m_experiments(project.experimentCount)
{
    setWindowTitle(tr("Delete Project"));
    QLabel *title = headingLabel(tr("Delete the project “%1”?").arg(m_name), this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(10);
    column->addWidget(title);
    column->addWidget(textLabel(
        tr("It leaves the server for everyone with its notes and share keys, and can’t be brought back."), this));

    auto *buttons = new QDialogButtonBox(this);
    QPushButton *cancel = buttons->addButton(QDialogButtonBox::Cancel);
    cancel->setDefault(true);
    m_verb = buttons->addButton(tr("Delete Project"), QDialogButtonBox::AcceptRole);
    m_verb->setIcon(theme::icon(u"edit-delete"_s));
    m_verb->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    if (m_experiments == 0) {
        column->addWidget(textLabel(tr("It has no experiments, unless some are archived."), this));
        cancel->setFocus();
    } else {
        const QString number = format::count(m_experiments);
        auto *without = new QRadioButton(
            tr("&Only the project; some servers refuse that while it has experiments"), this);
        m_with = new QRadioButton(m_experiments < 0 ? tr("The project &and all its experiments, archived ones too")
                : m_experiments == 1 ? tr("The project &and its experiment, archived ones too")
                                     : tr("The project &and its %1 experiments, archived ones too").arg(number),
            this);
        without->setChecked(true);
        connect(m_with, &QRadioButton::toggled, this, &DeleteProjectDialog::check);
        m_typed = new QLineEdit(this);
        auto *label = textLabel(tr("To go on, type %1").arg(m_name), this);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setBuddy(m_typed);
        m_typed->setAccessibleName(label->text());
        connect(m_typed, &QLineEdit::textChanged, this, &DeleteProjectDialog::check);
        column->addWidget(without);
        column->addWidget(m_with);
        column->addWidget(label);
        column->addWidget(m_typed);
        m_typed->setFocus();
    }
    column->addSpacing(6);
    column->addWidget(buttons);
    setMinimumWidth(480);
    setMaximumWidth(640);
    check();
}

bool DeleteProjectDialog::withExperiments() const
{
    return m_with && m_with->isChecked();
}

void DeleteProjectDialog::check()
{
    m_verb->setEnabled(!m_typed || m_typed->text() == m_name);
    if (!withExperiments())
        m_verb->setText(tr("Delete Project"));
    else if (m_experiments < 0)
        m_verb->setText(tr("Delete Project and Experiments"));
    else if (m_experiments == 1)
        m_verb->setText(tr("Delete Project and Experiment"));
    else
        m_verb->setText(tr("Delete Project and %1 Experiments").arg(format::count(m_experiments)));
}
