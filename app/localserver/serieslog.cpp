// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/serieslog.h"

#include "app/localserver/entries.h"
#include "app/localserver/number.h"

#include <cmath>

namespace localserver {

namespace {

constexpr std::int64_t smallLimit = 128; // so many blocks are merged
constexpr std::int64_t fullBlock = 4096; // a block of so many points stays as it is
constexpr std::size_t rememberedLimit = 200'000;

std::int64_t firstBlock(std::int64_t entry)
{
    return entry << 30;
}

} // namespace

std::string SeriesLog::Mark::shown() const
{
    return text.value_or(javaDouble(value));
}

void SeriesLog::append(Connection &db, std::int64_t experiment, const std::string &name,
    const std::string &context, const Points &points)
{
    if (points.size() == 0)
        return;
    State &metric = state(db, experiment, name, context);
    const std::string block = points.packed();
    db.run("INSERT INTO blocks(id, points, data) VALUES(?,?,?)", firstBlock(metric.entry) + metric.nextBlock,
        std::int64_t(points.size()), Blob{block});
    ++metric.nextBlock;
    // A full block stays as it is, unless small ones wait before it.
    if ((std::int64_t(points.size()) < fullBlock || metric.smallBlocks > 0)
        && ++metric.smallBlocks >= smallLimit)
        merge(db, metric);
    metric.points += std::int64_t(points.size());
    summarise(metric, points);
    store(db, metric);
}

SeriesLog::State &SeriesLog::state(
    Connection &db, std::int64_t experiment, const std::string &name, const std::string &context)
{
    if (m_states.size() > rememberedLimit)
        m_states.clear();
    const std::string key = std::to_string(experiment) + ' ' + name;
    if (const auto found = m_states.find(key); found != m_states.end())
        return found->second;
    std::int64_t entry = 0;
    {
        Rows rows = db.query("SELECT id FROM entries WHERE experiment=? AND source=? AND name=?", experiment,
            schema::Metric, name);
        if (rows.next())
            entry = rows.integer(0);
    }
    if (entry)
        return m_states.emplace(key, stored(db, entry)).first->second;
    db.run("INSERT INTO entries(experiment, source, name, context) VALUES(?,?,?,?)", experiment,
        schema::Metric, name, context);
    State fresh;
    fresh.entry = db.lastId();
    entries::countColumn(db, experiment, schema::Metric, name, false);
    return m_states.emplace(key, fresh).first->second;
}

SeriesLog::State SeriesLog::stored(Connection &db, std::int64_t entry)
{
    State state;
    state.entry = entry;
    {
        Rows rows =
            db.query("SELECT points, current, current_at, current_step, maximum, maximum_at, maximum_step, "
                     "minimum, minimum_at, minimum_step FROM entries WHERE id=?",
                entry);
        rows.next();
        state.points = rows.integer(0);
        int column = 1;
        for (Mark *mark : {&state.current, &state.maximum, &state.minimum}) {
            mark->set = !rows.isNull(column);
            const auto number = toDouble(rows.view(column));
            mark->value = number.value_or(std::nan(""));
            if (!number || javaDouble(*number) != rows.view(column))
                mark->text = rows.text(column);
            mark->time = rows.integer(column + 1);
            mark->step = rows.optionalNumber(column + 2);
            column += 3;
        }
    }
    Rows blocks = db.query("SELECT id, points FROM blocks WHERE id >= ? AND id < ? ORDER BY id DESC",
        firstBlock(entry), firstBlock(entry + 1));
    while (blocks.next()) {
        if (state.nextBlock == 0)
            state.nextBlock = blocks.integer(0) - firstBlock(entry) + 1;
        if (blocks.integer(1) >= fullBlock)
            break;
        ++state.smallBlocks;
    }
    return state;
}

void SeriesLog::summarise(State &state, const Points &points)
{
    std::size_t text = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        Mark mark;
        mark.set = true;
        mark.value = points.values[i];
        mark.step = points.steps[i];
        mark.time = points.times[i];
        if (text < points.texts.size() && points.texts[text].first == i)
            mark.text = points.texts[text++].second;

        // The last by time; within one millisecond the later step, else the later arrival.
        const Mark &current = state.current;
        const bool later = mark.time != current.time
            ? mark.time > current.time
            : !(mark.step < current.step); // also where one has none
        if (!current.set || later)
            state.current = mark;
        const auto isNumber = [](const Mark &m) { return m.set && !std::isnan(m.value); };
        if (!state.maximum.set
            || (isNumber(mark) && !(isNumber(state.maximum) && mark.value <= state.maximum.value)))
            state.maximum = mark;
        if (!state.minimum.set
            || (isNumber(mark) && !(isNumber(state.minimum) && mark.value >= state.minimum.value)))
            state.minimum = mark;
    }
}

void SeriesLog::store(Connection &db, const State &state)
{
    db.run("UPDATE entries SET points=?, current=?, current_at=?, current_step=?, maximum=?, maximum_at=?, "
           "maximum_step=?, "
           "minimum=?, minimum_at=?, minimum_step=? WHERE id=?",
        state.points, state.current.shown(), state.current.time, state.current.step, state.maximum.shown(),
        state.maximum.time, state.maximum.step, state.minimum.shown(), state.minimum.time, state.minimum.step,
        state.entry);
}

void SeriesLog::merge(Connection &db, State &state)
{
    const std::int64_t end = firstBlock(state.entry) + state.nextBlock;
    const std::int64_t begin = end - state.smallBlocks;
    Points points;
    std::int64_t first = end;
    {
        Rows rows = db.query("SELECT id, data FROM blocks WHERE id >= ? AND id < ? ORDER BY id", begin, end);
        while (rows.next()) {
            first = std::min(first, rows.integer(0));
            points.unpack(rows.view(1));
        }
    }
    const std::string block = points.packed();
    db.run("DELETE FROM blocks WHERE id >= ? AND id < ?", begin, end);
    db.run("INSERT INTO blocks(id, points, data) VALUES(?,?,?)", first, std::int64_t(points.size()),
        Blob{block});
    state.nextBlock = first - firstBlock(state.entry) + 1;
    state.smallBlocks = std::int64_t(points.size()) >= fullBlock ? 0 : 1;
}

std::optional<Points> readSeries(Connection &db, std::int64_t experiment, const std::string &name)
{
    std::int64_t entry = 0;
    Points points;
    {
        Rows rows = db.query("SELECT id, points FROM entries WHERE experiment=? AND source=? AND name=?",
            experiment, schema::Metric, name);
        if (!rows.next())
            return std::nullopt;
        entry = rows.integer(0);
        points.reserve(std::size_t(rows.integer(1)));
    }
    Rows rows = db.query("SELECT data FROM blocks WHERE id >= ? AND id < ? ORDER BY id", firstBlock(entry),
        firstBlock(entry + 1));
    while (rows.next())
        points.unpack(rows.view(0));
    points.settle();
    return points;
}

} // namespace localserver
