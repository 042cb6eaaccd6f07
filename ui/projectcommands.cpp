// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/projectcommands.h"

#include "ui/browse/navigatorpanel.h"
#include "ui/navigator.h"
#include "ui/notes/noteseditor.h"
#include "ui/pagestack.h"
#include "ui/project/newprojectdialog.h"
#include "ui/project/projectpage.h"

#include <QAction>

ProjectCommands::ProjectCommands(const Parts &parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
{
    const Actions &actions = parts.actions;
    connect(actions[Actions::NewProject], &QAction::triggered, this,
        [this] { newProject(m_parts.navigator.current()); });
    connect(&parts.panel, &NavigatorPanel::newProjectRequested, this, &ProjectCommands::newProject);
    connect(actions[Actions::SaveNotes], &QAction::triggered, this, [this] {
        if (NotesEditor *notes = m_parts.pages.notesShown())
            notes->save();
    });
    for (const auto &[action, tab] : {std::pair(Actions::ShowExperiments, ProjectPage::Experiments),
             {Actions::ShowCharts, ProjectPage::Charts}, {Actions::ShowComparison, ProjectPage::Compare},
             {Actions::ShowNotes, ProjectPage::Notes}, {Actions::ShowSettings, ProjectPage::SettingsAndSharing}}) {
        connect(actions[action], &QAction::triggered, this, [this, tab = tab] {
            if (ProjectPage *project = m_parts.pages.projectShown())
                project->showTab(tab);
        });
    }
    connect(&parts.pages, &PageStack::projectRenamed, this, [this](const Place &before, const QString &name) {
        m_parts.pages.renameProject(name);
        m_parts.navigator.moveProject(before, {before.server, before.workspace, name, {}});
        m_parts.panel.refresh(before.server);
    });
    parts.pages.setWorkspaceActions({actions[Actions::NewProject]});
}

void ProjectCommands::describe(const PageStack &pages, Actions::Situation &situation)
{
    const NotesEditor *notes = pages.notesShown();
    situation.showsProject = pages.projectShown();
    situation.hasEditedNotes = notes && notes->canSave();
}

void ProjectCommands::newProject(const Place &workspace)
{
    Session *session = m_parts.sessions.find(workspace.server);
    if (!session || session->client().isReadOnly() || workspace.workspace.isEmpty())
        return;
    auto *dialog = new NewProjectDialog(m_parts.changes, session, workspace.workspace, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NewProjectDialog::created, &m_parts.navigator, &Navigator::go);
    dialog->open();
}
