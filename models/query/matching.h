// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/browse/arrangement.h"
#include "models/query/evaluate.h"
#include "models/query/variables.h"
#include "models/session/session.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace query {

// Which experiments of a project an expression finds. Each condition is asked of the server once
// (project/query), and the answers are joined here: so OR and nesting work on every server, every part has its
// count, and what a condition means is the server's word. A tag is negated here: an experiment has it or not
// (PROTOCOL 5.4, 5.5). Owned by the builder; lives on the main thread.
class Matching : public QObject
{
    Q_OBJECT
public:
    explicit Matching(QObject *parent = nullptr);
    ~Matching() override;

    // Another subject, or the same after a refresh: what was answered is forgotten. session may be null.
    void setProject(Session *session, const QString &workspace, const QString &project, api::Archived archived);
    // What there is to be found: keys that are not listed do not count.
    void setListing(std::shared_ptr<const api::Experiments> listing);
    void setVariables(const Variables &variables);
    const Variables &variables() const { return m_variables; }

    // What is loaded here of the variables of an expression, experiment by experiment as they are listed.
    void setValues(std::function<ValuesOf(const Expression &expression)> values);

    // What is known of it can be read at once, also by the values that are loaded; nothing is asked.
    void setExpression(const Expression &expression);
    // Asks for what is not known yet of the expression, and gives up what it does not need.
    void ask(const Expression &expression);
    const Expression &expression() const { return m_expression; }

    // Of a part by itself: the server's word, and the count by loaded values (evaluate.h), of which the server
    // may think otherwise; null while not known, the other also where some value is not loaded.
    std::optional<std::size_t> count(const Path &path) const;
    std::optional<std::size_t> countHere(const Path &path) const;
    bool isRunning() const; // answers are awaited
    std::size_t listed() const { return m_rows.size(); }
    int conditions() const; // how many the expression has that count
    QString error() const; // a sentence: the server refused a condition or did not answer; else empty
    QString error(const Path &path) const; // of that clause
    // Keys of what the whole finds; null while not known.
    std::shared_ptr<const KeySet> found() const;
    // Where the whole finds nothing: the condition on top without which it would find most, and how many.
    struct Hint
    {
        Path path;
        std::size_t count = 0;
    };
    std::optional<Hint> hint() const;

signals:
    void changed(); // some answer came

private:
    using Rows = std::vector<quint8>; // by experiment: 1 where it is found
    struct Question; // a condition, and what the server says to it

    QByteArray idOf(const Expression &clause, bool negated) const;
    void need(const Expression &part, bool negated, std::vector<QByteArray> &ids);
    void start(const QByteArray &id);
    void countLoaded();
    void send(Question &question, const QByteArray &predicates, bool archived);
    // Null while not known; nothing where the part does not count.
    std::optional<Rows> rows(const Expression &part, bool negated) const;
    std::optional<Rows> rowsOf(const Expression &clause, bool negated) const;
    std::optional<Rows> joined(const QList<Expression> &children, bool any, bool negated) const;

    QPointer<Session> m_session;
    QString m_workspace;
    QString m_project;
    api::Archived m_archived = api::Archived::No;
    Variables m_variables;
    std::shared_ptr<const api::Experiments> m_listing;
    std::unordered_map<std::string_view, quint32> m_rows; // by key, into m_listing
    Expression m_expression;
    std::function<ValuesOf(const Expression &)> m_values;
    std::optional<Count> m_here; // of m_expression
    quint64 m_counting = 0; // which one is the last
    std::map<QByteArray, std::unique_ptr<Question>> m_questions; // by what is sent
};

} // namespace query
