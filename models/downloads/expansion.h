// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/downloads/download.h"
#include "models/downloads/ziplisting.h"

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

// Expands a zip into a folder: first into a hidden folder inside it, then, once all is whole and its check sums
// are right, into place. Where anything is wrong nothing has changed. Links that are in the folder already are
// never followed. The functions block on the disk and are called from runOnDisk().
struct Expansion
{
    // Between the threads: how far it is, and whether it shall stop.
    struct Shared
    {
        std::atomic<qint64> done = 0; // bytes
        std::atomic<bool> isCancelled = false;
    };
    enum class Kind { Whole, Conflict, Cancelled, Failed };
    struct Outcome
    {
        Kind kind = Kind::Whole;
        QString problem; // a sentence, of Failed
        DownloadQuestion question; // of Conflict: an answer is needed
    };

    QString zip;
    QString folder;
    DownloadSpace space;
    std::shared_ptr<Shared> shared = std::make_shared<Shared>();
    std::vector<ZipEntry> entries; // of list()

    qint64 size() const; // of all files, expanded
    // Reads and checks the zip, and looks what is in the folder.
    Outcome list();
    // Without an answer nothing that exists is touched. Cancel is not for here.
    Outcome expand(std::optional<DownloadQuestion::Answer> answer) const;
};
