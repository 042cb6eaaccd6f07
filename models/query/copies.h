// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/wire.h"

#include <QUrl>

// A query as other programs ask it; nothing of it holds the API key. Both are empty where the server would
// have to be asked more than mostBranches times.
namespace query {

struct CopiedPlace
{
    QUrl root; // scheme, host and port of the server
    QString workspace;
    QString project;
    api::Archived archived = api::Archived::No;
};

// A script for the comet_ml package, any since 3.8, that prints key and name of each experiment: api.query for
// each branch, joined, because older packages and servers know no OR; what has a tag is taken out, because
// older packages can't negate one (PROTOCOL 5.4).
QString pythonScript(const Expression &expression, const CopiedPlace &place);

// A curl command a line, one for each request, with $COMET_API_KEY.
QString curlCommands(
    const Expression &expression, const Variables &variables, const CopiedPlace &place, Form form);

} // namespace query
