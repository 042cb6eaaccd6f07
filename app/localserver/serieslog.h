// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/connection.h"
#include "app/localserver/points.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

namespace localserver {

// Writes metric points. Each write appends one packed block; when a metric has many small ones they
// become one, so that single writes are cheap and a whole series is read in a few pieces. Belongs to
// the writer's thread; remembers the summaries of the metrics being written, until forget().
class SeriesLog {
public:
    void append(Connection &db, std::int64_t experiment, const std::string &name, const std::string &context,
        const Points &points);
    // After a rollback or where something else changed what is remembered.
    void forget() { m_states.clear(); }

private:
    struct Mark {
        double value = 0; // NaN where the script logged a text
        std::optional<std::string> text; // as it was logged, where the value does not say it all
        Number step = noNumber;
        std::int64_t time = 0;
        bool set = false;
        std::string shown() const;
    };
    struct State {
        std::int64_t entry = 0;
        std::int64_t nextBlock = 0;
        std::int64_t smallBlocks = 0; // at the end, not merged yet
        std::int64_t points = 0;
        Mark current, maximum, minimum;
    };

    State &state(
        Connection &db, std::int64_t experiment, const std::string &name, const std::string &context);
    static State stored(Connection &db, std::int64_t entry);
    static void summarise(State &state, const Points &points);
    static void store(Connection &db, const State &state);
    static void merge(Connection &db, State &state);

    std::unordered_map<std::string, State> m_states;
};

// All points of a metric in the order to show; none where the experiment has no such metric.
std::optional<Points> readSeries(Connection &db, std::int64_t experiment, const std::string &name);

} // namespace localserver
