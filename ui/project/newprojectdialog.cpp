// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/project/newprojectdialog.h"

#include "models/api/client.h"
#include "models/session/session.h"
#include "ui/project/projectform.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

NewProjectDialog::NewProjectDialog(Changes &changes, Session *session, const QString &workspace, QWidget *parent)
    : QDialog(parent)
    , m_changes(changes)
    , m_session(session)
    , m_workspace(workspace)
    , m_form(new ProjectForm(this))
{
    setWindowTitle(tr("New Project in %1").arg(fontMetrics().elidedText(workspace, Qt::ElideMiddle, 320)));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_verb = buttons->addButton(tr("Create Project"), QDialogButtonBox::AcceptRole);
    m_verb->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &NewProjectDialog::create);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_form, &ProjectForm::edited, this, &NewProjectDialog::check);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(16);
    column->addWidget(m_form);
    column->addStretch(1);
    column->addWidget(buttons);
    resize(500, sizeHint().height());
    m_form->focusName();

    // Where the names can't be read the server refuses what it must.
    m_taken(session->client().projects(workspace))
        ->then(this,
            [this](const std::vector<api::Project> &projects) {
                QStringList names;
                for (const api::Project &project : projects)
                    names += project.name;
                m_form->setTaken(names);
            })
        ->otherwise(this, [](const api::Error &) {});
    connect(session, &QObject::destroyed, this, &QDialog::reject);
    check();
}

void NewProjectDialog::check()
{
    m_verb->setEnabled(m_form->isAcceptable() && !m_isCreating);
}

void NewProjectDialog::create()
{
    if (!m_session)
        return;
    m_isCreating = true;
    check();
    const steps::Properties wanted = m_form->properties();
    ChangeRun *run = m_changes.run(
        m_session, steps::createProject({m_workspace, wanted.name}, wanted.description, wanted.isPublic));
    run->keepFailures();
    connect(run, &ChangeRun::finished, this, [this, name = wanted.name](const Outcome &outcome) {
        m_isCreating = false;
        if (!outcome.done.empty()) {
            emit created({outcome.server, m_workspace, name, {}});
            accept();
            return;
        }
        if (!outcome.failed.empty())
            m_form->say(false, outcome.failed.front().reason);
        check();
    });
}
