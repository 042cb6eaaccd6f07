// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/queryrun.h"

#include "models/query/normalform.h"
#include "models/query/wire.h"
#include "models/session/gather.h"

#include <QVersionNumber>

using namespace Qt::StringLiterals;

namespace query {

namespace {

// The server of the SDK whose OR is known (PROTOCOL 5.7).
const QVersionNumber oldestWithChoice(3, 58);

// The server did not like what was asked; not: could not be reached, or does not let us in.
bool isRefusal(const api::Error &error)
{
    using Kind = api::Error::Kind;
    return error.kind == Kind::Invalid || error.kind == Kind::Server || error.kind == Kind::NotFound;
}

} // namespace

QueryRun::QueryRun(api::Client &client, const Question &question, QObject *parent)
    : QObject(parent), m_client(&client), m_question(question)
{
    const Expression inside = withNegationInside(question.expression);
    const bool isNewer = QVersionNumber::fromString(question.serverVersion) >= oldestWithChoice;
    if (inside.isGroup() && inside.children().isEmpty())
        QMetaObject::invokeMethod(this, &QueryRun::finished, Qt::QueuedConnection);
    else if (isConjunction(inside))
        ask(Way::Conjunction);
    else
        ask(isNewer ? Way::Nested : Way::Branches);
}

void QueryRun::ask(Way way)
{
    m_way = way;
    const Expression &expression = m_question.expression;
    std::vector<QByteArray> lists;
    if (way == Way::Conjunction) {
        lists.push_back(predicates(expression, m_question.variables, Form::Reference));
    } else if (way == Way::Nested) {
        lists.push_back(predicates(expression, m_question.variables, Form::Newest));
    } else if (const auto all = branches(expression, mostBranches)) {
        for (const Branch &branch : *all)
            lists.push_back(predicates(Expression::all(branch), m_question.variables, Form::Reference));
    } else {
        const api::Error error{api::Error::Kind::Invalid,
            tr("This server does not know OR, and without it the query would need more than %n queries.",
                nullptr, static_cast<int>(mostBranches)),
            0, 0, {}};
        QMetaObject::invokeMethod(this, [this, error] { emit failed(error); }, Qt::QueuedConnection);
        return;
    }
    take(lists);
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
    connect(gather, &GatherBase::failed, this, [this](const api::Error &error) {
        if (m_way == Way::Nested && isRefusal(error) && m_client)
            ask(Way::Branches);
        else
            emit failed(error);
    });
}

QString QueryRun::wayText() const
{
    switch (m_way) {
    case Way::Nothing:
        return tr("Nothing was asked for.");
    case Way::Conjunction:
    case Way::Nested:
        return tr("Found by the server.");
    case Way::Branches:
        break;
    }
    return tr("Found by the server in %n queries, because it does not know OR.", nullptr, m_questions);
}

} // namespace query
