// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/connection.h"
#include "app/localserver/json.h"

#include <cstdint>

namespace localserver {

// A run is alive as long as its last heartbeat is not older (PROTOCOL-ANSWERS 3).
inline constexpr std::int64_t aliveMillis = 60'000;

enum class State { Running, Finished, Crashed };
// life, beat and crashed are the columns of table experiments. A script that stops beating without
// saying good-bye has crashed; a REST client never says it.
State stateOf(std::int64_t life, std::int64_t beat, bool crashed, std::int64_t time);

// The columns that writeExperiment() wants, from experiments e, projects p and workspaces w.
#define EXPERIMENT_COLUMNS                                                                                   \
    "e.id, e.key, e.name, e.user, e.started, e.ended, e.archived, e.life, e.beat, e.crashed, e.error, "      \
    "e.file_path, "                                                                                          \
    "e.optimization, p.key, p.name, w.name "

// EXP of PROTOCOL 3.2 and the metadata of 4.1 in one: who wants less, ignores the rest.
void writeExperiment(JsonWriter &out, const Rows &rows, std::int64_t time);

// Everything of an experiment, whose key is remembered as that of a deleted one. Its project's column counts
// are kept right.
void deleteRows(Connection &db, std::int64_t experiment);

} // namespace localserver
