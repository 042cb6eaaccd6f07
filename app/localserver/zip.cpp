// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/zip.h"

#include <cstdint>
#include <stdexcept>

#include <zlib.h>

namespace localserver {

namespace {

void put16(std::string &out, unsigned value)
{
    out += char(value & 0xff);
    out += char(value >> 8 & 0xff);
}

void put32(std::string &out, std::size_t value)
{
    put16(out, unsigned(value & 0xffff));
    put16(out, unsigned(value >> 16 & 0xffff));
}

std::string relative(const std::string &path)
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

// What the local and the central header share (APPNOTE.TXT 4.4): UTF-8 names, stored, 1 January 1980.
std::string common(const std::string &content, const std::string &name)
{
    std::string out;
    put16(out, 20);
    put16(out, 0x0800);
    put16(out, 0);
    put16(out, 0);
    put16(out, 0x21);
    put32(out, crc32(0, reinterpret_cast<const Bytef *>(content.data()), uInt(content.size())));
    put32(out, content.size());
    put32(out, content.size());
    put16(out, unsigned(name.size()));
    put16(out, 0);
    return out;
}

} // namespace

std::string zipped(const std::vector<std::pair<std::string, std::string>> &files)
{
    std::string out;
    std::string directory;
    for (const auto &[path, content] : files) {
        const std::string name = relative(path).substr(0, 0xffff);
        if (out.size() + content.size() + directory.size() > 0xf0000000u || files.size() > 0xffff)
            throw std::runtime_error("The files are too large for one zip.");
        const std::size_t offset = out.size();
        const std::string header = common(content, name);
        out += "PK\x03\x04";
        out += header + name + content;
        directory += "PK\x01\x02";
        put16(directory, 20);
        directory += header;
        directory.append(10, '\0');
        put32(directory, offset);
        directory += name;
    }
    const std::size_t start = out.size();
    out += directory;
    out += "PK\x05\x06";
    put32(out, 0);
    put16(out, unsigned(files.size()));
    put16(out, unsigned(files.size()));
    put32(out, directory.size());
    put32(out, start);
    put16(out, 0);
    return out;
}

} // namespace localserver
