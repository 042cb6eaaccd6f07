// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/project/projectpage.h"

#include "models/query/rangeclauses.h"
#include "ui/browse/experimentspage.h"
#include "ui/browse/querypane.h"
#include "ui/charts/chartspage.h"
#include "ui/comparison/comparisonpage.h"
#include "ui/notes/noteseditor.h"
#include "ui/project/projectcharts.h"
#include "ui/project/projectsettings.h"

using namespace Qt::StringLiterals;

ProjectPage::ProjectPage(Tasks &tasks, Settings &settings, Changes &changes, QWidget *parent)
    : QTabWidget(parent)
    , m_details(new ProjectDetails(this))
    , m_experiments(new ExperimentsPage(tasks, settings, this))
    , m_charts(new ChartsPage(settings, this))
    , m_wiring(new ProjectCharts(*m_experiments, *m_charts, this))
    , m_comparison(new ComparisonPage(*m_experiments->table(), *m_experiments->loader(), settings, this))
    , m_notes(new NotesEditor(changes, settings, this))
    , m_settings(new ProjectSettings(changes, *m_details, settings, this))
{
    setDocumentMode(true);
    setAccessibleName(tr("Pages of the project"));
    addTab(m_experiments, tr("Experiments"));
    addTab(m_charts, tr("Charts"));
    addTab(m_comparison, tr("Compare"));
    addTab(m_notes, tr("Notes"));
    addTab(m_settings, tr("Settings && Sharing"));
    connect(this, &QTabWidget::currentChanged, this, [this](int tab) {
        m_wiring->setActive(tab == Charts);
        if (tab == Notes || tab == SettingsAndSharing)
            askForDetails();
        emit situationChanged();
    });
    connectComparison();
    // Which experiments end with a value as the lines have in the range that was selected.
    connect(m_charts, &ChartsPage::queryRequested, this, [this](const QString &metric, double low, double high) {
        const query::Variables variables(m_experiments->loader()->available());
        const auto range = query::inRange({query::Source::Metric, metric}, low, high, variables);
        if (!range)
            return; // a refresh has just taken the metric away
        setCurrentIndex(Experiments);
        m_experiments->query()->narrow(*range);
        m_experiments->query()->setOpen(true);
    });
    connect(m_details, &ProjectDetails::changed, this, &ProjectPage::showNotes);
    connect(m_details, &ProjectDetails::refreshFailed, this, &ProjectPage::failed);
    connect(m_experiments, &ExperimentsPage::message, this, &ProjectPage::message);
    connect(m_settings, &ProjectSettings::message, this, &ProjectPage::message);
    connect(m_notes, &NotesEditor::retryRequested, m_details, &ProjectDetails::refresh);
    connect(m_notes, &NotesEditor::statusChanged, this, [this] {
        setTabText(Notes, m_notes->isEdited() ? tr("Notes •") : tr("Notes"));
        setTabToolTip(Notes, m_notes->isEdited() ? tr("There are changes that are not saved") : QString());
        emit situationChanged();
    });
}

// Pages hear of each other until the last one is gone.
ProjectPage::~ProjectPage()
{
    disconnect(this, nullptr, this, nullptr);
    m_details->disconnect();
    m_notes->disconnect(this);
}

void ProjectPage::setProject(Session *session, const QString &workspace, const QString &project)
{
    const bool isOther = session != m_session || workspace != m_workspace || project != m_project;
    m_session = session;
    m_workspace = workspace;
    m_project = project;
    m_experiments->setProject(session, workspace, project);
    m_charts->setProject(session, m_experiments->subject());
    m_comparison->setSubject(session ? m_experiments->subject() : QString());
    if (!isOther) {
        if (m_hasAsked)
            m_details->refresh();
        return;
    }
    m_hasAsked = false;
    m_details->setProject(nullptr, workspace, project);
    setCurrentIndex(Experiments);
}

// What is chosen in a plot goes on in the table.
void ProjectPage::connectComparison()
{
    connect(m_comparison, &ComparisonPage::keepRequested, this, [this](const query::Expression &expression) {
        m_experiments->query()->narrow(expression);
        setCurrentIndex(Experiments);
    });
    connect(m_comparison, &ComparisonPage::selectRequested, this, [this](const QStringList &keys) {
        m_experiments->selectKeys(keys);
        setCurrentIndex(Experiments);
    });
    connect(m_comparison, &ComparisonPage::experimentActivated, m_experiments, &ExperimentsPage::experimentActivated);
}

void ProjectPage::askForDetails()
{
    if (m_hasAsked || !m_session)
        return;
    m_hasAsked = true;
    m_details->setProject(m_session, m_workspace, m_project);
}

void ProjectPage::showNotes()
{
    const api::Project &project = m_details->project();
    if (m_details->state() == ProjectDetails::State::Loaded && project.name != m_project) {
        emit renamed(project.name);
        return; // comes back with the new name
    }
    const bool isKnown = m_details->state() == ProjectDetails::State::Loaded && !project.id.isEmpty();
    if (isKnown)
        m_notes->setSource(m_details->session(), NotesSource::ofProject(project.id, project.name));
    else if (m_details->state() != ProjectDetails::State::Failed)
        m_notes->setSource(nullptr, {});
    else if (m_notes->notes().state() == ::Notes::State::None)
        m_notes->showProblem(m_details->isGone() ? tr("This project isn’t there any more")
                                                 : tr("The project could not be loaded"),
            m_details->error().sentence());
}

void ProjectPage::rename(const Place &place, const QString &name)
{
    if (!m_session || place.server != m_session->profile().id || place.workspace != m_workspace
        || place.project != m_project)
        return;
    m_project = name;
    if (m_hasAsked)
        m_details->rename(name);
}

void ProjectPage::refresh()
{
    if (currentIndex() == Experiments)
        m_experiments->refresh();
    if (currentIndex() == Charts) {
        m_experiments->refresh();
        m_charts->refresh();
    }
    if (m_hasAsked)
        m_details->refresh(); // and then the notes
}

void ProjectPage::focusFilter()
{
    if (currentIndex() == Charts) {
        m_charts->focusFilter();
        return;
    }
    setCurrentIndex(Experiments);
    m_experiments->focusFilter();
}

void ProjectPage::showTab(Tab tab)
{
    setCurrentIndex(tab);
    currentWidget()->setFocus();
}
