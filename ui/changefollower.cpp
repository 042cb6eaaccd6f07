// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/changefollower.h"

#include "models/changes/changes.h"
#include "ui/browse/navigatorpanel.h"
#include "ui/navigator.h"
#include "ui/pagestack.h"

using namespace Qt::StringLiterals;
using Kind = Step::Kind;

namespace {

// Whether the tree shows something of what the step changes.
bool isInTree(Kind kind)
{
    switch (kind) {
    case Kind::Stop:
    case Kind::Tags:
    case Kind::Other:
    case Kind::ProjectNotes:
    case Kind::CreateShareKey:
    case Kind::DeleteShareKey:
    case Kind::ModelNotes:
    case Kind::VersionComment:
    case Kind::Stage:
    case Kind::Status:
        return false;
    default:
        return true;
    }
}

} // namespace

ChangeFollower::ChangeFollower(Changes &changes, const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    connect(&changes, &Changes::applied, this, &ChangeFollower::follow);
}

void ChangeFollower::follow(const QString &server, const std::vector<Step> &steps)
{
    if (isInTree(steps.front().kind))
        m_parts.panel.refresh(server);
    bool hasMoved = false;
    for (const Step &step : steps)
        hasMoved = moveAlong(server, step) || hasMoved;
    if (!hasMoved && m_parts.navigator.current().server == server)
        m_parts.pages.refresh();
}

// True where the window went to another place because of the step.
bool ChangeFollower::moveAlong(const QString &server, const Step &step)
{
    Place place = m_parts.navigator.current();
    if (place.server != server)
        return false;
    if (step.kind == Kind::DeleteExperiment && place.experiment == step.subject) {
        m_parts.navigator.up();
        return true;
    }
    const Place project{server, place.workspace, place.project, {}};
    if (step.kind == Kind::DeleteProject && isProject(step, project)) {
        m_parts.navigator.moveProject(project, {server, place.workspace, {}, {}});
        return true;
    }
    const QString name = step.after["name"_L1].toString();
    if (step.kind == Kind::Project && !name.isEmpty() && isProject(step, project)) {
        m_parts.pages.renameProject(name);
        m_parts.navigator.moveProject(project, {server, place.workspace, name, {}});
        return true;
    }
    const bool isItsModel = place.workspace == step.details["workspace"_L1].toString() && !place.model.isEmpty()
        && place.model == step.details["model"_L1].toString();
    if (step.kind == Kind::DeleteModel && isItsModel) {
        m_parts.navigator.move(place, Place::ofRegistry(server, place.workspace));
        return true;
    }
    if (step.kind == Kind::Model && isItsModel && !name.isEmpty() && name != place.model) {
        m_parts.navigator.move(place, Place::ofRegistry(server, place.workspace, name));
        return true;
    }
    return false;
}

// Whether the step is about this project: by its id where the tree knows it, else by its name before.
bool ChangeFollower::isProject(const Step &step, const Place &project) const
{
    if (project.project.isEmpty())
        return false;
    const WorkspaceTree &tree = *m_parts.panel.model();
    const QModelIndex index = tree.find(project);
    if (tree.kind(index) == WorkspaceTree::Kind::Project)
        return index.data(WorkspaceTree::KeyRole).toString() == step.subject;
    const QString workspace = step.details["workspace"_L1].toString(project.workspace);
    const QString before = step.before["name"_L1].toString(step.details["project"_L1].toString());
    return workspace == project.workspace && before == project.project;
}
