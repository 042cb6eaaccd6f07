// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/catalog.h"

#include "app/localserver/entries.h"

#include <algorithm>
#include <array>
#include <random>

namespace localserver::catalog {

namespace {

constexpr std::ptrdiff_t longestProjectName = 100;

Project fromRow(const Rows &rows, int column = 0)
{
    return {rows.integer(column), rows.text(column + 1), rows.text(column + 2), rows.text(column + 3)};
}

[[noreturn]] void noProject(const std::string &name)
{
    throw Failure(404, "There is no project " + name + ".");
}

bool wasDeleted(Connection &db, const std::string &key)
{
    return db.query("SELECT 1 FROM deleted WHERE key=?", key).next();
}

[[noreturn]] Experiment noExperiment(Connection &db, const std::string &key)
{
    if (wasDeleted(db, key))
        throw Failure(400, "The experiment " + key + " was deleted.", 90211);
    throw Failure(400, "There is no experiment " + key + ".", 90211);
}

bool isBlank(const std::string &name)
{
    return name.find_first_not_of(" \t\r\n") == std::string::npos;
}

// Of UTF-8: all bytes but those that continue a character.
std::ptrdiff_t characters(const std::string &text)
{
    return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; });
}

// A name such as the real server makes up where a script gives none.
std::string madeUpName()
{
    static constexpr std::array adjectives{"amber", "brisk", "calm", "distant", "early", "frozen", "gentle",
        "hidden", "keen", "lunar", "mellow", "northern", "patient", "quiet", "rapid", "silver"};
    static constexpr std::array nouns{"apex", "comet", "crater", "dust", "eclipse", "flare", "halo", "meteor",
        "nebula", "orbit", "probe", "quasar", "ridge", "signal", "tide", "zenith"};
    static thread_local std::random_device device;
    std::uniform_int_distribution<std::size_t> pick(0, adjectives.size() - 1);
    std::uniform_int_distribution<int> number(100, 9999);
    return std::string(adjectives[pick(device)]) + '_' + nouns[pick(device)] + '_'
        + std::to_string(number(device));
}

} // namespace

std::int64_t ensureWorkspace(Connection &db, const std::string &name)
{
    if (isBlank(name))
        throw Failure(400, "A workspace needs a name.", 90219);
    db.run("INSERT INTO workspaces(name) VALUES(?) ON CONFLICT DO NOTHING", name);
    return workspace(db, name);
}

std::int64_t workspace(Connection &db, const std::string &name)
{
    Rows rows = db.query("SELECT id FROM workspaces WHERE name=?", name);
    if (!rows.next())
        throw Failure(400, "There is no workspace " + name + ".", 90219);
    return rows.integer(0);
}

void requireProjectName(const std::string &name)
{
    if (isBlank(name))
        throw Failure(400, "A project needs a name.", 98219);
    if (characters(name) > longestProjectName)
        throw Failure(400, "The name of a project can have 100 characters at most.", 1341241);
}

std::optional<Project> findProject(Connection &db, const std::string &workspace, const std::string &name)
{
    Rows rows =
        db.query("SELECT p.id, p.key, p.name, w.name FROM projects p JOIN workspaces w ON w.id=p.workspace "
                 "WHERE w.name=? AND p.name=?",
            workspace, name);
    return rows.next() ? std::optional(fromRow(rows)) : std::nullopt;
}

std::optional<Project> findProject(Connection &db, const std::string &key)
{
    Rows rows =
        db.query("SELECT p.id, p.key, p.name, w.name FROM projects p JOIN workspaces w ON w.id=p.workspace "
                 "WHERE p.key=?",
            key);
    return rows.next() ? std::optional(fromRow(rows)) : std::nullopt;
}

Project ensureProject(Connection &db, const std::string &workspace, const std::string &name)
{
    if (const auto found = findProject(db, workspace, name))
        return *found;
    requireProjectName(name);
    Project project{0, newKey(), name, workspace};
    db.run("INSERT INTO projects(key, workspace, name, updated) VALUES(?,?,?,?)", project.key,
        ensureWorkspace(db, workspace), name, now());
    project.id = db.lastId();
    return project;
}

Project project(Connection &db, const Request &request)
{
    const std::string key = request.text("projectId");
    const auto found = key.empty()
        ? findProject(db, request.required("workspaceName"), request.required("projectName"))
        : findProject(db, key);
    if (!found)
        noProject(key.empty() ? request.text("workspaceName") + '/' + request.text("projectName") : key);
    return *found;
}

Project project(Connection &db, const Json &body)
{
    const auto key = optionalText(body, "projectId");
    const auto found = key
        ? findProject(db, *key)
        : findProject(db, requiredText(body, "workspaceName"), requiredText(body, "projectName"));
    if (!found)
        noProject(key ? *key : requiredText(body, "workspaceName") + '/' + requiredText(body, "projectName"));
    return *found;
}

void touch(Connection &db, std::int64_t project)
{
    db.run("UPDATE projects SET updated=? WHERE id=?", now(), project);
}

std::optional<Experiment> findExperiment(Connection &db, const std::string &key)
{
    Rows rows = db.query("SELECT e.id, e.key, p.id, p.key, p.name, w.name FROM experiments e JOIN projects p "
                         "ON p.id=e.project "
                         "JOIN workspaces w ON w.id=p.workspace WHERE e.key=?",
        key);
    if (!rows.next())
        return std::nullopt;
    return Experiment{rows.integer(0), rows.text(1), fromRow(rows, 2)};
}

Experiment experiment(Connection &db, const std::string &key)
{
    auto found = findExperiment(db, key);
    return found ? *found : noExperiment(db, key);
}

Experiment experiment(Connection &db, const Request &request)
{
    return experiment(db, request.required("experimentKey"));
}

Experiment logged(Connection &db, const std::string &key, bool fromScript, const std::string &user)
{
    if (auto found = findExperiment(db, key))
        return *found;
    if (!fromScript || wasDeleted(db, key))
        noExperiment(db, key);
    return create(db, key, ensureProject(db, user, "general"), "", user);
}

Experiment create(Connection &db, const std::string &key, const Project &project, const std::string &name,
    const std::string &user)
{
    const std::string shown = name.empty() ? madeUpName() : name;
    const std::int64_t time = now();
    db.run("DELETE FROM deleted WHERE key=?", key);
    db.run("INSERT INTO experiments(key, project, name, user, started, ended) VALUES(?,?,?,?,?,?)", key,
        project.id, shown, user, time, time);
    const Experiment made{db.lastId(), key, project};
    entries::set(db, made.id, schema::Other, "Name", {shown, {}, name.empty() ? 0 : time, {}});
    touch(db, project.id);
    return made;
}

} // namespace localserver::catalog
