// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/entries.h"

#include <cmath>

namespace localserver::entries {

namespace {

// An extreme follows numbers by size; a text that is none follows the current value.
bool takesOver(const std::string &candidate, const std::optional<std::string> &holder, bool greater)
{
    if (!holder)
        return true;
    const auto value = toDouble(candidate);
    const auto old = toDouble(*holder);
    if (!value || !old || std::isnan(*old))
        return true;
    return greater ? *value > *old : *value < *old;
}

std::optional<std::string> optionalText(const Rows &rows, int column)
{
    return rows.isNull(column) ? std::nullopt : std::optional(rows.text(column));
}

} // namespace

std::string nameInContext(const std::string &name, const std::string &context)
{
    return context.empty() ? name : context + "_" + name;
}

bool set(Connection &db, std::int64_t experiment, schema::Source source, const std::string &name,
    const Value &value)
{
    const bool textual = !toDouble(value.text);
    const auto time = value.time ? std::optional(value.time) : std::nullopt;
    std::int64_t id = 0;
    bool newMaximum = true;
    bool newMinimum = true;
    bool newCurrent = true;
    bool wasTextual = textual;
    {
        Rows rows = db.query("SELECT id, maximum, minimum, textual, current_at FROM entries WHERE "
                             "experiment=? AND source=? AND name=?",
            experiment, source, name);
        if (rows.next()) {
            id = rows.integer(0);
            newMaximum = takesOver(value.text, optionalText(rows, 1), true);
            newMinimum = takesOver(value.text, optionalText(rows, 2), false);
            wasTextual = rows.boolean(3);
            // Sent again after a lost connection, an older value must not undo a newer one.
            newCurrent = value.time >= rows.integer(4);
        }
    }
    if (id == 0) {
        db.run("INSERT INTO entries(experiment, source, name, context, textual) VALUES(?,?,?,?,?)",
            experiment, source, name, value.context, textual);
        id = db.lastId();
        countColumn(db, experiment, source, name, textual);
    } else if (wasTextual != textual && newCurrent) {
        db.run("UPDATE entries SET textual=? WHERE id=?", textual, id);
        db.run("UPDATE columns SET texts=texts+? WHERE source=? AND name=? AND project IN "
               "(SELECT project FROM experiments WHERE id=? UNION ALL SELECT project FROM links WHERE "
               "experiment=?)",
            textual ? 1 : -1, source, name, experiment, experiment);
    }
    if (newCurrent)
        db.run("UPDATE entries SET current=?, current_at=?, current_step=? WHERE id=?", value.text, time,
            value.step, id);
    if (newMaximum)
        db.run("UPDATE entries SET maximum=?, maximum_at=?, maximum_step=? WHERE id=?", value.text, time,
            value.step, id);
    if (newMinimum)
        db.run("UPDATE entries SET minimum=?, minimum_at=?, minimum_step=? WHERE id=?", value.text, time,
            value.step, id);
    return newCurrent;
}

bool remove(Connection &db, std::int64_t experiment, schema::Source source, const std::string &name)
{
    std::int64_t id = 0;
    bool textual = false;
    {
        Rows rows = db.query("SELECT id, textual FROM entries WHERE experiment=? AND source=? AND name=?",
            experiment, source, name);
        if (!rows.next())
            return false;
        id = rows.integer(0);
        textual = rows.boolean(1);
    }
    db.run("DELETE FROM blocks WHERE id >= (?1 << 30) AND id < ((?1 + 1) << 30)", id);
    db.run("DELETE FROM entries WHERE id=?", id);
    db.run(
        "UPDATE columns SET experiments=experiments-1, texts=texts-? WHERE source=? AND name=? AND project "
        "IN "
        "(SELECT project FROM experiments WHERE id=? UNION ALL SELECT project FROM links WHERE experiment=?)",
        textual, source, name, experiment, experiment);
    return true;
}

std::optional<std::string> current(
    Connection &db, std::int64_t experiment, schema::Source source, const std::string &name)
{
    Rows rows = db.query(
        "SELECT current FROM entries WHERE experiment=? AND source=? AND name=?", experiment, source, name);
    return rows.next() ? optionalText(rows, 0) : std::nullopt;
}

void writeSummaries(JsonWriter &out, Connection &db, std::int64_t experiment, schema::Source source)
{
    out.beginObject().key("values").beginArray();
    Rows rows = db.query(
        "SELECT name, context, maximum, maximum_at, maximum_step, minimum, minimum_at, minimum_step, "
        "current, current_at, current_step FROM entries WHERE experiment=? AND source=? ORDER BY name",
        experiment, source);
    struct Part {
        const char *value, *time, *step, *context;
    };
    static constexpr Part parts[] = {{"valueMax", "timestampMax", "stepMax", "runContextMax"},
        {"valueMin", "timestampMin", "stepMin", "runContextMin"},
        {"valueCurrent", "timestampCurrent", "stepCurrent", "runContextCurrent"}};
    while (rows.next()) {
        out.beginObject();
        out.key("name").string(rows.view(0));
        int column = 2;
        for (const Part &part : parts) {
            out.key(part.value);
            if (rows.isNull(column))
                out.null();
            else
                out.string(rows.view(column));
            out.key(part.time).optionalInteger(rows.optionalInteger(column + 1));
            out.key(part.step).optionalNumber(rows.optionalNumber(column + 2));
            out.key(part.context).optionalString(rows.view(1));
            column += 3;
        }
        out.key("editable").boolean(source != schema::Metric);
        out.endObject();
    }
    out.endArray().endObject();
}

void countColumn(
    Connection &db, std::int64_t experiment, schema::Source source, const std::string &name, bool textual)
{
    db.run("INSERT INTO columns(project, source, name, experiments, texts) "
           "SELECT project, ?1, ?2, 1, ?3 FROM (SELECT project FROM experiments WHERE id=?4 UNION ALL SELECT "
           "project FROM links WHERE experiment=?4) "
           "WHERE true ON CONFLICT DO UPDATE SET experiments=experiments+1, texts=texts+excluded.texts",
        source, name, textual, experiment);
}

void countAll(Connection &db, std::int64_t experiment, std::int64_t project, int change)
{
    db.run(
        "INSERT INTO columns(project, source, name, experiments, texts) "
        "SELECT ?1, source, name, ?3, ?3 * textual FROM entries WHERE experiment=?2 "
        "ON CONFLICT DO UPDATE SET experiments=experiments+excluded.experiments, texts=texts+excluded.texts",
        project, experiment, change);
}

} // namespace localserver::entries
