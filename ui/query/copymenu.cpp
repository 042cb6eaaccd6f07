// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/query/copymenu.h"

#include "models/query/english.h"
#include "models/query/normalform.h"
#include "models/query/plan.h"
#include "models/query/pythontext.h"

#include <QClipboard>
#include <QGuiApplication>

CopyMenu::CopyMenu(std::function<Query()> query, QWidget *parent)
    : QMenu(parent)
    , m_query(std::move(query))
{
    add(tr("&Expression"), tr("Copied the query as an expression"),
        [](const Query &query) { return query::toPython(query.expression); });
    add(tr("&Python Script"), tr("Copied the query as a Python script"),
        [](const Query &query) { return query::pythonScript(query.expression, query.place); });
    add(tr("&curl Command"), tr("Copied the query as a curl command"), [](const Query &query) {
        return query::curlCommands(query.expression, query.variables, query.place, query.form);
    });
    add(tr("&JSON"), tr("Copied the query as JSON"), [](const Query &query) {
        return QString::fromUtf8(query::rulesTree(query::simplified(query.expression), query.variables));
    });
    add(tr("E&nglish"), tr("Copied the query in English"),
        [](const Query &query) { return query::inEnglish(query.expression, query.variables); });
}

void CopyMenu::add(
    const QString &title, const QString &done, const std::function<QString(const Query &)> &text)
{
    addAction(title, this, [this, done, text] {
        const Query query = m_query();
        if (query::asksNothing(query.expression)) {
            emit copied(tr("The query has no conditions yet"));
            return;
        }
        const std::vector<query::Problem> problems = query::problems(query.expression, query.variables);
        if (!problems.empty()) {
            emit copied(problems.front().message);
            return;
        }
        const QString copy = text(query);
        if (copy.isEmpty()) {
            emit copied(tr("Without OR the query would need more than %n queries", nullptr,
                static_cast<int>(query::mostBranches)));
            return;
        }
        QGuiApplication::clipboard()->setText(copy);
        emit copied(done);
    });
}
