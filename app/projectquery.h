// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/commandline.h"
#include "models/api/reply.h"
#include "models/browse/arrangement.h"
#include "models/query/variables.h"
#include "models/session/place.h"
#include "models/session/session.h"

#include <QObject>

#include <memory>

// --query and --explain: reads a project's columns, then asks the server who satisfies the expression, or
// says what it would be asked. Owned by Printing; lives on the main thread.
class ProjectQuery : public QObject
{
    Q_OBJECT
public:
    ProjectQuery(Session &session, const Place &project, const CommandLine &line, QObject *parent = nullptr);

signals: // one of them, once
    void found(const std::shared_ptr<const KeySet> &keys);
    void explained(const QString &text); // whole lines
    void failed(const QString &sentence);

private:
    void take(const query::Variables &variables);
    void ask(const query::Variables &variables);
    void explainQuery(const query::Variables &variables);
    void explainSearch(const query::Variables &variables);
    void explainToOthers(const query::Variables &variables);
    void sayTooMuch();

    Session &m_session;
    Place m_project;
    query::Expression m_expression;
    CommandLine::Explain m_explain;
    bool m_archived;
    api::Latest m_latest;
};
