// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/request.h"
#include "app/localserver/store.h"

#include <memory>
#include <string>
#include <vector>

// Answers that are read from the database while they are sent, so that they can be larger than memory.
// They know their length beforehand and have a strong ETag, so that a client can resume.
namespace localserver::downloads {

// The bytes of an asset; the view is the one in which it was found.
Answer asset(std::unique_ptr<Store::View> view, std::int64_t asset, std::int64_t created, std::int64_t size);

// A row of table `assets` that goes into a zip.
struct File {
    std::int64_t asset = 0;
    std::string name;
    std::uint64_t size = 0;
    std::uint32_t crc = 0;
};
// Of the columns id, name, size, crc.
File fileOf(const Rows &rows);
// A zip of the files; of several with one path it holds the last.
Answer zip(std::unique_ptr<Store::View> view, const std::vector<File> &files);

} // namespace localserver::downloads
