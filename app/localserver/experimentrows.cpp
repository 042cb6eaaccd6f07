// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/experimentrows.h"

#include "app/localserver/assets.h"
#include "app/localserver/entries.h"
#include "app/localserver/schema.h"

#include <algorithm>
#include <vector>

namespace localserver {

State stateOf(std::int64_t life, std::int64_t beat, bool crashed, std::int64_t time)
{
    if (crashed)
        return State::Crashed;
    if (life == schema::Over)
        return State::Finished;
    if (time - beat < aliveMillis)
        return State::Running;
    return life == schema::Script ? State::Crashed : State::Finished;
}

void writeExperiment(JsonWriter &out, const Rows &rows, std::int64_t time)
{
    const State state = stateOf(rows.integer(7), rows.integer(8), rows.boolean(9), time);
    const std::string_view path = rows.view(11);
    const std::int64_t started = rows.integer(4);
    const std::int64_t ended = rows.integer(5);
    out.beginObject();
    out.key("experimentKey").string(rows.view(1));
    out.key("experimentName").optionalString(rows.view(2));
    out.key("optimizationId").optionalString(rows.view(12));
    out.key("userName").string(rows.view(3));
    out.key("projectId").string(rows.view(13));
    out.key("projectName").string(rows.view(14));
    out.key("workspaceName").string(rows.view(15));
    out.key("filePath").optionalString(path);
    out.key("fileName").optionalString(path.substr(path.find_last_of('/') + 1));
    out.key("throttle").boolean(false);
    out.key("durationMillis").integer(std::max<std::int64_t>(0, ended - started));
    out.key("startTimeMillis").integer(started);
    out.key("endTimeMillis").integer(ended);
    out.key("running").boolean(state == State::Running);
    out.key("hasCrashed").boolean(state == State::Crashed);
    out.key("error").optionalString(rows.view(10));
    out.key("archived").boolean(rows.boolean(6));
    out.endObject();
}

void deleteRows(Connection &db, std::int64_t experiment)
{
    std::vector<std::int64_t> projects;
    {
        Rows rows = db.query("SELECT project FROM experiments WHERE id=?1 UNION ALL SELECT project FROM "
                             "links WHERE experiment=?1",
            experiment);
        while (rows.next())
            projects.push_back(rows.integer(0));
    }
    for (const std::int64_t project : projects)
        entries::countAll(db, experiment, project, -1);
    db.run("DELETE FROM blocks WHERE id IN (SELECT b.id FROM entries e JOIN blocks b ON b.id >= (e.id << 30) "
           "AND b.id < ((e.id + 1) << 30) "
           "WHERE e.experiment=? AND e.source=?)",
        experiment, schema::Metric);
    db.run("DELETE FROM entries WHERE experiment=?", experiment);
    db.run("DELETE FROM tags WHERE experiment=?", experiment);
    db.run("DELETE FROM pieces WHERE experiment=?", experiment);
    db.run("DELETE FROM output WHERE experiment=?", experiment);
    db.run("DELETE FROM requests WHERE experiment=?", experiment);
    assets::removeAll(db, experiment);
    db.run("DELETE FROM models WHERE experiment=?", experiment);
    db.run("DELETE FROM links WHERE experiment=?", experiment);
    db.run("INSERT OR IGNORE INTO deleted SELECT key FROM experiments WHERE id=?", experiment);
    db.run("DELETE FROM experiments WHERE id=?", experiment);
}

} // namespace localserver
