// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/exchange.h"

#include "app/localserver/content.h"
#include "app/localserver/hash.h"
#include "app/localserver/head.h"
#include "app/localserver/multipart.h"
#include "app/localserver/page.h"
#include "app/localserver/routes.h"

#include <cstdio>
#include <malloc.h>

namespace localserver {

namespace {

constexpr std::uint64_t largestUpload = std::uint64_t(900) << 20; // as the handshake says
constexpr std::uint64_t largestJson = std::uint64_t(64) << 20; // unpacked
constexpr std::uint64_t largestWithoutKey = std::uint64_t(128) << 10;
constexpr std::uint64_t largestIgnored = std::uint64_t(128) << 10; // of a body nobody reads
constexpr std::uint64_t largestField = std::uint64_t(4) << 20; // of a multipart body, but files
constexpr std::size_t worthTrimming = std::size_t(4) << 20;

// A wrong key deserves 401, but a starting script reads only this (PROTOCOL-ONLINE 3.2).
Failure wrongKey(const Route &route)
{
    const bool starting =
        route.base == Route::Script && std::string_view(route.path).substr(0, 7) == "logger/";
    return Failure(starting ? 400 : 401, "The API key is not the one of this server.", 90212);
}

// Counts what arrives.
class Limit {
public:
    explicit Limit(std::uint64_t most) : m_most(most) { }
    void add(std::size_t length)
    {
        m_size += length;
        if (m_size > m_most)
            throw Failure(413, "The body of the request is too large.");
    }

private:
    const std::uint64_t m_most;
    std::uint64_t m_size = 0;
};

class Reading {
public:
    Reading(Service &service, Parser &parser, Buffer &buffer, Source &source)
        : m_service(service), m_parser(parser), m_buffer(buffer), m_source(source)
    {
    }

    Answer answer(resent::Delivery &delivery, const std::function<void()> &goOn);
    std::size_t bodySize() const { return m_bodySize; } // unpacked

private:
    const Route *route();
    void checkSize(std::uint64_t most) const;
    void readJson(const Route &route);
    void readParts();
    void ignoreBody();
    void unpacked(std::uint64_t most, const Take &take);

    Service &m_service;
    Parser &m_parser;
    Buffer &m_buffer;
    Source &m_source;
    Head m_head;
    Request m_request;
    std::size_t m_bodySize = 0;
};

// Refuses at once what says itself how large it is.
void Reading::checkSize(std::uint64_t most) const
{
    const auto length = m_parser.content_length();
    if (length && *length > most)
        throw Failure(413, "The body of the request is too large.");
}

// The body without its packing, whole.
void Reading::unpacked(std::uint64_t most, const Take &take)
{
    checkSize(most);
    Limit limit(most);
    Unpacking unpacking(m_head.encoding, [&](std::string_view bytes) {
        m_bodySize += bytes.size();
        limit.add(bytes.size());
        take(bytes);
    });
    readBody(m_parser, m_buffer, m_source, [&](std::string_view bytes) { unpacking.append(bytes); });
    unpacking.finish();
}

void Reading::readJson(const Route &route)
{
    std::string text;
    JsonBounds bounds;
    unpacked(m_head.key.empty() ? largestWithoutKey : largestJson, [&](std::string_view bytes) {
        bounds.append(bytes);
        text += bytes;
    });
    if (m_head.key.empty()
        && !sameKey(outerText(text, {"apiKey", "api_key"}).value_or(""), m_service.apiKey))
        throw wrongKey(route);
    m_request.body = text.empty() ? Json::object() : parsed(text);
    if (!m_request.body.is_structured())
        throw Failure(400, "The body of the request is not a JSON object.");
    m_request.content = Hash().add(text).value();
}

void Reading::readParts()
{
    Limit fields(largestField);
    const auto begin = [&](std::string name, std::string fileName) {
        m_request.parts.push_back(
            {std::move(name), std::move(fileName), std::make_shared<Content>(m_service.store)});
    };
    const auto content = [&](std::string_view bytes) {
        if (m_request.parts.back().fileName.empty())
            fields.add(bytes.size());
        m_request.parts.back().content->append(bytes);
    };
    MultipartReader reader(m_head.contentType, begin, content);
    unpacked(largestUpload, [&](std::string_view bytes) { reader.append(bytes); });
    reader.finish();
}

void Reading::ignoreBody()
{
    checkSize(largestIgnored);
    Limit limit(largestIgnored);
    readBody(m_parser, m_buffer, m_source, [&](std::string_view bytes) { limit.add(bytes.size()); });
}

Answer Reading::answer(resent::Delivery &delivery, const std::function<void()> &goOn)
{
    m_head = Head::of(m_parser.get().base());
    const Route *route = m_head.verb ? findRoute(*m_head.verb, m_head.path) : nullptr;
    if (!route) {
        if (m_head.verb == Verb::Get && isPageOfExperiment(m_head.path))
            return pageOfExperiment(m_service.root, m_head.path);
        std::fprintf(stderr, "404 %s %s\n", m_head.method.c_str(), m_head.path.c_str());
        throw Failure(404, "This server has no " + m_head.path + ".");
    }
    if (route->access == Route::Keyed) {
        const bool mayBeInside = m_head.key.empty() && route->body == Route::JsonBody;
        if (!mayBeInside && !sameKey(m_head.key, m_service.apiKey))
            throw wrongKey(*route);
    }
    if (m_head.waitsForContinue)
        goOn();
    if (route->body == Route::JsonBody)
        readJson(*route);
    else if (route->body == Route::Multipart)
        readParts();
    else
        ignoreBody();

    m_request.verb = *m_head.verb;
    m_request.path = std::move(m_head.path);
    m_request.query = std::move(m_head.query);
    m_request.fromScript = route->base == Route::Script || m_head.fromScript;
    m_request.delivery = &delivery;
    return route->handler(m_service, m_request);
}

Answer answered(Reading &reading, const std::string &path, resent::Delivery &delivery,
    const std::function<void()> &goOn)
{
    try {
        return reading.answer(delivery, goOn);
    } catch (const Failure &problem) {
        return failure(problem.status, problem.what(), problem.code);
    } catch (const Json::exception &problem) {
        return failure(400, std::string("A field of the body has the wrong type: ") + problem.what(), 0);
    } catch (const std::exception &problem) {
        std::fprintf(stderr, "500 %s: %s\n", path.c_str(), problem.what());
        return failure(500, std::string("The server failed: ") + problem.what(), 0);
    }
}

} // namespace

Exchange exchange(Service &service, Parser &parser, Buffer &buffer, Source &source, resent::Delivery &delivery,
    const std::function<void()> &goOn)
{
    const auto field = [&](http::field name) {
        const auto value = parser.get()[name];
        return std::string(value.data(), value.size());
    };
    const auto target = parser.get().target();
    Exchange result;
    result.range = field(http::field::range);
    result.ifRange = field(http::field::if_range);
    service.settled.add(delivery.askedAgain());
    auto reading = std::make_unique<Reading>(service, parser, buffer, source);
    result.answer = answered(*reading, std::string(target.data(), target.size()), delivery, goOn);
    const std::size_t size = reading->bodySize();
    reading.reset();
    if (size > worthTrimming)
        malloc_trim(0); // what a large body took is not kept for the next one
    result.bodyWasRead = parser.is_done();
    return result;
}

Answer refused(boost::system::error_code problem)
{
    if (problem == http::error::header_limit)
        return failure(431, "The head of the request is too large.", 0);
    return failure(400, "This is no request that the server understands.", 0);
}

} // namespace localserver
