// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/zip.h"

#include <algorithm>

namespace localserver::zip {

namespace {

constexpr std::uint64_t most16 = 0xffff; // a field that says so has its value in zip64's records
constexpr std::uint64_t most32 = 0xffffffff;

void put(std::string &out, std::uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; ++i, value >>= 8)
        out += char(value & 0xff);
}

// What the local and the central header share (APPNOTE.TXT 4.4): UTF-8 names, stored, 1 January 1980.
std::string common(const File &file, std::size_t nameSize, int version, int extraSize)
{
    std::string out;
    put(out, version, 2);
    put(out, 0x0800, 2);
    put(out, 0, 2);
    put(out, 0, 2);
    put(out, 0x21, 2);
    put(out, file.crc, 4);
    put(out, file.size, 4);
    put(out, file.size, 4);
    put(out, nameSize, 2);
    put(out, extraSize, 2);
    return out;
}

std::string directoryEntry(const File &file, const std::string &name, std::uint64_t offset)
{
    const bool far = offset >= most32;
    std::string out = "PK\x01\x02";
    put(out, far ? 45 : 20, 2);
    out += common(file, name.size(), far ? 45 : 20, far ? 12 : 0);
    out.append(10, '\0');
    put(out, std::min(offset, most32), 4);
    out += name;
    if (far) {
        put(out, 1, 2);
        put(out, 8, 2);
        put(out, offset, 8);
    }
    return out;
}

// APPNOTE.TXT 4.3.14 to 4.3.16
std::string ending(std::uint64_t files, std::uint64_t start, std::uint64_t size)
{
    std::string out;
    if (files >= most16 || start >= most32 || size >= most32) {
        out = "PK\x06\x06";
        put(out, 44, 8);
        put(out, 45, 2);
        put(out, 45, 2);
        put(out, 0, 8);
        put(out, files, 8);
        put(out, files, 8);
        put(out, size, 8);
        put(out, start, 8);
        out += "PK\x06\x07";
        put(out, 0, 4);
        put(out, start + size, 8);
        put(out, 1, 4);
    }
    out += "PK\x05\x06";
    put(out, 0, 4);
    put(out, std::min(files, most16), 2);
    put(out, std::min(files, most16), 2);
    put(out, std::min(size, most32), 4);
    put(out, std::min(start, most32), 4);
    put(out, 0, 2);
    return out;
}

} // namespace

Frame frame(const std::vector<File> &files)
{
    Frame result;
    std::uint64_t offset = 0;
    for (const File &file : files) {
        const std::string name = file.path.substr(0, most16);
        result.headers.push_back("PK\x03\x04" + common(file, name.size(), 20, 0) + name);
        result.directory += directoryEntry(file, name, offset);
        offset += result.headers.back().size() + file.size;
    }
    result.directory += ending(files.size(), offset, result.directory.size());
    return result;
}

std::string safePath(const std::string &path)
{
    std::string result;
    std::size_t from = 0;
    while (from <= path.size()) {
        const std::size_t to = std::min(path.find('/', from), path.size());
        const std::string part = path.substr(from, to - from);
        if (!part.empty() && part != "." && part != "..")
            result += (result.empty() ? "" : "/") + part;
        from = to + 1;
    }
    return result.empty() ? "file" : result;
}

} // namespace localserver::zip
