// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string_view>

namespace localserver {

// FNV-1a of 64 bits: equal contents have equal values in every run and on every machine.
class Hash {
public:
    Hash &add(std::string_view text)
    {
        for (const char c : text)
            m_value = (m_value ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
        return *this;
    }
    // With its length, so that "a" and "bc" are not "ab" and "c".
    Hash &field(std::string_view text)
    {
        const std::uint64_t size = text.size();
        return add({reinterpret_cast<const char *>(&size), sizeof size}).add(text);
    }
    std::uint64_t value() const { return m_value; }

private:
    std::uint64_t m_value = 0xcbf29ce484222325u;
};

} // namespace localserver
