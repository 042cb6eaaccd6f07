// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/catalog.h"
#include "app/localserver/exchange.h"
#include "app/localserver/messages.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <limits>

// A whole server but its sockets, over a database of its own: the bytes of a connection go in.
class Answering {
public:
    static constexpr const char *key = "the-key";

    explicit Answering(const std::string &folder)
        : m_store(folder + "/fuzz.db"), m_service{m_store, "http://127.0.0.1:1", "ws://127.0.0.1:1/ws", key, "local"}
    {
        m_store.write([](localserver::Writing &writing) {
            const auto project = localserver::catalog::ensureProject(writing.db, "local", "p");
            localserver::catalog::create(writing.db, "run", project, {}, "local");
        });
    }

    // The requests of a connection one after the other. False where an answer does not keep its promises.
    bool requests(std::string_view bytes)
    {
        Text source(bytes);
        localserver::Buffer buffer;
        localserver::resent::Delivery delivery;
        for (int count = 0; count < 8; ++count) {
            localserver::Parser parser;
            parser.header_limit(64 << 10);
            parser.body_limit(std::numeric_limits<std::uint64_t>::max());
            boost::system::error_code error;
            while (!parser.is_header_done() && !error) {
                const std::size_t used = buffer.size() ? parser.put(buffer.data(), error) : 0;
                buffer.consume(used);
                if (error == localserver::http::error::need_more)
                    error = {};
                if (error || parser.is_header_done())
                    break;
                const auto space = buffer.prepare(1'000);
                const std::size_t length = source.read(static_cast<char *>(space.data()), space.size());
                if (length == 0)
                    return true; // ended between two requests, or within a head
                buffer.commit(length);
            }
            if (error)
                return isSound(localserver::refused(error));
            const auto done = localserver::exchange(m_service, parser, buffer, source, delivery, [] {});
            if (!isSound(done.answer))
                return false;
            if (!done.bodyWasRead || !parser.keep_alive())
                return true;
        }
        return true;
    }

    // A text of a websocket.
    void message(const std::string &text)
    {
        m_store.write([&](localserver::Writing &writing) { localserver::logText(writing, m_service, text); });
    }

private:
    // Gives a few bytes at a time, so that everything is cut everywhere.
    class Text : public localserver::Source {
    public:
        explicit Text(std::string_view bytes) : m_bytes(bytes) { }
        std::size_t read(char *to, std::size_t most) override
        {
            const std::size_t length = std::min({most, m_bytes.size(), std::size_t(1) + m_bytes.size() % 97});
            std::memcpy(to, m_bytes.data(), length);
            m_bytes.remove_prefix(length);
            return length;
        }

    private:
        std::string_view m_bytes;
    };

    // What is said to be JSON is JSON, and nothing is the server's own failure.
    static bool isSound(const localserver::Answer &answer)
    {
        if (answer.status < 200 || answer.status >= 500)
            return false;
        return answer.stream || std::strcmp(answer.type, "application/json") != 0
            || nlohmann::json::accept(answer.body);
    }

    localserver::Store m_store;
    localserver::Service m_service;
};
