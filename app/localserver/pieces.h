// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/connection.h"
#include "app/localserver/json.h"
#include "app/localserver/schema.h"

#include <cstdint>
#include <string>

// Table `pieces`: the whole texts an experiment has one of each kind of. Shared by REST and websocket.
namespace localserver::pieces {

std::optional<std::string> read(Connection &db, std::int64_t experiment, schema::Piece piece);
void set(Connection &db, std::int64_t experiment, schema::Piece piece, const std::string &content);
void append(Connection &db, std::int64_t experiment, schema::Piece piece, const std::string &content);

// A piece that is a JSON object; an empty one where there is none.
Json readObject(Connection &db, std::int64_t experiment, schema::Piece piece);
// Fields that are given and not null replace those kept; lists of logAdditionalSystemInfoList grow.
void mergeObject(Connection &db, std::int64_t experiment, schema::Piece piece, const Json &fields);

// Text of the console, behind what is there.
void appendOutput(Connection &db, std::int64_t experiment, const std::string &text);

} // namespace localserver::pieces
