// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the page shows; what a person can do with the rows and columns is in experimentactions.cpp.

#include "ui/browse/experimentspage.h"

#include "models/charts/runnames.h"
#include "models/session/session.h"
#include "models/session/settings.h"
#include "models/session/tasks.h"
#include "models/values/format.h"
#include "ui/browse/columnchooser.h"
#include "ui/browse/emptyproject.h"
#include "ui/browse/experimentview.h"
#include "ui/browse/filterbar.h"
#include "ui/browse/querypane.h"
#include "ui/browse/tablelayout.h"
#include "ui/charts/chartpane.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 500;
constexpr auto layoutKind = "table1"; // the number is the version of TableLayout
constexpr auto eyesKind = "eyes1"; // keys of the experiments whose eye is open
constexpr qsizetype metricsAtFirst = 2;
constexpr int leastHeight = 120; // of the table: the rest can be the query's

// The table, or a sentence in its place, whose lines must not ask for the room of what is above.
class Places : public QStackedWidget
{
public:
    using QStackedWidget::QStackedWidget;
    bool hasHeightForWidth() const override { return false; }
    QSize sizeHint() const override { return {QStackedWidget::sizeHint().width(), leastHeight}; }
    QSize minimumSizeHint() const override { return {QStackedWidget::minimumSizeHint().width(), leastHeight}; }
};

} // namespace

ExperimentsPage::ExperimentsPage(Tasks &tasks, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_loader(m_table)
    , m_tasks(tasks)
    , m_settings(settings)
{
    makeWidgets();
    connectView();
    connectLoader();
    for (auto [timer, wait] : {std::pair(&m_patience, patience), {&m_saving, 300}, {&m_charting, 60}}) {
        timer->setSingleShot(true);
        timer->setInterval(wait);
    }
    connect(&m_patience, &QTimer::timeout, this, &ExperimentsPage::showState);
    connect(&m_saving, &QTimer::timeout, this, &ExperimentsPage::saveLayout);
    connect(&m_charting, &QTimer::timeout, this, &ExperimentsPage::showCharts);
    showState();
}

ExperimentsPage::~ExperimentsPage()
{
    if (m_saving.isActive())
        saveLayout();
    // The view goes before the model; the task would tell a page that is half gone.
    delete m_view;
    m_loader.disconnect(this);
    m_loader.values().disconnect(this);
    m_table.disconnect(this);
}

void ExperimentsPage::makeWidgets()
{
    m_filterBar = new FilterBar(this);
    m_query = new QueryPane(m_table, m_loader, m_settings, this);
    m_notice = new MessageBar(this);
    m_blank = new QWidget(this);
    m_empty = new EmptyState(this);
    m_emptyProject = new EmptyProject(this);
    m_view = new ExperimentView(m_table, this);
    m_places = new Places(this);
    for (QWidget *place : {m_blank, static_cast<QWidget *>(m_empty), static_cast<QWidget *>(m_emptyProject),
             static_cast<QWidget *>(m_view)})
        m_places->addWidget(place);
    m_places->setMinimumHeight(leastHeight);
    m_strip = makeStrip();
    auto *upper = new QWidget(this);
    auto *column = new QVBoxLayout(upper);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_filterBar);
    column->addWidget(m_query);
    column->addWidget(m_notice);
    column->addWidget(m_places, 1);
    column->addWidget(m_strip);
    m_charts = new ChartPane(this);
    m_charts->setMinimumSize(240, 200); // narrower than its panels like it: they scroll
    m_splitter = new QSplitter(Qt::Vertical, this);
    m_splitter->addWidget(upper);
    m_splitter->addWidget(m_charts);
    m_splitter->setStretchFactor(0, 11);
    m_splitter->setStretchFactor(1, 9);
    m_splitter->setChildrenCollapsible(true);
    m_splitter->setCollapsible(0, false);
    m_splitter->restoreState(m_settings.layout(u"splitter"_s, u"experiments"_s));
    connect(m_splitter, &QSplitter::splitterMoved, this,
        [this] { m_settings.setLayout(u"splitter"_s, u"experiments"_s, m_splitter->saveState()); });
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    setFocusProxy(m_view);
}

QWidget *ExperimentsPage::makeStrip()
{
    auto *strip = new QWidget(this);
    auto *row = new QHBoxLayout(strip);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(8);
    m_selected = new QLabel(strip);
    QFont bold = m_selected->font();
    bold.setWeight(QFont::DemiBold);
    m_selected->setFont(bold);
    m_selected->setAccessibleName(tr("Selected experiments"));
    row->addWidget(m_selected);
    const auto button = [&](const QString &text, const QString &icon, void (ExperimentsPage::*slot)()) {
        auto *tool = new QToolButton(strip);
        tool->setText(text);
        tool->setIcon(theme::icon(icon));
        tool->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        tool->setAutoRaise(true);
        connect(tool, &QToolButton::clicked, this, slot);
        row->addWidget(tool);
    };
    button(tr("Open"), u"document-open"_s, &ExperimentsPage::openSelected);
    button(tr("Copy"), u"edit-copy"_s, &ExperimentsPage::copyWithHeaders);
    button(tr("Copy as Python"), u"text-x-script"_s, &ExperimentsPage::copyAsPython);
    row->addStretch(1);
    return strip;
}

void ExperimentsPage::connectView()
{
    connect(m_filterBar, &FilterBar::filterChanged, &m_table, &ExperimentTable::setFilter);
    connect(m_filterBar, &FilterBar::columnsRequested, this, &ExperimentsPage::chooseColumns);
    connect(m_filterBar, &FilterBar::left, this, [this] { m_view->setFocus(); });
    connect(m_filterBar, &FilterBar::queryToggled, m_query, &QueryPane::setOpen);
    connect(m_query, &QueryPane::openChanged, m_filterBar, &FilterBar::setQueryOpen);
    connect(m_query, &QueryPane::openChanged, this, &ExperimentsPage::showState);
    connect(m_query, &QueryPane::left, this, [this] { m_view->setFocus(); });
    connect(m_query, &QueryPane::message, this, &ExperimentsPage::message);
    connect(m_filterBar, &FilterBar::archivedChanged, this, &ExperimentsPage::showArchived);
    connect(m_view, &ExperimentView::visibleRowsChanged, &m_loader.values(), &ValueLoader::setVisibleRows);
    connect(m_view, &ExperimentView::layoutEdited, &m_saving, qOverload<>(&QTimer::start));
    connect(m_view, &ExperimentView::headerMenuRequested, this, &ExperimentsPage::showHeaderMenu);
    connect(m_view, &QWidget::customContextMenuRequested, this, &ExperimentsPage::showMenu);
    connect(m_view, &QTableView::activated, this, [this](const QModelIndex &index) {
        emit experimentActivated(index.data(ExperimentTable::KeyRole).toString());
    });
    connect(m_view, &ExperimentView::selectionEdited, this, [this] {
        showCounts();
        m_charting.start();
    });
    connect(m_view, &ExperimentView::eyeClicked, this,
        [this](const QString &key) { m_visible.setShown({key}, !m_visible.isShown(key)); });
    connect(m_view, &ExperimentView::eyesToggled, &m_visible, &VisibleRuns::toggleSelected);
    connect(&m_visible, &VisibleRuns::changed, this, [this] {
        showColours();
        if (!m_isRestoring)
            m_saving.start();
    });
    connect(&m_table, &ExperimentTable::sortChanged, this, [this] {
        if (!m_isRestoring)
            m_saving.start();
    });
    connect(m_charts, &ChartPane::metricsChanged, &m_saving, qOverload<>(&QTimer::start));
    connect(m_charts, &ChartPane::message, this, &ExperimentsPage::message);
}

void ExperimentsPage::connectLoader()
{
    connect(&m_loader, &ProjectLoader::stateChanged, this, &ExperimentsPage::showState);
    connect(&m_table, &ExperimentTable::arranged, this, [this] {
        showState();
        m_charting.start(); // what is filtered out is selected no more
    });
    connect(&m_loader, &ProjectLoader::availableChanged, this,
        [this] { m_charts->setAvailableMetrics(m_loader.metricNames()); });
    connect(&m_loader, &ProjectLoader::columnsChosen, this, [this] {
        QStringList metrics;
        for (const TableColumn &column : m_table.columns()) {
            if (column.isMetric() && metrics.size() < metricsAtFirst)
                metrics << column.name;
        }
        if (m_charts->metrics().isEmpty())
            m_charts->setMetrics(metrics);
        m_saving.start();
    });
    connect(&m_loader, &ProjectLoader::loaded, m_view, &ExperimentView::fitColumns);
    connect(&m_loader, &ProjectLoader::loaded, this, [this] {
        if (m_loader.values().isIncomplete())
            showNotice(tr("Some values are loaded for the rows on screen only, to spare the server."), tr("Load All"),
                &ValueLoader::loadEverything);
    });
    connect(&m_loader, &ProjectLoader::partFailed, this, &ExperimentsPage::showFailure);
    ValueLoader &values = m_loader.values();
    connect(&values, &ValueLoader::failed, this, &ExperimentsPage::showFailure);
    connect(&values, &ValueLoader::budgetReached, this, [this](int calls) {
        showNotice(tr("Only the values of the rows on screen are loaded from now on: %1 of the hour's requests are "
                      "used.").arg(format::count(calls)),
            tr("Load All"), &ValueLoader::loadEverything);
    });
    connect(&values, &ValueLoader::started, this, &ExperimentsPage::showTask);
    connect(&values, &ValueLoader::progressChanged, this, [this] {
        if (m_task)
            m_task->setProgress(m_loader.values().done(), m_loader.values().total());
    });
    connect(&values, &ValueLoader::settled, this, [this] {
        if (m_task)
            m_task->finish();
    });
}

void ExperimentsPage::showTask()
{
    if (m_task)
        m_task->finish();
    ValueLoader &values = m_loader.values();
    if (values.total() == 0)
        return;
    m_task = m_tasks.add(tr("Loading values of %1").arg(m_project), this);
    m_task->setProgress(0, values.total());
    connect(m_task, &Task::cancelled, this, [this] {
        m_loader.values().stop();
        showNotice(tr("Loading was stopped; cells with “…” are not loaded."), tr("Go On"), &ValueLoader::retry);
    });
}

void ExperimentsPage::showFailure(const api::Error &error)
{
    showNotice(error.sentence(), tr("Retry"), &ValueLoader::retry);
}

void ExperimentsPage::showNotice(const QString &text, const QString &action, void (ValueLoader::*slot)())
{
    m_notice->post(MessageBar::Kind::Warning, text, action, this, [this, slot] { (m_loader.values().*slot)(); });
}

void ExperimentsPage::setProject(Session *session, const QString &workspace, const QString &project)
{
    const bool same = session && session == m_session && workspace == m_workspace && project == m_project;
    if (same)
        return;
    if (m_saving.isActive()) {
        m_saving.stop();
        saveLayout();
    }
    m_session = session;
    m_server = session ? session->profile().id : QString();
    m_workspace = workspace;
    m_project = project;
    while (!m_notice->text().isEmpty())
        m_notice->dismiss();
    m_loader.close();
    m_charts->setRuns(nullptr, {});
    m_charts->setMetrics({});
    m_query->setProject(session, workspace, project);
    if (!session)
        return;
    m_emptyProject->setProject(session->client().root(), workspace, project);
    restoreLayout();
}

void ExperimentsPage::restoreLayout()
{
    QScopedValueRollback restoring(m_isRestoring, true);
    const TableLayout layout
        = TableLayout::fromJson(m_settings.layout(QString::fromLatin1(layoutKind), subject()));
    m_filterBar->setFilter({m_filterBar->filter().mode, {}});
    m_filterBar->setArchived(layout.archived);
    m_loader.setArchived(layout.archived);
    m_view->setPinned(layout.pinned);
    m_view->setWidths(layout.widths);
    m_charts->setMetrics(layout.chartedMetrics);
    const QStringList eyes = m_settings.names(QString::fromLatin1(eyesKind), subject());
    m_visible.clear(eyes.isEmpty() ? std::nullopt : std::optional(eyes));
    m_loader.open(&m_session->client(), m_workspace, m_project, layout.columns);
    m_table.setFilter(m_filterBar->filter());
    if (layout.sort.empty())
        m_table.setSort({{{TableColumn::Source::Start, {}}, true}});
    else
        m_table.setSort(layout.sort);
}

void ExperimentsPage::saveLayout()
{
    if (m_server.isEmpty() || m_project.isEmpty())
        return;
    TableLayout layout;
    layout.columns = m_view->visualColumns();
    layout.widths = m_view->widths();
    layout.pinned = m_view->pinned();
    layout.sort = m_table.sortedBy();
    layout.archived = m_loader.archived();
    layout.chartedMetrics = m_charts->metrics();
    m_settings.setLayout(QString::fromLatin1(layoutKind), subject(), layout.toJson());
    m_settings.setNames(QString::fromLatin1(eyesKind), subject(), m_visible.chosen().value_or(QStringList()));
}

QString ExperimentsPage::subject() const
{
    return m_server + u'/' + m_workspace + u'/' + m_project;
}

void ExperimentsPage::showState()
{
    showCounts();
    const auto content = [this](const QString &icon, const QString &title, const QString &sentence) {
        m_empty->setContent(icon, title, sentence);
        m_places->setCurrentWidget(m_empty);
    };
    const bool isEmpty = m_table.experimentCount() == 0;
    m_filterBar->setEnabled(m_session);
    // Nothing to select: the room is for what to do about it; or a query is built first.
    m_charts->setVisible(!isEmpty && !m_query->isOpen());
    if (!isEmpty) {
        if (m_loader.state() == ProjectLoader::State::Failed)
            m_notice->post(MessageBar::Kind::Error, m_loader.error().sentence(), tr("Retry"), &m_loader,
                [this] { m_loader.refresh(); });
        if (m_table.rowCount() > 0 || m_table.isArranging() || (m_table.filter().isEmpty() && !m_table.found())) {
            m_places->setCurrentWidget(m_view);
            return;
        }
        if (m_table.filter().isEmpty()) {
            content(u"view-filter"_s, tr("The query finds nothing"),
                tr("None of the %1 experiments matches it.")
                    .arg(format::count(static_cast<qint64>(m_table.experimentCount()))));
            connect(m_empty->addButton(tr("Clear Query")), &QPushButton::clicked, m_query, &QueryPane::clear);
            return;
        }
        content(u"view-filter"_s, tr("No experiment matches"),
            tr("None of the %1 experiments matches “%2”.")
                .arg(format::count(static_cast<qint64>(m_table.experimentCount())), m_table.filter().text));
        connect(m_empty->addButton(tr("Clear Filter")), &QPushButton::clicked, m_filterBar, &FilterBar::clearFilter);
        return;
    }
    switch (m_loader.state()) {
    case ProjectLoader::State::Failed:
        content(u"dialog-error"_s, tr("The experiments could not be loaded"), m_loader.error().sentence());
        connect(m_empty->addButton(tr("Retry")), &QPushButton::clicked, &m_loader, &ProjectLoader::refresh);
        break;
    case ProjectLoader::State::Listed:
        if (m_loader.archived() == api::Archived::Yes)
            content(u"application-x-archive"_s, tr("Nothing is archived"),
                tr("This project has no archived experiments."));
        else
            m_places->setCurrentWidget(m_emptyProject);
        break;
    case ProjectLoader::State::Loading:
        if (m_places->currentWidget() == m_empty && m_patience.isActive())
            break;
        if (!m_patience.isActive() && m_places->currentWidget() == m_blank) {
            content(QString(), tr("Loading…"), tr("Asking %1 for the experiments of %2.")
                .arg(m_session ? m_session->profile().name : QString(), m_project));
            break;
        }
        m_places->setCurrentWidget(m_blank);
        m_patience.start();
        break;
    case ProjectLoader::State::Idle:
        m_places->setCurrentWidget(m_blank);
        break;
    }
}

void ExperimentsPage::showCounts()
{
    const int shown = m_table.rowCount();
    const int selected = m_view->selectedCount();
    m_filterBar->setCounts(static_cast<std::size_t>(shown), m_table.experimentCount());
    m_selected->setText(tr("%1 of %2 selected").arg(format::count(selected), format::count(shown)));
    m_strip->setVisible(selected > 0);
    emit selectionChanged(selected, shown);
}

void ExperimentsPage::showCharts()
{
    std::vector<ChartedRun> runs;
    QStringList keys;
    QStringList names;
    for (int row : m_view->selectedRows(ChartPane::mostRuns + 1)) { // one more: the pane says where it stops
        const std::size_t experiment = *m_table.experimentAt(row);
        const QString key = m_table.experiments().keys.at(experiment);
        const api::State state = m_table.state(experiment);
        const bool mayGrow = state == api::State::Running || state == api::State::Unknown;
        runs.push_back({key, {}, m_visible.colourOf(key), mayGrow, m_table.experiments().starts[experiment]});
        keys.append(key);
        names.append(m_table.displayName(experiment));
    }
    names = distinctNames(names, keys);
    for (std::size_t i = 0; i < runs.size(); ++i)
        runs[i].name = names[static_cast<qsizetype>(i)];
    m_visible.setSelected(keys);
    showColours();
    m_charts->setRuns(m_session, runs);
}

// Of what is drawn below, and of what the charts page draws.
void ExperimentsPage::showColours()
{
    QHash<QString, int> colours;
    const QStringList selected = m_visible.selected().mid(0, static_cast<qsizetype>(ChartPane::mostRuns));
    for (const QString &key : selected + m_visible.shown())
        colours.insert(key, m_visible.colourOf(key));
    const QStringList &shown = m_visible.shown();
    m_view->setCharted(colours, QSet<QString>(shown.cbegin(), shown.cend()));
}
