// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/downloads/inflation.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>

#include <zlib.h>

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Zip)
};

constexpr qsizetype piece = 256 << 10;

[[noreturn]] void refuse(const ZipEntry &entry)
{
    throw ZipProblem{Text::tr("The zip is damaged: “%1” is not what it should be. Try the download again.").arg(entry.path)};
}

// zlib's state, released whatever happens.
struct Inflater
{
    Inflater() { isReady = inflateInit2(&stream, -MAX_WBITS) == Z_OK; }
    ~Inflater() { inflateEnd(&stream); }
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;

    z_stream stream{};
    bool isReady = false;
};

// Counts and sums up what goes to take(), and never lets more through than the directory says.
class Checked
{
public:
    Checked(const ZipEntry &entry, const std::function<bool(const char *, qint64)> &take) : m_entry(entry), m_take(take) { }

    bool operator()(const char *data, qsizetype size)
    {
        m_size += size;
        if (m_size > m_entry.size)
            refuse(m_entry);
        m_sum = crc32(m_sum, reinterpret_cast<const Bytef *>(data), static_cast<uInt>(size));
        return m_take(data, size);
    }
    void checkEnd() const
    {
        if (m_size != m_entry.size || m_sum != m_entry.checkSum)
            refuse(m_entry);
    }

private:
    const ZipEntry &m_entry;
    const std::function<bool(const char *, qint64)> &m_take;
    qint64 m_size = 0;
    uLong m_sum = 0;
};

} // namespace

bool readZipEntry(QFile &zip, const ZipEntry &entry, const std::function<bool(const char *data, qint64 size)> &take)
{
    Checked out(entry, take);
    Inflater inflater;
    QByteArray packed(piece, Qt::Uninitialized);
    QByteArray unpacked(piece, Qt::Uninitialized);
    if (!inflater.isReady || !zip.seek(entry.dataAt))
        refuse(entry);
    int state = Z_OK;
    for (qint64 left = entry.packedSize; left > 0;) {
        const qint64 count = zip.read(packed.data(), std::min<qint64>(left, piece));
        if (count <= 0)
            refuse(entry);
        left -= count;
        if (!entry.isDeflated) {
            if (!out(packed.constData(), count))
                return false;
            continue;
        }
        z_stream &stream = inflater.stream;
        stream.next_in = reinterpret_cast<Bytef *>(packed.data());
        stream.avail_in = static_cast<uInt>(count);
        do {
            stream.next_out = reinterpret_cast<Bytef *>(unpacked.data());
            stream.avail_out = static_cast<uInt>(piece);
            state = inflate(&stream, Z_NO_FLUSH);
            const bool isFine = state == Z_OK || state == Z_STREAM_END || state == Z_BUF_ERROR;
            if (!isFine || (state == Z_STREAM_END && (stream.avail_in > 0 || left > 0)))
                refuse(entry);
            if (const qsizetype size = piece - static_cast<qsizetype>(stream.avail_out); size > 0 && !out(unpacked.constData(), size))
                return false;
        } while (stream.avail_out == 0 && state != Z_STREAM_END);
    }
    if (entry.isDeflated && state != Z_STREAM_END)
        refuse(entry);
    out.checkEnd();
    return true;
}
