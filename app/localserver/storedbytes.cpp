// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/storedbytes.h"

#include <algorithm>

#include <sqlite3.h>
#include <zlib.h>

namespace localserver {

StoredBytes::StoredBytes(Connection &db, std::int64_t asset) : m_database(db.database())
{
    Rows rows = db.query("SELECT start, content FROM extents WHERE asset=? ORDER BY start", asset);
    while (rows.next())
        m_extents.push_back({rows.integer(0), rows.integer(1)});
}

std::int64_t StoredBytes::size()
{
    return m_extents.empty() ? 0 : m_extents.back().start + open(m_extents.back().content);
}

std::int64_t StoredBytes::open(std::int64_t content)
{
    if (m_open != content) {
        sqlite3_blob *blob = nullptr;
        const int result =
            sqlite3_blob_open(m_database.getHandle(), "main", "contents", "content", content, 0, &blob);
        m_blob.reset(blob);
        m_open = 0;
        if (result != SQLITE_OK)
            throw SQLite::Exception(m_database.getHandle(), result);
        m_open = content;
    }
    return sqlite3_blob_bytes(m_blob.get());
}

void StoredBytes::read(std::int64_t offset, char *to, std::size_t length)
{
    auto extent = std::upper_bound(m_extents.begin(), m_extents.end(), offset,
        [](std::int64_t at, const Extent &extent) { return at < extent.start; });
    while (length > 0) {
        // Before the first: there are no such bytes, as when the row that should hold them is shorter.
        if (extent == m_extents.begin())
            throw SQLite::Exception("The bytes of an asset are missing.");
        const Extent &from = *(extent - 1);
        const std::int64_t within = offset - from.start;
        const auto part = std::min<std::int64_t>(std::int64_t(length), open(from.content) - within);
        if (part <= 0)
            throw SQLite::Exception("The bytes of an asset are missing.");
        const int result = sqlite3_blob_read(m_blob.get(), to, int(part), int(within));
        if (result != SQLITE_OK)
            throw SQLite::Exception(m_database.getHandle(), result);
        offset += part;
        to += part;
        length -= std::size_t(part);
        if (extent != m_extents.end())
            ++extent;
    }
}

std::uint32_t StoredBytes::crc()
{
    std::vector<char> piece(std::size_t(1) << 18);
    uLong sum = crc32(0, nullptr, 0);
    const std::int64_t all = size();
    for (std::int64_t offset = 0; offset < all; offset += std::int64_t(piece.size())) {
        const auto length = std::size_t(std::min<std::int64_t>(std::int64_t(piece.size()), all - offset));
        read(offset, piece.data(), length);
        sum = crc32(sum, reinterpret_cast<const Bytef *>(piece.data()), uInt(length));
    }
    return std::uint32_t(sum);
}

void StoredBytes::Close::operator()(sqlite3_blob *blob) const
{
    sqlite3_blob_close(blob);
}

void storeBytes(Connection &db, std::int64_t asset, std::uint64_t start, std::string_view bytes)
{
    db.run("INSERT INTO contents(content) VALUES(?)", Blob{bytes});
    db.run(
        "INSERT INTO extents(asset, start, content) VALUES(?,?,?)", asset, std::int64_t(start), db.lastId());
}

void removeBytes(Connection &db, std::int64_t asset)
{
    db.run("DELETE FROM contents WHERE id IN (SELECT content FROM extents WHERE asset=?)", asset);
    db.run("DELETE FROM extents WHERE asset=?", asset);
}

} // namespace localserver
