// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace localserver {

// A semantic version, "1.0.3-rc.1+build" (semver.org 2.0.0).
struct SemanticVersion {
    std::array<std::uint64_t, 3> numbers = {}; // major, minor, patch
    std::vector<std::string> preRelease; // its identifiers; none for a release
};

// Nothing where it is none.
std::optional<SemanticVersion> semanticVersion(std::string_view text);
// Below, at or above 0, by precedence (semver.org 11): what comes after a plus does not count.
int compared(const SemanticVersion &left, const SemanticVersion &right);

} // namespace localserver
