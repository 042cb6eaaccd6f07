// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/projectloader.h"

#include "models/api/cache.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;
using Source = TableColumn::Source;

namespace {

constexpr qsizetype parametersSampled = 1'000; // names; a project may have 50,000
constexpr std::size_t experimentsSampled = 250; // one call
constexpr std::size_t summariesSampled = 8; // one call each
constexpr std::size_t parametersChosen = 8;
constexpr std::size_t metricsChosen = 4;

// How much a parameter tells experiments apart, from a sample; 0 where it does not vary.
int worthOf(const api::ChartAnswer &sample, qsizetype name)
{
    QSet<QString> distinct;
    int present = 0;
    for (const api::ChartedExperiment &experiment : sample) {
        const QString text = experiment.parameters.value(name);
        present += !text.isNull();
        distinct.insert(text.isNull() ? u"\u0000"_s : text);
    }
    if (distinct.size() < 2)
        return 0;
    // A text of its own in each experiment is a path or an identifier: last among those that vary.
    const bool isIdentifier = sample.size() >= 10 && distinct.size() == static_cast<qsizetype>(sample.size())
        && !sample.front().parameters.value(name).isEmpty()
        && !sample.front().parameters.value(name).front().isDigit();
    return isIdentifier ? 1 : 1 + present;
}

std::optional<TableColumn::Source> sourceOf(const api::Column &column)
{
    switch (column.source) {
    case api::Column::Source::Parameter:
        return Source::Parameter;
    case api::Column::Source::Other:
        return Source::Other;
    case api::Column::Source::Metric:
        return Source::MetricLast;
    default:
        return std::nullopt;
    }
}

// Of metrics that equally many experiments have, those come first by which people judge a run, and those
// measured on data it did not learn from before the others.
int judgement(const QString &metric)
{
    static const QRegularExpression judging(u"acc|loss|f1|auc|mse|error|score"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression unseen(u"val|test"_s, QRegularExpression::CaseInsensitiveOption);
    return metric.contains(judging) ? (metric.contains(unseen) ? 2 : 1) : 0;
}

} // namespace

ProjectLoader::ProjectLoader(ExperimentTable &table, QObject *parent)
    : QObject(parent)
    , m_table(table)
    , m_values(table)
{
    connect(&table, &ExperimentTable::experimentsChanged, this, &ProjectLoader::swapped);
    connect(&m_values, &ValueLoader::settled, this, &ProjectLoader::settle);
}

void ProjectLoader::open(api::Client *client, const QString &workspace, const QString &project,
    const std::vector<TableColumn> &columns)
{
    close();
    m_client = client;
    m_workspace = workspace;
    m_project = project;
    m_wanted = columns;
    if (!columns.empty())
        m_table.setColumns(columns);
    m_values.setProject(client, workspace, project, m_archived);
    ask();
}

void ProjectLoader::close()
{
    m_values.setProject(nullptr, {}, {}, m_archived);
    m_listing.cancel();
    m_columnNames.cancel();
    m_parameterSample.cancel();
    for (const auto &reply : std::exchange(m_metricSamples, {})) {
        if (reply)
            reply->cancel();
    }
    m_client.clear();
    m_available.clear();
    m_wanted.clear();
    m_awaitsSwap = false;
    m_hasColumns = false;
    m_isRefresh = false;
    m_loaded = false;
    m_table.clear();
    setState(State::Idle);
    emit availableChanged();
}

void ProjectLoader::refresh()
{
    if (!m_client || m_state == State::Loading)
        return;
    m_values.stop();
    m_client->cache().clear();
    m_isRefresh = m_state == State::Listed;
    ask();
}

void ProjectLoader::setArchived(api::Archived archived)
{
    if (archived == m_archived)
        return;
    m_archived = archived;
    if (!m_client)
        return;
    m_values.setProject(m_client, m_workspace, m_project, archived);
    m_listing.cancel();
    m_awaitsSwap = false;
    ask();
}

void ProjectLoader::ask()
{
    m_loaded = false;
    m_hasColumns = false;
    m_columnsError.reset();
    setState(State::Loading);
    m_listing(m_client->experiments(m_workspace, m_project, m_archived))
        ->then(this,
            [this](const api::Experiments &experiments) {
                m_awaitsSwap = true;
                m_table.setExperiments(std::make_shared<const api::Experiments>(experiments));
            })
        ->otherwise(this, [this](const api::Error &error) {
            m_error = error;
            m_columnNames.cancel();
            setState(State::Failed);
        });
    m_columnNames(m_client->columnNames(m_workspace, m_project))
        ->then(this, [this](const api::Columns &columns) { columnsListed(columns); })
        ->otherwise(this, [this](const api::Error &error) {
            m_columnsError = error;
            columnsListed({}); // the table is of use without them
        });
}

void ProjectLoader::setState(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    emit stateChanged();
}

void ProjectLoader::swapped()
{
    if (!std::exchange(m_awaitsSwap, false))
        return;
    setState(State::Listed);
    start();
}

void ProjectLoader::columnsListed(const api::Columns &columns)
{
    m_hasColumns = true;
    m_available = columns;
    emit availableChanged();
    start();
}

void ProjectLoader::start()
{
    if (m_state != State::Listed || !m_hasColumns || m_awaitsSwap)
        return;
    if (m_columnsError)
        emit partFailed(*std::exchange(m_columnsError, std::nullopt));
    QStringList tags;
    for (const api::Column &column : m_available) {
        if (column.source == api::Column::Source::Tag)
            tags << column.name;
    }
    // No tag among the columns may mean that there is none, or that this server does not list them.
    m_values.setTagNames(tags.isEmpty() ? std::nullopt : std::optional(tags));
    if (m_wanted.empty())
        chooseColumns();
    else
        m_values.start(m_isRefresh);
}

void ProjectLoader::chooseColumns()
{
    api::ChartQuestion question;
    question.metrics = QStringList();
    question.parameters = QStringList();
    for (const api::Column &column : m_available) {
        if (column.source == api::Column::Source::Parameter && question.parameters->size() < parametersSampled)
            *question.parameters << column.name;
    }
    const std::size_t experiments = std::min(m_table.experimentCount(), experimentsSampled);
    for (std::size_t i = 0; i < experiments; ++i)
        question.experiments << m_table.experiments().keys.at(i);
    if (question.experiments.isEmpty()) {
        m_values.start();
        return;
    }
    if (question.parameters->isEmpty()) {
        sampleMetrics();
        return;
    }
    const QStringList names = *question.parameters;
    m_parameterSample(m_client->metricsForChart(question))
        ->then(this,
            [this, names](const api::ChartAnswer &sample) {
                std::vector<std::pair<int, QString>> ranked;
                for (qsizetype i = 0; i < names.size(); ++i)
                    ranked.emplace_back(sample.size() == 1 ? 1 : worthOf(sample, i), names[i]);
                std::erase_if(ranked, [](const auto &one) { return one.first == 0; });
                std::stable_sort(
                    ranked.begin(), ranked.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
                ranked.resize(std::min(ranked.size(), parametersChosen));
                for (const auto &[worth, name] : ranked)
                    m_wanted.push_back({Source::Parameter, name});
                sampleMetrics();
            })
        ->otherwise(this, [this](const api::Error &error) {
            emit partFailed(error);
            sampleMetrics();
        });
}

void ProjectLoader::sampleMetrics()
{
    m_metricCounts.clear();
    m_metricSamples.clear();
    const std::size_t experiments = m_table.experimentCount();
    const std::size_t sampled = metricNames().isEmpty() ? 0 : std::min(experiments, summariesSampled);
    const auto left = std::make_shared<std::size_t>(sampled);
    for (std::size_t i = 0; i < sampled; ++i) {
        const QString key = m_table.experiments().keys.at(i * experiments / sampled);
        auto *reply = m_client->metricsSummary(key);
        m_metricSamples.emplace_back(reply);
        reply
            ->then(this,
                [this, left](const api::Summaries &summaries) {
                    for (const api::Summary &summary : summaries)
                        ++m_metricCounts[summary.name];
                    if (--*left == 0)
                        choose();
                })
            ->otherwise(this, [this, left](const api::Error &) { // one less in the sample
                if (--*left == 0)
                    choose();
            });
    }
    if (sampled == 0)
        choose();
}

void ProjectLoader::choose()
{
    QStringList metrics = metricNames();
    std::stable_sort(metrics.begin(), metrics.end(), [this](const QString &a, const QString &b) {
        return std::pair(m_metricCounts.value(a), judgement(a)) > std::pair(m_metricCounts.value(b), judgement(b));
    });
    const std::vector<TableColumn> parameters = std::exchange(m_wanted, {});
    m_wanted = {{Source::Name, {}}, {Source::State, {}}, {Source::Tags, {}}};
    for (const QString &name : metrics) {
        if (m_metricCounts.value(name) > 0 && m_wanted.size() < 3 + metricsChosen)
            m_wanted.push_back({Source::MetricLast, name});
    }
    m_wanted.insert(m_wanted.end(), parameters.begin(), parameters.end());
    m_wanted.push_back({Source::Duration, {}});
    m_wanted.push_back({Source::Start, {}});
    const TextColumn &users = m_table.experiments().users;
    bool usersDiffer = false;
    for (std::size_t i = 1; i < users.size() && !usersDiffer; ++i)
        usersDiffer = users.view(i) != users.view(0);
    if (usersDiffer)
        m_wanted.push_back({Source::User, {}});
    m_table.setColumns(m_wanted);
    emit columnsChosen();
    m_values.start();
}

QStringList ProjectLoader::metricNames() const
{
    QStringList names;
    for (const api::Column &column : m_available) {
        if (column.source == api::Column::Source::Metric && !column.name.startsWith(u"sys."_s))
            names << column.name;
    }
    return names;
}

std::vector<TableColumn> ProjectLoader::choices() const
{
    std::vector<TableColumn> all;
    for (Source source : {Source::Name, Source::State, Source::Tags, Source::Start, Source::End, Source::Duration,
             Source::User, Source::Key})
        all.push_back({source, {}});
    for (const api::Column &column : m_available) {
        const auto source = sourceOf(column);
        const bool isName = source == Source::Other && column.name == u"Name"_s; // the fixed one shows it
        if (!source || isName)
            continue;
        all.push_back({*source, column.name});
        if (*source == Source::MetricLast) {
            all.push_back({Source::MetricMinimum, column.name});
            all.push_back({Source::MetricMaximum, column.name});
        }
    }
    return all;
}

void ProjectLoader::showColumns(const std::vector<TableColumn> &columns)
{
    m_wanted = columns;
    m_table.setColumns(columns);
    if (m_state == State::Listed && m_hasColumns)
        m_values.start();
}

void ProjectLoader::loadEverything()
{
    m_loaded = false;
    m_values.loadEverything();
}

void ProjectLoader::settle()
{
    if (m_values.isRunning() || m_state != State::Listed)
        return;
    m_table.arrangeAgain();
    if (!std::exchange(m_loaded, true))
        emit loaded();
}
