// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/project/projectcharts.h"

#include "models/charts/runnames.h"
#include "ui/browse/experimentspage.h"
#include "ui/charts/chartspage.h"

#include <algorithm>

using namespace Qt::StringLiterals;

ProjectCharts::ProjectCharts(ExperimentsPage &experiments, ChartsPage &charts, QObject *parent)
    : QObject(parent)
    , m_experiments(experiments)
    , m_charts(charts)
{
    m_update.setSingleShot(true);
    m_update.setInterval(30);
    connect(&m_update, &QTimer::timeout, this, &ProjectCharts::takeRuns);
    connectRuns();
    connect(m_experiments.loader(), &ProjectLoader::availableChanged, this, &ProjectCharts::takeMetrics);
    connect(&m_charts, &ChartsPage::groupingChosen, this, &ProjectCharts::showValuesOf);
    connect(&m_experiments.loader()->values(), &ValueLoader::progressChanged, &m_charts, &ChartsPage::groupsChanged);
    connect(&m_experiments.loader()->values(), &ValueLoader::settled, &m_charts, &ChartsPage::groupsChanged);
}

void ProjectCharts::connectRuns()
{
    VisibleRuns &visible = m_experiments.visibleRuns();
    connect(m_experiments.table(), &ExperimentTable::arranged, this, &ProjectCharts::changedSoon);
    connect(m_experiments.table(), &ExperimentTable::experimentsChanged, this, &ProjectCharts::changedSoon);
    connect(&visible, &VisibleRuns::changed, this, &ProjectCharts::changedSoon);
    connect(&m_charts, &ChartsPage::shownRequested, &visible, &VisibleRuns::setShown);
    connect(&m_charts, &ChartsPage::onlyRequested, &visible, &VisibleRuns::showOnly);
    connect(&m_charts, &ChartsPage::selectionRequested, &visible, &VisibleRuns::followSelection);
    connect(&m_charts, &ChartsPage::runActivated, &m_experiments, &ExperimentsPage::experimentActivated);
    connect(&m_charts, &ChartsPage::message, &m_experiments, &ExperimentsPage::message);
}

void ProjectCharts::setActive(bool active)
{
    m_isActive = active;
    if (!active)
        return;
    takeMetrics();
    takeRuns();
}

void ProjectCharts::changedSoon()
{
    m_isStale = true;
    if (m_isActive && !m_update.isActive())
        m_update.start();
}

void ProjectCharts::takeRuns()
{
    if (!m_isActive || !std::exchange(m_isStale, false))
        return;
    const ExperimentTable &table = *m_experiments.table();
    VisibleRuns &visible = m_experiments.visibleRuns();
    if (visible.wantsFirst()) {
        QStringList first;
        for (int row = 0; row < std::min(table.rowCount(), VisibleRuns::first); ++row)
            first.append(table.experiments().keys.at(*table.experimentAt(row)));
        visible.setFirst(first);
    }
    QStringList keys;
    QStringList names;
    for (int row = 0; row < table.rowCount(); ++row) {
        keys.append(table.experiments().keys.at(*table.experimentAt(row)));
        names.append(table.displayName(*table.experimentAt(row)));
    }
    names = distinctNames(names, keys);
    std::vector<RunList::Entry> runs;
    runs.reserve(static_cast<std::size_t>(table.rowCount()));
    for (int row = 0; row < table.rowCount(); ++row) {
        const std::size_t experiment = *table.experimentAt(row);
        const QString &key = keys[row];
        const api::State state = table.state(experiment);
        const bool isShown = visible.isShown(key);
        runs.push_back({{key, names[row], isShown ? visible.colourOf(key) : 0,
                            state == api::State::Running || state == api::State::Unknown,
                            table.experiments().starts[experiment]},
            isShown});
    }
    m_charts.setRuns(runs);
}

void ProjectCharts::takeMetrics()
{
    if (!m_isActive)
        return;
    QStringList metrics;
    std::vector<Grouping> groupings;
    Grouping tags;
    tags.source = Grouping::Source::Tag;
    groupings.push_back(tags);
    for (const api::Column &column : m_experiments.loader()->available()) {
        Grouping grouping;
        grouping.name = column.name;
        switch (column.source) {
        case api::Column::Source::Metric:
            metrics.append(column.name);
            break;
        case api::Column::Source::Parameter:
            grouping.source = Grouping::Source::Parameter;
            groupings.push_back(grouping);
            break;
        case api::Column::Source::Other:
            grouping.source = Grouping::Source::Other;
            groupings.push_back(grouping);
            break;
        default:
            break;
        }
    }
    // Those that are no machine's first, as they are what a training is about.
    std::stable_partition(metrics.begin(), metrics.end(), [](const QString &name) { return !name.startsWith(u"sys."_s); });
    m_charts.setMetrics(metrics);
    m_charts.setGroupings(groupings,
        [this](const Grouping &grouping, const QString &key) { return groupOf(grouping, key); });
}

namespace {

TableColumn columnOf(const Grouping &grouping)
{
    return {grouping.source == Grouping::Source::Parameter ? TableColumn::Source::Parameter : TableColumn::Source::Other,
        grouping.name};
}

} // namespace

QString ProjectCharts::groupOf(const Grouping &grouping, const QString &key) const
{
    const ExperimentTable &table = *m_experiments.table();
    const auto experiment = table.experimentOf(key);
    if (!experiment)
        return {};
    if (grouping.source == Grouping::Source::Tag) {
        QStringList tags = table.tags(*experiment);
        tags.sort();
        if (grouping.name.isEmpty())
            return tags.isEmpty() ? QString() : tags.join(u", "_s);
        return tags.contains(grouping.name) ? grouping.name : QString();
    }
    const ValueColumn *values = table.values(columnOf(grouping));
    return values && *experiment < values->size() ? values->text(*experiment) : QString();
}

// The table asks the server for what it shows; what is grouped by is worth being seen there too.
void ProjectCharts::showValuesOf(const Grouping &grouping)
{
    if (grouping.source != Grouping::Source::Parameter && grouping.source != Grouping::Source::Other)
        return;
    std::vector<TableColumn> columns = m_experiments.table()->columns();
    const TableColumn wanted = columnOf(grouping);
    if (columns.empty() || std::find(columns.cbegin(), columns.cend(), wanted) != columns.cend())
        return;
    columns.push_back(wanted);
    m_experiments.loader()->showColumns(columns);
}
