// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/downloads.h"

#include "app/localserver/hash.h"
#include "app/localserver/storedbytes.h"
#include "app/localserver/zip.h"

#include <algorithm>
#include <map>
#include <optional>

namespace localserver::downloads {

namespace {

// Texts and stored bytes one after the other.
class Pieces : public Stream {
public:
    explicit Pieces(std::unique_ptr<Store::View> view) : m_view(std::move(view)) { }

    void addText(std::string text)
    {
        const std::uint64_t size = text.size();
        add({m_size, size, 0, std::move(text)});
    }
    void addAsset(std::int64_t asset, std::uint64_t size) { add({m_size, size, asset, {}}); }

    std::uint64_t size() const override { return m_size; }
    void read(std::uint64_t offset, char *to, std::size_t length) override
    {
        auto piece = std::upper_bound(m_pieces.begin(), m_pieces.end(), offset,
                         [](std::uint64_t at, const Piece &piece) { return at < piece.start; })
            - 1;
        for (; length > 0; ++piece) {
            const std::uint64_t within = offset - piece->start;
            const auto part = std::size_t(std::min<std::uint64_t>(length, piece->size - within));
            readPiece(*piece, within, to, part);
            offset += part;
            to += part;
            length -= part;
        }
    }

private:
    struct Piece {
        std::uint64_t start;
        std::uint64_t size;
        std::int64_t asset; // 0: the text
        std::string text;
    };

    void add(Piece &&piece)
    {
        m_size += piece.size;
        if (piece.size > 0)
            m_pieces.push_back(std::move(piece));
    }
    void readPiece(const Piece &piece, std::uint64_t within, char *to, std::size_t length)
    {
        if (!piece.asset) {
            std::copy_n(piece.text.data() + within, length, to);
            return;
        }
        if (m_openAsset != piece.asset) {
            m_open.emplace(m_view->connection(), piece.asset);
            m_openAsset = piece.asset;
        }
        m_open->read(std::int64_t(within), to, length);
    }

    std::unique_ptr<Store::View> m_view; // goes last
    std::vector<Piece> m_pieces;
    std::uint64_t m_size = 0;
    std::optional<StoredBytes> m_open;
    std::int64_t m_openAsset = 0;
};

Answer streamed(std::shared_ptr<Pieces> pieces, const std::string &tag)
{
    Answer answer;
    answer.type = "application/octet-stream";
    answer.etag = '"' + tag + '"';
    answer.stream = std::move(pieces);
    return answer;
}

} // namespace

Answer asset(std::unique_ptr<Store::View> view, std::int64_t asset, std::int64_t created, std::int64_t size)
{
    auto pieces = std::make_shared<Pieces>(std::move(view));
    pieces->addAsset(asset, std::uint64_t(size));
    // New bytes are a new row; the time tells a number that was given twice.
    return streamed(std::move(pieces),
        std::to_string(asset) + '-' + std::to_string(created) + '-' + std::to_string(size));
}

File fileOf(const Rows &rows)
{
    return {rows.integer(0), rows.text(1), std::uint64_t(rows.integer(2)), std::uint32_t(rows.integer(3))};
}

Answer zip(std::unique_ptr<Store::View> view, const std::vector<File> &files)
{
    std::map<std::string, const File *> latest;
    for (const File &file : files)
        latest[zip::safePath(file.name)] = &file;
    std::vector<zip::File> entries;
    for (const auto &[path, file] : latest)
        entries.push_back({path, file->size, file->crc});
    zip::Frame frame = zip::frame(entries);

    auto pieces = std::make_shared<Pieces>(std::move(view));
    Hash hash; // of all but the bytes themselves, whose checksums are in it
    auto header = frame.headers.begin();
    for (const auto &[path, file] : latest) {
        hash.add(*header);
        pieces->addText(std::move(*header++));
        pieces->addAsset(file->asset, file->size);
    }
    hash.add(frame.directory);
    pieces->addText(std::move(frame.directory));
    return streamed(std::move(pieces), std::to_string(hash.value()));
}

} // namespace localserver::downloads
