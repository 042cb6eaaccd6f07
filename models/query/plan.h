// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/query/wire.h"

#include <optional>
#include <vector>

namespace query {

// What servers of this version take, as probed ("3.60.0"): those of the newest SDK's time the newest form,
// others and unknown ones the reference form.
Form formFor(const QString &serverVersion);

// How project/query is asked for an expression. Nothing asked: all match, and there is no question.
struct Plan
{
    enum class Way : quint8 {
        Nothing,
        Conjunction, // one question, as all servers know it
        Nested, // one question with OR
        Branches, // a question for each branch, whose answers are joined
    };
    Way way = Way::Nothing;
    std::vector<QByteArray> predicates = {}; // of each question
};

// More branches than this are not asked for.
inline constexpr std::size_t mostBranches = 32;

// Of an expression without problems(). Nothing where the form knows no OR and there are too many branches.
std::optional<Plan> plan(const Expression &expression, const Variables &variables, Form form);

} // namespace query
