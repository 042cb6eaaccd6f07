// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/multipart.h"

#include "app/localserver/request.h"
#include "app/localserver/utf8.h"

#include <algorithm>

namespace localserver {

namespace {

constexpr std::size_t longestBoundary = 200; // RFC 2046 says 70
constexpr std::size_t longestHeaders = 16 << 10;
constexpr int mostParts = 100;

bool isSame(std::string_view a, std::string_view lowerCase)
{
    return std::equal(a.begin(), a.end(), lowerCase.begin(), lowerCase.end(),
        [](char x, char y) { return (x >= 'A' && x <= 'Z' ? char(x - 'A' + 'a') : x) == y; });
}

std::string_view trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t");
    return begin == std::string_view::npos
        ? std::string_view()
        : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// Takes `name=value` or `name="value"` and the semicolon after it off the front.
std::pair<std::string_view, std::string> takeParameter(std::string_view &text)
{
    const auto end = std::min(text.find_first_of("=;"), text.size());
    const std::string_view name = trimmed(text.substr(0, end));
    text.remove_prefix(end);
    std::string value;
    if (!text.empty() && text.front() == '=') {
        text.remove_prefix(1);
        text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
        if (!text.empty() && text.front() == '"') {
            std::size_t i = 1;
            for (; i < text.size() && text[i] != '"'; ++i) {
                // Only these two are escaped: a path of Windows is none.
                if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\'))
                    ++i;
                value += text[i];
            }
            text.remove_prefix(std::min(i + 1, text.size()));
        } else {
            value = trimmed(text.substr(0, text.find(';')));
        }
    }
    text.remove_prefix(std::min(text.find(';'), text.size()));
    text.remove_prefix(std::min<std::size_t>(1, text.size()));
    return {name, value};
}

std::string parameter(std::string_view header, std::string_view wanted)
{
    header.remove_prefix(std::min(header.find(';'), header.size()));
    header.remove_prefix(std::min<std::size_t>(1, header.size()));
    while (!header.empty()) {
        auto [name, value] = takeParameter(header);
        if (isSame(name, wanted))
            return value;
    }
    return {};
}

} // namespace

MultipartReader::MultipartReader(std::string_view contentType, Begin begin, Content content)
    : m_begin(std::move(begin)), m_content(std::move(content)), m_pending("\r\n")
{
    const std::string boundary = parameter(contentType, "boundary");
    const std::string_view kind = trimmed(contentType.substr(0, contentType.find(';')));
    if (!isSame(kind, "multipart/form-data") || boundary.empty() || boundary.size() > longestBoundary)
        throw Failure(400, "The body must be multipart/form-data with a boundary.");
    m_delimiter = "\r\n--" + boundary;
}

void MultipartReader::append(std::string_view bytes)
{
    m_pending += bytes;
    while (step()) { }
}

void MultipartReader::finish() const
{
    if (m_state != AfterLast)
        throw Failure(400, "The multipart body ends before its last boundary.");
}

// False where more has to come first.
bool MultipartReader::step()
{
    switch (m_state) {
    case BeforeFirst:
        return skipToBoundary();
    case AfterBoundary:
        return readBoundaryEnd();
    case InHeaders:
        return readHeaders();
    case InContent:
        return readContent();
    case AfterLast:
        m_pending.clear();
        return false;
    }
    return false;
}

bool MultipartReader::skipToBoundary()
{
    const auto found = m_pending.find(m_delimiter);
    if (found == std::string::npos) {
        m_pending.erase(0, m_pending.size() - std::min(m_pending.size(), m_delimiter.size() - 1));
        return false;
    }
    m_pending.erase(0, found + m_delimiter.size());
    m_state = AfterBoundary;
    return true;
}

bool MultipartReader::readBoundaryEnd()
{
    if (m_pending.size() < 2)
        return false;
    if (m_pending.compare(0, 2, "--") == 0) {
        m_state = AfterLast;
        return true;
    }
    const auto end = m_pending.find("\r\n");
    if (std::min(end, m_pending.size()) > longestHeaders
        || m_pending.find_first_not_of(" \t") < std::min(end, m_pending.size() - 1))
        throw Failure(400, "The multipart body has a damaged boundary.");
    if (end == std::string::npos)
        return false;
    m_pending.erase(0, end); // the line end begins an empty block of headers too
    m_state = InHeaders;
    return true;
}

bool MultipartReader::readHeaders()
{
    const auto end = m_pending.find("\r\n\r\n");
    if (std::min(end, m_pending.size()) > longestHeaders)
        throw Failure(400, "The headers of a part are too long.");
    if (end == std::string::npos)
        return false;
    if (++m_parts > mostParts)
        throw Failure(413, "The body has more than " + std::to_string(mostParts) + " parts.");
    std::string name;
    std::string fileName;
    std::string_view headers = std::string_view(m_pending).substr(0, end);
    while (!headers.empty()) {
        headers.remove_prefix(std::min<std::size_t>(2, headers.size()));
        const std::string_view line = headers.substr(0, headers.find("\r\n"));
        headers.remove_prefix(line.size());
        const auto colon = std::min(line.find(':'), line.size());
        if (!isSame(trimmed(line.substr(0, colon)), "content-disposition"))
            continue;
        name = utf8::cleaned(parameter(line, "name"));
        fileName = utf8::cleaned(parameter(line, "filename"));
    }
    m_pending.erase(0, end + 4);
    m_state = InContent;
    m_begin(std::move(name), std::move(fileName));
    return true;
}

bool MultipartReader::readContent()
{
    const auto found = m_pending.find(m_delimiter);
    const std::size_t sure = found != std::string::npos
        ? found
        : m_pending.size() - std::min(m_pending.size(), m_delimiter.size() - 1);
    if (sure > 0)
        m_content(std::string_view(m_pending).substr(0, sure));
    m_pending.erase(0, found == std::string::npos ? sure : found + m_delimiter.size());
    if (found == std::string::npos)
        return false;
    m_state = AfterBoundary;
    return true;
}

} // namespace localserver
