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
    , m_active(project.experimentCount)
    , m_none(textLabel(tr("It has no experiments."), this))
    , m_choice(new QWidget(this))
    , m_with(new QRadioButton(m_choice))
    , m_typed(new QLineEdit(m_choice))
{
    setWindowTitle(tr("Delete Project"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(10);
    column->addWidget(headingLabel(tr("Delete the project “%1”?").arg(m_name), this));
    column->addWidget(textLabel(
        tr("It leaves the server for everyone with its notes and share keys, and can’t be brought back."), this));
    column->addWidget(m_none);
    column->addWidget(m_choice);
    column->addSpacing(6);

    auto *without = new QRadioButton(
        tr("&Only the project; some servers refuse that while it has experiments"), m_choice);
    without->setChecked(true);
    connect(m_with, &QRadioButton::toggled, this, &DeleteProjectDialog::check);
    auto *label = textLabel(tr("To go on, type %1").arg(m_name), m_choice);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setBuddy(m_typed);
    m_typed->setAccessibleName(label->text());
    connect(m_typed, &QLineEdit::textChanged, this, &DeleteProjectDialog::check);
    auto *choice = new QVBoxLayout(m_choice);
    choice->setContentsMargins(0, 0, 0, 0);
    for (QWidget *line : {static_cast<QWidget *>(without), static_cast<QWidget *>(m_with),
             static_cast<QWidget *>(label), static_cast<QWidget *>(m_typed)})
        choice->addWidget(line);
    m_typed->setFocus();

    auto *buttons = new QDialogButtonBox(this);
    buttons->addButton(QDialogButtonBox::Cancel)->setDefault(true);
    m_verb = buttons->addButton(tr("Delete Project"), QDialogButtonBox::AcceptRole);
    m_verb->setIcon(theme::icon(u"edit-delete"_s));
    m_verb->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    setMinimumWidth(480);
    setMaximumWidth(640);
    check();
}

void DeleteProjectDialog::setArchived(qint64 experiments)
{
    m_archived = experiments;
    check();
}

bool DeleteProjectDialog::withExperiments() const
{
    return m_choice->isVisibleTo(this) && m_with->isChecked();
}

QString DeleteProjectDialog::experiments() const
{
    const QString active = m_active == 1 ? tr("1 experiment") : tr("%1 experiments").arg(format::count(m_active));
    const QString archived
        = m_archived == 1 ? tr("1 archived experiment") : tr("%1 archived experiments").arg(format::count(m_archived));
    if (m_active < 0 || (m_active == 0 && m_archived < 0))
        return tr("all its experiments, archived ones too");
    if (m_archived < 0)
        return tr("its %1, archived ones too").arg(active);
    if (m_archived == 0)
        return tr("its %1").arg(active);
    if (m_active == 0)
        return tr("its %1").arg(archived);
    return tr("its %1 and %2").arg(active, archived);
}

void DeleteProjectDialog::check()
{
    const bool hasNone = m_active == 0 && m_archived == 0;
    m_none->setVisible(hasNone);
    m_choice->setVisible(!hasNone);
    m_with->setText(tr("The project &and %1").arg(experiments()));
    m_verb->setEnabled(hasNone || m_typed->text() == m_name);
    const qint64 all = m_active < 0 || m_archived < 0 ? -1 : m_active + m_archived;
    if (!withExperiments())
        m_verb->setText(tr("Delete Project"));
    else if (all < 0)
        m_verb->setText(tr("Delete Project and Experiments"));
    else if (all == 1)
        m_verb->setText(tr("Delete Project and Experiment"));
    else
        m_verb->setText(tr("Delete Project and %1 Experiments").arg(format::count(all)));
}
