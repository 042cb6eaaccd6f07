// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/queryrun.h"

#include "models/api/querybody.h"
#include "models/query/normalform.h"
#include "models/session/gather.h"

using namespace Qt::StringLiterals;

namespace query {

namespace {

// The server did not like what was asked, or did not understand it; not: could not be reached, or does not
// let us in.
bool isRefusal(const api::Error &error)
{
    using Kind = api::Error::Kind;
    return error.kind == Kind::Invalid || error.kind == Kind::Server || error.kind == Kind::NotFound
        || error.kind == Kind::BadAnswer;
}

QueryRun::Way wayOf(Plan::Way way)
{
    switch (way) {
    case Plan::Way::Nothing:
        return QueryRun::Way::Nothing;
    case Plan::Way::Conjunction:
        return QueryRun::Way::Conjunction;
    case Plan::Way::Nested:
        return QueryRun::Way::Nested;
    case Plan::Way::Branches:
        break;
    }
    return QueryRun::Way::Branches;
}

} // namespace

QueryRun::QueryRun(api::Client &client, const Question &question, QObject *parent)
    : QObject(parent), m_client(&client), m_question(question)
{
    follow(plan(question.expression, question.variables, formFor(question.serverVersion)));
}

void QueryRun::follow(const std::optional<Plan> &plan)
{
    if (!plan) {
        const api::Error error{api::Error::Kind::Invalid,
            tr("This server does not know OR, and without it the query would need more than %n queries.",
                nullptr, static_cast<int>(mostBranches)),
            0, 0, {}};
        QMetaObject::invokeMethod(this, [this, error] { emit failed(error); }, Qt::QueuedConnection);
        return;
    }
    m_way = wayOf(plan->way);
    if (m_way == Way::Nothing)
        QMetaObject::invokeMethod(this, &QueryRun::finished, Qt::QueuedConnection);
    else
        take(plan->predicates);
}

// Each list of predicates, of the experiments that are archived, those that are not, or both.
void QueryRun::take(const std::vector<QByteArray> &predicates)
{
    struct Asked
    {
        QByteArray predicates;
        bool archived;
    };
    QHash<QString, Asked> asked;
    for (const QByteArray &list : predicates) {
        for (const bool archived : {false, true}) {
            if (m_question.archived != (archived ? api::Archived::No : api::Archived::Yes))
                asked.insert(QString::number(asked.size()), {list, archived});
        }
    }
    const QStringList numbers = asked.keys();
    m_questions += static_cast<int>(numbers.size());
    auto *gather = new Gather<QStringList>(
        numbers,
        [this, &asked](const QString &number) {
            const Asked &one = asked[number];
            return m_client->query(m_question.workspace, m_question.project, one.predicates, one.archived);
        },
        this);
    connect(gather, &GatherBase::gathered, this, [this, gather, numbers] {
        m_keys = std::make_shared<KeySet>();
        for (const QString &number : numbers) {
            for (const QString &key : gather->value(number))
                m_keys->insert(key.toStdString());
        }
        emit finished();
    });
    connect(gather, &GatherBase::failed, this, &QueryRun::goOnAfter);
}

void QueryRun::goOnAfter(const api::Error &error)
{
    if (!m_client || !isRefusal(error) || (m_way != Way::Nested && m_way != Way::Search))
        emit failed(error);
    else if (m_way == Way::Nested)
        search();
    else
        follow(plan(m_question.expression, m_question.variables, Form::Reference));
}

void QueryRun::search()
{
    m_way = Way::Search;
    m_keys = std::make_shared<KeySet>();
    auto *project = m_client->project(m_question.workspace, m_question.project);
    connect(this, &QObject::destroyed, project, &api::ReplyBase::cancel);
    project
        ->then(this,
            [this](const api::Project &found) {
                searchPage(found.id, rulesTree(m_question.expression, m_question.variables),
                    m_question.archived == api::Archived::Yes, 1);
            })
        ->otherwise(this, [this](const api::Error &error) { goOnAfter(error); });
}

void QueryRun::searchPage(const QString &projectId, const QByteArray &rulesTree, bool archived, int page)
{
    if (!m_client)
        return;
    ++m_questions;
    auto *answer = m_client->search(projectId, rulesTree, archived, page);
    connect(this, &QObject::destroyed, answer, &api::ReplyBase::cancel);
    answer
        ->then(this,
            [=, this](const api::Experiments &experiments) {
                const std::size_t before = m_keys->size();
                for (std::size_t row = 0; row < experiments.size(); ++row)
                    m_keys->insert(experiments.keys.at(row).toStdString());
                // A server that knows no pages would send its first one for ever.
                if (experiments.size() >= static_cast<std::size_t>(api::searchPage) && m_keys->size() > before)
                    searchPage(projectId, rulesTree, archived, page + 1);
                else if (!archived && m_question.archived == api::Archived::Both)
                    searchPage(projectId, rulesTree, true, 1);
                else
                    emit finished();
            })
        ->otherwise(this, [this](const api::Error &error) {
            m_keys.reset();
            goOnAfter(error);
        });
}

QString QueryRun::wayText() const
{
    switch (m_way) {
    case Way::Nothing:
        return tr("Nothing was asked for.");
    case Way::Conjunction:
    case Way::Nested:
    case Way::Search:
        return tr("Found by the server.");
    case Way::Branches:
        break;
    }
    return tr("Found by the server in %n queries, because it does not know OR.", nullptr, m_questions);
}

} // namespace query
