// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/connection.h"

namespace localserver {

// Gives a new file its tables, or brings those of an older version up to date, all or nothing. The
// version of the schema (PRAGMA user_version) must be one up to schema::version.
void upgradeSchema(Connection &db, int version);

} // namespace localserver
