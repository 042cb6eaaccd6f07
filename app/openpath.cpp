// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/openpath.h"

#include "app/separated.h"

#include <QTimer>

using namespace Qt::StringLiterals;

OpenPath::OpenPath(Session &session, const QString &path, QObject *parent)
    : QObject(parent)
    , m_session(&session)
{
    const QStringList steps = separated(path, u'/');
    m_place = {session.profile().id, steps.value(0), steps.value(1), {}};
    m_experiment = steps.value(2);
    m_tooLong = steps.size() > 3;
    connect(&session, &Session::stateChanged, this, &OpenPath::ask);
    QTimer::singleShot(0, this, &OpenPath::ask);
}

void OpenPath::ask()
{
    if (m_done || !m_session || m_session->state() == Session::State::Connecting)
        return;
    m_done = true;
    if (m_session->state() == Session::State::Failed) {
        emit failed(m_session->error().sentence());
        return;
    }
    if (m_tooLong) {
        emit failed(tr("A path has at most three steps: workspace, project and experiment. A name that holds a / is written in "
                       "quotes (workspace/\"a/b\") or as a\\/b."));
        return;
    }
    if (m_experiment.isEmpty()) {
        emit found(m_place);
        return;
    }
    m_latest(m_session->client().experiments(m_place.workspace, m_place.project, api::Archived::Both))
        ->then(this, [this](const api::Experiments &experiments) { choose(experiments); })
        ->otherwise(this, [this](const api::Error &error) { emit failed(error.sentence()); });
}

void OpenPath::choose(const api::Experiments &experiments)
{
    const std::string wanted = m_experiment.toStdString();
    std::vector<std::size_t> named;
    for (std::size_t row = 0; row < experiments.size(); ++row) {
        if (experiments.keys.view(row) == wanted) {
            named = {row};
            break;
        }
        if (experiments.names.view(row) == wanted)
            named.push_back(row);
    }
    const QString project = m_place.workspace + u'/' + m_place.project;
    if (named.empty()) {
        emit failed(tr("%1 has no experiment with the key or name \"%2\".").arg(project, m_experiment));
    } else if (named.size() > 1) {
        emit failed(tr("%1 has %n experiments named \"%2\": give a key.", nullptr, static_cast<int>(named.size()))
                        .arg(project, m_experiment));
    } else {
        m_place.experiment = experiments.keys.at(named.front());
        emit found(m_place);
    }
}
