// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/charts/chartpane.h"

#include "models/session/session.h"
#include "models/values/format.h"
#include "ui/charts/chartpanel.h"
#include "ui/charts/datatable.h"
#include "ui/charts/metricchooser.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tint.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int panelWidth = 420; // more panels side by side where each has this much
constexpr int panelHeight = 230; // where there is room for it
constexpr int smallestPanelHeight = 140;
constexpr int gap = 8;
constexpr int updateMilliseconds = 16;

} // namespace

ChartPane::ChartPane(QWidget *parent)
    : QWidget(parent)
    , m_chooserButton(new QToolButton(this))
    , m_resetButton(new QToolButton(this))
    , m_summary(new QLabel(this))
    , m_chooser(new MetricChooser(this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_scroll(new QScrollArea(this))
    , m_grid(nullptr)
{
    setAccessibleName(tr("Charts"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    makeBar();
    makePages();
    column->addWidget(m_pages, 1);

    m_update.setSingleShot(true);
    m_update.setInterval(updateMilliseconds);
    connect(&m_update, &QTimer::timeout, this, &ChartPane::updatePanels);
    connect(&m_loader, &ChartLoader::linesChanged, this, [this](const QString &metric) {
        m_changed.insert(metric);
        if (!m_update.isActive())
            m_update.start();
    });
    connect(m_chooser, &MetricChooser::chosenChanged, this, &ChartPane::choose);
    showPage();
}

ChartPane::~ChartPane() = default;

void ChartPane::makeBar()
{
    m_chooserButton->setIcon(theme::icon(u"list-add"_s));
    m_chooserButton->setText(tr("Metrics"));
    m_chooserButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_chooserButton->setAutoRaise(true);
    m_chooserButton->setToolTip(tr("Choose the metrics that have a panel"));
    connect(m_chooserButton, &QToolButton::clicked, this, [this] { m_chooser->popUpBelow(m_chooserButton); });
    m_resetButton->setIcon(theme::icon(u"zoom-fit-best"_s));
    m_resetButton->setText(tr("Reset Zoom"));
    m_resetButton->setAutoRaise(true);
    m_resetButton->setToolTip(tr("Reset the zoom of all panels"));
    connect(m_resetButton, &QToolButton::clicked, &m_links, &ChartLinks::resetZoom);
    theme::tint(m_summary, &theme::Tokens::secondary);
    m_summary->setAccessibleName(tr("What is charted"));

    auto *row = new QHBoxLayout;
    row->setContentsMargins(gap, 4, gap, 4);
    row->setSpacing(gap);
    row->addWidget(m_chooserButton);
    row->addStretch(1);
    row->addWidget(m_summary);
    row->addWidget(m_resetButton);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
}

void ChartPane::makePages()
{
    auto *panels = new QWidget;
    m_grid = new QGridLayout(panels);
    m_grid->setContentsMargins(gap, 0, gap, gap);
    m_grid->setSpacing(gap);
    m_scroll->setWidget(panels);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_scroll);
}

void ChartPane::setRuns(Session *session, const std::vector<ChartedRun> &runs)
{
    if (!session) {
        setRuns(QString(), {}, {});
        return;
    }
    const QPointer<Session> guarded = session;
    if (session != m_session)
        m_sourceId.clear(); // the same server connected anew: what is loaded stays
    m_session = session;
    setRuns(session->profile().id,
        [guarded](const api::ChartQuestion &question, api::Priority priority) -> api::Reply<api::ChartAnswer> * {
            return guarded ? guarded->client().metricsForChart(question, priority) : nullptr;
        },
        runs);
}

void ChartPane::setRuns(
    const QString &id, const ChartLoader::Source &source, const std::vector<ChartedRun> &runs)
{
    if (id != m_sourceId) {
        m_sourceId = id;
        m_loader.setSource(id, source);
    }
    m_selected = runs.size();
    m_runs.assign(runs.cbegin(), runs.cbegin() + static_cast<std::ptrdiff_t>(std::min(runs.size(), mostRuns)));
    want();
}

void ChartPane::setAvailableMetrics(const QStringList &names)
{
    m_chooser->setNames(names);
    showPage();
}

void ChartPane::setMetrics(const QStringList &names)
{
    QStringList unique = names;
    unique.removeDuplicates();
    if (unique == m_metrics)
        return;
    for (const QString &metric : std::as_const(m_metrics)) {
        if (!unique.contains(metric))
            m_panels.take(metric)->deleteLater();
    }
    m_metrics = unique;
    for (const QString &metric : std::as_const(m_metrics)) {
        if (!m_panels.contains(metric))
            m_panels.insert(metric, makePanel(metric));
    }
    m_chooser->setChosen(m_metrics);
    arrangePanels();
    want();
}

// What the person chose.
void ChartPane::choose(const QStringList &names)
{
    if (names == m_metrics)
        return;
    setMetrics(names);
    emit metricsChanged(m_metrics);
}

ChartPanel *ChartPane::makePanel(const QString &metric)
{
    auto *panel = new ChartPanel(m_loader, ChartPanel::Place::Pane, m_scroll->widget());
    PanelSettings settings;
    settings.metrics = {metric};
    panel->setPanel(settings, {});
    connect(panel, &ChartPanel::retryRequested, this, [this, metric] { m_loader.retry(metric); });
    connect(panel, &ChartPanel::changeRequested, panel, [panel](const PanelSettings &changed) {
        panel->setPanel(changed, {});
        panel->feed().update();
    });
    connect(panel, &ChartPanel::removeRequested, this, [this, metric] {
        QStringList names = m_metrics;
        names.removeAll(metric);
        choose(names);
    });
    connect(panel, &ChartPanel::moveRequested, this, [this, metric](int by) {
        QStringList names = m_metrics;
        const qsizetype from = names.indexOf(metric);
        names.move(from, std::clamp(from + by, qsizetype{0}, names.size() - 1));
        choose(names);
    });
    connect(panel, &ChartPanel::exportRequested, this, [this, panel] { emit exportRequested(panel); });
    connect(panel, &ChartPanel::queryRequested, this, &ChartPane::queryRequested);
    connect(panel, &ChartPanel::tableRequested, panel, [panel] { DataTable::open(*panel); });
    m_links.add(panel->view());
    return panel;
}

void ChartPane::arrangePanels()
{
    while (QLayoutItem *item = m_grid->takeAt(0))
        delete item; // the panel itself stays
    const int count = static_cast<int>(m_metrics.size());
    const int fitting = std::max(1, (width() - gap) / (panelWidth + gap));
    const int columns = std::max(1, std::min(count, fitting));
    // A row is never higher than what is seen of the grid: a panel without its axis says nothing.
    const int height = std::clamp(m_pages->height() - gap, smallestPanelHeight, panelHeight);
    QWidget *before = m_chooserButton;
    for (int i = 0; i < count; ++i) {
        ChartPanel *panel = m_panels.value(m_metrics.at(i));
        panel->setMinimumHeight(height);
        m_grid->addWidget(panel, i / columns, i % columns);
        panel->show();
        setTabOrder(before, panel->view());
        before = panel->view();
    }
    for (int column = 0; column < std::max(columns, m_grid->columnCount()); ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
}

void ChartPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (event->size() != event->oldSize())
        arrangePanels();
}

void ChartPane::showPage()
{
    m_chooserButton->setEnabled(!m_runs.empty());
    m_resetButton->setEnabled(!m_runs.empty() && !m_metrics.isEmpty());
    if (m_runs.empty()) {
        m_empty->setContent(u"office-chart-line"_s, tr("No Charts"), tr("Select experiments to see their metrics."));
        m_pages->setCurrentWidget(m_empty);
    } else if (m_metrics.isEmpty()) {
        m_empty->setContent(u"office-chart-line"_s, tr("No Panels"), tr("Choose a metric to give it a panel."));
        connect(m_empty->addButton(tr("Choose Metrics…")), &QPushButton::clicked, this,
            [this] { m_chooser->popUpBelow(m_chooserButton); });
        m_pages->setCurrentWidget(m_empty);
    } else {
        m_pages->setCurrentWidget(m_scroll);
    }
    showSummary();
}

// Tells the loader what is looked at, and shows what it has of it.
void ChartPane::want()
{
    QStringList keys;
    for (const ChartedRun &run : m_runs)
        keys.append(run.key);
    m_loader.setWanted(keys, m_metrics);
    m_changed = QSet<QString>(m_metrics.cbegin(), m_metrics.cend());
    updatePanels();
    showPage();
}

void ChartPane::refresh()
{
    QStringList keys;
    for (const ChartedRun &run : m_runs) {
        if (run.mayGrow)
            keys.append(run.key);
    }
    m_loader.refresh(keys);
}

void ChartPane::updatePanels()
{
    m_update.stop();
    const QSet<QString> changed = std::exchange(m_changed, {});
    for (const QString &metric : changed) {
        if (ChartPanel *panel = m_panels.value(metric)) {
            panel->feed().setRuns(m_runs);
            panel->feed().update();
        }
    }
    showSummary();
}

void ChartPane::showSummary()
{
    QString text;
    if (m_selected > m_runs.size())
        text = tr("The first %1 of %2 selected").arg(m_runs.size()).arg(format::count(static_cast<qint64>(m_selected)));
    else if (!m_runs.empty())
        text = m_runs.size() == 1 ? tr("1 run") : tr("%1 runs").arg(m_runs.size());
    m_summary->setText(text);
}
