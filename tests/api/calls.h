// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/client.h"
#include "models/api/querybody.h"
#include "tests/support/outcome.h"

#include <functional>
#include <vector>

// Every kind of call of the client, with an answer that pleases it.
struct NamedCall
{
    const char *name;
    const char *path;
    QByteArray goodAnswer;
    std::function<std::shared_ptr<CallOutcome>(api::Client &)> start;
};

inline const std::vector<NamedCall> &allCalls()
{
    using namespace api;
    static const QString w = QStringLiteral("w");
    static const QString p = QStringLiteral("p");
    static const QString k = QStringLiteral("c352827bcdcb45e3ad40d0decec0b43c");
    static const ChartQuestion question{{k}, QStringList{QStringLiteral("loss")}, QStringList{QStringLiteral("lr")}, true, false};
    static const Rule rule{{QStringLiteral("acc"), Column::Source::Metric, QStringLiteral("double")},
        QStringLiteral("greater"), QStringLiteral("0.98")};
    static const std::vector<NamedCall> calls{
        {"serverVersion", "/clientlib/isAlive/ver", R"({"version": "3.60.0"})",
            [](Client &c) { return watch(c.serverVersion()); }},
        {"accountDetails", "account-details", R"({"userName": "u", "defaultWorkspaceName": "w"})",
            [](Client &c) { return watch(c.accountDetails()); }},
        {"workspaces", "workspaces", R"({"workspaceNames": ["w"]})",
            [](Client &c) { return watch(c.workspaces()); }},
        {"projects", "projects", R"({"projects": [{"projectId": "1", "projectName": "p"}]})",
            [](Client &c) { return watch(c.projects(w)); }},
        {"project", "project", R"({"projectId": "1", "projectName": "p"})",
            [](Client &c) { return watch(c.project(w, p)); }},
        {"projectById", "project", R"({"projectId": "1", "projectName": "p"})",
            [](Client &c) { return watch(c.projectById(QStringLiteral("1"))); }},
        {"projectNotes", "project/notes", R"({"notes": "# x"})",
            [](Client &c) { return watch(c.projectNotes(QStringLiteral("1"))); }},
        {"columnNames", "project/column-names", R"({"columns": [{"name": "acc", "source": "metrics", "type": "double"}]})",
            [](Client &c) { return watch(c.columnNames(w, p)); }},
        {"experiments", "experiments", R"({"experiments": [{"experimentKey": "k", "experimentName": null, "archived": false}]})",
            [](Client &c) { return watch(c.experiments(w, p)); }},
        {"query", "project/query", R"({"experimentKeys": ["k"]})",
            [](Client &c) { return watch(c.query(w, p, api::predicates({rule}), false)); }},
        {"metricsForChart", "experiments/multi-metric-chart",
            R"({"empty": false, "experiments": {"k": {"empty": false, "metrics": [{"metricName": "loss", "values": [1, 2]}], "params": null}}})",
            [](Client &c) { return watch(c.metricsForChart(question)); }},
        {"experimentMetadata", "experiment/metadata", R"({"experimentKey": "k", "running": false})",
            [](Client &c) { return watch(c.experimentMetadata(k)); }},
        {"metricsSummary", "experiment/metrics/summary", R"({"values": [{"name": "loss", "valueCurrent": "1"}]})",
            [](Client &c) { return watch(c.metricsSummary(k)); }},
        {"parameters", "experiment/parameters", R"({"values": []})",
            [](Client &c) { return watch(c.parameters(k)); }},
        {"others", "experiment/log-other", R"({"values": null})",
            [](Client &c) { return watch(c.others(k)); }},
        {"tags", "experiment/tags", R"({"tags": ["a"]})", [](Client &c) { return watch(c.tags(k)); }},
    };
    return calls;
}
