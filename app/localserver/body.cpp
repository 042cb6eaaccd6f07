// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/body.h"

#include "app/localserver/request.h"

#include <vector>

#include <zlib.h>

namespace localserver {

namespace {

constexpr std::size_t pieceSize = std::size_t(1) << 17;

} // namespace

void readBody(Parser &parser, Buffer &buffer, Source &source, const Take &take)
{
    parser.eager(true);
    std::vector<char> piece(pieceSize);
    while (!parser.is_done()) {
        auto &body = parser.get().body();
        body.data = piece.data();
        body.size = piece.size();
        boost::system::error_code error;
        const std::size_t used = buffer.size() > 0 ? parser.put(buffer.data(), error) : 0;
        buffer.consume(used);
        if (const std::size_t got = piece.size() - body.size)
            take({piece.data(), got});
        if (error && error != http::error::need_buffer && error != http::error::need_more)
            throw Failure(400, "The body of the request is damaged.");
        if (parser.is_done() || error == http::error::need_buffer || used > 0)
            continue;
        const auto space = buffer.prepare(pieceSize);
        const std::size_t length = source.read(static_cast<char *>(space.data()), space.size());
        if (length == 0)
            throw Failure(400, "The body of the request ends before it is whole.");
        buffer.commit(length);
    }
}

class Unpacking::Inflating {
public:
    Inflating()
    {
        if (inflateInit2(&m_stream, 15 + 32) != Z_OK) // 32: gzip and zlib
            throw std::bad_alloc();
    }
    ~Inflating() { inflateEnd(&m_stream); }
    Inflating(const Inflating &) = delete;
    Inflating &operator=(const Inflating &) = delete;

    void append(std::string_view bytes, const Take &take)
    {
        std::vector<char> piece(pieceSize);
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
        m_stream.avail_in = uInt(bytes.size());
        bool isFull = true;
        while (m_stream.avail_in > 0 || (isFull && !m_ended)) {
            if (m_ended) { // several packed one after the other are one
                inflateReset(&m_stream);
                m_ended = false;
            }
            m_stream.next_out = reinterpret_cast<Bytef *>(piece.data());
            m_stream.avail_out = uInt(piece.size());
            const int result = inflate(&m_stream, Z_NO_FLUSH);
            if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
                throw Failure(400, "The packed body of the request is damaged.");
            m_ended = result == Z_STREAM_END;
            isFull = m_stream.avail_out == 0;
            if (const std::size_t got = piece.size() - m_stream.avail_out)
                take({piece.data(), got});
            if (result == Z_BUF_ERROR)
                break;
        }
    }
    bool ended() const { return m_ended; }

private:
    z_stream m_stream = {};
    bool m_ended = false;
};

Unpacking::Unpacking(const std::string &encoding, Take take) : m_take(std::move(take))
{
    if (encoding.empty() || encoding == "identity")
        return;
    if (encoding != "gzip" && encoding != "x-gzip" && encoding != "deflate")
        throw Failure(415, "A body packed as " + encoding + " can't be read here.");
    m_inflating = std::make_unique<Inflating>();
}

Unpacking::~Unpacking() = default;

void Unpacking::append(std::string_view bytes)
{
    if (m_inflating)
        m_inflating->append(bytes, m_take);
    else
        m_take(bytes);
}

void Unpacking::finish() const
{
    if (m_inflating && !m_inflating->ended())
        throw Failure(400, "The packed body of the request ends before it is whole.");
}

} // namespace localserver
