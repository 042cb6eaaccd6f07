// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/registry/registeredmodel.h"

#include "models/registry/semanticversion.h"

#include <algorithm>

namespace {
// "No such model", which comes with 400 (PROTOCOL-ANSWERS 1).
constexpr int noModel = 42008;
} // namespace

RegisteredModel::RegisteredModel(QObject *parent)
    : QObject(parent)
{
}

void RegisteredModel::setModel(Session *session, const QString &workspace, const QString &model)
{
    if (session != m_session || workspace != m_workspace || model != m_name) {
        if (session != m_session || workspace != m_workspace) {
            m_stagesAround.clear();
            m_statuses.clear();
        }
        m_experiments.clear();
        m_session = session;
        m_workspace = workspace;
        m_name = model;
        m_state = State::Loading;
        m_error = {};
        m_details = {};
        m_stages.clear();
        m_versions.clear();
        m_latestNames.clear();
        m_latest.cancel();
        emit changed();
    }
    refresh();
}

void RegisteredModel::refresh()
{
    if (!m_session || m_name.isEmpty())
        return;
    if (m_state == State::Failed) {
        m_state = State::Loading;
        emit changed();
    }
    api::Client &client = m_session->client();
    m_latest(client.registryModelDetails(m_workspace, m_name))
        ->then(this, [this](const api::RegistryModel &details) { take(details); })
        ->otherwise(this, [this](const api::Error &error) { setFailed(error); });
    // Both only help with typing: where they fail, one types.
    m_latestListing(client.registryModels(m_workspace))
        ->then(this,
            [this](const std::vector<api::RegistryModel> &models) {
                m_stagesAround.clear();
                for (const api::RegistryModel &model : models) {
                    for (const api::ModelVersion &version : model.versions)
                        m_stagesAround += version.stages;
                }
                collectStages();
                emit changed();
            })
        ->otherwise(this, [](const api::Error &) {});
    m_latestStatuses(client.allowedStatusValues(m_workspace))
        ->then(this,
            [this](const QStringList &statuses) {
                m_statuses = statuses;
                emit changed();
            })
        ->otherwise(this, [](const api::Error &) {}); // an older server
}

void RegisteredModel::take(const api::RegistryModel &details)
{
    m_details = details;
    std::ranges::stable_sort(
        m_details.versions, [](const api::ModelVersion &a, const api::ModelVersion &b) {
            const int order = semantic::compare(a.version, b.version);
            return order != 0 ? order > 0 : a.created > b.created;
        });
    m_state = State::Loaded;
    m_error = {};
    m_versions.setVersions(m_details.versions, m_experiments);
    collectStages();
    emit changed();
    for (const api::ModelVersion &version : m_details.versions) {
        if (static_cast<qsizetype>(m_latestNames.size()) >= mostNamed)
            break;
        nameExperiment(version.experimentKey);
    }
}

void RegisteredModel::setFailed(const api::Error &error)
{
    const bool isGoneNow = error.serverCode == noModel || error.kind == api::Error::Kind::NotFound;
    if (m_state == State::Loaded && !isGoneNow) {
        emit refreshFailed(error);
        return;
    }
    m_state = State::Failed;
    m_error = error;
    emit changed();
}

bool RegisteredModel::isGone() const
{
    return m_state == State::Failed
        && (m_error.serverCode == noModel || m_error.kind == api::Error::Kind::NotFound);
}

const api::ModelVersion *RegisteredModel::version(const QString &id) const
{
    const auto found = std::ranges::find(m_details.versions, id, &api::ModelVersion::id);
    return found == m_details.versions.end() ? nullptr : &*found;
}

void RegisteredModel::collectStages()
{
    m_stages = m_stagesAround;
    for (const api::ModelVersion &version : m_details.versions)
        m_stages += version.stages;
    m_stages.removeDuplicates();
    m_stages.removeAll(QString());
    m_stages.sort(Qt::CaseInsensitive);
}

void RegisteredModel::nameExperiment(const QString &key)
{
    if (key.isEmpty() || !m_session || m_experiments.contains(key) || m_latestNames[key].isRunning())
        return;
    const auto set = [this, key](const SourceExperiment &experiment) {
        m_experiments[key] = experiment;
        m_versions.setVersions(m_details.versions, m_experiments);
        emit experimentsChanged();
    };
    m_latestNames[key](m_session->client().experimentMetadata(key, api::Priority::Background))
        ->then(this,
            [set, key](const api::Metadata &metadata) {
                set({SourceExperiment::State::Known, metadata.name.isEmpty() ? key.left(9) : metadata.name,
                    metadata.workspace, metadata.project});
            })
        ->otherwise(this, [set](const api::Error &error) {
            // "No such experiment" is 400 on old servers and 404 on new ones (PROTOCOL 1.5).
            if (error.kind == api::Error::Kind::NotFound || error.kind == api::Error::Kind::Invalid)
                set({.state = SourceExperiment::State::Gone});
        });
}
