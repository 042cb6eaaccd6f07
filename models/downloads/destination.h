// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

// What can be said of a folder before anything is written there.
struct Destination
{
    QString problem; // a sentence; empty where files can be written there
    bool isNew = false; // made when it is needed
    qint64 available = -1; // bytes; -1 where unknown
};

// Blocks on the disk: call it from runOnDisk(). folder is absolute and need not be there.
Destination lookAt(const QString &folder);
