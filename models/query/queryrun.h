// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/client.h"
#include "models/browse/arrangement.h"
#include "models/query/plan.h"

#include <QObject>
#include <QPointer>

#include <memory>

namespace query {

// Asks a server once who satisfies an expression: in one question where the server can take it, else in one
// for each of its branches. No experiment is asked about by itself. Owned by whoever wants to know; its death
// cancels what is under way. Lives on the main thread.
class QueryRun : public QObject
{
    Q_OBJECT
public:
    enum class Way : quint8 {
        Nothing, // nothing is asked for: all match, no question was sent
        Conjunction, // project/query, as all servers know it
        Nested, // project/query with OR
        Search, // experiments/search, a page after the other
        Branches, // project/query for each branch
    };
    Q_ENUM(Way)

    struct Question
    {
        QString workspace;
        QString project;
        Expression expression; // without problems()
        Variables variables;
        api::Archived archived = api::Archived::No;
        QString serverVersion; // as probed: old servers are not asked for OR, which they might overlook
    };

    // A server that refuses Nested is asked to Search, and one that refuses that, Branches.
    QueryRun(api::Client &client, const Question &question, QObject *parent = nullptr);

    Way way() const { return m_way; }
    int questions() const { return m_questions; } // sent until now
    // Of all that match, also those that no listing has; null for Way::Nothing. Once finished.
    std::shared_ptr<const KeySet> keys() const { return m_keys; }
    // "Found by the server in 3 queries, because it does not know OR."
    QString wayText() const;

signals:
    void finished();
    void failed(const api::Error &error); // instead: Invalid and not sent where there are too many branches

private:
    void follow(const std::optional<Plan> &plan);
    void take(const std::vector<QByteArray> &predicates);
    void search();
    void searchPage(const QString &projectId, const QByteArray &rulesTree, bool archived, int page);
    void goOnAfter(const api::Error &error); // in another way, where the server does not know this one

    QPointer<api::Client> m_client;
    Question m_question;
    Way m_way = Way::Nothing;
    int m_questions = 0;
    std::shared_ptr<KeySet> m_keys;
};

} // namespace query
