// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/chartrequest.h"
#include "models/query/expression.h"

#include <QStringList>
#include <QUrl>

#include <cstdint>
#include <optional>

// What the arguments ask for. A key is never an argument, because every user of the machine can read
// those; the exception is --serve, whose key guards a server on this computer only.
struct CommandLine
{
    enum class Mode {
        Window,
        Serve,
        Print,
        ExportChart,
        Tour,
        Say, // text to standard output: --help, --version
        BadUsage, // text is one sentence for standard error
    };

    Mode mode = Mode::Window;
    QString text;

    bool demo = false;
    std::optional<QUrl> url; // scheme, host and port
    QString apiKeyFile;
    QString open; // WORKSPACE[/PROJECT[/EXPERIMENT]]
    QString print; // the same, or empty for the list of workspaces
    QString tour; // a folder

    // What is asked of the project to be printed or opened, and of the archived experiments instead.
    std::optional<query::Expression> query;
    bool archived = false;
    // Instead of asking it: the bodies that would be sent, or how others ask the same.
    enum class Explain {
        No,
        Query, // to project/query, in the form of the server's version
        Reference, // to project/query, in the form that all servers know
        Search, // to experiments/search
        Python, // a script
        Curl,
    };
    Explain explain = Explain::No;

    ChartRequest chart; // for ExportChart

    std::uint16_t port = 0; // the rest is for Serve
    QString data;
    QString apiKey;

    // arguments begin with the program's name.
    static CommandLine parse(const QStringList &arguments);
};
