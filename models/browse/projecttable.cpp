// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/browse/projecttable.h"

#include "models/values/format.h"

ProjectTable::ProjectTable(QObject *parent)
    : RowTable<ProjectRow>(
        {
            {"name", tr("Project"), {}, Qt::AlignLeft, [](const ProjectRow &row) { return row.name; }, {}, {}},
            {"experiments", tr("Experiments"), tr("Experiments that are not archived"), Qt::AlignRight,
                [](const ProjectRow &row) {
                    return row.experiments < 0 ? format::missing() : format::count(row.experiments);
                },
                [](const ProjectRow &row) { return QVariant(row.experiments); },
                [](const ProjectRow &row) { return QString::number(row.experiments); }},
            {"visibility", tr("Visibility"), {}, Qt::AlignLeft,
                [](const ProjectRow &row) { return row.isPublic ? tr("Public") : tr("Private"); }, {}, {}},
            {"updated", tr("Last Updated"), {}, Qt::AlignLeft,
                [](const ProjectRow &row) {
                    return format::time(row.lastUpdated, QDateTime::currentDateTime());
                },
                [](const ProjectRow &row) { return QVariant(row.lastUpdated); },
                [](const ProjectRow &row) { return format::timeFull(row.lastUpdated); }},
            {"description", tr("Description"), {}, Qt::AlignLeft,
                [](const ProjectRow &row) { return row.description; }, {}, {}},
        },
        [](const ProjectRow &row) { return row.id.isEmpty() ? row.name : row.id; }, parent)
{
}

void ProjectTable::setProjects(const std::vector<api::Project> &projects)
{
    std::vector<ProjectRow> rows;
    rows.reserve(projects.size());
    for (const api::Project &project : projects) {
        rows.push_back({project.name, project.id, project.description, project.experimentCount,
            project.lastUpdated, project.isPublic});
    }
    setRows(std::move(rows));
}

WorkspaceTable::WorkspaceTable(QObject *parent)
    : RowTable<WorkspaceRow>(
        {
            {"name", tr("Workspace"), {}, Qt::AlignLeft, [](const WorkspaceRow &row) { return row.name; }, {},
                {}},
            {"remark", tr("Remark"), {}, Qt::AlignLeft,
                [](const WorkspaceRow &row) { return row.isDefault ? tr("Your default workspace") : QString(); },
                {}, {}},
        },
        [](const WorkspaceRow &row) { return row.name; }, parent)
{
}

void WorkspaceTable::setWorkspaces(const QStringList &names, const QString &defaultName)
{
    std::vector<WorkspaceRow> rows;
    for (const QString &name : names)
        rows.push_back({name, name == defaultName});
    setRows(std::move(rows));
}
