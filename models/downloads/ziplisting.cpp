// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/downloads/ziplisting.h"

#include "models/api/decode.h"
#include "models/api/error.h"
#include "models/values/format.h"

#include <QCoreApplication>
#include <QFile>
#include <QHash>
#include <QtEndian>

#include <algorithm>
#include <limits>
#include <optional>

#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Zip)
};

[[noreturn]] void refuse(const QString &sentence)
{
    throw ZipProblem{sentence};
}

[[noreturn]] void refuseDamaged(const QString &what)
{
    refuse(Text::tr("The zip is damaged: %1. Try the download again.").arg(what));
}

// Numbers of a record, little-endian, with every access checked.
class Record
{
public:
    explicit Record(QByteArray bytes) : m_bytes(std::move(bytes)) { }

    template<class T>
    T number(qsizetype at) const
    {
        if (at < 0 || at + qsizetype(sizeof(T)) > m_bytes.size())
            refuseDamaged(Text::tr("a record is cut short"));
        return qFromLittleEndian<T>(m_bytes.constData() + at);
    }
    quint16 u16(qsizetype at) const { return number<quint16>(at); }
    quint32 u32(qsizetype at) const { return number<quint32>(at); }
    quint64 u64(qsizetype at) const { return number<quint64>(at); }
    QByteArray bytes(qsizetype at, qsizetype size) const
    {
        if (at + size > m_bytes.size())
            refuseDamaged(Text::tr("a record is cut short"));
        return m_bytes.mid(at, size);
    }
    qsizetype size() const { return m_bytes.size(); }

private:
    QByteArray m_bytes;
};

constexpr quint32 localSignature = 0x04034b50;
constexpr quint32 centralSignature = 0x02014b50;
constexpr quint32 endSignature = 0x06054b50;
constexpr quint32 end64Signature = 0x06064b50;
constexpr quint32 locator64Signature = 0x07064b50;
constexpr quint32 descriptorSignature = 0x08074b50;
constexpr quint16 isEncrypted = 1 << 0 | 1 << 6 | 1 << 13;
constexpr quint16 hasDescriptor = 1 << 3;
constexpr quint16 hasUtf8 = 1 << 11;
constexpr quint16 deflated = 8;

// Where the directory lies and how many entries it has.
struct Directory
{
    qint64 at = 0;
    qint64 size = 0;
    quint64 entries = 0;
};

// An entry as the directory has it.
struct Listed
{
    ZipEntry entry;
    QByteArray name;
    quint16 flags = 0;
    quint16 method = 0;
    qint64 headerAt = 0;
};

class Zip
{
public:
    Zip(const QString &path, const ZipLimits &limits);

    std::vector<ZipEntry> entries();

private:
    Record read(qint64 at, qint64 size);
    [[noreturn]] void refuseWhatIsNoZip();
    Directory directory();
    Directory directory64(qint64 endAt, Directory found);
    Listed listed(const Record &directory, qsizetype &at) const;
    void readHeader(Listed &listed);
    void checkDescriptor(const Listed &listed, qint64 end, qint64 next);
    void checkPlaces(std::vector<Listed> &all, const Directory &directory);
    void checkPaths(const std::vector<Listed> &all) const;
    void checkSizes(const std::vector<Listed> &all) const;

    QFile m_file;
    qint64 m_size = 0;
    ZipLimits m_limits;
};

Zip::Zip(const QString &path, const ZipLimits &limits)
    : m_file(path), m_limits(limits)
{
    if (!m_file.open(QIODevice::ReadOnly))
        refuse(Text::tr("“%1” can’t be read: %2").arg(path, m_file.errorString()));
    m_size = m_file.size();
}

Record Zip::read(qint64 at, qint64 size)
{
    if (at < 0 || size < 0 || at > m_size || size > m_size - at || !m_file.seek(at))
        refuseDamaged(Text::tr("it names places behind its end"));
    const QByteArray bytes = m_file.read(size);
    if (bytes.size() != size)
        refuse(Text::tr("“%1” can’t be read: %2").arg(m_file.fileName(), m_file.errorString()));
    return Record(bytes);
}

void Zip::refuseWhatIsNoZip()
{
    const QByteArray start = read(0, std::min<qint64>(m_size, 64 << 10)).bytes(0, std::min<qint64>(m_size, 64 << 10));
    if (start.isEmpty())
        refuse(Text::tr("The server has sent an empty file instead of a zip."));
    if (start.startsWith("PK\x03\x04"))
        refuseDamaged(Text::tr("its end is missing"));
    if (api::isWebPage(start))
        refuse(Text::tr("The server has sent a web page instead of a zip."));
    if (const QString said = api::decode::serverMessage(start).text; !said.isEmpty())
        refuse(Text::tr("The server has sent a message instead of a zip: %1").arg(said));
    refuse(Text::tr("What the server has sent is no zip."));
}

// The record at the very end, whose comment reaches to the last byte.
Directory Zip::directory()
{
    constexpr qint64 endSize = 22;
    const qint64 tailSize = std::min<qint64>(m_size, endSize + 0xffff);
    const Record tail = read(m_size - tailSize, tailSize);
    for (qsizetype at = tailSize - endSize; at >= 0; --at) {
        if (tail.u32(at) != endSignature || at + endSize + tail.u16(at + 20) != tailSize)
            continue;
        if (tail.u16(at + 4) != 0 || tail.u16(at + 6) != 0 || tail.u16(at + 8) != tail.u16(at + 10))
            refuse(Text::tr("The zip is one of several parts, which this program does not expand."));
        const Directory found{tail.u32(at + 16), tail.u32(at + 12), tail.u16(at + 10)};
        return directory64(m_size - tailSize + at, found);
    }
    refuseWhatIsNoZip();
}

Directory Zip::directory64(qint64 endAt, Directory found)
{
    constexpr qint64 locatorSize = 20;
    constexpr qint64 recordSize = 56;
    qint64 directoryEnd = endAt;
    if (endAt >= locatorSize) {
        const Record locator = read(endAt - locatorSize, locatorSize);
        if (locator.u32(0) == locator64Signature) {
            const auto at = static_cast<qint64>(locator.u64(8));
            const Record record = read(at, recordSize);
            if (record.u32(0) != end64Signature || at + 12 + static_cast<qint64>(record.u64(4)) != endAt - locatorSize)
                refuseDamaged(Text::tr("its directory can’t be found"));
            found = {static_cast<qint64>(record.u64(48)), static_cast<qint64>(record.u64(40)), record.u64(32)};
            directoryEnd = at;
        }
    }
    if (found.at < 0 || found.size < 0 || found.size > directoryEnd || found.at != directoryEnd - found.size)
        refuseDamaged(Text::tr("its directory is not where it should be"));
    if (found.entries > static_cast<quint64>(m_limits.entries) || found.size > m_limits.entries * qint64(1 << 10)) {
        refuse(Text::tr("The zip holds more than %1 files, which is more than this program expands.")
                   .arg(format::count(m_limits.entries)));
    }
    return found;
}

// What an extra field has under an id; nothing where it has none.
std::optional<Record> extra(const Record &fields, quint16 id)
{
    qsizetype at = 0;
    while (at + 4 <= fields.size()) {
        const qsizetype size = fields.u16(at + 2);
        if (fields.u16(at) == id)
            return Record(fields.bytes(at + 4, size));
        at += 4 + size;
    }
    return std::nullopt;
}

// Numbers that do not fit stand in an extra field, in this order, each only where it is needed (4.5.3).
void widen(const Record &fields, std::initializer_list<qint64 *> numbers)
{
    constexpr qint64 isElsewhere = 0xffffffff;
    const std::optional<Record> wide = extra(fields, 0x0001);
    qsizetype at = 0;
    for (qint64 *number : numbers) {
        if (*number != isElsewhere || !wide)
            continue;
        *number = static_cast<qint64>(wide->u64(at));
        at += 8;
        if (*number < 0)
            refuseDamaged(Text::tr("it names places behind its end"));
    }
}

void checkKind(const Listed &listed, quint32 attributes, const Record &fields)
{
    const QString &path = listed.entry.path;
    const mode_t kind = (attributes >> 16) & S_IFMT;
    const std::optional<Record> unixField = extra(fields, 0x000d); // may hold the target of a link behind its times
    if (kind == S_IFLNK || (unixField && unixField->size() > 12))
        refuse(Text::tr("The zip holds “%1”, which is a link. Nothing was expanded.").arg(path));
    if (kind != 0 && kind != S_IFREG && kind != S_IFDIR)
        refuse(Text::tr("The zip holds “%1”, which is neither a file nor a folder. Nothing was expanded.").arg(path));
    if ((kind == S_IFDIR && !listed.entry.isFolder) || (listed.entry.isFolder && listed.entry.size > 0))
        refuse(Text::tr("The zip holds “%1” as a file and as a folder. Nothing was expanded.").arg(path));
}

Listed Zip::listed(const Record &directory, qsizetype &at) const
{
    constexpr qsizetype headSize = 46;
    if (directory.u32(at) != centralSignature)
        refuseDamaged(Text::tr("its directory can’t be read"));
    Listed found;
    found.flags = directory.u16(at + 8);
    found.method = directory.u16(at + 10);
    found.entry.checkSum = directory.u32(at + 16);
    found.entry.packedSize = directory.u32(at + 20);
    found.entry.size = directory.u32(at + 24);
    found.headerAt = directory.u32(at + 42);
    const qsizetype nameSize = directory.u16(at + 28);
    const qsizetype extraSize = directory.u16(at + 30);
    const qsizetype commentSize = directory.u16(at + 32);
    const quint32 attributes = directory.u32(at + 38);
    found.name = directory.bytes(at + headSize, nameSize);
    const Record fields(directory.bytes(at + headSize + nameSize, extraSize));
    widen(fields, {&found.entry.size, &found.entry.packedSize, &found.headerAt});
    found.entry.path = zipEntryPath(found.name, found.flags & hasUtf8, m_limits);
    found.entry.isFolder = found.name.endsWith('/') || found.name.endsWith('\\');
    found.entry.isDeflated = found.method == deflated;
    at += headSize + nameSize + extraSize + commentSize;

    if (found.flags & isEncrypted) {
        refuse(Text::tr("The zip holds “%1”, which is encrypted. This program can’t expand it; download the zip itself.")
                   .arg(found.entry.path));
    }
    if (found.method != 0 && found.method != deflated) {
        refuse(Text::tr("The zip holds “%1”, packed in a way that this program does not know. Download the zip itself.")
                   .arg(found.entry.path));
    }
    if (!found.entry.isDeflated && found.entry.size != found.entry.packedSize)
        refuseDamaged(Text::tr("the sizes of “%1” differ").arg(found.entry.path));
    checkKind(found, attributes, fields);
    return found;
}

// The header before an entry's data must say what the directory says.
void Zip::readHeader(Listed &listed)
{
    constexpr qint64 headSize = 30;
    const Record head = read(listed.headerAt, headSize);
    const qint64 nameSize = head.u16(26);
    const qint64 extraSize = head.u16(28);
    const Record rest = read(listed.headerAt + headSize, nameSize + extraSize);
    qint64 packedSize = head.u32(18);
    qint64 size = head.u32(22);
    widen(Record(rest.bytes(nameSize, extraSize)), {&size, &packedSize});
    const bool isLater = (head.u16(6) & hasDescriptor) && size == 0 && packedSize == 0 && head.u32(14) == 0;
    const bool agrees = size == listed.entry.size && packedSize == listed.entry.packedSize
        && head.u32(14) == listed.entry.checkSum;
    if (head.u32(0) != localSignature || head.u16(6) != listed.flags || head.u16(8) != listed.method
        || rest.bytes(0, nameSize) != listed.name || !(isLater || agrees)) {
        refuseDamaged(Text::tr("its directory says something else about “%1” than the file itself").arg(listed.entry.path));
    }
    listed.entry.dataAt = listed.headerAt + headSize + nameSize + extraSize;
}

// Between the end of an entry's data and what follows there is nothing, or the record that repeats its sizes.
void Zip::checkDescriptor(const Listed &listed, qint64 end, qint64 next)
{
    const qint64 gap = next - end;
    if (gap == 0)
        return;
    const bool isKnownSize = gap == 12 || gap == 16 || gap == 20 || gap == 24;
    if (gap < 0)
        refuse(Text::tr("The zip holds “%1” in the same place as another file. Nothing was expanded.").arg(listed.entry.path));
    if (!(listed.flags & hasDescriptor) || !isKnownSize)
        refuse(Text::tr("The zip hides something behind “%1”. Nothing was expanded.").arg(listed.entry.path));
    const Record record = read(end, gap);
    const bool isSigned = record.u32(0) == descriptorSignature && (gap == 16 || gap == 24);
    if (record.u32(isSigned ? 4 : 0) != listed.entry.checkSum)
        refuseDamaged(Text::tr("its directory says something else about “%1” than the file itself").arg(listed.entry.path));
}

// Every byte before the directory belongs to one entry.
void Zip::checkPlaces(std::vector<Listed> &all, const Directory &directory)
{
    std::vector<const Listed *> order;
    for (Listed &listed : all) {
        readHeader(listed);
        order.push_back(&listed);
    }
    std::sort(order.begin(), order.end(), [](const Listed *a, const Listed *b) { return a->headerAt < b->headerAt; });
    if ((order.empty() ? directory.at : order.front()->headerAt) != 0)
        refuse(Text::tr("What the server has sent has something else before the zip. Nothing was expanded."));
    for (std::size_t i = 0; i < order.size(); ++i) {
        const qint64 next = i + 1 < order.size() ? order[i + 1]->headerAt : directory.at;
        const ZipEntry &entry = order[i]->entry;
        if (entry.packedSize > m_size - entry.dataAt)
            refuseDamaged(Text::tr("it names places behind its end"));
        checkDescriptor(*order[i], entry.dataAt + entry.packedSize, next);
    }
}

void Zip::checkPaths(const std::vector<Listed> &all) const
{
    QHash<QString, bool> isFolder; // of every path that will be there
    for (const Listed &listed : all) {
        const QString &path = listed.entry.path;
        for (qsizetype slash = path.indexOf(u'/'); slash > 0; slash = path.indexOf(u'/', slash + 1)) {
            const QString above = path.left(slash);
            const auto found = isFolder.constFind(above);
            if (found != isFolder.cend() && !*found)
                refuse(Text::tr("The zip holds “%1” as a file and as a folder. Nothing was expanded.").arg(above));
            isFolder.insert(above, true);
        }
        const auto found = isFolder.constFind(path);
        if (found != isFolder.cend() && *found != listed.entry.isFolder)
            refuse(Text::tr("The zip holds “%1” as a file and as a folder. Nothing was expanded.").arg(path));
        if (found != isFolder.cend() && !listed.entry.isFolder)
            refuse(Text::tr("The zip holds “%1” twice. Nothing was expanded.").arg(path));
        isFolder.insert(path, listed.entry.isFolder);
    }
}

void Zip::checkSizes(const std::vector<Listed> &all) const
{
    constexpr qint64 most = std::numeric_limits<qint64>::max();
    qint64 total = 0;
    for (const Listed &listed : all)
        total += std::min(listed.entry.size, most - total);
    const qint64 allowed = std::max(m_limits.harmlessSize, std::min(m_size, most / m_limits.ratio) * m_limits.ratio);
    if (total > allowed) {
        refuse(Text::tr("The zip would grow from %1 to %2, which no ordinary file does. Nothing was expanded.")
                   .arg(format::bytes(m_size), format::bytes(total)));
    }
}

std::vector<ZipEntry> Zip::entries()
{
    const Directory found = directory();
    const Record records = read(found.at, found.size);
    std::vector<Listed> all;
    qsizetype at = 0;
    while (at < records.size()) {
        all.push_back(listed(records, at));
        if (all.size() > found.entries)
            break;
    }
    if (all.size() != found.entries)
        refuseDamaged(Text::tr("its directory has another length than it says"));
    checkPaths(all);
    checkSizes(all);
    checkPlaces(all, found);
    std::vector<ZipEntry> entries;
    for (Listed &listed : all)
        entries.push_back(std::move(listed.entry));
    return entries;
}

} // namespace

std::vector<ZipEntry> listZip(const QString &path, const ZipLimits &limits)
{
    return Zip(path, limits).entries();
}
