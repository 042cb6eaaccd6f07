// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the page shows; how its layout is edited is in chartspagelayout.cpp.

#include "ui/charts/chartspage.h"

#include "models/charts/visibleruns.h"
#include "models/session/session.h"
#include "models/session/settings.h"
#include "models/values/format.h"
#include "ui/charts/chartbar.h"
#include "ui/charts/chartgrid.h"
#include "ui/charts/chartpanel.h"
#include "ui/charts/datatable.h"
#include "ui/charts/metricchooser.h"
#include "ui/charts/runlistpane.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tint.h"

#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostRuns = 200; // more are not charted at once; the page says so
constexpr auto refreshEvery = 10'000; // milliseconds, of runs that may grow, while the page is in front

} // namespace

ChartsPage::ChartsPage(Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
{
    setAccessibleName(tr("Charts"));
    makeWidgets();
    makeLayoutMenu();
    connectBar();
    connectRuns();
    for (auto [timer, wait] : {std::pair(&m_saving, 400), {&m_update, 16}, {&m_wanting, 60}}) {
        timer->setSingleShot(true);
        timer->setInterval(wait);
    }
    m_refreshing.setInterval(refreshEvery);
    connect(&m_saving, &QTimer::timeout, this, &ChartsPage::keepLayout);
    connect(&m_update, &QTimer::timeout, this, &ChartsPage::updatePanels);
    connect(&m_wanting, &QTimer::timeout, this, &ChartsPage::want);
    connect(&m_refreshing, &QTimer::timeout, this, &ChartsPage::refresh);
    connect(&m_loader, &ChartLoader::linesChanged, this, &ChartsPage::updateSoon);
    connect(m_grid, &ChartGrid::panelMade, this, &ChartsPage::takePanel);
    connect(m_grid, &ChartGrid::visibleChanged, &m_wanting, qOverload<>(&QTimer::start));
    connect(&m_links, &ChartLinks::cursorMoved, this, [this](ChartView *view, std::optional<double> x) {
        for (ChartPanel *panel : allPanels()) {
            if (panel->view() == view)
                m_read = panel;
        }
        m_cursor = x;
        updateValues();
    });
    connect(&m_links, &ChartLinks::pointedAt, m_runList, &RunListPane::setEmphasised);
    showPlace();
}

ChartsPage::~ChartsPage()
{
    if (m_saving.isActive())
        keepLayout();
    for (const QPointer<ChartPanel> &window : std::as_const(m_windows))
        delete window;
    delete m_grid; // before the loader that its panels read
}

void ChartsPage::makeWidgets()
{
    m_bar = new ChartBar(this);
    m_search = new SearchField(tr("Search panels"), this);
    m_search->setFixedWidth(148);
    m_summary = new QLabel(this);
    theme::tint(m_summary, &theme::Tokens::warn);
    m_summary->setAccessibleName(tr("What is charted"));
    m_grid = new ChartGrid(m_loader, this);
    m_empty = new EmptyState(this);
    m_places = new QStackedWidget(this);
    m_places->addWidget(m_empty);
    m_places->addWidget(m_grid);
    m_runList = new RunListPane(this);
    m_chooser = new MetricChooser(this);

    m_bar->addWidget(m_search);
    m_bar->addWidget(m_summary);
    auto *left = new QWidget(this);
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, 0);
    leftColumn->setSpacing(0);
    leftColumn->addWidget(m_bar);
    leftColumn->addWidget(m_places, 1);
    left->setMinimumWidth(320);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_runList);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setCollapsible(0, false);
    m_splitter->setSizes({1000, 272});
    m_splitter->restoreState(m_settings.layout(u"splitter"_s, u"charts"_s));
    connect(m_splitter, &QSplitter::splitterMoved, this,
        [this] { m_settings.setLayout(u"splitter"_s, u"charts"_s, m_splitter->saveState()); });
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_splitter);
    setFocusProxy(m_runList->view());
}

void ChartsPage::connectBar()
{
    connect(m_bar, &ChartBar::settingsChanged, this, &ChartsPage::applySettings);
    connect(m_bar, &ChartBar::resetRequested, &m_links, &ChartLinks::resetZoom);
    connect(m_bar, &ChartBar::rangesToggled, &m_links, &ChartLinks::setSelecting);
    connect(m_bar, &ChartBar::addRequested, this, &ChartsPage::choosePanels);
    connect(m_bar, &ChartBar::undoRequested, this, [this] { undo(false); });
    connect(m_bar, &ChartBar::redoRequested, this, [this] { undo(true); });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_grid->setSearch(text.trimmed());
        showPlace();
    });
    connect(m_search, &SearchField::left, this, [this] {
        const std::vector<ChartPanel *> panels = m_grid->visiblePanels();
        if (!panels.empty())
            panels.front()->view()->setFocus();
    });
    connect(m_grid, &ChartGrid::fullSizeChanged, this, &ChartsPage::showPlace);
}

void ChartsPage::connectRuns()
{
    connect(m_runList, &RunListPane::shownRequested, this, &ChartsPage::shownRequested);
    connect(m_runList, &RunListPane::onlyRequested, this, &ChartsPage::onlyRequested);
    connect(m_runList, &RunListPane::selectionRequested, this, &ChartsPage::selectionRequested);
    connect(m_runList, &RunListPane::activated, this, &ChartsPage::runActivated);
    connect(m_runList, &RunListPane::pointedAt, this, &ChartsPage::emphasise);
}

void ChartsPage::emphasise(const QString &key)
{
    m_links.setEmphasised(key);
    m_runList->setEmphasised(key);
}

void ChartsPage::setProject(Session *session, const QString &subject)
{
    if (session == m_session && subject == m_subject)
        return;
    if (session != m_session)
        m_sourceId.clear();
    m_session = session;
    const QPointer<Session> guarded = session;
    setSource(session ? session->profile().id : QString(),
        [guarded](const api::ChartQuestion &question, api::Priority priority) -> api::Reply<api::ChartAnswer> * {
            return guarded ? guarded->client().metricsForChart(question, priority) : nullptr;
        },
        session ? subject : QString());
}

void ChartsPage::setSource(const QString &id, const ChartLoader::Source &source, const QString &subject)
{
    if (m_saving.isActive())
        keepLayout();
    if (id != m_sourceId || id.isEmpty()) {
        m_sourceId = id;
        m_loader.setSource(id, id.isEmpty() ? ChartLoader::Source() : source);
    }
    if (subject == m_subject)
        return;
    m_subject = subject;
    m_metrics.clear();
    setRuns({});
    restoreLayout(subject);
}

void ChartsPage::setRuns(const std::vector<RunList::Entry> &runs)
{
    std::vector<ChartedRun> shown;
    std::size_t all = 0;
    for (const RunList::Entry &entry : runs) {
        all += entry.isShown ? 1 : 0;
        if (entry.isShown && shown.size() < mostRuns)
            shown.push_back(entry.run);
    }
    m_listed = runs.size();
    m_shown = all;
    m_runList->setRuns(runs);
    if (shown != m_runs) {
        m_runs = std::move(shown);
        m_allChanged = true;
        m_update.start();
        m_wanting.start();
    }
    showPlace();
}

void ChartsPage::setMetrics(const QStringList &names)
{
    if (names == m_metrics)
        return;
    m_metrics = names;
    m_bar->setMetrics(names);
    m_chooser->setNames(names);
    showLayout(m_layout);
    showPlace();
}

void ChartsPage::setGroupings(const std::vector<Grouping> &choices, const PanelFeed::GroupOf &groupOf)
{
    m_groupOf = groupOf;
    m_bar->setGroupings(choices);
    groupsChanged();
}

void ChartsPage::groupsChanged()
{
    const std::vector<ChartPanel *> panels = allPanels();
    if (std::none_of(panels.cbegin(), panels.cend(),
            [](ChartPanel *panel) { return panel->feed().settings().grouping.isActive(); }))
        return;
    m_allChanged = true;
    m_update.start();
}

std::vector<ChartPanel *> ChartsPage::allPanels() const
{
    std::vector<ChartPanel *> panels = m_grid->panels();
    for (const QPointer<ChartPanel> &window : m_windows) {
        if (window)
            panels.push_back(window);
    }
    return panels;
}

std::vector<ChartPanel *> ChartsPage::openPanels() const
{
    std::vector<ChartPanel *> panels;
    if (isVisible())
        panels = m_grid->visiblePanels();
    for (const QPointer<ChartPanel> &window : m_windows) {
        if (window)
            panels.push_back(window);
    }
    return panels;
}

// Settings, runs and links of a panel that was just made.
void ChartsPage::takePanel(ChartPanel *panel)
{
    for (const PanelSettings &settings : m_layout.panels) {
        if (m_grid->panel(settings.id) != panel)
            continue;
        panel->setPanel(settings, m_layout.settings);
        connectPanel(panel, settings.id);
        panel->feed().setGroupOf(m_groupOf);
        panel->feed().setRuns(m_runs);
        panel->feed().update();
    }
}

void ChartsPage::connectPanel(ChartPanel *panel, int id)
{
    m_links.add(panel->view());
    connect(panel, &ChartPanel::retryRequested, this, [this, panel] {
        for (const QString &metric : panel->feed().metrics())
            m_loader.retry(metric);
    });
    connect(panel, &ChartPanel::changeRequested, this, [this, id](const PanelSettings &changed) {
        if (const auto index = m_layout.indexOf(id))
            edit(m_layout.with(*index, changed));
    });
    connect(panel, &ChartPanel::moveRequested, this, [this, id](int by) {
        if (const auto index = m_layout.indexOf(id))
            edit(m_layout.shifted(*index, by));
    });
    connect(panel, &ChartPanel::removeRequested, this, [this, id] { removePanel(id); });
    connect(panel, &ChartPanel::settingsRequested, this, [this, id] { openSettings(id); });
    connect(panel, &ChartPanel::metricsRequested, this, [this, id] { addMetrics(id); });
    connect(panel, &ChartPanel::windowRequested, this, [this, id] { openWindow(id); });
    connect(panel, &ChartPanel::tableRequested, panel, [panel] { DataTable::open(*panel); });
    connect(panel, &ChartPanel::exportRequested, this, [this, panel] { emit exportRequested(panel); });
    connect(panel, &ChartPanel::queryRequested, this, &ChartsPage::queryRequested);
    connect(panel, &ChartPanel::smoothingRequested, m_bar, &ChartBar::changeSmoothing);
    connect(panel->view(), &ChartView::drawnChanged, this, [this, panel] {
        if (panel == readPanel())
            updateValues();
    });
}

void ChartsPage::applySettings(const ChartSettings &settings)
{
    if (settings.grouping.isActive() && settings.grouping != m_layout.settings.grouping)
        emit groupingChosen(settings.grouping);
    m_layout.settings = settings;
    for (ChartPanel *panel : allPanels())
        panel->setPanel(panel->panel(), settings);
    m_allChanged = true;
    updatePanels(); // now: the slider moves
    m_saving.start();
    m_wanting.start();
}

// Tells the loader what is looked at.
void ChartsPage::want()
{
    QStringList keys;
    for (const ChartedRun &run : m_runs)
        keys.append(run.key);
    QStringList metrics;
    for (ChartPanel *panel : openPanels())
        metrics += panel->feed().metrics();
    metrics.removeDuplicates();
    m_loader.setWanted(metrics.isEmpty() ? QStringList() : keys, metrics);
}

void ChartsPage::updateSoon(const QString &metric)
{
    m_changed.insert(metric);
    if (!m_update.isActive())
        m_update.start();
}

void ChartsPage::updatePanels()
{
    m_update.stop();
    const QSet<QString> changed = std::exchange(m_changed, {});
    const bool all = std::exchange(m_allChanged, false);
    const std::vector<ChartPanel *> open = openPanels(); // in the order they are looked at
    std::vector<ChartPanel *> panels = open;
    for (ChartPanel *panel : allPanels()) {
        if (std::find(open.cbegin(), open.cend(), panel) == open.cend())
            panels.push_back(panel);
    }
    for (ChartPanel *panel : panels) {
        const QStringList metrics = panel->feed().metrics();
        if (!all && std::none_of(metrics.cbegin(), metrics.cend(), [&](const QString &one) { return changed.contains(one); }))
            continue;
        panel->feed().setGroupOf(m_groupOf);
        panel->feed().setRuns(m_runs);
        panel->feed().update();
    }
}

void ChartsPage::refresh()
{
    if (!isVisible() || window()->isMinimized())
        return;
    QStringList keys;
    for (const ChartedRun &run : m_runs) {
        if (run.mayGrow)
            keys.append(run.key);
    }
    if (!keys.isEmpty() && !m_loader.isLoading())
        m_loader.refresh(keys);
}

// The panel that the pointer is or was on, else the first one.
ChartPanel *ChartsPage::readPanel() const
{
    if (m_read)
        return m_read;
    const std::vector<ChartPanel *> visible = m_grid->visiblePanels();
    return visible.empty() ? nullptr : visible.front();
}

void ChartsPage::updateValues()
{
    ChartPanel *panel = readPanel();
    if (!panel)
        return;
    QHash<QString, double> values;
    QHash<QString, int> colours;
    const std::vector<ChartLine> &lines = panel->view()->lines();
    const auto take = [&](std::size_t line, double value) {
        for (const QString &key : panel->view()->runsOf(line)) {
            if (values.contains(key))
                continue; // of several lines the first one
            values.insert(key, value);
            colours.insert(key, lines[line].run.colour);
        }
    };
    if (m_cursor) {
        for (const Reading &reading : readingsAt(lines, *m_cursor))
            take(reading.line, reading.value);
    } else {
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (lines[i].series->size() > 0)
                take(i, lines[i].series->values().back());
        }
    }
    m_runList->runs().setColours(colours);
    const QString title = panel->panel().displayTitle();
    m_runList->setValues(m_cursor ? tr("%1 at %2").arg(title, panel->view()->xText(*m_cursor)) : tr("%1, last").arg(title),
        values);
}

void ChartsPage::showPlace()
{
    QString text;
    if (m_shown > mostRuns)
        text = tr("The first %1 of %2 runs").arg(mostRuns).arg(format::count(static_cast<qint64>(m_shown)));
    m_summary->setText(text);
    m_summary->setVisible(!text.isEmpty());
    if (m_runs.empty()) {
        m_empty->setContent(u"office-chart-line"_s, tr("No Runs Are Shown"),
            m_listed == 0 ? tr("The table lists no experiments.")
                          : tr("Open the eye of a run at the right, or select experiments in the table."));
        if (m_listed > 0) {
            const auto first = std::min<qsizetype>(static_cast<qsizetype>(m_listed), VisibleRuns::first);
            connect(m_empty->addButton(tr("Show the First %1").arg(first)), &QPushButton::clicked, this,
                [this, first] { emit shownRequested(m_runList->runs().listedKeys().mid(0, first), true); });
        }
        m_places->setCurrentWidget(m_empty);
    } else if (m_layout.panels.empty()) {
        m_empty->setContent(u"office-chart-line"_s, tr("No Panels"),
            m_metrics.isEmpty() ? tr("None of the experiments logged a metric.")
                                : tr("Choose a metric to give it a panel."));
        if (!m_metrics.isEmpty())
            connect(m_empty->addButton(tr("Choose Metrics…")), &QPushButton::clicked, this, &ChartsPage::choosePanels);
        m_places->setCurrentWidget(m_empty);
    } else if (m_grid->matching() == 0 && !m_search->text().trimmed().isEmpty()) {
        m_empty->setContent(u"edit-find"_s, tr("No Panel Matches"), tr("No panel has “%1” in its name.").arg(m_search->text()));
        connect(m_empty->addButton(tr("Clear Search")), &QPushButton::clicked, m_search, &QLineEdit::clear);
        m_places->setCurrentWidget(m_empty);
    } else {
        m_places->setCurrentWidget(m_grid);
    }
}

void ChartsPage::focusFilter()
{
    m_search->setFocus();
    m_search->selectAll();
}

// Here Ctrl+Z means the layout, as long as there is something to take back; then it is the window's again.
bool ChartsPage::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if ((key->matches(QKeySequence::Undo) && m_history.canUndo())
            || (key->matches(QKeySequence::Redo) && m_history.canRedo())) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void ChartsPage::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Undo) && undo(false))
        return;
    if (event->matches(QKeySequence::Redo) && undo(true))
        return;
    QWidget::keyPressEvent(event);
}

void ChartsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_refreshing.start();
    m_wanting.start();
}

void ChartsPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_refreshing.stop();
    m_wanting.start();
}
