// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/querybody.h"

#include "models/api/json.h"

#include <QHash>

namespace api {

QByteArray sourceName(Column::Source source)
{
    switch (source) {
    case Column::Source::Metadata:
        return "metadata";
    case Column::Source::Metric:
        return "metrics";
    case Column::Source::Parameter:
        return "params";
    case Column::Source::Environment:
        return "env_details";
    case Column::Source::Tag:
        return "tag";
    case Column::Source::Other:
    case Column::Source::Unknown:
        break;
    }
    return "log_other";
}

QByteArray predicates(const std::vector<Rule> &rules)
{
    QList<QByteArray> sources;
    QHash<QByteArray, QList<QByteArray>> rulesOf;
    for (const Rule &rule : rules) {
        const QByteArray source = sourceName(rule.column.source);
        const QByteArray name = json::quoted(rule.column.name);
        if (!sources.contains(source))
            sources += source;
        rulesOf[source] += "{\"id\": " + name + ", \"field\": " + name + ", \"type\": "
            + json::quoted(rule.column.type) + ", \"operator\": " + json::quoted(rule.op)
            + ", \"value\": " + rule.jsonValue.toUtf8() + '}';
    }
    QList<QByteArray> entries;
    for (const QByteArray &source : sources) {
        entries += "{\"source\": \"" + source + "\", \"query\": {\"condition\": \"AND\", \"rules\": "
            + json::list(rulesOf[source]) + ", \"valid\": true}}";
    }
    return json::list(entries);
}

QByteArray queryBody(
    const QString &workspace, const QString &project, const QByteArray &predicates, bool archived)
{
    return json::object({{"workspaceName", json::quoted(workspace)}, {"projectName", json::quoted(project)},
        {"predicates", predicates}, {"archived", json::boolean(archived)}});
}

QByteArray searchBody(const QString &projectId, const QByteArray &rulesTree, bool archived, int page)
{
    return json::object({{"projectId", json::quoted(projectId)}, {"viewId", "null"}, {"rulesTree", rulesTree},
        {"limit", QByteArray::number(searchPage)}, {"page", QByteArray::number(page)},
        {"deleted", json::boolean(archived)}, {"ignorePinnedExperimentsFirst", "true"}, {"pinnedOnly", "null"},
        {"multipleSort", "null"}, {"chainsQueryRules", "null"}});
}

} // namespace api
