// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/connection.h"

#include <cstdint>
#include <memory>

struct sqlite3_blob;

namespace localserver {

// The bytes of one row of table `contents`, read in pieces: an asset can be larger than what one wants in
// memory. Must not outlive its connection, which has to be within a transaction.
class StoredBytes {
public:
    // Throws SQLite::Exception where there is no such row.
    StoredBytes(Connection &db, std::int64_t asset);

    std::int64_t size() const;
    // Must lie within.
    void read(std::int64_t offset, char *to, std::size_t length);
    // As zips have it (APPNOTE.TXT 4.4.7).
    std::uint32_t crc();

private:
    struct Close {
        void operator()(sqlite3_blob *blob) const;
    };
    SQLite::Database &m_database;
    std::unique_ptr<sqlite3_blob, Close> m_blob;
};

} // namespace localserver
