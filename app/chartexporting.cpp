// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/chartexporting.h"

#include "models/api/background.h"
#include "models/browse/projectloader.h"
#include "models/charts/chartexport.h"
#include "models/charts/panelfeed.h"
#include "models/charts/runnames.h"
#include "ui/charts/exportsource.h"
#include "ui/charts/settingstext.h"

#include <algorithm>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

std::vector<TableColumn> columnsFor(const Grouping &grouping)
{
    std::vector<TableColumn> columns{{TableColumn::Source::Name, {}}, {TableColumn::Source::Tags, {}}};
    if (grouping.source == Grouping::Source::Parameter)
        columns.push_back({TableColumn::Source::Parameter, grouping.name});
    else if (grouping.source == Grouping::Source::Other)
        columns.push_back({TableColumn::Source::Other, grouping.name});
    return columns;
}

} // namespace

ChartExporting::ChartExporting(Session &session, const ChartRequest &request, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_request(request)
{
    auto *finder = new OpenPath(session, request.path, this);
    connect(finder, &OpenPath::found, this, &ChartExporting::open);
    connect(finder, &OpenPath::failed, this, &ChartExporting::fail);
}

ChartExporting::~ChartExporting() = default;

void ChartExporting::fail(const QString &sentence)
{
    if (!std::exchange(m_done, true))
        emit failed(sentence);
}

void ChartExporting::open(const Place &place)
{
    if (place.project.isEmpty()) {
        fail(tr("--export-chart needs a project: WORKSPACE/PROJECT."));
        return;
    }
    m_place = place;
    m_table = std::make_unique<ExperimentTable>();
    m_project = std::make_unique<ProjectLoader>(*m_table);
    connect(m_project.get(), &ProjectLoader::loaded, this, &ChartExporting::experimentsLoaded);
    const auto failedPart = [this](const api::Error &error) { fail(error.sentence()); };
    connect(&m_project->values(), &ValueLoader::failed, this, failedPart);
    connect(m_project.get(), &ProjectLoader::partFailed, this, failedPart);
    connect(m_project.get(), &ProjectLoader::stateChanged, this, [this] {
        if (m_project->state() == ProjectLoader::State::Failed)
            fail(m_project->error().sentence());
    });
    m_project->open(&m_session.client(), place.workspace, place.project, columnsFor(m_request.grouping));
}

void ChartExporting::experimentsLoaded()
{
    if (m_charts || m_done)
        return;
    const bool needsValues = m_request.grouping.isActive();
    if (needsValues && m_project->values().isIncomplete() && !std::exchange(m_askedAll, true))
        m_project->loadEverything();
    else
        loadCharts();
}

void ChartExporting::loadCharts()
{
    std::vector<ChartedRun> runs;
    QStringList names;
    for (std::size_t i = 0; i < m_table->experimentCount(); ++i) {
        const QString &key = m_table->experiments().keys.at(i);
        if (!m_place.experiment.isEmpty() && m_place.experiment != key)
            continue;
        runs.push_back({key, {}, static_cast<int>(runs.size()), false, m_table->experiments().starts[i]});
        m_keys.append(key);
        names.append(m_table->displayName(i));
    }
    names = distinctNames(names, m_keys);
    for (std::size_t i = 0; i < runs.size(); ++i)
        runs[i].name = names[static_cast<qsizetype>(i)];
    if (m_keys.isEmpty()) {
        fail(tr("There are no experiments in %1.").arg(m_request.path));
        return;
    }
    m_charts = std::make_unique<ChartLoader>();
    m_charts->setMostBytes(std::numeric_limits<std::size_t>::max());
    m_feed = std::make_unique<PanelFeed>(*m_charts);
    PanelSettings panel;
    panel.metrics = m_request.metrics;
    ChartSettings settings;
    settings.xAxis = m_request.xAxis;
    settings.smoothing = m_request.smoothing;
    settings.grouping = m_request.grouping;
    m_feed->setPanel(panel, settings);
    m_feed->setRuns(std::move(runs));
    m_feed->setGroupOf([this](const Grouping &grouping, const QString &key) { return groupOf(grouping, key); });
    connect(m_charts.get(), &ChartLoader::linesChanged, this, &ChartExporting::linesChanged);
    connect(m_feed.get(), &PanelFeed::shownChanged, this, &ChartExporting::write);
    m_charts->setSource(m_session.client().root().toString(),
        [this](const api::ChartQuestion &question, api::Priority priority) {
            return m_session.client().metricsForChart(question, priority);
        });
    m_charts->setWanted(m_keys, m_feed->metrics());
}

QString ChartExporting::groupOf(const Grouping &grouping, const QString &key) const
{
    const std::optional<std::size_t> experiment = m_table->experimentOf(key);
    if (!experiment)
        return {};
    if (grouping.source == Grouping::Source::Tag) {
        const QStringList tags = m_table->tags(*experiment);
        if (grouping.name.isEmpty())
            return tags.isEmpty() ? QString() : tags.join(u", "_s);
        return tags.contains(grouping.name) ? grouping.name : QString();
    }
    const QString text = m_table->exactText(*experiment, columnsFor(grouping).back());
    return text.isEmpty() ? QString() : text;
}

// The chart is made once every point is there.
void ChartExporting::linesChanged()
{
    if (m_done || m_isComplete)
        return;
    using State = ChartLoader::Line::State;
    for (const QString &metric : m_feed->metrics()) {
        for (const QString &key : m_keys) {
            const ChartLoader::Line &line = m_charts->line(key, metric);
            if (line.error) {
                fail(line.error->sentence());
                return;
            }
            if (line.state == State::Waiting || line.state == State::Sampled)
                return;
        }
    }
    m_isComplete = true;
    m_feed->update();
}

void ChartExporting::write()
{
    if (!m_isComplete || std::exchange(m_done, true))
        return;
    for (const QString &metric : m_request.metrics) {
        const auto isThere = [&](const QString &key) { return m_charts->line(key, metric).points != nullptr; };
        if (std::none_of(m_keys.cbegin(), m_keys.cend(), isThere)) {
            const QString sentence = tr("No experiment in %1 has logged %2.").arg(m_request.path, metric);
            // What was meant may be one name.
            emit failed(m_request.metrics.size() > 1 ? sentence + u' ' + ChartRequest::commaHelp() : sentence);
            return;
        }
    }
    if (m_feed->shown()->content.lines.empty()) {
        QStringList sentences{tr("Nothing in %1 can be drawn over %2").arg(m_request.path, axisName(m_request.xAxis))};
        sentences += leftOutTexts(m_feed->shown()->question, m_feed->shown()->content);
        emit failed(sentences.join(u". "_s) + u'.');
        return;
    }
    ChartContent content;
    content.title = m_request.metrics.join(u", "_s);
    content.series = m_feed->seriesNames();
    content.shown = m_feed->shown();
    for (const QString &text : leftOutTexts(m_feed->shown()->question, m_feed->shown()->content))
        emit remarked(text + u'.');
    const ExportedChart chart = exportedChart(content, settingsText(m_feed->settings(), m_feed->panel()));
    ExportOptions options;
    options.format = *ExportOptions::formatOf(m_request.file);
    options.size = m_request.size;
    runInBackground(this, [chart, options, file = m_request.file] { return writeExport(chart, options, file); },
        [this](const QString &problem) {
            if (problem.isEmpty())
                emit exported(m_request.file);
            else
                emit failed(problem);
        });
}
