// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

namespace api::decode {

// What does not fit and where. Thrown by the readers below, completed on its way up, and turned into an
// Error before it leaves this file.
struct Problem
{
    std::string what;
    std::string path;

    void isInside(std::string_view name)
    {
        if (!path.empty() && path[0] != '[')
            path.insert(0, ".");
        path.insert(0, name);
    }
};

[[noreturn]] inline void fail(std::string what)
{
    throw Problem{std::move(what), {}};
}

inline void isInsideElement(Problem &problem, std::size_t index)
{
    problem.isInside("[" + std::to_string(index) + "]");
}

} // namespace api::decode
