// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/resent.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

namespace localserver::resent {

namespace {

using Items = std::vector<std::uint64_t>;

// So many requests of an experiment and kind are remembered. A client has at most a few under way.
constexpr std::int64_t remembered = 128;

std::string packed(const Items &items)
{
    return {reinterpret_cast<const char *>(items.data()), items.size() * sizeof(items[0])};
}

Items unpacked(std::string_view bytes)
{
    Items items(bytes.size() / sizeof(items[0]));
    if (!items.empty())
        std::memcpy(items.data(), bytes.data(), items.size() * sizeof(items[0]));
    return items;
}

// Marks the items that are the awaited ones coming again and returns how many those are: a run from the
// first on, with newer items between. Where it ends before the awaited ones do, the rest is in the next
// request: it goes up to the end of this one, or newer items are few. One equal item among others is none.
std::size_t recognised(const Items &awaited, const Items &items, std::vector<bool> &isNew)
{
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < items.size() && found.size() < awaited.size(); ++i) {
        if (isNew[i] && items[i] == awaited[found.size()])
            found.push_back(i);
    }
    const bool whole = found.size() == awaited.size();
    const bool goesOn = !found.empty() && (found.back() + 1 == items.size() || found.size() * 2 >= items.size());
    if (!whole && !goesOn)
        return 0;
    for (const std::size_t i : found)
        isNew[i] = false;
    return found.size();
}

void await(Connection &db, std::int64_t row, const Items &items)
{
    const std::string bytes = packed(items);
    db.run("UPDATE requests SET awaited=? WHERE id=?",
        bytes.empty() ? std::nullopt : std::optional(Blob{bytes}), row);
}

void forgetOld(Connection &db, std::int64_t experiment, Kind kind)
{
    db.run("DELETE FROM requests WHERE experiment=?1 AND kind=?2 AND id <= (SELECT id FROM requests WHERE "
           "experiment=?1 AND kind=?2 ORDER BY id DESC LIMIT 1 OFFSET ?3)",
        experiment, kind, remembered);
}

} // namespace

std::vector<std::int64_t> Delivery::askedAgain()
{
    std::vector<std::int64_t> rows;
    for (Open &open : m_open) {
        if (--open.questions == 0)
            rows.push_back(open.row);
    }
    m_open.erase(std::remove_if(m_open.begin(), m_open.end(), [](const Open &o) { return o.questions == 0; }),
        m_open.end());
    return rows;
}

void Delivery::add(std::int64_t row, Kind kind)
{
    // The SDK sends the lines of standard output and those of standard error as two requests, and replays
    // both where the second fails.
    if (row)
        m_open.push_back({row, kind == Output ? 2 : 1});
}

void Settled::add(const std::vector<std::int64_t> &rows)
{
    if (rows.empty())
        return;
    const std::lock_guard guard(m_lock);
    m_rows.insert(m_rows.end(), rows.begin(), rows.end());
}

std::vector<std::int64_t> Settled::take()
{
    const std::lock_guard guard(m_lock);
    return std::exchange(m_rows, {});
}

bool isRepeated(Connection &db, std::int64_t experiment, Arrival &arrival)
{
    {
        Rows rows = db.query("SELECT 1 FROM requests WHERE experiment=? AND kind=? AND digest=? LIMIT 1",
            experiment, arrival.kind, std::int64_t(arrival.content));
        if (rows.next())
            return true;
    }
    const std::string awaited = packed(arrival.items);
    db.run("INSERT INTO requests(experiment, kind, digest, awaited) VALUES(?,?,?,?)", experiment,
        arrival.kind, std::int64_t(arrival.content),
        awaited.empty() ? std::nullopt : std::optional(Blob{awaited}));
    arrival.row = db.lastId();
    if (arrival.row % 32 == 0)
        forgetOld(db, experiment, arrival.kind);
    return false;
}

std::vector<bool> takeIn(Connection &db, Settled &settled, std::int64_t experiment, Arrival &arrival)
{
    for (const std::int64_t row : settled.take())
        await(db, row, {});
    if (isRepeated(db, experiment, arrival))
        return std::vector<bool>(arrival.items.size(), false);

    std::vector<bool> isNew(arrival.items.size(), true);
    std::vector<std::pair<std::int64_t, Items>> open;
    {
        Rows rows = db.query("SELECT id, awaited FROM requests WHERE experiment=? AND kind=? AND awaited IS "
                             "NOT NULL AND id<>? ORDER BY id",
            experiment, arrival.kind, arrival.row);
        while (rows.next())
            open.emplace_back(rows.integer(0), unpacked(rows.view(1)));
    }
    for (auto &[row, awaited] : open) {
        const std::size_t came = recognised(awaited, arrival.items, isNew);
        if (came > 0) {
            awaited.erase(awaited.begin(), awaited.begin() + std::ptrdiff_t(came));
            await(db, row, awaited);
        }
    }
    return isNew;
}

} // namespace localserver::resent
