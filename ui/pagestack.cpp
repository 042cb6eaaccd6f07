// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pagestack.h"

#include "models/api/cache.h"
#include "models/session/sessions.h"
#include "ui/browse/experimentspage.h"
#include "ui/browse/listingpage.h"
#include "ui/charts/chartpane.h"
#include "ui/charts/chartpanel.h"
#include "ui/charts/chartspage.h"
#include "ui/charts/exportdialog.h"
#include "ui/charts/exportsource.h"
#include "ui/experiment/experimentpage.h"
#include "ui/notes/noteseditor.h"
#include "ui/project/projectpage.h"
#include "ui/registry/modelpage.h"
#include "ui/registry/registrypage.h"
#include "ui/widgets/emptystate.h"

#include <QDir>
#include <QPushButton>

using namespace Qt::StringLiterals;

PageStack::PageStack(Sessions &sessions, Tasks &tasks, Settings &settings, Changes &changes, QWidget *parent)
    : QStackedWidget(parent)
    , m_sessions(sessions)
    , m_tasks(tasks)
    , m_settings(settings)
    , m_changes(changes)
{
    // A page must not outlive its session: leave it before the session goes.
    connect(&m_sessions, &Sessions::aboutToRemove, this, [this](Session *session) {
        if (m_place.server == session->profile().id)
            disconnect(m_waiting);
        if (m_server)
            m_server->setSession(nullptr, false);
        if (m_project && m_place.server == session->profile().id)
            m_project->setProject(nullptr, {}, {});
        if (m_experiment && m_experiment->session() == session)
            m_experiment->setExperiment(nullptr, {});
        if (m_registry)
            m_registry->setWorkspace(nullptr, {});
        if (m_model && m_model->model().session() == session)
            m_model->setModel(nullptr, {}, {});
    });
    setCurrentWidget(startPage());
}

void PageStack::showPlace(const Place &place)
{
    m_place = place;
    disconnect(m_waiting);
    Session *session = place.isNull() ? nullptr : m_sessions.find(place.server);
    if (!session) {
        setCurrentWidget(startPage());
        return;
    }
    if (session->state() != Session::State::Ready) {
        // Whatever the place, first there is the server to reach.
        serverPage()->setSession(session, place.workspace.isEmpty());
        setCurrentWidget(serverPage());
        if (!place.workspace.isEmpty()) {
            m_waiting = connect(session, &Session::stateChanged, this, [this, session] {
                if (session->state() == Session::State::Ready)
                    showPlace(Place(m_place));
            });
        }
        return;
    }
    if (!place.model.isEmpty()) {
        modelPage()->setModel(session, place.workspace, place.model);
        setCurrentWidget(modelPage());
    } else if (place.registry) {
        registryPage()->setWorkspace(session, place.workspace);
        setCurrentWidget(registryPage());
    } else if (!place.experiment.isEmpty()) {
        experimentPage()->setExperiment(session, place.experiment);
        setCurrentWidget(experimentPage());
    } else if (!place.project.isEmpty()) {
        projectPage()->setProject(session, place.workspace, place.project);
        setCurrentWidget(m_project);
    } else if (!place.workspace.isEmpty()) {
        workspacePage()->setWorkspace(session, place.workspace);
        setCurrentWidget(workspacePage());
    } else {
        serverPage()->setSession(session, true);
        setCurrentWidget(serverPage());
    }
    emit selectionChanged();
}

void PageStack::refresh()
{
    if (Session *session = m_sessions.find(m_place.server))
        session->client().cache().clear();
    QWidget *page = currentWidget();
    if (page == m_server)
        m_server->refresh();
    else if (page == m_workspace)
        m_workspace->refresh();
    else if (page == m_project)
        m_project->refresh();
    else if (page == m_experiment)
        m_experiment->refresh();
    else if (page == m_registry)
        m_registry->refresh();
    else if (page == m_model)
        m_model->refresh();
}

void PageStack::focusFilter()
{
    QWidget *page = currentWidget();
    if (page == m_server)
        m_server->focusFilter();
    else if (page == m_workspace)
        m_workspace->focusFilter();
    else if (page == m_project)
        m_project->focusFilter();
    else if (page == m_experiment)
        m_experiment->focusFilter();
    else if (page == m_registry)
        m_registry->focusFilter();
    else if (page == m_model)
        m_model->focusFilter();
}

void PageStack::copy()
{
    if (ExperimentsPage *table = experimentsShown())
        table->copy();
    else if (ExperimentPage *experiment = experimentShown())
        experiment->copy();
    else if (ModelPage *model = modelShown())
        model->copy();
    else if (auto *listing = qobject_cast<ListingPage *>(currentWidget()))
        listing->copy();
}

ExperimentsPage *PageStack::experimentsShown() const
{
    const ProjectPage *project = projectShown();
    return project && project->currentIndex() == ProjectPage::Experiments ? project->experiments() : nullptr;
}

ProjectPage *PageStack::projectShown() const
{
    return m_project && currentWidget() == m_project ? m_project : nullptr;
}

NotesEditor *PageStack::notesShown() const
{
    for (NotesEditor *notes : currentWidget()->findChildren<NotesEditor *>()) {
        if (notes->isVisibleTo(currentWidget()))
            return notes;
    }
    return nullptr;
}

ExperimentPage *PageStack::experimentShown() const
{
    return m_experiment && currentWidget() == m_experiment ? m_experiment : nullptr;
}

ModelPage *PageStack::modelShown() const
{
    return m_model && currentWidget() == m_model ? m_model : nullptr;
}

std::vector<ExperimentRef> PageStack::chosenExperiments() const
{
    if (const ExperimentsPage *table = experimentsShown())
        return table->selection();
    ExperimentPage *page = experimentShown();
    if (!page || page->values().state(ExperimentValues::Part::Metadata) != ExperimentValues::State::Loaded)
        return {};
    const api::Metadata &metadata = page->values().metadata();
    return {{metadata.key, metadata.name.isEmpty() ? metadata.key : metadata.name, metadata.archived, metadata.state}};
}

void PageStack::renameProject(const QString &name)
{
    if (m_project && !m_place.project.isEmpty())
        m_project->rename(m_place, name);
}

void PageStack::setWorkspaceActions(const QList<QAction *> &actions)
{
    m_workspaceActions = actions;
}

void PageStack::setSelectionActions(const QList<QAction *> &inStrip, const QList<QAction *> &inMenu)
{
    m_stripActions = inStrip;
    m_menuActions = inMenu;
}

void PageStack::setModelActions(const QList<QAction *> &head, const QList<QAction *> &ofVersion)
{
    m_modelActions = head;
    m_versionActions = ofVersion;
}

void PageStack::exportPanel(ChartPanel *panel)
{
    const ChartView &view = *panel->view();
    auto *dialog = new ExportDialog(
        exportedChart(view.content(), panel->note(), view.view()), view.size(), m_settings, panel->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ExportDialog::exported, this,
        [this](const QString &path) { emit message(tr("Exported to %1.").arg(QDir::toNativeSeparators(path))); });
    dialog->open();
}

EmptyState *PageStack::startPage()
{
    if (m_start)
        return m_start;
    m_start = new EmptyState(this);
    m_start->setContent(u":/perihelion/icon.svg"_s, tr("See your experiments up close"),
        tr("Connect to a Comet server, or look around in recorded training runs first."));
    connect(m_start->addButton(tr("Connect…")), &QPushButton::clicked, this, &PageStack::connectRequested);
    connect(m_start->addButton(tr("Look at Sample Data")), &QPushButton::clicked, this,
        &PageStack::sampleDataRequested);
    addWidget(m_start);
    return m_start;
}

void PageStack::connectListing(ListingPage *page)
{
    connect(page, &ListingPage::placeActivated, this, &PageStack::placeActivated);
    connect(page, &ListingPage::editServerRequested, this, &PageStack::editServerRequested);
    connect(page, &ListingPage::refreshFailed, this, &PageStack::failed);
    addWidget(page);
}

ServerPage *PageStack::serverPage()
{
    if (m_server)
        return m_server;
    m_server = new ServerPage(this);
    connectListing(m_server);
    return m_server;
}

WorkspacePage *PageStack::workspacePage()
{
    if (m_workspace)
        return m_workspace;
    m_workspace = new WorkspacePage(this);
    m_workspace->setHeadActions(m_workspaceActions);
    connectListing(m_workspace);
    return m_workspace;
}

ProjectPage *PageStack::projectPage()
{
    if (m_project)
        return m_project;
    m_project = new ProjectPage(m_tasks, m_settings, m_changes, this);
    ExperimentsPage *experiments = m_project->experiments();
    connect(experiments->charts(), &ChartPane::exportRequested, this, &PageStack::exportPanel);
    connect(m_project->charts(), &ChartsPage::exportRequested, this, &PageStack::exportPanel);
    experiments->setSelectionActions(m_stripActions, m_menuActions);
    connect(experiments, &ExperimentsPage::archivedListed, this, &PageStack::selectionChanged);
    connect(experiments, &ExperimentsPage::experimentActivated, this, [this](const QString &key) {
        emit placeActivated({m_place.server, m_place.workspace, m_place.project, key});
    });
    connect(experiments, &ExperimentsPage::selectionChanged, this, &PageStack::selectionChanged);
    connect(m_project, &ProjectPage::situationChanged, this, &PageStack::selectionChanged);
    connect(m_project, &ProjectPage::renamed, this, [this](const QString &name) {
        emit projectRenamed({m_place.server, m_place.workspace, m_place.project, {}}, name);
    });
    connect(m_project, &ProjectPage::message, this, &PageStack::message);
    connect(m_project, &ProjectPage::failed, this, &PageStack::failed);
    addWidget(m_project);
    return m_project;
}

ExperimentPage *PageStack::experimentPage()
{
    if (m_experiment)
        return m_experiment;
    m_experiment = new ExperimentPage(this);
    connect(m_experiment->chart(), &ChartPane::exportRequested, this, &PageStack::exportPanel);
    connect(m_experiment, &ExperimentPage::named, this, &PageStack::experimentNamed);
    connect(m_experiment, &ExperimentPage::message, this, &PageStack::message);
    connect(&m_experiment->values(), &ExperimentValues::partChanged, this, [this](ExperimentValues::Part part) {
        if (part == ExperimentValues::Part::Metadata)
            emit selectionChanged();
    });
    connect(m_experiment, &ExperimentPage::refreshFailed, this, &PageStack::failed);
    connect(m_experiment, &ExperimentPage::assetsChosen, this,
        [this](const std::vector<api::Asset> &assets) { emit assetsChosen(m_place.experiment, assets); });
    addWidget(m_experiment);
    return m_experiment;
}

RegistryPage *PageStack::registryPage()
{
    if (m_registry)
        return m_registry;
    m_registry = new RegistryPage(this);
    connectListing(m_registry);
    return m_registry;
}

ModelPage *PageStack::modelPage()
{
    if (m_model)
        return m_model;
    m_model = new ModelPage(m_changes, m_settings, this);
    m_model->setActions(m_modelActions, m_versionActions);
    connect(m_model, &ModelPage::placeActivated, this, &PageStack::placeActivated);
    connect(m_model, &ModelPage::refreshFailed, this, &PageStack::failed);
    connect(m_model, &ModelPage::situationChanged, this, &PageStack::selectionChanged);
    connect(m_model, &ModelPage::assetsChosen, this, &PageStack::assetsChosen);
    addWidget(m_model);
    return m_model;
}
