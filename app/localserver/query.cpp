// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/catalog.h"
#include "app/localserver/entries.h"
#include "app/localserver/experimentrows.h"
#include "app/localserver/handlers.h"
#include "app/localserver/pieces.h"
#include "app/localserver/rules.h"

#include <algorithm>
#include <unordered_map>

namespace localserver::handlers {

namespace {

using Values = std::vector<std::optional<std::string>>; // one each experiment
using Flags = std::vector<char>; // one each experiment

// The experiments a query is about, and what its rules ask of them.
class Candidates {
public:
    Candidates(Connection &db, std::int64_t project, bool archived);

    // Which of them pass, in the order of ids().
    Flags passing(const RuleTree &tree);
    std::size_t size() const { return m_ids.size(); }
    const std::string &key(std::size_t index) const { return m_keys[index]; }
    std::int64_t id(std::size_t index) const { return m_ids[index]; }

private:
    Values values(const RuleTree &rule);
    Values entryValues(schema::Source source, const std::string &name);
    Values metadataValues(const std::string &name);
    Values pieceValues(schema::Piece piece, const std::string &field);
    Values tagValues(const std::string &tag);
    Values existence(const char *sql);
    void put(Values &values, const Rows &rows, std::string value) const;

    Connection &m_db;
    std::int64_t m_project;
    std::vector<std::int64_t> m_ids;
    std::vector<std::string> m_keys;
    std::unordered_map<std::int64_t, std::size_t> m_index; // by id
};

#define OF_PROJECT "(e.project=?1 OR e.id IN (SELECT experiment FROM links WHERE project=?1)) "

Candidates::Candidates(Connection &db, std::int64_t project, bool archived) : m_db(db), m_project(project)
{
    Rows rows = db.query("SELECT e.id, e.key FROM experiments e WHERE " OF_PROJECT
                         "AND e.archived=?2 ORDER BY e.started DESC, e.id DESC",
        project, archived);
    while (rows.next()) {
        m_index.emplace(rows.integer(0), m_ids.size());
        m_ids.push_back(rows.integer(0));
        m_keys.push_back(rows.text(1));
    }
}

Flags Candidates::passing(const RuleTree &tree)
{
    Flags flags(size(), tree.isRule() || tree.all || tree.children.empty());
    if (tree.isRule()) {
        const Values all = values(tree);
        for (std::size_t i = 0; i < size(); ++i)
            flags[i] = passes(tree, all[i]);
        return flags;
    }
    for (const RuleTree &child : tree.children) {
        const Flags some = passing(child);
        for (std::size_t i = 0; i < size(); ++i)
            flags[i] = tree.all ? flags[i] && some[i] : flags[i] || some[i];
    }
    return flags;
}

// Metrics by their current value, as parameters and others (PROTOCOL 5.5).
Values Candidates::values(const RuleTree &rule)
{
    if (rule.source == "metrics")
        return entryValues(schema::Metric, rule.name);
    if (rule.source == "params")
        return entryValues(schema::Parameter, rule.name);
    if (rule.source == "log_other")
        return entryValues(schema::Other, rule.name);
    if (rule.source == "metadata")
        return metadataValues(rule.name);
    if (rule.source == "env_details")
        return pieceValues(schema::SystemDetails, rule.name);
    if (rule.source == "tag")
        return tagValues(rule.name);
    throw Failure(400, "There is no source " + rule.source + ".");
}

void Candidates::put(Values &values, const Rows &rows, std::string value) const
{
    if (const auto found = m_index.find(rows.integer(0)); found != m_index.end())
        values[found->second] = std::move(value);
}

Values Candidates::entryValues(schema::Source source, const std::string &name)
{
    Values values(size());
    Rows rows = m_db.query("SELECT n.experiment, n.current FROM experiments e JOIN entries n ON "
                           "n.experiment=e.id AND n.source=?2 AND n.name=?3 "
                           "WHERE " OF_PROJECT,
        m_project, source, name);
    while (rows.next()) {
        if (!rows.isNull(1))
            put(values, rows, rows.text(1));
    }
    return values;
}

Values Candidates::metadataValues(const std::string &name)
{
    if (name == "hasHtml")
        return existence("SELECT experiment FROM pieces WHERE piece=1 AND length(content) > 0");
    if (name == "hasImages")
        return existence("SELECT DISTINCT experiment FROM assets WHERE type='image'");
    if (name == "codeSHA")
        return pieceValues(schema::GitMetadata, "parent");
    if (name == "installed_packages")
        return pieceValues(schema::SystemDetails, "installedPackages");
    Values values(size());
    Rows rows =
        m_db.query("SELECT " EXPERIMENT_COLUMNS "FROM experiments e JOIN projects p ON p.id=e.project "
                   "JOIN workspaces w ON w.id=p.workspace WHERE " OF_PROJECT,
            m_project);
    const std::int64_t time = now();
    while (rows.next()) {
        const std::int64_t started = rows.integer(4);
        const std::int64_t ended = rows.integer(5);
        const std::string path = rows.text(11);
        if (name == "experimentKey" || name == "runId")
            put(values, rows, rows.text(1));
        else if (name == "user_name")
            put(values, rows, rows.text(3));
        else if (name == "duration")
            put(values, rows, javaDouble(double(std::max<std::int64_t>(0, ended - started)) / 1000));
        else if (name == "start_server_timestamp")
            put(values, rows, rows.text(4));
        else if (name == "end_server_timestamp")
            put(values, rows, rows.text(5));
        else if (name == "last_message_time")
            put(values, rows, std::to_string(std::max(ended, rows.integer(8))));
        else if (name == "runActive")
            put(values, rows,
                stateOf(rows.integer(7), rows.integer(8), rows.boolean(9), time) == State::Running ? "1"
                                                                                                   : "0");
        else if (name == "file_path" && !path.empty())
            put(values, rows, path);
        else if (name == "file_name" && !path.empty())
            put(values, rows, path.substr(path.find_last_of('/') + 1));
        else if (name == "optimizationId" && !rows.view(12).empty())
            put(values, rows, rows.text(12));
        else if (name == "hasNotes")
            put(values, rows, "0"); // only projects have notes here
    }
    return values;
}

Values Candidates::pieceValues(schema::Piece piece, const std::string &field)
{
    Values values(size());
    Rows rows = m_db.query("SELECT c.experiment, c.content FROM experiments e JOIN pieces c ON "
                           "c.experiment=e.id AND c.piece=?2 WHERE " OF_PROJECT,
        m_project, piece);
    while (rows.next()) {
        const Json object = parsed(rows.text(1));
        const auto found = object.find(field);
        if (found != object.end() && !found->is_null())
            put(values, rows, asText(*found));
    }
    return values;
}

// The tag itself, or an empty text: those without it pass a negated rule.
Values Candidates::tagValues(const std::string &tag)
{
    Values values(size(), "");
    Rows rows = m_db.query("SELECT experiment FROM tags WHERE tag=?", tag);
    while (rows.next())
        put(values, rows, tag);
    return values;
}

// "1" for the experiments that the statement lists, "0" for the others.
Values Candidates::existence(const char *sql)
{
    Values values(size(), "0");
    Rows rows = m_db.query(sql);
    while (rows.next())
        put(values, rows, "1");
    return values;
}

} // namespace

// PROTOCOL 5.1
Answer queryProject(Service &service, const Request &request)
{
    const Json &body = request.body;
    const RuleTree tree = ruleTreeOfPredicates(optionalArray(body, "predicates"));
    return service.store.read([&](Connection &db) {
        Candidates candidates(db, catalog::project(db, body).id, optionalBoolean(body, "archived", false));
        const Flags passing = candidates.passing(tree);
        JsonWriter out;
        out.beginObject().key("experimentKeys").beginArray();
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            if (passing[i])
                out.string(candidates.key(i));
        }
        out.endArray().endObject();
        return answer(std::move(out));
    });
}

// PROTOCOL 5.8: pages of `limit` from 1, the last is shorter
Answer searchExperiments(Service &service, const Request &request)
{
    const Json &body = request.body;
    const RuleTree tree = ruleTree(body.value("rulesTree", Json()), {});
    const std::int64_t limit =
        std::clamp<std::int64_t>(optionalInteger(body, "limit").value_or(100), 1, 1'000'000'000);
    const std::int64_t page =
        std::clamp<std::int64_t>(optionalInteger(body, "page").value_or(1), 1, 1'000'000'000);
    return service.store.read([&](Connection &db) {
        Candidates candidates(db, catalog::project(db, body).id, optionalBoolean(body, "deleted", false));
        const Flags passing = candidates.passing(tree);
        JsonWriter out;
        out.beginObject().key("experiments").beginArray();
        std::int64_t count = 0;
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            if (!passing[i])
                continue;
            ++count;
            if (count <= (page - 1) * limit || count > page * limit)
                continue;
            Rows rows = db.query(
                "SELECT name, started, ended, archived FROM experiments WHERE id=?", candidates.id(i));
            rows.next();
            out.beginObject();
            out.key("experimentKey").string(candidates.key(i));
            out.key("experimentName").optionalString(rows.view(0));
            out.key("server_timestamp").integer(rows.integer(1));
            out.key("startTimeMillis").integer(rows.integer(1));
            out.key("endTimeMillis").integer(rows.integer(2));
            out.key("archived").boolean(rows.boolean(3));
            out.endObject();
        }
        out.endArray().key("totalCount").integer(count).endObject();
        return answer(std::move(out));
    });
}

} // namespace localserver::handlers
