// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/querycommands.h"

#include "models/session/settings.h"
#include "ui/browse/experimentspage.h"
#include "ui/browse/querypane.h"
#include "ui/navigator.h"
#include "ui/pagestack.h"
#include "ui/project/projectpage.h"
#include "ui/query/queryfiles.h"
#include "ui/widgets/messagebar.h"

using Command = NavigatorPanel::QueryCommand;

namespace {

QString subjectOf(const Place &project)
{
    return project.server + QLatin1Char('/') + project.workspace + QLatin1Char('/') + project.project;
}

} // namespace

QueryCommands::QueryCommands(const Parts &parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
{
    WorkspaceTree *tree = m_parts.panel.model();
    tree->setQueries([this](const Place &project) { return listed(project); });
    connect(&m_parts.settings, &Settings::changed, tree, [tree](const QString &key) {
        if (query::SavedQueries::isKey(key))
            tree->updateQueries();
    });
    connect(&m_parts.panel, &NavigatorPanel::queryRequested, this, &QueryCommands::run);
    connect(&m_parts.pages, &QStackedWidget::currentChanged, this, &QueryCommands::watchPage);
}

query::SavedQueries &QueryCommands::saved(const Place &project)
{
    const QString subject = subjectOf(project);
    query::SavedQueries *&saved = m_saved[subject];
    if (!saved) {
        saved = new query::SavedQueries(m_parts.settings, this);
        saved->setSubject(subject);
    }
    return *saved;
}

std::vector<WorkspaceTree::SavedQuery> QueryCommands::listed(const Place &project)
{
    const QHash<QString, qint64> matches = m_matches.value(subjectOf(project));
    std::vector<WorkspaceTree::SavedQuery> all;
    for (const QString &name : saved(project).names())
        all.push_back({name, matches.value(name, -1)});
    return all;
}

void QueryCommands::run(Command command, const Place &project, const QString &name)
{
    switch (command) {
    case Command::Open:
    case Command::Edit:
        open(project, name, command == Command::Edit);
        break;
    case Command::Rename:
        queryfiles::askForName(saved(project), name, m_window);
        break;
    case Command::Export:
        queryfiles::exportTo(saved(project), name, m_window, [this](const QString &sentence) { emit message(sentence); });
        break;
    case Command::Delete:
        remove(project, name);
        break;
    }
}

void QueryCommands::open(const Place &project, const QString &name, bool toEdit)
{
    m_parts.navigator.go(project);
    ProjectPage *page = m_parts.pages.projectShown();
    if (!page)
        return; // the server is not there
    page->showTab(ProjectPage::Experiments);
    QueryPane *pane = page->experiments()->query();
    pane->applySaved(name);
    if (toEdit)
        pane->setOpen(true);
}

void QueryCommands::remove(const Place &project, const QString &name)
{
    query::SavedQueries &queries = saved(project);
    const QJsonValue query = queries.remove(name);
    m_parts.messages.post(MessageBar::Kind::Success, tr("Deleted the query “%1”.").arg(name), tr("Undo"), &queries,
        [&queries, name, query] { queries.restore(name, query); });
}

// There is one page of projects, made when it is first needed.
void QueryCommands::watchPage()
{
    ProjectPage *page = m_parts.pages.projectShown();
    QueryPane *pane = page ? page->experiments()->query() : nullptr;
    if (!pane || pane == m_watched)
        return;
    m_watched = pane;
    connect(pane, &QueryPane::appliedChanged, this, [this, pane] { rememberMatches(pane); });
}

void QueryCommands::rememberMatches(QueryPane *pane)
{
    const QString name = pane->appliedName();
    if (name.isEmpty())
        return;
    QHash<QString, qint64> &matches = m_matches[subjectOf(m_parts.navigator.current())];
    if (matches.value(name, -1) == pane->matches())
        return;
    matches.insert(name, pane->matches());
    m_parts.panel.model()->updateQueries();
}
