// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/values.h"

// One experiment that a person has chosen to do something with.
struct ExperimentRef
{
    QString key;
    QString name; // what it is called; its key where it has no name
    bool isArchived = false;
    api::State state = api::State::Unknown;

    bool mayBeRunning() const { return state == api::State::Running || state == api::State::Unknown; }
};
