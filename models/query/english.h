// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/variables.h"

namespace query {

// What an expression asks for, for people: "metric loss is less than 0.1, and parameter optimizer does not
// begin with “ad”". Without what is switched off; "all experiments" where nothing is asked for. The types
// of variables say which number is a duration.
QString inEnglish(const Expression &expression, const Variables &variables);

} // namespace query
