// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/values.h"
#include "models/values/rowtable.h"

struct ProjectRow
{
    QString name;
    QString id;
    QString description;
    qint64 experiments = -1;
    qint64 lastUpdated = 0;
    bool isPublic = false;

    bool operator==(const ProjectRow &) const = default;
};

// The projects of one workspace. Owned by the page or printer that shows them.
class ProjectTable : public RowTable<ProjectRow>
{
    Q_OBJECT
public:
    enum Column { Name, Experiments, Visibility, Updated, Description };

    explicit ProjectTable(QObject *parent = nullptr);

    void setProjects(const std::vector<api::Project> &projects);
};

struct WorkspaceRow
{
    QString name;
    bool isDefault = false; // the one of the account

    bool operator==(const WorkspaceRow &) const = default;
};

// The workspaces that an account may see. Owned by the page or printer that shows them.
class WorkspaceTable : public RowTable<WorkspaceRow>
{
    Q_OBJECT
public:
    enum Column { Name, Remark };

    explicit WorkspaceTable(QObject *parent = nullptr);

    void setWorkspaces(const QStringList &names, const QString &defaultName);
};
