// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/websocket.h"

#include "app/localserver/head.h"

#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <cstdio>

namespace localserver {

namespace {

namespace websocket = boost::beast::websocket;
using boost::system::error_code;

constexpr std::size_t largestMessage = std::size_t(64) << 20;
constexpr std::size_t largestWithoutKey = 1024;
constexpr std::size_t keptCapacity = std::size_t(1) << 20;

// Who is let in: a program of this machine, at an address for that. `comet check` of the old SDK brings no
// key and only wants to see that somebody answers.
std::optional<Answer> refusal(const Head &head, const Service &service)
{
    if (head.path != "/ws" && head.path != "/ws/logger-ws" && head.path != "/clientlib/ws/logger-ws")
        return failure(404, "This server has no " + head.path + ".", 0);
    if (!head.key.empty() && !sameKey(head.key, service.apiKey))
        return failure(401, "The API key is not the one of this server.", 90212);
    return std::nullopt;
}

class Session : public std::enable_shared_from_this<Session> {
public:
    Session(boost::beast::tcp_stream &&stream, Messages &messages)
        : m_stream(std::move(stream)), m_messages(messages)
    {
    }

    void accept(const Parser::value_type &request, bool hasKey)
    {
        m_hasKey = hasKey;
        // A busy script may send nothing for hours and answers no pings meanwhile.
        m_stream.set_option(websocket::stream_base::timeout{
            std::chrono::seconds(30), websocket::stream_base::none(), false});
        m_stream.read_message_max(hasKey ? largestMessage : largestWithoutKey);
        m_stream.async_accept(request, [self = shared_from_this()](error_code error) {
            if (!error)
                self->read();
        });
    }
    void refuse(const Answer &answer)
    {
        auto response = std::make_shared<http::response<http::string_body>>(
            http::int_to_status(unsigned(answer.status)), 11, answer.body);
        response->set(http::field::content_type, answer.type);
        response->set(http::field::connection, "close");
        response->prepare_payload();
        http::async_write(m_stream.next_layer(), *response,
            [self = shared_from_this(), response](error_code, std::size_t) {});
    }

private:
    void read()
    {
        m_stream.async_read(m_buffer, [self = shared_from_this()](error_code error, std::size_t) {
            if (!error)
                self->take();
        });
    }
    void take()
    {
        if (!m_hasKey) {
            m_stream.async_close(websocket::close_code::policy_error, [self = shared_from_this()](error_code) {});
            return;
        }
        const auto data = m_buffer.data();
        m_messages.add({static_cast<const char *>(data.data()), data.size()});
        m_buffer.consume(m_buffer.size());
        if (m_buffer.capacity() > keptCapacity)
            m_buffer.shrink_to_fit();
        read();
    }

    websocket::stream<boost::beast::tcp_stream> m_stream;
    Buffer m_buffer;
    Messages &m_messages;
    bool m_hasKey = false; // else nothing that comes is taken
};

} // namespace

void serveWebSocket(boost::beast::tcp_stream &&stream, const Parser::value_type &request, Service &service,
    Messages &messages)
{
    const auto session = std::make_shared<Session>(std::move(stream), messages);
    try {
        const Head head = Head::of(request.base());
        if (const auto refused = refusal(head, service))
            session->refuse(*refused);
        else
            session->accept(request, !head.key.empty());
    } catch (const Failure &problem) {
        session->refuse(failure(problem.status, problem.what(), problem.code));
    }
}

} // namespace localserver
