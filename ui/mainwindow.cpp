// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow.h"

#include "models/session/sessions.h"
#include "models/session/settings.h"
#include "ui/actions.h"
#include "ui/browse/experimentspage.h"
#include "ui/browse/gotopopup.h"
#include "ui/browse/navigatorpanel.h"
#include "ui/browse/querypane.h"
#include "ui/changefollower.h"
#include "ui/changereporter.h"
#include "ui/downloadcommands.h"
#include "ui/experimentcommands.h"
#include "ui/helpdialogs.h"
#include "ui/locationbar.h"
#include "ui/navigator.h"
#include "ui/pagestack.h"
#include "ui/placeactions.h"
#include "ui/preferencescommands.h"
#include "ui/project/projectpage.h"
#include "ui/projectcommands.h"
#include "ui/querycommands.h"
#include "ui/registrycommands.h"
#include "ui/serveractions.h"
#include "ui/session/requestsdock.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/theme.h"
#include "ui/windowstatus.h"

#include <QAction>
#include <QApplication>
#include <QEvent>
#include <QMenuBar>
#include <QScreen>
#include <QSplitter>
#include <QStatusBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {
constexpr int navigatorWidth = 264;
}

MainWindow::MainWindow(const House &house)
    : m_house(house)
    , m_actions(new Actions(this))
    , m_navigator(new Navigator(this))
    , m_panel(new NavigatorPanel(house.sessions, this))
    , m_pages(new PageStack(house.sessions, house.tasks, house.settings, house.changes, this))
    , m_messages(new MessageBar(this))
    , m_location(new LocationBar(*m_actions, this))
    , m_status(new WindowStatus(house.tasks, *m_actions, this))
    , m_requests(new RequestsDock(house.sessions, this))
    , m_splitter(new QSplitter(this))
    , m_servers(new ServerActions({house.sessions, house.servers, house.keychain, house.environment,
                                      *m_navigator, *m_messages},
          this))
{
    buildLayout();
    connectActions();
    connectParts();
    showPlace({});
    restoreLayout();
    m_panel->setFocus();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildLayout()
{
    m_actions->fill(menuBar());

    auto *column = new QWidget(m_splitter);
    auto *page = new QVBoxLayout(column);
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(0);
    page->addWidget(m_messages);
    page->addWidget(m_pages, 1);
    m_splitter->addWidget(m_panel);
    m_splitter->addWidget(column);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setCollapsible(1, false);
    m_splitter->setSizes({navigatorWidth, 10 * navigatorWidth});
    m_panel->setMinimumWidth(200);

    auto *central = new QWidget(this);
    auto *rows = new QVBoxLayout(central);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto *line = new QFrame(central);
    line->setFixedHeight(1);
    line->setAutoFillBackground(true);
    line->setBackgroundRole(QPalette::Midlight);
    rows->addWidget(m_location);
    rows->addWidget(line);
    rows->addWidget(m_splitter, 1);
    setCentralWidget(central);

    m_requests->setObjectName(u"requests"_s);
    addDockWidget(Qt::BottomDockWidgetArea, m_requests);
    m_requests->hide();
    statusBar()->addWidget(m_status, 1);
    statusBar()->setSizeGripEnabled(false);
    setMinimumSize(640, 420);
}

void MainWindow::connectActions()
{
    const Actions &actions = *m_actions;
    const auto when = [this, &actions](Actions::Id id, auto slot) {
        connect(actions[id], &QAction::triggered, this, slot);
    };
    when(Actions::Connect, [this] { m_servers->connectToServer(); });
    when(Actions::SampleData, &MainWindow::sampleDataRequested);
    when(Actions::EditServer, [this] { m_servers->editServer(m_navigator->current().server); });
    when(Actions::RemoveServer, [this] { m_servers->removeServer(m_navigator->current().server); });
    when(Actions::Quit, &QWidget::close);
    when(Actions::Back, [this] { m_navigator->back(); });
    when(Actions::Forward, [this] { m_navigator->forward(); });
    when(Actions::Up, [this] { m_navigator->up(); });
    when(Actions::StartPage, [this] { m_navigator->go({}); });
    when(Actions::GoTo, [this] {
        if (!m_goTo) {
            m_goTo = new GoToPopup(m_house.sessions, *m_panel->model(), this);
            connect(m_goTo, &GoToPopup::placeActivated, m_navigator, &Navigator::go);
        }
        ProjectPage *shown = m_pages->projectShown();
        m_goTo->setHere(m_navigator->current(), shown ? shown->experiments()->table()->sharedExperiments() : nullptr);
        m_goTo->setRecent(m_navigator->recent());
        m_goTo->open();
    });
    when(Actions::Filter, [this] { m_pages->focusFilter(); });
    when(Actions::Query, [this] {
        if (ExperimentsPage *page = m_pages->experimentsShown())
            page->query()->setOpen(!page->query()->isOpen());
    });
    when(Actions::Refresh, [this] {
        m_pages->refresh();
        m_panel->refresh();
    });
    when(Actions::FullScreen, [this](bool on) {
        setWindowState(on ? windowState() | Qt::WindowFullScreen : windowState() & ~Qt::WindowFullScreen);
    });
    when(Actions::ShowNavigator, [this](bool on) {
        m_panel->setVisible(on);
        m_house.settings.navigatorVisible.set(on);
    });
    connect(actions[Actions::ShowRequests], &QAction::toggled, m_requests, &QWidget::setVisible);
    connect(m_requests->toggleViewAction(), &QAction::toggled, actions[Actions::ShowRequests],
        &QAction::setChecked);
    when(Actions::SchemeSystem, [this] { setScheme(0); });
    when(Actions::SchemeLight, [this] { setScheme(1); });
    when(Actions::SchemeDark, [this] { setScheme(2); });
    when(Actions::Shortcuts, [this] { showShortcuts(menuBar(), this); });
    when(Actions::About, [this] { showAbout(this); });
}

void MainWindow::connectParts()
{
    connect(m_navigator, &Navigator::placeChanged, this, &MainWindow::showPlace);
    connect(m_location, &LocationBar::placeActivated, m_navigator, &Navigator::go);
    connect(m_panel, &NavigatorPanel::placeActivated, m_navigator, &Navigator::go);
    connect(m_panel, &NavigatorPanel::connectRequested, m_servers, &ServerActions::connectToServer);
    connect(m_panel, &NavigatorPanel::editServerRequested, m_servers, &ServerActions::editServer);
    connect(m_panel, &NavigatorPanel::removeServerRequested, m_servers, &ServerActions::removeServer);
    connect(m_pages, &PageStack::placeActivated, m_navigator, &Navigator::go);
    connect(m_pages, &PageStack::connectRequested, m_servers, &ServerActions::connectToServer);
    connect(m_pages, &PageStack::sampleDataRequested, this, &MainWindow::sampleDataRequested);
    connect(m_pages, &PageStack::editServerRequested, m_servers, &ServerActions::editServer);
    connect(m_pages, &PageStack::failed, this, &MainWindow::showError);
    connect(m_pages, &PageStack::selectionChanged, this, &MainWindow::updateActions);
    connect(m_pages, &PageStack::experimentNamed, this, [this](const QString &key, const QString &name) {
        m_names.insert(key, name);
        showNames();
    });
    // What went well is said where the eye may pass it; the message bar is for what went wrong.
    const auto say = [this](const QString &sentence) { statusBar()->showMessage(sentence, 4000); };
    connect(m_panel, &NavigatorPanel::message, this, say);
    connect(m_pages, &PageStack::message, this, say);
    auto *placeActions
        = new PlaceActions({*m_actions, *m_navigator, *m_pages, m_house.sessions}, this);
    connect(placeActions, &PlaceActions::message, this, say);
    auto *commands = new ExperimentCommands(
        {*m_actions, *m_navigator, *m_pages, *m_panel, m_house.sessions, m_house.changes}, this);
    connect(commands, &ExperimentCommands::failed, this, &MainWindow::showError);
    new ProjectCommands({*m_actions, *m_navigator, *m_pages, *m_panel, m_house.sessions, m_house.changes}, this);
    auto *queries = new QueryCommands({*m_navigator, *m_panel, *m_pages, m_house.settings, *m_messages}, this);
    connect(queries, &QueryCommands::message, this, say);
    auto *downloads = new DownloadCommands(
        {*m_actions, *m_navigator, *m_pages, m_house.sessions, m_house.settings, *m_messages}, this);
    new RegistryCommands(
        {*m_actions, *m_navigator, *m_pages, m_house.sessions, m_house.changes, *downloads}, this);
    new PreferencesCommands({*m_actions, m_house.sessions, m_house.settings, *m_messages, *m_servers}, this);
    new ChangeReporter(m_house.changes, m_house.sessions, *m_messages, *m_actions, this);
    new ChangeFollower(m_house.changes, {*m_navigator, *m_panel, *m_pages}, this);

    connect(&m_house.sessions, &Sessions::added, this, [this](Session *session) {
        connect(&session->client(), &api::Client::unhandledError, this,
            [this](const api::Error &error) { showError(error.sentence()); });
        openFirst(session);
    });
    connect(&m_house.sessions, &Sessions::removed, this,
        [this](const QString &profileId) { m_navigator->forget(profileId); });
    connect(&m_house.sessions, &Sessions::aboutToRemove, this, [this](Session *session) {
        if (m_navigator->current().server == session->profile().id)
            m_status->setSession(nullptr);
    });
    connect(&m_house.settings, &Settings::problemFound, this, [this](const QString &sentence) {
        m_messages->post(MessageBar::Kind::Warning, sentence);
    });
    for (Session *session : m_house.sessions.all())
        openFirst(session);
}

void MainWindow::restoreLayout()
{
    resize(QSize(1280, 800).boundedTo(screen()->availableSize()));
    Settings &settings = m_house.settings;
    restoreGeometry(settings.windowGeometry.value());
    restoreState(settings.windowState.value());
    if (const QByteArray split = settings.layout(u"window"_s, u"splitter"_s); !split.isEmpty())
        m_splitter->restoreState(split);
    m_panel->setVisible(settings.navigatorVisible.value());
    (*m_actions)[Actions::ShowNavigator]->setChecked(settings.navigatorVisible.value());
    (*m_actions)[Actions::ShowRequests]->setChecked(!m_requests->isHidden());
    const auto scheme = settings.scheme.value();
    (*m_actions)[scheme == Settings::Scheme::Light ? Actions::SchemeLight
            : scheme == Settings::Scheme::Dark     ? Actions::SchemeDark
                                                   : Actions::SchemeSystem]
        ->setChecked(true);
    m_firstPlace = settings.lastPlace.value();
    if (!settings.problem().isEmpty())
        m_messages->post(MessageBar::Kind::Warning, settings.problem());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    Settings &settings = m_house.settings;
    settings.windowGeometry.set(saveGeometry());
    settings.windowState.set(saveState());
    settings.setLayout(u"window"_s, u"splitter"_s, m_splitter->saveState());
    if (!m_navigator->current().isNull())
        settings.lastPlace.set(m_navigator->current());
    settings.save();
    QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_actions)
        m_actions->reloadIcons();
    if (event->type() == QEvent::WindowStateChange)
        (*m_actions)[Actions::FullScreen]->setChecked(isFullScreen());
}

void MainWindow::showError(const QString &sentence)
{
    m_messages->post(MessageBar::Kind::Error, sentence);
}

void MainWindow::showPlace(const Place &place)
{
    m_firstPlace = {}; // the person has chosen
    m_pages->showPlace(place);
    m_panel->setCurrent(place);
    m_status->setSession(place.isNull() ? nullptr : m_house.sessions.find(place.server));
    showNames();
    updateActions();
}

void MainWindow::showNames()
{
    const Place &place = m_navigator->current();
    const Session *session = m_house.sessions.find(place.server);
    const Profile server = session ? session->profile() : Profile();
    const QString experiment = experimentName(place.experiment);
    m_location->setPlace(place, server, experiment);
    QStringList title{experiment, place.model, place.registry ? tr("Model Registry") : place.project, place.workspace, server.name, u"Perihelion"_s};
    title.removeAll(QString());
    setWindowTitle(title.join(u" – "_s));
}

QString MainWindow::experimentName(const QString &key) const
{
    return m_names.value(key, key.left(9)); // as much of a key as people read
}

void MainWindow::updateActions()
{
    Actions::Situation situation;
    situation.place = m_navigator->current();
    ExperimentsPage *table = m_pages->experimentsShown();
    situation.showsTable = table;
    ProjectCommands::describe(*m_pages, situation);
    for (const ExperimentRef &experiment : m_pages->chosenExperiments()) {
        ++situation.experiments;
        situation.archived += experiment.isArchived;
        situation.running += experiment.mayBeRunning();
    }
    situation.selected = table ? situation.experiments : 0;
    (*m_actions)[Actions::ShowArchived]->setChecked(table && table->listsArchived());
    const Session *session = m_house.sessions.find(situation.place.server);
    RegistryCommands::describe(*m_pages, situation);
    situation.isReadOnly = session && session->profile().isReadOnly;
    situation.tagRemovalObstacle = session ? ExperimentCommands::tagRemovalObstacle(*session) : QString();
    situation.hasWebPage = session && !situation.place.registry
        && session->profile().keySource != Profile::KeySource::Demo;
    situation.canGoBack = m_navigator->canGoBack();
    situation.canGoForward = m_navigator->canGoForward();
    m_actions->update(situation);
}

void MainWindow::openFirst(Session *session)
{
    const QString id = session->profile().id;
    if (m_firstPlace.server == id)
        m_navigator->go(Place(m_firstPlace));
    else if (m_firstPlace.isNull() && m_navigator->current().isNull())
        m_navigator->go({id, {}, {}, {}});
}

void MainWindow::setScheme(int scheme)
{
    m_house.settings.scheme.set(static_cast<Settings::Scheme>(scheme));
    theme::apply(*qApp, static_cast<theme::Scheme>(scheme));
}
