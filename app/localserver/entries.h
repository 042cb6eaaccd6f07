// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/connection.h"
#include "app/localserver/json.h"
#include "app/localserver/schema.h"

#include <cstdint>
#include <optional>
#include <string>

// Table `entries`: the metrics, parameters and others of an experiment by name, each with its current,
// greatest and least value, and table `columns`, which counts the names of a project.
namespace localserver::entries {

// A parameter or metric logged in a context carries it in its name: train_loss (PROTOCOL-ANSWERS 4).
std::string nameInContext(const std::string &name, const std::string &context);

struct Value {
    std::string text;
    Number step = noNumber;
    std::int64_t time = 0;
    std::string context;
};

// Sets the current value of a parameter or other, and its extremes. Returns whether it is the current one:
// not where a later one is known. One of the time 0 has none and gives way to any other.
bool set(Connection &db, std::int64_t experiment, schema::Source source, const std::string &name,
    const Value &value);
// False where there was none. For a metric its points go too.
bool remove(Connection &db, std::int64_t experiment, schema::Source source, const std::string &name);
// The current value.
std::optional<std::string> current(
    Connection &db, std::int64_t experiment, schema::Source source, const std::string &name);

// {"values":[SUMMARY]} of PROTOCOL 4.2.
void writeSummaries(JsonWriter &out, Connection &db, std::int64_t experiment, schema::Source source);

// A new name in an experiment: counted in its project and in those that link to it.
void countColumn(
    Connection &db, std::int64_t experiment, schema::Source source, const std::string &name, bool textual);
// All names of an experiment that comes to a project (+1) or leaves it (-1).
void countAll(Connection &db, std::int64_t experiment, std::int64_t project, int change);

} // namespace localserver::entries
