// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/content.h"

#include "app/localserver/request.h"
#include "app/localserver/storedbytes.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include <zlib.h>

namespace localserver {

Content::Content(Store &store) : m_store(store) { }

Content::Content(Content &&other) noexcept
    : m_store(other.m_store), m_piece(std::move(other.m_piece)), m_size(other.m_size), m_crc(other.m_crc),
      m_asset(std::exchange(other.m_asset, 0))
{
}

Content::~Content()
{
    if (!m_asset)
        return;
    try {
        m_store.write([&](Writing &writing) { removeBytes(writing.db, m_asset); });
    } catch (const std::exception &problem) {
        // They go when the server starts the next time.
        std::fprintf(stderr, "What came of an upload could not be removed: %s\n", problem.what());
    }
}

void Content::append(std::string_view bytes)
{
    while (!bytes.empty()) {
        if (m_piece.size() == largestPiece)
            spill();
        const std::string_view part = bytes.substr(0, largestPiece - m_piece.size());
        if (m_piece.capacity() < m_piece.size() + part.size())
            m_piece.reserve(std::min(largestPiece, 2 * (m_piece.size() + part.size())));
        m_piece.append(part);
        m_size += part.size();
        m_crc = std::uint32_t(crc32_z(m_crc, reinterpret_cast<const Bytef *>(part.data()), part.size()));
        bytes.remove_prefix(part.size());
    }
}

void Content::spill()
{
    m_asset = m_store.write([&](Writing &writing) { return completed(writing.db); });
    m_piece.clear();
}

std::string Content::text() const
{
    if (m_size > largestText)
        throw Failure(413, "A part of the request is too large.");
    if (!m_asset)
        return m_piece;
    std::string text(m_size, '\0');
    const std::size_t stored = text.size() - m_piece.size();
    m_store.read([&](Connection &db) { StoredBytes(db, m_asset).read(0, text.data(), stored); });
    std::copy(m_piece.begin(), m_piece.end(), text.begin() + std::ptrdiff_t(stored));
    return text;
}

std::int64_t Content::completed(Connection &db) const
{
    const std::int64_t asset = m_asset ? m_asset : freeNumber(db);
    if (!m_piece.empty())
        storeBytes(db, asset, m_size - m_piece.size(), m_piece);
    return asset;
}

void Content::removeLeftOver(Connection &db)
{
    db.run("DELETE FROM contents WHERE id IN (SELECT content FROM extents WHERE asset NOT IN (SELECT id FROM "
           "assets))");
    db.run("DELETE FROM extents WHERE asset NOT IN (SELECT id FROM assets)");
}

std::int64_t Content::freeNumber(Connection &db)
{
    Rows rows = db.query("SELECT 1 + max(ifnull((SELECT max(id) FROM assets), 0), "
                         "ifnull((SELECT max(asset) FROM extents), 0))");
    rows.next();
    return rows.integer(0);
}

} // namespace localserver
