// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace localserver::zip {

struct File {
    std::string path;
    std::uint64_t size = 0;
    std::uint32_t crc = 0;
};

// What stands around the files' bytes in a zip that stores them as they are: headers[i], then the bytes of
// files[i], and so on; at last the directory.
struct Frame {
    std::vector<std::string> headers;
    std::string directory;
};

// A file may be up to 4 GB; all together may be more (zip64). Paths should be safe ones.
Frame frame(const std::vector<File> &files);

// Relative and without "..", so that no reader is led out of its folder.
std::string safePath(const std::string &path);

} // namespace localserver::zip
