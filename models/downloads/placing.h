// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/downloads/download.h"

#include <QByteArray>
#include <QHash>

#include <functional>
#include <vector>

// Why a file did not get its place.
struct PlacingProblem
{
    QString sentence; // empty where a file exists and there is no answer yet
};

// Moves new files into a folder that may hold others, one after the other, and takes all of it back where one
// does not work: until keep() everything can be as it was. No link in the folder is followed, whoever puts it
// there and when. Paths are relative and parted by '/'. The functions throw PlacingProblem.
class Placing
{
public:
    // aside is an empty folder on the same file system, for what is replaced.
    Placing(const QString &folder, const QString &aside);
    ~Placing();
    Placing(const Placing &) = delete;
    Placing &operator=(const Placing &) = delete;

    // Moves the file at source there.
    void place(const QString &source, const QString &path, std::optional<DownloadQuestion::Answer> answer);
    void makeFolder(const QString &path);
    void keep() { m_undo.clear(); }

private:
    int folder(const QString &path); // an open descriptor, good until the next call; makes what is missing
    int parentOf(const QString &path);
    void closeFolders();

    QString m_folder;
    QString m_aside;
    int m_base = -1;
    QHash<QString, int> m_open; // some of the folders by their path, open
    std::vector<std::function<void()>> m_undo; // they may throw
    int m_replaced = 0;
};

// A name with a number before its ending: "model (2).bin", "data (2).tar.gz".
QString numberedName(const QString &name, int number);

// Moves a file to a name in the same folder that nothing has yet. Returns false where something has it; other
// failures throw.
bool renameToNew(const QString &from, const QString &to);
