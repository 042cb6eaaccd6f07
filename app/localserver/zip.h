// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <utility>
#include <vector>

namespace localserver {

// A zip file of (path, content) entries, stored as they are. Paths are made relative and leave out "..",
// so that no reader is led out of its folder.
std::string zipped(const std::vector<std::pair<std::string, std::string>> &files);

} // namespace localserver
