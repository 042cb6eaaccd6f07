// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QTemporaryDir>

#include <memory>

// The sample data that comes with the program: a database of real training runs for the local server.
namespace demo {

// A database of one's own to read and write, gone from disk with this value.
struct Copy
{
    std::unique_ptr<QTemporaryDir> folder;
    QString path; // empty where unpacking failed
    QString error; // then a sentence that says why
};

Copy privateCopy();

} // namespace demo
