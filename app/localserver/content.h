// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/store.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace localserver {

// The bytes of one part of a multipart body, from when they begin to arrive until an asset keeps them. All
// but the last few megabytes lie in the database already, where no asset shows them: they go again with
// this, unless they were kept. For one thread at a time, and never that of the writer.
class Content {
public:
    // What is kept in memory at most, and written at once.
    static constexpr std::size_t largestPiece = std::size_t(4) << 20;
    // What can be had as a text at most.
    static constexpr std::size_t largestText = std::size_t(64) << 20;

    explicit Content(Store &store);
    Content(Content &&other) noexcept;
    Content &operator=(Content &&) = delete;
    ~Content();

    void append(std::string_view bytes);
    std::uint64_t size() const { return m_size; }
    // As zips have it (APPNOTE.TXT 4.4.7).
    std::uint32_t crc() const { return m_crc; }
    // All of it; a 413 where it is too large for that.
    std::string text() const;

    // For the job of the writer that makes the asset: adds what is still in memory and returns the number
    // under which the row of table `assets` has all of the bytes.
    std::int64_t completed(Connection &db) const;
    // After that job was committed: the bytes are the asset's.
    void release() { m_asset = 0; }

    // The number of the next asset, which none has had yet that is still here or on its way.
    static std::int64_t freeNumber(Connection &db);
    // Removes what a server that was killed left of uploads under way.
    static void removeLeftOver(Connection &db);

private:
    void spill();

    Store &m_store;
    std::string m_piece; // the last one
    std::uint64_t m_size = 0;
    std::uint32_t m_crc = 0;
    std::int64_t m_asset = 0; // reserved for the pieces before the last, else 0
};

} // namespace localserver
