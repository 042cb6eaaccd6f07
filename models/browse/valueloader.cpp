// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is asked, and when; what is done with the answers is in valueanswers.cpp.

#include "models/browse/valueloader.h"

#include "models/api/requestlog.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;
using Source = TableColumn::Source;

namespace {

constexpr std::size_t experimentsPerCall = 250; // as public scripts ask (PROTOCOL 11)
constexpr std::size_t seriesPerCall = 250; // a sample has about 500 points: some megabytes a call
constexpr std::size_t oneByOne = 300; // so many experiments are asked singly without being on screen
constexpr int tagsAsked = 60; // one query each; where there are more, rows on screen are asked singly
constexpr int callsAtOnce = 4;

QString jsonText(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(array.mid(1, array.size() - 2));
}

} // namespace

ValueLoader::ValueLoader(ExperimentTable &table, QObject *parent)
    : QObject(parent)
    , m_table(table)
{
}

ValueLoader::~ValueLoader()
{
    stop();
}

void ValueLoader::setProject(
    api::Client *client, const QString &workspace, const QString &project, api::Archived archived)
{
    stop();
    m_client = client;
    m_workspace = workspace;
    m_project = project;
    m_archived = archived;
    m_tagNames.reset();
    m_firstRow = 0;
    m_lastRow = 40;
    m_everything = false;
    m_incomplete = false;
    m_points = 0;
}

void ValueLoader::setTagNames(const std::optional<QStringList> &names)
{
    m_tagNames = names;
}

void ValueLoader::setVisibleRows(int first, int last)
{
    m_firstRow = first;
    m_lastRow = last;
    next();
}

void ValueLoader::start(bool again)
{
    stop();
    if (!m_client)
        return;
    m_stopped = false;
    plan(again);
    emit started();
    next();
    settleIfDone();
}

void ValueLoader::stop()
{
    m_stopped = true;
    m_queries.clear();
    const auto replies = std::exchange(m_replies, {});
    for (const QPointer<api::ReplyBase> &reply : replies) {
        if (reply)
            reply->cancel();
    }
    m_passes.clear();
    if (std::exchange(m_running, 0) > 0)
        emit settled();
}

void ValueLoader::loadEverything()
{
    m_everything = true;
    start();
}

void ValueLoader::plan(bool again)
{
    m_passes.clear();
    m_queries.clear();
    m_done = 0;
    m_total = 0;
    m_incomplete = false;
    planStates();
    planTags(again);
    std::vector<TableColumn> parameters;
    std::vector<TableColumn> metrics;
    std::vector<TableColumn> others;
    for (const TableColumn &column : m_table.columns()) {
        if (column.source == Source::Parameter)
            parameters.push_back(column);
        else if (column.source == Source::Other)
            others.push_back(column);
        else if (column.isMetric())
            metrics.push_back(column);
    }
    planValues(Kind::Parameters, parameters, again);
    planValues(Kind::Metrics, metrics, again);
    planValues(Kind::Summaries, metrics, again);
    planValues(Kind::Others, others, again);
    for (const Pass &pass : m_passes) {
        if (counts(pass))
            m_total += std::count(pass.asked.begin(), pass.asked.end(), Asked::No);
    }
    m_total += static_cast<qint64>(m_queries.size());
}

void ValueLoader::planValues(Kind kind, const std::vector<TableColumn> &columns, bool again)
{
    Pass pass{kind, {}, 1, true, {}, 0};
    const std::size_t experiments = m_table.experimentCount();
    std::vector<const ValueColumn *> asked;
    for (const TableColumn &column : columns) {
        const ValueColumn *values = m_table.values(column);
        bool isComplete = values && !again && kind != Kind::Summaries;
        for (std::size_t i = 0; isComplete && i < experiments; ++i)
            isComplete = values->isLoaded(i);
        if (isComplete || !values)
            continue;
        asked.push_back(values);
        if (!pass.names.contains(column.name))
            pass.names << column.name;
    }
    if (pass.names.isEmpty())
        return;
    pass.asked.assign(experiments, Asked::No);
    for (std::size_t i = 0; i < experiments && kind != Kind::Summaries; ++i) {
        const bool isLoaded
            = std::all_of(asked.begin(), asked.end(), [i](const ValueColumn *values) { return values->isLoaded(i); });
        if (isLoaded && !(again && m_table.state(i) == api::State::Running))
            pass.asked[i] = Asked::Yes;
    }
    for (int row = m_firstRow; again && row <= m_lastRow; ++row) {
        if (const auto experiment = m_table.experimentAt(row))
            pass.asked[*experiment] = Asked::No;
    }
    const auto names = static_cast<std::size_t>(pass.names.size());
    if (kind == Kind::Parameters)
        pass.batch = experimentsPerCall;
    else if (kind == Kind::Metrics)
        pass.batch = std::clamp<std::size_t>(seriesPerCall / names, 1, experimentsPerCall);
    else // nothing but one call each
        pass.background = m_everything || (kind == Kind::Others && experiments <= oneByOne);
    m_incomplete = m_incomplete || (!pass.background && kind == Kind::Others);
    m_passes.push_back(std::move(pass));
}

// Where the listing lacks it: who runs in one call, the rest has finished; whether it crashed is known to
// the metadata only, which rows on screen are asked for.
void ValueLoader::planStates()
{
    const std::size_t experiments = m_table.experimentCount();
    m_guessed.resize(experiments, 0);
    bool isUnknown = false;
    for (std::size_t i = 0; i < experiments; ++i)
        isUnknown = isUnknown || m_table.state(i) == api::State::Unknown;
    if (isUnknown) {
        m_queries.push_back([this] {
            const api::Column running{u"runActive"_s, api::Column::Source::Metadata, u"boolean"_s};
            queryKeys({running, u"equal"_s, u"1"_s}, [this](const QStringList &keys) {
                std::vector<std::size_t> found;
                for (const QString &key : keys) {
                    if (const auto experiment = m_table.experimentOf(key))
                        found.push_back(*experiment);
                }
                m_table.editStates([&](std::vector<api::State> &states) {
                    for (std::size_t experiment : found)
                        states[experiment] = api::State::Running;
                    for (std::size_t i = 0; i < states.size(); ++i) {
                        if (states[i] == api::State::Unknown) {
                            states[i] = api::State::Finished;
                            m_guessed[i] = 1;
                        }
                    }
                });
            });
        });
    }
    const bool anyGuessed = std::find(m_guessed.begin(), m_guessed.end(), 1) != m_guessed.end();
    if (isUnknown || anyGuessed)
        m_passes.push_back(
            {Kind::States, {}, 1, m_everything, std::vector<Asked>(experiments, Asked::No), 0});
}

void ValueLoader::planTags(bool again)
{
    const std::size_t experiments = m_table.experimentCount();
    bool areKnown = true;
    for (std::size_t i = 0; areKnown && i < experiments; ++i)
        areKnown = m_table.areTagsKnown(i);
    if (areKnown && !again)
        return;
    if (!m_tagNames || m_tagNames->size() > tagsAsked) {
        const bool background = m_everything || experiments <= oneByOne;
        Pass pass{Kind::Tags, {}, 1, background, std::vector<Asked>(experiments, Asked::No), 0};
        for (std::size_t i = 0; i < experiments && !again; ++i)
            pass.asked[i] = m_table.areTagsKnown(i) ? Asked::Yes : Asked::No;
        // Where no tag is listed there most likely is none: nothing to tell.
        m_incomplete = m_incomplete || (!background && m_tagNames);
        m_passes.push_back(std::move(pass));
        return;
    }
    m_tags.assign(experiments, {});
    if (m_tagNames->isEmpty())
        m_table.setAllTags(m_tags);
    const auto left = std::make_shared<qsizetype>(m_tagNames->size());
    for (const QString &tag : *m_tagNames) {
        m_queries.push_back([this, tag, left] {
            const api::Column column{tag, api::Column::Source::Tag, u"string"_s};
            queryKeys({column, u"equal"_s, jsonText(tag)}, [this, tag, left](const QStringList &keys) {
                for (const QString &key : keys) {
                    if (const auto experiment = m_table.experimentOf(key))
                        m_tags[*experiment] << tag;
                }
                if (--*left == 0) // half the tags would look like all of them
                    m_table.setAllTags(std::exchange(m_tags, {}));
            });
        });
    }
}

// Whether its experiments are known beforehand, so that progress can be told.
bool ValueLoader::counts(const Pass &pass)
{
    return pass.background && pass.kind != Kind::Summaries && pass.kind != Kind::States;
}

bool ValueLoader::isWanted(const Pass &pass, std::size_t experiment) const
{
    if (pass.asked[experiment] != Asked::No)
        return false;
    if (pass.kind == Kind::States)
        return m_guessed[experiment] && m_table.state(experiment) == api::State::Finished;
    if (pass.kind != Kind::Summaries)
        return true;
    // Exact values are asked for where a sample has told approximate ones.
    return std::any_of(m_table.columns().begin(), m_table.columns().end(), [&](const TableColumn &column) {
        const ValueColumn *values = column.isMetric() ? m_table.values(column) : nullptr;
        return values && values->isApproximate(experiment);
    });
}

bool ValueLoader::isBudgetLeft() const
{
    // Some are left for what the person does next, and more where nobody has asked for everything.
    const int budget = m_client->requestLog().budget();
    return m_client->requestLog().sentInLastHour() < (m_everything ? budget / 10 * 9 : budget / 3 * 2);
}

void ValueLoader::next()
{
    while (!m_stopped && m_client && m_running < callsAtOnce) {
        if (!askVisible() && !askBackground())
            break;
    }
}

bool ValueLoader::askVisible()
{
    for (std::size_t i = 0; i < m_passes.size(); ++i) {
        Pass &pass = m_passes[i];
        Batch batch;
        for (int row = m_firstRow; row <= m_lastRow && batch.size() < pass.batch; ++row) {
            const auto experiment = m_table.experimentAt(row);
            if (experiment && isWanted(pass, *experiment))
                batch.push_back(*experiment);
        }
        if (batch.empty())
            continue;
        ask(i, std::move(batch), api::Priority::Visible);
        return true;
    }
    return false;
}

bool ValueLoader::askBackground()
{
    const bool isAnything = !m_queries.empty() || std::any_of(m_passes.begin(), m_passes.end(), [](const Pass &pass) {
        return pass.background && pass.cursor < pass.asked.size();
    });
    if (!isAnything)
        return false;
    if (!isBudgetLeft()) {
        for (Pass &pass : m_passes)
            pass.background = false;
        m_queries.clear();
        m_incomplete = true;
        emit budgetReached(m_client->requestLog().sentInLastHour());
        return false;
    }
    if (!m_queries.empty()) {
        const auto query = std::move(m_queries.front());
        m_queries.pop_front();
        query();
        return true;
    }
    for (std::size_t i = 0; i < m_passes.size(); ++i) {
        Pass &pass = m_passes[i];
        Batch batch;
        while (pass.background && pass.cursor < pass.asked.size() && batch.size() < pass.batch) {
            if (isWanted(pass, pass.cursor))
                batch.push_back(pass.cursor);
            ++pass.cursor;
        }
        if (batch.empty())
            continue;
        ask(i, std::move(batch), api::Priority::Background);
        return true;
    }
    return false;
}
