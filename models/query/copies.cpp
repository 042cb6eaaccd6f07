// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/query/copies.h"

#include "models/api/querybody.h"
#include "models/api/request.h"
#include "models/api/requestlog.h"
#include "models/query/normalform.h"
#include "models/query/plan.h"
#include "models/query/pythontext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace query {

namespace {

const QString head = uR"(import os
from datetime import datetime, timedelta, timezone

os.environ.setdefault("COMET_URL_OVERRIDE", %1)  # the key comes from COMET_API_KEY or a .comet.config
from comet_ml import API
from comet_ml.query import Environment, Metadata, Metric, Other, Parameter, Tag

api = API()


def found(condition):
    return {
        experiment.id: experiment
        for archived in %4
        for experiment in api.query(%2, %3, condition, archived=archived) or []
    }


)"_s;

bool isNegatedTag(const Expression &clause)
{
    return clause.isNegated() && clause.clause().source == Source::Tag;
}

// The experiments of one branch, as an expression of Python.
QString branchText(const Branch &branch)
{
    Branch asked;
    QStringList excluded;
    for (const Expression &clause : branch) {
        if (isNegatedTag(clause))
            excluded += u"found(Tag("_s + pythonString(clause.clause().name) + u"))"_s;
        else
            asked += clause;
    }
    const QString base = asked.isEmpty() ? u"everything()"_s : u"found("_s + toPython(Expression::all(asked)) + u')';
    if (excluded.isEmpty())
        return base;
    return u"without("_s + base + u", "_s + excluded.join(u", "_s) + u')';
}

} // namespace

QString pythonScript(const Expression &expression, const CopiedPlace &place)
{
    const auto all = branches(expression, mostBranches);
    if (!all)
        return {};
    const QString workspace = pythonString(place.workspace);
    const QString project = pythonString(place.project);
    QUrl client = place.root;
    client.setPath(u"/clientlib/"_s);
    QString script = head.arg(pythonString(QString::fromLatin1(client.toEncoded())), workspace, project,
        place.archived == api::Archived::No ? u"[False]"_s
            : place.archived == api::Archived::Yes ? u"[True]"_s : u"[False, True]"_s);
    const auto isAllNegatedTags
        = [](const Branch &branch) { return std::all_of(branch.cbegin(), branch.cend(), isNegatedTag); };
    const auto hasNegatedTag
        = [](const Branch &branch) { return std::any_of(branch.cbegin(), branch.cend(), isNegatedTag); };
    if (std::any_of(all->cbegin(), all->cend(), isAllNegatedTags)) {
        QStringList lists;
        if (place.archived != api::Archived::Yes)
            lists += u"(api.get_experiments(%1, %2) or [])"_s.arg(workspace, project);
        if (place.archived != api::Archived::No)
            lists += u"(api.get_archived_experiments(%1, %2) or [])"_s.arg(workspace, project);
        script += u"def everything():\n    return {experiment.id: experiment for experiment in "_s
            + lists.join(u" + "_s) + u"}\n\n\n"_s;
    }
    if (std::any_of(all->cbegin(), all->cend(), hasNegatedTag)) {
        script += u"def without(experiments, *others):\n"
                  "    return {key: experiment for key, experiment in experiments.items()\n"
                  "            if not any(key in other for other in others)}\n\n\n"_s;
    }
    script += u"experiments = {\n"_s;
    for (const Branch &branch : *all)
        script += u"    **"_s + branchText(branch) + u",\n"_s;
    return script + u"}\nfor experiment in experiments.values():\n    print(experiment.id, experiment.name)\n"_s;
}

QString curlCommands(const Expression &expression, const Variables &variables, const CopiedPlace &place, Form form)
{
    const auto questions = plan(expression, variables, form);
    if (!questions)
        return {};
    QStringList commands;
    for (const QByteArray &predicates : questions->predicates) {
        for (const bool archived : {false, true}) {
            if (place.archived == (archived ? api::Archived::No : api::Archived::Yes))
                continue;
            api::RequestLog::Entry entry;
            entry.method = "POST";
            entry.url = api::Request{entry.method, u"project/query"_s}.url(place.root);
            entry.body = api::queryBody(place.workspace, place.project, predicates, archived);
            commands += api::RequestLog::curl(entry);
        }
    }
    return commands.join(u'\n');
}

} // namespace query
