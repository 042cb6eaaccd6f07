// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/values.h"

// The bodies of project/query and experiments/search (PROTOCOL 5.1, 5.8), as the SDKs write them.
namespace api {

QByteArray sourceName(Column::Source source); // "params"
// PROTOCOL 5.3: one predicate a source, in the order in which the sources come first.
QByteArray predicates(const std::vector<Rule> &rules);
QByteArray queryBody(
    const QString &workspace, const QString &project, const QByteArray &predicates, bool archived);

inline constexpr int searchPage = 100; // the most experiments in an answer
QByteArray searchBody(const QString &projectId, const QByteArray &rulesTree, bool archived, int page = 1);

} // namespace api
