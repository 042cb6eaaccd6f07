// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/matching.h"

#include "models/api/background.h"
#include "models/query/normalform.h"
#include "models/query/wire.h"

#include <algorithm>
#include <array>

namespace query {

namespace {

using Kind = Expression::Kind;

int countClauses(const Expression &part)
{
    if (!counts(part))
        return 0;
    if (!part.isGroup())
        return 1;
    int all = 0;
    for (const Expression &child : part.children())
        all += countClauses(child);
    return all;
}

} // namespace

struct Matching::Question
{
    std::array<api::Latest, 2> replies; // active and archived experiments
    int awaited = 0;
    std::vector<QString> keys;
    Rows rows;
    bool isKnown = false;
    QString error;
};

Matching::Matching(QObject *parent)
    : QObject(parent)
    , m_listing(std::make_shared<const api::Experiments>())
{
}

Matching::~Matching() = default;

void Matching::setProject(
    Session *session, const QString &workspace, const QString &project, api::Archived archived)
{
    m_session = session;
    m_workspace = workspace;
    m_project = project;
    m_archived = archived;
    m_questions.clear();
}

void Matching::setListing(std::shared_ptr<const api::Experiments> listing)
{
    m_listing = std::move(listing);
    m_questions.clear();
    m_rows.clear();
    m_rows.reserve(m_listing->size());
    for (std::size_t row = 0; row < m_listing->size(); ++row)
        m_rows.emplace(m_listing->keys.view(row), static_cast<quint32>(row));
}

void Matching::setVariables(const Variables &variables)
{
    m_variables = variables;
}

QByteArray Matching::idOf(const Expression &clause, bool negated) const
{
    const Clause &what = clause.clause();
    const bool opposite = negated != clause.isNegated() && what.source != Source::Tag;
    return predicates(Expression(what, opposite), m_variables, Form::Reference);
}

void Matching::need(const Expression &part, bool negated, std::vector<QByteArray> &ids)
{
    if (!part.isOn())
        return;
    if (part.isGroup()) {
        for (const Expression &child : part.children()) {
            need(child, false, ids); // for its own count
            if (negated != part.isNegated())
                need(child, true, ids);
        }
        return;
    }
    if (!problems(part, m_variables).empty())
        return;
    const QByteArray id = idOf(part, negated);
    ids.push_back(id);
    if (!m_questions.contains(id))
        start(id);
}

void Matching::setValues(std::function<ValuesOf(const Expression &expression)> values)
{
    m_values = std::move(values);
}

void Matching::setExpression(const Expression &expression)
{
    m_expression = expression;
    countLoaded();
    emit changed();
}

void Matching::countLoaded()
{
    constexpr std::size_t mostAtOnce = 20'000; // values: some milliseconds, where they are listed texts
    m_here.reset();
    const quint64 counting = ++m_counting;
    if (!m_values || m_listing->size() == 0)
        return;
    const auto work = [expression = m_expression, variables = m_variables, rows = m_listing->size(),
                          values = m_values(m_expression)] {
        return evaluated(expression, variables, rows, values).count;
    };
    if (m_listing->size() * static_cast<std::size_t>(conditions()) <= mostAtOnce) {
        m_here = work();
        return;
    }
    runInBackground(this, work, [this, counting](Count count) {
        if (counting != m_counting)
            return;
        m_here = std::move(count);
        emit changed();
    });
}

std::optional<std::size_t> Matching::countHere(const Path &path) const
{
    const Count *count = m_here ? &*m_here : nullptr;
    for (const int child : path) {
        if (!count || child < 0 || static_cast<std::size_t>(child) >= count->parts.size())
            return std::nullopt;
        count = &count->parts[static_cast<std::size_t>(child)];
    }
    return count && count->unknown == 0 ? std::optional(count->yes) : std::nullopt;
}

void Matching::ask(const Expression &expression)
{
    m_expression = expression;
    countLoaded();
    std::vector<QByteArray> ids;
    if (m_session)
        need(expression, false, ids);
    // What is known stays for when a condition comes back; what is under way for nothing is given up.
    std::erase_if(m_questions, [&ids](const auto &entry) {
        const bool isNeeded = std::ranges::find(ids, entry.first) != ids.end();
        return !isNeeded && (!entry.second->isKnown || !entry.second->error.isEmpty());
    });
    emit changed();
}

void Matching::start(const QByteArray &id)
{
    Question &question = *(m_questions[id] = std::make_unique<Question>());
    for (const bool archived : {false, true}) {
        if (m_archived == api::Archived::Both || (m_archived == api::Archived::Yes) == archived)
            send(question, id, archived);
    }
}

void Matching::send(Question &question, const QByteArray &predicates, bool archived)
{
    ++question.awaited;
    const auto settle = [this, &question] {
        if (--question.awaited > 0)
            return;
        question.rows.assign(m_listing->size(), 0);
        for (const QString &key : question.keys) {
            const std::string text = key.toStdString();
            if (const auto row = m_rows.find(text); row != m_rows.end())
                question.rows[row->second] = 1;
        }
        question.keys = {};
        question.isKnown = true;
        emit changed();
    };
    // The question owns the reply: while it is answered, the question is there.
    question.replies[archived ? 1 : 0](m_session->client().query(m_workspace, m_project, predicates, archived))
        ->then(this,
            [&question, settle](const QStringList &keys) {
                question.keys.insert(question.keys.end(), keys.begin(), keys.end());
                settle();
            })
        ->otherwise(this, [&question, settle](const api::Error &error) {
            question.error = error.sentence();
            settle();
        });
}

std::optional<Matching::Rows> Matching::rowsOf(const Expression &clause, bool negated) const
{
    const auto found = m_questions.find(idOf(clause, negated));
    if (found == m_questions.end() || !found->second->isKnown || !found->second->error.isEmpty())
        return std::nullopt;
    Rows rows = found->second->rows;
    if (clause.clause().source == Source::Tag && negated != clause.isNegated()) {
        for (quint8 &row : rows)
            row = row == 0;
    }
    return rows;
}

std::optional<Matching::Rows> Matching::joined(const QList<Expression> &children, bool any, bool negated) const
{
    Rows all(m_listing->size(), any ? 0 : 1);
    for (const Expression &child : children) {
        if (!counts(child))
            continue;
        const std::optional<Rows> one = rows(child, negated);
        if (!one)
            return std::nullopt;
        for (std::size_t row = 0; row < all.size(); ++row)
            all[row] = any ? all[row] | (*one)[row] : all[row] & (*one)[row];
    }
    return all;
}

std::optional<Matching::Rows> Matching::rows(const Expression &part, bool negated) const
{
    if (!part.isGroup())
        return rowsOf(part, negated);
    if (!counts(part))
        return Rows(m_listing->size(), 1);
    const bool inside = negated != part.isNegated(); // De Morgan
    return joined(part.children(), (part.kind() == Kind::Any) != inside, inside);
}

std::optional<std::size_t> Matching::count(const Path &path) const
{
    const Expression *part = m_expression.at(path);
    const std::optional<Rows> found = part ? rows(*part, false) : std::nullopt;
    if (!found)
        return std::nullopt;
    return static_cast<std::size_t>(std::ranges::count(*found, 1));
}

bool Matching::isRunning() const
{
    return std::ranges::any_of(m_questions, [](const auto &entry) { return !entry.second->isKnown; });
}

int Matching::conditions() const
{
    return countClauses(m_expression);
}

QString Matching::error() const
{
    for (const auto &[id, question] : m_questions) {
        if (!question->error.isEmpty())
            return question->error;
    }
    return {};
}

QString Matching::error(const Path &path) const
{
    const Expression *clause = m_expression.at(path);
    if (!clause || clause->isGroup())
        return {};
    for (const bool negated : {false, true}) {
        const auto found = m_questions.find(idOf(*clause, negated));
        if (found != m_questions.end() && !found->second->error.isEmpty())
            return found->second->error;
    }
    return {};
}

std::shared_ptr<const KeySet> Matching::found() const
{
    const std::optional<Rows> rows = this->rows(m_expression, false);
    if (!rows)
        return nullptr;
    auto keys = std::make_shared<KeySet>();
    for (std::size_t row = 0; row < rows->size(); ++row) {
        if ((*rows)[row])
            keys->emplace(m_listing->keys.view(row));
    }
    return keys;
}

std::optional<Matching::Hint> Matching::hint() const
{
    if (m_expression.kind() != Kind::All || m_expression.isNegated() || count({}) != std::size_t{0})
        return std::nullopt;
    std::optional<Hint> best;
    for (int child = 0; child < static_cast<int>(m_expression.children().size()); ++child) {
        if (!counts(m_expression.children()[child]))
            continue;
        const std::optional<Rows> without = rows(m_expression.removed({child}), false);
        if (!without)
            continue;
        const auto count = static_cast<std::size_t>(std::ranges::count(*without, 1));
        if (count > 0 && (!best || count > best->count))
            best = Hint{{child}, count};
    }
    return best;
}

} // namespace query
