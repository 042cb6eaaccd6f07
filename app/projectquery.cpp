// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/projectquery.h"

#include "models/api/querybody.h"
#include "models/query/copies.h"
#include "models/query/queryrun.h"

using namespace query;

ProjectQuery::ProjectQuery(Session &session, const Place &project, const CommandLine &line, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_project(project)
    , m_expression(*line.query)
    , m_explain(line.explain)
    , m_archived(line.archived)
{
    m_latest(session.client().columnNames(project.workspace, project.project))
        ->then(this, [this](const api::Columns &columns) { take(Variables(columns)); })
        ->otherwise(this, [this](const api::Error &error) { emit failed(error.sentence()); });
}

void ProjectQuery::take(const Variables &variables)
{
    const std::vector<Problem> wrong = problems(m_expression, variables);
    if (!wrong.empty()) {
        emit failed(wrong.front().message);
        return;
    }
    using Explain = CommandLine::Explain;
    switch (m_explain) {
    case Explain::No:
        ask(variables);
        break;
    case Explain::Query:
    case Explain::Reference:
        explainQuery(variables);
        break;
    case Explain::Search:
        explainSearch(variables);
        break;
    case Explain::Python:
    case Explain::Curl:
        explainToOthers(variables);
    }
}

void ProjectQuery::ask(const Variables &variables)
{
    auto *run = new QueryRun(m_session.client(),
        {m_project.workspace, m_project.project, m_expression, variables,
            m_archived ? api::Archived::Yes : api::Archived::No, m_session.version()},
        this);
    connect(run, &QueryRun::finished, this, [this, run] { emit found(run->keys()); });
    connect(run, &QueryRun::failed, this, [this](const api::Error &error) { emit failed(error.sentence()); });
}

void ProjectQuery::explainQuery(const Variables &variables)
{
    const Form form = m_explain == CommandLine::Explain::Reference ? Form::Reference : formFor(m_session.version());
    const auto questions = plan(m_expression, variables, form);
    if (!questions) {
        sayTooMuch();
        return;
    }
    QByteArray bodies;
    for (const QByteArray &predicates : questions->predicates)
        bodies += api::queryBody(m_project.workspace, m_project.project, predicates, m_archived) + '\n';
    emit explained(QString::fromUtf8(bodies));
}

void ProjectQuery::explainSearch(const Variables &variables)
{
    m_latest(m_session.client().project(m_project.workspace, m_project.project))
        ->then(this,
            [this, variables](const api::Project &project) {
                emit explained(QString::fromUtf8(
                    api::searchBody(project.id, rulesTree(m_expression, variables), m_archived) + '\n'));
            })
        ->otherwise(this, [this](const api::Error &error) { emit failed(error.sentence()); });
}

void ProjectQuery::explainToOthers(const Variables &variables)
{
    const CopiedPlace place{m_session.client().root(), m_project.workspace, m_project.project,
        m_archived ? api::Archived::Yes : api::Archived::No};
    const QString text = m_explain == CommandLine::Explain::Python
        ? pythonScript(m_expression, place)
        : curlCommands(m_expression, variables, place, formFor(m_session.version()));
    if (text.isEmpty())
        sayTooMuch();
    else
        emit explained(text.endsWith(QLatin1Char('\n')) ? text : text + QLatin1Char('\n'));
}

void ProjectQuery::sayTooMuch()
{
    emit failed(tr("Without OR the query would need more than %n queries.", nullptr, static_cast<int>(mostBranches)));
}
