// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/storedbytes.h"

#include <algorithm>

#include <sqlite3.h>
#include <zlib.h>

namespace localserver {

StoredBytes::StoredBytes(Connection &db, std::int64_t asset) : m_database(db.database())
{
    sqlite3_blob *blob = nullptr;
    const int result =
        sqlite3_blob_open(m_database.getHandle(), "main", "contents", "content", asset, 0, &blob);
    m_blob.reset(blob);
    if (result != SQLITE_OK)
        throw SQLite::Exception(m_database.getHandle(), result);
}

std::int64_t StoredBytes::size() const
{
    return sqlite3_blob_bytes(m_blob.get());
}

void StoredBytes::read(std::int64_t offset, char *to, std::size_t length)
{
    const int result = sqlite3_blob_read(m_blob.get(), to, int(length), int(offset));
    if (result != SQLITE_OK)
        throw SQLite::Exception(m_database.getHandle(), result);
}

std::uint32_t StoredBytes::crc()
{
    std::vector<char> piece(std::size_t(1) << 18);
    uLong sum = crc32(0, nullptr, 0);
    for (std::int64_t offset = 0; offset < size(); offset += std::int64_t(piece.size())) {
        const auto length = std::size_t(std::min<std::int64_t>(std::int64_t(piece.size()), size() - offset));
        read(offset, piece.data(), length);
        sum = crc32(sum, reinterpret_cast<const Bytef *>(piece.data()), uInt(length));
    }
    return std::uint32_t(sum);
}

void StoredBytes::Close::operator()(sqlite3_blob *blob) const
{
    sqlite3_blob_close(blob);
}

} // namespace localserver
