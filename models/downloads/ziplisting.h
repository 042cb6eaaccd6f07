// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <vector>

// Why a zip is not taken, as a sentence for people. Thrown by the readers below and caught before it leaves
// the room.
struct ZipProblem
{
    QString sentence;
};

struct ZipEntry
{
    QString path; // relative, parted by '/', without "." and ".."
    bool isFolder = false;
    bool isDeflated = false; // else stored
    quint32 checkSum = 0; // CRC-32
    qint64 packedSize = 0;
    qint64 size = 0;
    qint64 dataAt = 0; // in the zip
};

struct ZipLimits
{
    qsizetype entries = 100'000;
    int depth = 64; // folders in each other
    qint64 harmlessSize = 100'000'000; // expanded; above it ...
    qint64 ratio = 200; // ... so many times the zip's own size is a bomb
};

// What a zip holds. Our own strict reader, because a server's zip may be hostile or cut short, and a reader that
// searches for headers takes what an attacker hides between them: here the directory at the end must account for
// every byte of the file, agree with the header at each entry, and name nothing but plain files and folders below
// the place they are expanded to. Zip64, stored and deflated entries, and sizes behind the data are read
// (APPNOTE.TXT 4.3). Throws ZipProblem. Blocks on the disk.
std::vector<ZipEntry> listZip(const QString &path, const ZipLimits &limits = {});

// The path that an entry's name stands for. Throws ZipProblem for a name that leads elsewhere or that no file
// can have.
QString zipEntryPath(const QByteArray &name, bool isUtf8, const ZipLimits &limits);
