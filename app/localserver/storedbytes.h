// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/connection.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

struct sqlite3_blob;

namespace localserver {

// The bytes of an asset, read in pieces: it can be larger than what one wants in memory. Must not outlive
// its connection, which has to be within a transaction.
class StoredBytes {
public:
    // One that has no bytes here is empty.
    StoredBytes(Connection &db, std::int64_t asset);

    std::int64_t size();
    // Must lie within.
    void read(std::int64_t offset, char *to, std::size_t length);
    // As zips have it (APPNOTE.TXT 4.4.7).
    std::uint32_t crc();

private:
    struct Extent {
        std::int64_t start;
        std::int64_t content; // row of table `contents`
    };
    struct Close {
        void operator()(sqlite3_blob *blob) const;
    };
    // Returns how many bytes the row has.
    std::int64_t open(std::int64_t content);

    SQLite::Database &m_database;
    std::vector<Extent> m_extents; // in their order
    std::unique_ptr<sqlite3_blob, Close> m_blob;
    std::int64_t m_open = 0; // the row that m_blob reads
};

// Puts bytes behind those that the asset has: they begin at `start`.
void storeBytes(Connection &db, std::int64_t asset, std::uint64_t start, std::string_view bytes);
void removeBytes(Connection &db, std::int64_t asset);

} // namespace localserver
