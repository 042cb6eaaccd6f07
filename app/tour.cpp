// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/tour.h"

#include "app/program.h"
#include "models/api/transport.h"
#include "models/query/pythontext.h"
#include "ui/actions.h"
#include "ui/browse/experimentspage.h"
#include "ui/browse/gotopopup.h"
#include "ui/browse/querypane.h"
#include "ui/charts/chartgrid.h"
#include "ui/charts/chartpane.h"
#include "ui/charts/chartpanel.h"
#include "ui/charts/chartspage.h"
#include "ui/comparison/comparisonpage.h"
#include "ui/comparison/parallelplot.h"
#include "ui/comparison/scatterplot.h"
#include "ui/experiment/experimentpage.h"
#include "ui/mainwindow.h"
#include "ui/navigator.h"
#include "ui/pagestack.h"
#include "ui/project/projectpage.h"
#include "ui/registry/modelpage.h"
#include "ui/widgets/rowtableview.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QLineEdit>
#include <QPainter>
#include <QTabWidget>

#include <algorithm>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr QSize large(1600, 1000);
constexpr QSize small(1280, 720);
constexpr qint64 limit = 60'000; // milliseconds until a page counts as failed
constexpr int quietTicks = 4;

QDialog *openDialog()
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *dialog = qobject_cast<QDialog *>(widget); dialog && dialog->isVisible())
            return dialog;
    }
    return nullptr;
}

} // namespace

Tour::Tour(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_folder(QDir(folder).absolutePath())
{
    m_timer.setInterval(50ms);
    connect(&m_timer, &QTimer::timeout, this, &Tour::look);
}

Tour::~Tour() = default;

void Tour::start()
{
    const auto fail = [this](const QString &sentence) {
        QMetaObject::invokeMethod(this, [this, sentence] { emit finished(sentence); }, Qt::QueuedConnection);
    };
    if (!QDir().mkpath(m_folder) || !QFileInfo(m_folder).isWritable()) {
        fail(tr("The pictures can't be written to %1.").arg(m_folder));
        return;
    }
    if (!m_home.isValid()) {
        fail(tr("No temporary folder could be made: %1").arg(m_home.errorString()));
        return;
    }
    theme::apply(*qApp, theme::Scheme::Light);
    m_program = std::make_unique<Program>(CommandLine(), m_home.filePath(u"settings.conf"_s));
    m_program->window().resize(small);
    m_program->window().show();
    m_steps.push_back({u"start"_s, {}, [] { return true; }, small, false});
    m_steps.push_back({{},
        [this, fail] {
            connect(&m_program->sampleData(), &SampleData::ready, this,
                [this](const Profile &, const QString &key) { m_apiKey = key; });
            connect(&m_program->sampleData(), &SampleData::failed, this, fail);
            connect(&m_program->sessions(), &Sessions::added, this,
                [this](Session *session) {
                    connect(session, &Session::stateChanged, this, [this, session] { findPlaces(*session); });
                }, Qt::SingleShotConnection);
            m_program->sampleData().start();
        },
        [this] { return !m_project.isNull(); }, small, false});
    next();
}

// The project with the most experiments is the one to show; an empty one is made.
void Tour::findPlaces(Session &session)
{
    if (session.state() != Session::State::Ready)
        return;
    const auto fail = [this](const api::Error &error) { emit finished(error.sentence()); };
    auto most = std::make_shared<api::Project>();
    session.client().workspaces()->otherwise(this, fail)->then(this, [=, this, &session](const QStringList &names) {
        auto waiting = std::make_shared<qsizetype>(names.size());
        if (names.isEmpty())
            emit finished(tr("The sample data holds no workspace."));
        for (const QString &name : names) {
            session.client().projects(name)->otherwise(this, fail)->then(
                this, [=, this, &session](const std::vector<api::Project> &projects) {
                    for (const api::Project &project : projects) {
                        if (project.experimentCount > most->experimentCount)
                            *most = project;
                    }
                    if (--*waiting > 0)
                        return;
                    const QString server = session.profile().id;
                    m_emptyProject = {server, most->workspace, u"next-idea"_s, {}};
                    m_project = {server, most->workspace, most->name, {}};
                    const QByteArray body = "{\"workspaceName\":\"" + most->workspace.toUtf8()
                        + "\",\"projectName\":\"next-idea\",\"isPublic\":false}";
                    auto *owner = new api::Reply<QByteArray>(this);
                    session.client().transport().send({.verb = "POST", .path = u"write/project/create"_s, .body = body},
                        owner, [owner](const api::Result<QByteArray> &answer) { owner->finish(answer); });
                    session.client().registryModels(most->workspace)->otherwise(this, fail)->then(
                        this, [this, server](const std::vector<api::RegistryModel> &models) {
                            if (!models.empty())
                                m_model = Place::ofRegistry(server, m_project.workspace, models.front().name);
                            plan();
                        });
                });
        }
    });
}

void Tour::plan()
{
    planMainPictures();
    planManaged();
    planStates();
}

void Tour::planMainPictures()
{
    MainWindow &window = m_program->window();
    const auto experiments = [&window] { return window.pages().experimentsShown(); };
    const auto openProject = [this, &window] {
        window.navigator().go({m_project.server, m_project.workspace, {}, {}});
        window.navigator().go(m_project);
    };
    const auto isListed = [experiments] { return experiments() && experiments()->loader()->isLoaded(); };
    const auto isCharted = [experiments] {
        auto *chart = experiments() ? experiments()->findChild<ChartPane *>() : nullptr;
        return chart && !chart->loader().isLoading();
    };
    m_steps.push_back({{}, openProject, isListed, large, false});
    m_steps.push_back({u"main"_s, [this] { selectRuns(6); }, isCharted, large, false});
    m_steps.push_back({u"main-dark"_s, {}, isCharted, large, true});
    m_steps.push_back({u"main-1280"_s, {}, isCharted, small, false});
    m_steps.push_back({u"main-1280-dark"_s, {}, isCharted, small, true});
    planCharts();

    const auto openExperiment = [this, &window, experiments] {
        if (!experiments() || experiments()->selectedKeys().isEmpty())
            return;
        m_experiment = m_project;
        m_experiment.experiment = experiments()->selectedKeys().constFirst();
        window.navigator().go(m_experiment);
    };
    const auto isExperimentThere = [&window] {
        ExperimentPage *page = window.pages().experimentShown();
        return page && !page->values().isLoading() && !page->chart()->loader().isLoading();
    };
    const auto section = [&window](ExperimentValues::Part part) {
        return [&window, part] {
            if (ExperimentPage *page = window.pages().experimentShown())
                page->showSection(part);
        };
    };
    m_steps.push_back({u"experiment"_s, openExperiment, isExperimentThere, large, false});
    m_steps.push_back({u"experiment-dark"_s, {}, isExperimentThere, large, true});
    m_steps.push_back({u"experiment-parameters-1280"_s, section(ExperimentValues::Part::Parameters),
        isExperimentThere, small, false});
    m_steps.push_back({u"experiment-overview-1280"_s, section(ExperimentValues::Part::Metadata),
        isExperimentThere, small, false});
}

void Tour::planCharts()
{
    MainWindow &window = m_program->window();
    const auto page = [&window]() -> ChartsPage * {
        const ProjectPage *project = window.pages().projectShown();
        return project ? project->charts() : nullptr;
    };
    const auto isDrawn = [page] {
        if (!page() || page()->loader().isLoading() || page()->grid()->visiblePanels().empty())
            return false;
        const std::vector<ChartPanel *> panels = page()->grid()->visiblePanels();
        return std::none_of(panels.cbegin(), panels.cend(), [](ChartPanel *panel) {
            return panel->feed().isComputing() || !panel->feed().shown();
        });
    };
    const auto smooth = [page] {
        ChartLayout layout = page()->layoutShown();
        layout.settings.smoothing = {Smoothing::Kind::Twema, 0.8};
        page()->setLayoutShown(layout);
    };
    m_steps.push_back({{}, [&window] { window.actions()[Actions::ShowCharts]->trigger(); }, isDrawn, large, false});
    m_steps.push_back({u"charts"_s, smooth, isDrawn, large, false});
    m_steps.push_back({u"charts-dark"_s, {}, isDrawn, large, true});
    m_steps.push_back({u"charts-1280"_s, {}, isDrawn, small, false});
    planComparison();
    m_steps.push_back(
        {{}, [&window] { window.actions()[Actions::ShowExperiments]->trigger(); }, [] { return true; }, large, false});
}

void Tour::planComparison()
{
    MainWindow &window = m_program->window();
    const auto page = [&window] { return window.pages().projectShown()->comparison(); };
    const auto show = [page](ComparisonPage::Plot plot) { return [page, plot] { page()->showPlot(plot); }; };
    const auto isFilled = [page] { return page()->scatter()->drawn() > 0; };
    const auto isDrawn = [page] { return page()->parallel()->isDrawn(); };
    const auto isRanked = [page] { return page()->importance()->model()->rowCount() > 0; };
    m_steps.push_back({u"compare"_s, [&window] { window.actions()[Actions::ShowComparison]->trigger(); }, isFilled, large, false});
    m_steps.push_back({u"compare-1280-dark"_s, {}, isFilled, small, true});
    m_steps.push_back({u"compare-parallel"_s, show(ComparisonPage::Plot::Parallel), isDrawn, large, false});
    m_steps.push_back({u"compare-parallel-1280-dark"_s, {}, isDrawn, small, true});
    m_steps.push_back({u"compare-bars-1280"_s, show(ComparisonPage::Plot::Bars), isFilled, small, false});
    m_steps.push_back({u"compare-importance-1280"_s, show(ComparisonPage::Plot::Importance), isRanked, small, false});
}

void Tour::planManaged()
{
    MainWindow &window = m_program->window();
    const auto go = [&window](const Place &place) { return [&window, place] { window.navigator().go(place); }; };
    const auto isModelThere = [&window] {
        const ModelPage *page = window.pages().modelShown();
        return page && page->version();
    };
    m_steps.push_back({u"registry"_s, go(Place::ofRegistry(m_project.server, m_project.workspace)), [] { return true; },
        small, false});
    m_steps.push_back({u"model"_s, go(m_model), isModelThere, small, false});
    m_steps.push_back({u"model-dark"_s, {}, isModelThere, large, true});
    const auto query = [&window] {
        ExperimentsPage *page = window.pages().experimentsShown();
        return page ? page->query() : nullptr;
    };
    const auto isAsked = [query] { return query() && query()->isApplied(); };
    m_steps.push_back({{}, go(m_project), [query] { return query() != nullptr; }, large, false});
    m_steps.push_back({u"query"_s,
        [query] {
            query()->setOpen(true);
            query()->apply(query::fromPython(
                u"(Metric(\"validate_accuracy\") > 0.98) & (Tag(\"cosine\") | (Parameter(\"optimizer\") == \"sgd\"))"_s)
                               .expression);
        },
        isAsked, large, false});
    m_steps.push_back({u"query-dark"_s, {}, isAsked, large, true});
    m_steps.push_back({u"query-applied"_s, [query] { query()->setOpen(false); }, isAsked, small, false});
    m_steps.push_back({{}, [query] { query()->clear(); }, [query] { return !query()->isApplied(); }, small, false});
    m_steps.push_back({u"preferences"_s,
        [&window] {
            window.actions()[Actions::Preferences]->trigger();
            if (auto *pages = openDialog() ? openDialog()->findChild<QTabWidget *>() : nullptr)
                pages->setCurrentIndex(1);
        },
        [] { return openDialog() != nullptr; }, small, false});
    m_steps.push_back({{}, [] { openDialog()->reject(); }, [] { return openDialog() == nullptr; }, small, false});
}

void Tour::planStates()
{
    MainWindow &window = m_program->window();
    const auto always = [] { return true; };
    const auto trigger = [&window](Actions::Id id) { return [&window, id] { window.actions()[id]->trigger(); }; };
    const auto closeDialog = [] {
        if (QDialog *dialog = openDialog())
            dialog->reject();
    };
    const auto isDialogOpen = [] { return openDialog() != nullptr; };
    const auto isDialogClosed = [] { return openDialog() == nullptr; };
    const auto go = [&window](const Place &place) { return [&window, place] { window.navigator().go(place); }; };

    m_steps.push_back({u"workspace"_s, go({m_project.server, m_project.workspace, {}, {}}), always, small, false});
    m_steps.push_back({u"server"_s, go({m_project.server, {}, {}, {}}), always, small, false});
    m_steps.push_back({u"empty-project"_s, go(m_emptyProject), always, small, false});
    m_steps.push_back({{}, go(m_project), always, small, false});
    m_steps.push_back({u"notes"_s, trigger(Actions::ShowNotes), always, small, false});
    m_steps.push_back({u"settings"_s, trigger(Actions::ShowSettings), always, small, false});
    m_steps.push_back({u"settings-dark"_s, {}, always, large, true});
    m_steps.push_back({u"new-project"_s, trigger(Actions::NewProject), isDialogOpen, small, false});
    m_steps.push_back({{}, closeDialog, isDialogClosed, small, false});
    m_steps.push_back({{}, trigger(Actions::ShowExperiments), always, small, false});
    m_steps.push_back({u"requests"_s, trigger(Actions::ShowRequests), always, large, false});
    m_steps.push_back({u"filter-without-match"_s,
        [&window] {
            window.actions()[Actions::ShowRequests]->setChecked(false);
            window.actions()[Actions::Filter]->trigger();
            if (auto *field = qobject_cast<QLineEdit *>(QApplication::focusWidget()))
                field->setText(u"nothing is called this"_s);
        },
        always, small, false});
    m_steps.push_back({u"go-to"_s, trigger(Actions::GoTo), always, small, false});
    m_steps.push_back({{}, [&window] { window.findChild<GoToPopup *>()->hide(); }, always, small, false});
    m_steps.push_back({u"connect"_s, trigger(Actions::Connect), isDialogOpen, small, false});
    m_steps.push_back({u"connect-dark"_s, {}, isDialogOpen, small, true});
    m_steps.push_back({{}, closeDialog, isDialogClosed, small, false});
    m_steps.push_back({u"shortcuts"_s, trigger(Actions::Shortcuts), isDialogOpen, small, false});
    m_steps.push_back({{}, closeDialog, isDialogClosed, small, false});

    const auto hasFailed = [this](const QString &id) {
        return [this, id] {
            const Session *session = m_program->sessions().find(id);
            return session && session->state() == Session::State::Failed;
        };
    };
    m_steps.push_back({u"wrong-key"_s,
        [this, &window] {
            const Session *demo = m_program->sessions().find(m_project.server);
            addServer(u"wrong"_s, tr("Wrong key"), demo->profile().root, u"not-a-key"_s);
            window.navigator().go({u"wrong"_s, {}, {}, {}});
        },
        hasFailed(u"wrong"_s), small, false});
    m_steps.push_back({u"no-server"_s,
        [this, &window] {
            addServer(u"dead"_s, tr("Nobody there"), QUrl(u"http://127.0.0.1:1"_s), u"any"_s);
            window.navigator().go({u"dead"_s, {}, {}, {}});
        },
        hasFailed(u"dead"_s), small, false});
}

Session *Tour::addServer(const QString &id, const QString &name, const QUrl &root, const QString &key)
{
    Profile profile;
    profile.id = id;
    profile.name = name;
    profile.root = root;
    profile.keySource = Profile::KeySource::ThisRun;
    return m_program->sessions().add(profile, key);
}

void Tour::selectRuns(int count)
{
    ExperimentsPage *page = m_program->window().pages().experimentsShown();
    if (!page)
        return;
    for (QAbstractItemView *view : page->findChildren<QAbstractItemView *>()) {
        if (view->model() != page->table() || !view->selectionModel())
            continue;
        QItemSelection selection;
        const int last = std::min(count, page->table()->rowCount()) - 1;
        selection.select(page->table()->index(0, 0),
            page->table()->index(last, page->table()->columnCount() - 1));
        view->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
        return;
    }
}

void Tour::next()
{
    if (m_steps.empty()) {
        m_timer.stop();
        m_program->window().close();
        emit finished({});
        return;
    }
    const Step &step = m_steps.front();
    theme::apply(*qApp, step.dark ? theme::Scheme::Dark : theme::Scheme::Light);
    m_program->window().resize(step.size);
    if (step.prepare)
        step.prepare();
    m_quietTicks = 0;
    m_stepTime.start();
    m_timer.start();
}

bool Tour::isQuiet() const
{
    const std::vector<Session *> &sessions = m_program->sessions().all();
    return m_program->tasks().running().empty()
        && std::all_of(sessions.begin(), sessions.end(),
            [](const Session *session) { return session->client().transport().isIdle(); });
}

// A page is there when it says so and nothing has been asked for a while.
void Tour::look()
{
    const Step step = m_steps.front();
    m_quietTicks = isQuiet() && step.isThere() ? m_quietTicks + 1 : 0;
    if (m_quietTicks < quietTicks) {
        if (m_stepTime.elapsed() > limit) {
            m_timer.stop();
            emit finished(tr("The page \"%1\" did not load within a minute.").arg(step.name));
        }
        return;
    }
    m_timer.stop();
    if (!step.name.isEmpty()) {
        if (const QString problem = takePicture(step); !problem.isEmpty()) {
            emit finished(problem);
            return;
        }
    }
    m_steps.pop_front();
    next();
}

QString Tour::takePicture(const Step &step)
{
    MainWindow &window = m_program->window();
    QPixmap picture = window.grab();
    if (QDialog *dialog = openDialog()) {
        QPainter painter(&picture);
        painter.fillRect(picture.rect(), QColor(0, 0, 0, 70));
        const QPixmap front = dialog->grab();
        painter.drawPixmap((picture.width() - front.width()) / 2, (picture.height() - front.height()) / 2, front);
    }
    const QString path = QDir(m_folder).filePath(step.name + u".png"_s);
    if (!picture.save(path))
        return tr("The picture %1 can't be written.").arg(path);
    emit pictureTaken(path);
    return {};
}
