// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/connection.h"
#include "app/localserver/request.h"

#include <cstdint>
#include <optional>
#include <string>

// Finds workspaces, projects and experiments by what clients call them.
namespace localserver::catalog {

struct Project {
    std::int64_t id = 0;
    std::string key;
    std::string name;
    std::string workspace;
};

struct Experiment {
    std::int64_t id = 0;
    std::string key;
    Project project;
};

// Makes the workspace where there is none: this server belongs to one person, who needs no permission.
std::int64_t ensureWorkspace(Connection &db, const std::string &name);
// 400 + 90219 where there is none.
std::int64_t workspace(Connection &db, const std::string &name);

// Throws a 400 with 98219 for a blank name and 1341241 for one of more than 100 characters.
void requireProjectName(const std::string &name);
std::optional<Project> findProject(Connection &db, const std::string &workspace, const std::string &name);
std::optional<Project> findProject(Connection &db, const std::string &key);
Project ensureProject(Connection &db, const std::string &workspace, const std::string &name);
// By projectId, or workspaceName and projectName; 404 where there is none.
Project project(Connection &db, const Request &request); // from the query
Project project(Connection &db, const Json &body); // from the body
// Its experiments or properties changed.
void touch(Connection &db, std::int64_t project);

std::optional<Experiment> findExperiment(Connection &db, const std::string &key);
// 400 + 90211 where there is none, as the Java client expects of all reads of an experiment.
Experiment experiment(Connection &db, const std::string &key);
// The experiment of a read: by the parameter experimentKey.
Experiment experiment(Connection &db, const Request &request);

// The experiment that a write is for. A running script logs on after the server was replaced by one
// that never heard of it, so for a script an unknown one is made (PROTOCOL-ONLINE 9); else 400 + 90211. One
// that was deleted stays so, also while its script logs on.
Experiment logged(Connection &db, const std::string &key, bool fromScript, const std::string &user);

// Makes an experiment, also one of that key that was deleted. An empty name gets a made-up one, which any
// other takes the place of.
Experiment create(Connection &db, const std::string &key, const Project &project, const std::string &name,
    const std::string &user);

} // namespace localserver::catalog
