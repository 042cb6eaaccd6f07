// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/pythontext.h"

class QJsonValue;

namespace query {

// An expression as JSON, for settings and files that people may read: a condition or a whole expression is its
// Python text, "Metric(\"loss\") < 0.1"; where something in it is switched off, a group is {"all": [...]} or
// {"any": [...]} and a condition {"is": "..."}, with "negated": true of groups and "off": true where it is so.
// Conditions that lack their variable or value are left out.
QJsonValue toJson(const Expression &expression);

// Of what is no expression, the problem says what; its position is one in the text at fault.
Reading fromJson(const QJsonValue &json);

} // namespace query
