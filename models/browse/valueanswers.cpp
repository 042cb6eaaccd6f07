// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The calls of a ValueLoader and what its answers mean; what is asked when is in valueloader.cpp.

#include "models/browse/valueloader.h"

#include "models/api/querybody.h"

#include <QHash>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using Source = TableColumn::Source;

namespace {

// Samples have about 500 points. A stride that drops any leaves more than half of them: below that the
// series is whole, and its minimum and maximum are exact.
constexpr std::size_t surelyWhole = 250;
// So many points of series are fetched in the background without being asked to: about 200 MB.
constexpr quint64 pointsUnasked = 4'000'000;

struct Extremes
{
    double last;
    double minimum;
    double maximum;
};

// NaN is logged by runs that diverge: it is a last value, but no extreme unless there is nothing else.
Extremes extremesOf(const std::vector<double> &values)
{
    Extremes result{values.back(), api::missing, api::missing};
    for (double value : values) {
        result.minimum = std::fmin(result.minimum, value);
        result.maximum = std::fmax(result.maximum, value);
    }
    return result;
}

double of(const Extremes &extremes, Source source)
{
    if (source == Source::MetricMinimum)
        return extremes.minimum;
    return source == Source::MetricMaximum ? extremes.maximum : extremes.last;
}

} // namespace

template<class R>
R *ValueLoader::begin(R *reply)
{
    ++m_running;
    std::erase_if(m_replies, [](const QPointer<api::ReplyBase> &old) { return !old || old->isFinished(); });
    m_replies.push_back(reply);
    return reply;
}

template<class R, class F>
void ValueLoader::handle(R *reply, std::size_t pass, const Batch &batch, F onValue)
{
    begin(reply)
        ->then(this,
            [this, pass, batch, onValue](const typename R::Value &value) {
                onValue(value);
                settleBatch(pass, batch);
            })
        ->otherwise(this, [this, pass, batch](const api::Error &error) {
            // Deleted meanwhile: no reason to stop for the others.
            if (error.kind == api::Error::Kind::NotFound && batch.size() == 1)
                settleBatch(pass, batch);
            else
                fail(error);
        });
}

void ValueLoader::ask(std::size_t number, Batch batch, api::Priority priority)
{
    Pass &pass = m_passes[number];
    for (std::size_t experiment : batch)
        pass.asked[experiment] = Asked::Waiting;
    const QString key = m_table.experiments().keys.at(batch.front());
    const std::size_t first = batch.front();
    switch (pass.kind) {
    case Kind::Parameters:
    case Kind::Metrics: {
        api::ChartQuestion question;
        for (std::size_t experiment : batch)
            question.experiments << m_table.experiments().keys.at(experiment);
        const bool metrics = pass.kind == Kind::Metrics;
        question.metrics = metrics ? pass.names : QStringList();
        question.parameters = metrics ? QStringList() : pass.names;
        handle(m_client->metricsForChart(question, priority), number, batch,
            [this, number, batch, metrics](const api::ChartAnswer &answer) {
                if (metrics)
                    takeMetrics(number, batch, answer);
                else
                    takeParameters(m_passes[number], batch, answer);
            });
        break;
    }
    case Kind::Summaries:
        handle(m_client->metricsSummary(key, priority), number, batch,
            [this, first](const api::Summaries &summaries) { takeSummary(first, summaries); });
        break;
    case Kind::Others:
        handle(m_client->others(key), number, batch,
            [this, number, first](const api::Summaries &others) { takeOthers(m_passes[number], first, others); });
        break;
    case Kind::States:
        handle(m_client->experimentMetadata(key, priority), number, batch, [this, first](const api::Metadata &about) {
            m_guessed[first] = 0;
            if (about.state != api::State::Unknown && about.state != m_table.state(first))
                m_table.editStates([&](std::vector<api::State> &states) { states[first] = about.state; });
        });
        break;
    case Kind::Tags:
        handle(m_client->tags(key, priority), number, batch,
            [this, first](const QStringList &tags) { m_table.setTags(first, tags); });
        break;
    }
}

void ValueLoader::settleBatch(std::size_t number, const Batch &batch)
{
    Pass &pass = m_passes[number];
    for (std::size_t experiment : batch)
        pass.asked[experiment] = Asked::Yes;
    if (counts(pass))
        m_done += static_cast<qint64>(batch.size());
    --m_running;
    emit progressChanged();
    next();
    settleIfDone();
}

void ValueLoader::settleIfDone()
{
    if (m_running == 0 && !m_stopped)
        emit settled();
}

void ValueLoader::fail(const api::Error &error)
{
    emit failed(error); // before it has settled: nobody must take it for loaded
    stop();
}

// Whether the next call would fail alike.
bool ValueLoader::isOfAll(const api::Error &error)
{
    using Kind = api::Error::Kind;
    return error.kind != Kind::NotFound && error.kind != Kind::Invalid && error.kind != Kind::Forbidden
        && error.kind != Kind::BadAnswer && error.kind != Kind::Server;
}

// The active ones, the archived ones, or both one after the other.
void ValueLoader::queryKeys(const api::Rule &rule, std::function<void(const QStringList &)> onKeys)
{
    const auto ask = [this, rule](bool archived) {
        return begin(m_client->query(m_workspace, m_project, api::predicates({rule}), archived, api::Priority::Background));
    };
    const auto done = [this, onKeys = std::move(onKeys)](const QStringList &keys) {
        onKeys(keys);
        ++m_done;
        --m_running;
        emit progressChanged();
        next();
        settleIfDone();
    };
    const auto onError = [this](const api::Error &error) {
        emit failed(error);
        if (isOfAll(error)) {
            stop();
            return;
        }
        --m_running; // this server can't be asked that way; the rest may still be had
        next();
        settleIfDone();
    };
    if (m_archived != api::Archived::Both) {
        ask(m_archived == api::Archived::Yes)->then(this, done)->otherwise(this, onError);
        return;
    }
    ask(false)
        ->then(this,
            [this, ask, done, onError](const QStringList &active) {
                --m_running;
                ask(true)
                    ->then(this, [done, active](const QStringList &archived) { done(active + archived); })
                    ->otherwise(this, onError);
            })
        ->otherwise(this, onError);
}

void ValueLoader::takeParameters(const Pass &pass, const Batch &batch, const api::ChartAnswer &answer)
{
    QHash<QString, const api::ChartedExperiment *> byKey;
    for (const api::ChartedExperiment &experiment : answer)
        byKey.insert(experiment.key, &experiment);
    std::vector<const api::ChartedExperiment *> rows;
    for (std::size_t experiment : batch)
        rows.push_back(byKey.value(m_table.experiments().keys.at(experiment), nullptr));
    for (qsizetype name = 0; name < pass.names.size(); ++name) {
        m_table.edit({Source::Parameter, pass.names[name]}, [&](ValueColumn &values) {
            for (std::size_t i = 0; i < batch.size(); ++i)
                values.setText(batch[i], rows[i] ? rows[i]->parameters.value(name) : QString());
        });
    }
}

void ValueLoader::takeMetrics(std::size_t number, const Batch &batch, const api::ChartAnswer &answer)
{
    Pass &pass = m_passes[number];
    QHash<QString, const api::ChartedExperiment *> byKey;
    for (const api::ChartedExperiment &experiment : answer) {
        byKey.insert(experiment.key, &experiment);
        for (const api::MetricSeries &series : experiment.metrics)
            m_points += series.values.size();
    }
    std::vector<const api::ChartedExperiment *> rows;
    for (std::size_t experiment : batch)
        rows.push_back(byKey.value(m_table.experiments().keys.at(experiment), nullptr));
    const auto seriesOf = [](const api::ChartedExperiment *row, const QString &name) -> const api::MetricSeries * {
        if (!row)
            return nullptr;
        const auto found = std::find_if(row->metrics.begin(), row->metrics.end(),
            [&](const api::MetricSeries &series) { return series.name == name && !series.values.empty(); });
        return found == row->metrics.end() ? nullptr : &*found;
    };
    for (const QString &name : pass.names) {
        for (Source source : {Source::MetricLast, Source::MetricMinimum, Source::MetricMaximum}) {
            if (!m_table.values({source, name}))
                continue;
            m_table.edit({source, name}, [&](ValueColumn &values) {
                for (std::size_t i = 0; i < batch.size(); ++i) {
                    const api::MetricSeries *series = seriesOf(rows[i], name);
                    if (!series) {
                        values.setMissing(batch[i]);
                        continue;
                    }
                    const bool exact = source == Source::MetricLast || series->values.size() <= surelyWhole;
                    values.setNumber(batch[i], of(extremesOf(series->values), source), !exact);
                }
            });
        }
    }
    if (pass.background && !m_everything && m_points > pointsUnasked) {
        m_total -= std::count(pass.asked.begin(), pass.asked.end(), Asked::No);
        pass.background = false;
        m_incomplete = true;
    }
}

void ValueLoader::takeSummary(std::size_t experiment, const api::Summaries &summaries)
{
    for (const api::Summary &summary : summaries) {
        for (Source source : {Source::MetricLast, Source::MetricMinimum, Source::MetricMaximum}) {
            const TableColumn column{source, summary.name};
            if (!m_table.values(column))
                continue;
            const QString &text = source == Source::MetricMinimum ? summary.minimum
                : source == Source::MetricMaximum                 ? summary.maximum
                                                                  : summary.current;
            if (!text.isNull())
                m_table.edit(column, [&](ValueColumn &values) { values.setText(experiment, text); });
        }
    }
}

void ValueLoader::takeOthers(const Pass &pass, std::size_t experiment, const api::Summaries &summaries)
{
    for (const QString &name : pass.names) {
        const auto found = std::find_if(
            summaries.begin(), summaries.end(), [&](const api::Summary &other) { return other.name == name; });
        const QString text = found == summaries.end() ? QString() : found->current;
        m_table.edit({Source::Other, name}, [&](ValueColumn &values) { values.setText(experiment, text); });
    }
}
