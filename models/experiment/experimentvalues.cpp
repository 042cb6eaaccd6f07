// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/experiment/experimentvalues.h"

#include "models/api/cache.h"

#include <algorithm>

ExperimentValues::ExperimentValues(QObject *parent)
    : QObject(parent)
    , m_facts(tr("Fact"))
    , m_parameters(tr("Parameter"))
    , m_others(tr("Name"))
{
}

void ExperimentValues::setExperiment(Session *session, const QString &key)
{
    if (session != m_session || key != m_key) {
        m_session = session;
        m_key = key;
        m_metadata = {};
        m_tags.clear();
        m_facts.clear();
        m_metrics.clear();
        m_parameters.clear();
        m_others.clear();
        m_assets.clear();
        m_states.fill(State::Loading);
        m_errors.fill({});
    }
    ask();
}

void ExperimentValues::refresh()
{
    if (m_session)
        m_session->client().cache().clear();
    ask();
}

void ExperimentValues::ask()
{
    if (!m_session || m_key.isEmpty())
        return;
    api::Client &client = m_session->client();
    load(Part::Metadata, client.experimentMetadata(m_key), [this](const api::Metadata &metadata) {
        m_metadata = metadata;
        m_facts.setMetadata(metadata);
    });
    load(Part::Metrics, client.metricsSummary(m_key),
        [this](const api::Summaries &summaries) { m_metrics.setSummaries(summaries); });
    load(Part::Parameters, client.parameters(m_key),
        [this](const api::Summaries &summaries) { m_parameters.setSummaries(summaries); });
    load(Part::Others, client.others(m_key),
        [this](const api::Summaries &summaries) { m_others.setSummaries(summaries); });
    load(Part::Tags, client.tags(m_key), [this](const QStringList &tags) { m_tags = tags; });
    load(Part::Assets, client.assets(m_key),
        [this](const std::vector<api::Asset> &assets) { m_assets.setAssets(assets); });
}

template<class R, class Take>
void ExperimentValues::load(Part part, R *reply, Take take)
{
    const auto index = static_cast<std::size_t>(part);
    if (m_states[index] == State::Failed)
        m_states[index] = State::Loading;
    emit partChanged(part);
    m_replies[index](reply)
        ->then(this,
            [this, part, index, take](const typename R::Value &value) {
                take(value);
                m_states[index] = State::Loaded;
                emit partChanged(part);
            })
        ->otherwise(this, [this, part](const api::Error &error) { setFailed(part, error); });
}

void ExperimentValues::setFailed(Part part, const api::Error &error)
{
    const auto index = static_cast<std::size_t>(part);
    if (m_states[index] == State::Loaded) {
        emit refreshFailed(error);
        return;
    }
    m_states[index] = State::Failed;
    m_errors[index] = error;
    emit partChanged(part);
}

bool ExperimentValues::isLoading() const
{
    return std::any_of(m_replies.begin(), m_replies.end(), [](const api::Latest &l) { return l.isRunning(); });
}
