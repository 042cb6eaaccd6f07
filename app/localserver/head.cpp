// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/head.h"

#include "app/localserver/utf8.h"

#include <algorithm>
#include <charconv>

namespace localserver {

namespace {

std::string text(boost::beast::string_view view)
{
    return {view.data(), view.size()};
}

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return text;
}

std::optional<Verb> verbOf(http::verb verb)
{
    switch (verb) {
    case http::verb::get:
    case http::verb::head: // answered like a GET, without the body
        return Verb::Get;
    case http::verb::post:
        return Verb::Post;
    case http::verb::put:
        return Verb::Put;
    default:
        return std::nullopt;
    }
}

void readQuery(std::string_view query, Head &head)
{
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        const auto equals = std::min(pair.find('='), pair.size());
        if (!pair.empty())
            head.query.emplace(percentDecoded(pair.substr(0, equals), true),
                percentDecoded(pair.substr(std::min(equals + 1, pair.size())), true));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
}

void readTarget(std::string_view target, Head &head)
{
    // A client that takes the server for a proxy sends the whole address.
    if (const auto scheme = target.find("://"); scheme != std::string_view::npos && target.front() != '/')
        target.remove_prefix(std::min(target.find('/', scheme + 3), target.size()));
    target = target.substr(0, target.find('#'));
    const auto question = std::min(target.find('?'), target.size());
    head.path = percentDecoded(target.substr(0, question), false);
    readQuery(target.substr(std::min(question + 1, target.size())), head);
}

std::string keyOf(const http::request_header<> &fields, const Head &head)
{
    for (const char *name : {"Authorization", "Comet-Sdk-Api", "X-API-KEY"}) {
        const auto found = fields.find(name);
        if (found != fields.end())
            return text(found->value());
    }
    const auto found = head.query.find("apiKey");
    return found == head.query.end() ? std::string() : found->second;
}

// "http://localhost:5000" of an Origin header is "localhost:5000"; "null" is itself.
std::string_view hostOf(std::string_view origin)
{
    const auto scheme = origin.find("://");
    return scheme == std::string_view::npos ? origin : origin.substr(scheme + 3);
}

} // namespace

Head Head::of(const http::request_header<> &fields)
{
    if (fields.count(http::field::host) > 1)
        throw Failure(400, "A request has one Host.");
    if (!isLoopbackHost(text(fields[http::field::host])))
        throw Failure(403, "This server only answers to 127.0.0.1 and localhost.");
    const auto origin = fields.find(http::field::origin);
    if (origin != fields.end() && !isLoopbackHost(hostOf(text(origin->value()))))
        throw Failure(403, "This server does not answer to pages of the web.");

    Head head;
    head.method = text(fields.method_string());
    head.verb = verbOf(fields.method());
    readTarget(text(fields.target()), head);
    head.key = keyOf(fields, head);
    head.contentType = text(fields[http::field::content_type]);
    head.encoding = lowered(text(fields[http::field::content_encoding]));
    head.fromScript = text(fields["X-COMET-SDK-SOURCE"]) == "Experiment";
    head.waitsForContinue = lowered(text(fields[http::field::expect])) == "100-continue";
    return head;
}

bool isLoopbackHost(std::string_view host)
{
    const std::string name = lowered(std::string(host));
    for (const std::string_view own : {"127.0.0.1", "localhost", "[::1]"}) {
        if (name.compare(0, own.size(), own) != 0)
            continue;
        const std::string_view rest = std::string_view(name).substr(own.size());
        if (rest.empty())
            return true;
        unsigned port = 0;
        const auto end = rest.data() + rest.size();
        const auto read = std::from_chars(rest.data() + 1, end, port);
        return rest[0] == ':' && read.ec == std::errc() && read.ptr == end && port <= 65535;
    }
    return false;
}

bool sameKey(const std::string &given, const std::string &right)
{
    unsigned difference = given.size() == right.size() ? 0 : 1;
    for (std::size_t i = 0; i < given.size() && !right.empty(); ++i)
        difference |= static_cast<unsigned char>(given[i] ^ right[i % right.size()]);
    return difference == 0 && !right.empty();
}

std::string percentDecoded(std::string_view text, bool plusIsBlank)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned byte = 0;
        const std::string_view digits = text.substr(i + 1, text[i] == '%' ? 2 : 0);
        const auto end = digits.data() + digits.size();
        const auto read = std::from_chars(digits.data(), end, byte, 16);
        if (digits.size() == 2 && read.ec == std::errc() && read.ptr == end) {
            result += char(byte);
            i += 2;
        } else {
            result += plusIsBlank && text[i] == '+' ? ' ' : text[i];
        }
    }
    return utf8::cleaned(std::move(result));
}

} // namespace localserver
