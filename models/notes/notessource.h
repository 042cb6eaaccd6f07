// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/client.h"
#include "models/changes/step.h"

#include <functional>

// Whose notes: how they are read and saved, and what an unsaved draft of them is kept by. A value.
struct NotesSource
{
    QString subject; // on its server and for good: "project/ebfbbc"; empty where there is none
    QString title; // what people call the thing
    std::function<api::Reply<QString> *(api::Client &client)> read;
    std::function<Step(const QString &before, const QString &after)> write;

    static NotesSource ofProject(const QString &projectId, const QString &project); // PROTOCOL 3.1
    static NotesSource ofModel(const QString &workspace, const QString &model); // PROTOCOL 3.3
};
