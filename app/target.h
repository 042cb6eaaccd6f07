// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/session/credentials.h"
#include "models/session/profile.h"

struct CommandLine;

// The server that the command line, or the surroundings of the program, name.
struct Target
{
    Profile profile;
    QString apiKey;
    QString problem; // a sentence where the server or its key can't be had

    bool isNone() const { return apiKey.isEmpty() && problem.isEmpty(); }

    // --url and --api-key-file. A key that was found for another server stays there.
    static Target ofCommandLine(const CommandLine &line, const Environment &environment);
    // What a Comet SDK would use here; none where it would find nothing.
    static Target ofSurroundings(const Environment &environment);
};
