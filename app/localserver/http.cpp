// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/http.h"

#include "app/localserver/byterange.h"
#include "app/localserver/exchange.h"
#include "app/localserver/peer.h"
#include "app/localserver/websocket.h"
#include "app/localserver/workers.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include <atomic>
#include <cstdio>
#include <mutex>
#include <set>
#include <thread>

#include <sys/socket.h>

namespace localserver {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::uint32_t largestHead = 64 << 10;
constexpr std::size_t largestPiece = std::size_t(1) << 18; // of what is sent at once
// A connection that asks nothing for so long is closed, also amid a head.
constexpr std::chrono::seconds longestIdle(15);

class Client;

// What the connections share.
struct Hall {
    Service *service = nullptr;
    std::atomic<bool> closing = false;
    std::mutex lock;
    std::set<Client *> connections;
    Workers workers;
    std::unique_ptr<Messages> messages; // of websockets
    asio::io_context io{1}; // goes first: connections that wait are its
};

std::string headOf(const Answer &answer, const ByteRange &range, std::uint64_t size, bool keepAlive)
{
    std::string head = "HTTP/1.1 " + std::to_string(answer.status) + ' ';
    const auto reason = http::obsolete_reason(http::int_to_status(unsigned(answer.status)));
    head.append(reason.data(), reason.size());
    const auto field = [&](const char *name, const std::string &value) {
        head.append("\r\n").append(name).append(": ").append(value);
    };
    field("Content-Type", answer.type);
    field("Content-Length", std::to_string(range.length));
    if (!answer.etag.empty()) {
        field("ETag", answer.etag);
        field("Accept-Ranges", "bytes");
    }
    if (range.kind == ByteRange::Part)
        field("Content-Range",
            "bytes " + std::to_string(range.start) + '-' + std::to_string(range.start + range.length - 1)
                + '/' + std::to_string(size));
    if (range.kind == ByteRange::Beyond)
        field("Content-Range", "bytes */" + std::to_string(size));
    if (!keepAlive)
        field("Connection", "close");
    return head + "\r\n\r\n";
}

// False where not all of it could be sent.
bool sendStream(Peer &peer, Stream &stream, const ByteRange &range)
{
    std::vector<char> piece(std::size_t(std::min<std::uint64_t>(largestPiece, range.length)));
    for (std::uint64_t sent = 0; sent < range.length;) {
        const auto length = std::size_t(std::min<std::uint64_t>(piece.size(), range.length - sent));
        try {
            stream.read(range.start + sent, piece.data(), length);
        } catch (const std::exception &problem) {
            // The head is sent already: the client sees a body that is too short.
            std::fprintf(stderr, "A download was cut: %s\n", problem.what());
            return false;
        }
        if (!peer.write({piece.data(), length}))
            return false;
        sent += length;
    }
    return true;
}

bool send(Peer &peer, Exchange &&exchange, bool headOnly, bool keepAlive)
{
    Answer &answer = exchange.answer;
    const std::uint64_t size = answer.stream ? answer.stream->size() : answer.body.size();
    ByteRange range{ByteRange::Whole, 0, size};
    if (!answer.etag.empty())
        range = byteRange(exchange.range, exchange.ifRange, size, answer.etag);
    if (range.kind == ByteRange::Part)
        answer.status = 206;
    if (range.kind == ByteRange::Beyond) {
        answer.body = failure(416, "The file ends before that.", 0).body;
        answer.status = 416;
        answer.type = "application/json";
        answer.stream = nullptr;
        range.length = answer.body.size();
        range.start = 0;
    }
    std::string head = headOf(answer, range, size, keepAlive);
    if (headOnly)
        return peer.write(head);
    if (answer.stream)
        return peer.write(head) && sendStream(peer, *answer.stream, range);
    // Together: a second small packet would wait for the first to be acknowledged.
    if (range.length < largestPiece)
        return peer.write(head.append(answer.body, range.start, range.length));
    return peer.write(head)
        && peer.write(std::string_view(answer.body).substr(range.start, range.length));
}

class Client : public std::enable_shared_from_this<Client> {
public:
    Client(Hall &hall, tcp::socket &&socket)
        : m_hall(hall), m_descriptor(socket.native_handle()), m_stream(std::move(socket))
    {
        const std::lock_guard guard(m_hall.lock);
        m_hall.connections.insert(this);
    }
    ~Client()
    {
        const std::lock_guard guard(m_hall.lock);
        m_hall.connections.erase(this);
    }
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    void awaitRequest();
    // A read that waits, or begins later, meets the end.
    void stopReading() { ::shutdown(m_descriptor, SHUT_RD); }

private:
    void takeHead(error_code error);
    void serve();
    void refuse(error_code error);
    bool leftoversRead(Peer &peer);

    Hall &m_hall;
    const int m_descriptor;
    boost::beast::tcp_stream m_stream;
    Buffer m_buffer;
    std::optional<Parser> m_parser;
    resent::Delivery m_delivery;
};

void Client::awaitRequest()
{
    if (m_hall.closing)
        return;
    if (m_buffer.capacity() > largestHead)
        m_buffer.shrink_to_fit(); // a thousand may wait
    m_parser.emplace();
    m_parser->header_limit(largestHead);
    m_parser->body_limit(std::numeric_limits<std::uint64_t>::max());
    m_stream.expires_after(longestIdle);
    http::async_read_header(m_stream, m_buffer, *m_parser,
        [self = shared_from_this()](error_code error, std::size_t) { self->takeHead(error); });
}

void Client::takeHead(error_code error)
{
    m_stream.expires_never();
    const bool malformed = error && error.category() == make_error_code(http::error::end_of_stream).category()
        && error != http::error::end_of_stream && error != http::error::partial_message;
    if (malformed) {
        m_hall.workers.add([self = shared_from_this(), error] { self->refuse(error); });
    } else if (error == boost::beast::error::timeout && m_buffer.size() == 0) {
        // Whoever kept the connection so long has the answers.
        for (int times = 0; times < 2; ++times)
            m_hall.service->settled.add(m_delivery.askedAgain());
    } else if (!error && boost::beast::websocket::is_upgrade(m_parser->get())) {
        serveWebSocket(std::move(m_stream), m_parser->get(), *m_hall.service, *m_hall.messages);
    } else if (!error) {
        m_hall.workers.add([self = shared_from_this()] { self->serve(); });
    }
}

void Client::refuse(error_code error)
{
    Peer peer(m_descriptor);
    Exchange exchange;
    exchange.answer = refused(error);
    send(peer, std::move(exchange), false, false);
    peer.end();
}

// Whether the connection is at the next request: a little of a body that nobody wanted is read for that.
bool Client::leftoversRead(Peer &peer)
{
    const auto left = m_parser->content_length_remaining();
    if (!left || *left > largestPiece)
        return false;
    try {
        readBody(*m_parser, m_buffer, peer, [](std::string_view) {});
        return true;
    } catch (const Failure &) {
        return false;
    }
}

void Client::serve()
{
    Peer peer(m_descriptor);
    bool waits = false;
    const auto goOn = [&] {
        waits = true;
        peer.write("HTTP/1.1 100 Continue\r\n\r\n");
    };
    Exchange done = exchange(*m_hall.service, *m_parser, m_buffer, peer, m_delivery, goOn);
    const bool refusedBeforeSent = !waits && !done.bodyWasRead && m_parser->get().count(http::field::expect) > 0;
    const bool keepAlive = m_parser->keep_alive() && !m_hall.closing && !refusedBeforeSent
        && (done.bodyWasRead || leftoversRead(peer));
    const bool headOnly = m_parser->get().method() == http::verb::head;
    if (!send(peer, std::move(done), headOnly, keepAlive))
        return;
    if (keepAlive)
        asio::post(m_stream.get_executor(), [self = shared_from_this()] { self->awaitRequest(); });
    else
        peer.end();
}

} // namespace

class Http::Private {
public:
    explicit Private(std::uint16_t wanted);
    ~Private();
    void start(Service &service);
    std::uint16_t port() const { return m_acceptor.local_endpoint().port(); }

private:
    void accept();

    Hall m_hall;
    tcp::acceptor m_acceptor{m_hall.io};
    asio::steady_timer m_retry{m_hall.io};
    std::thread m_thread;
};

Http::Private::Private(std::uint16_t wanted)
{
    error_code error;
    m_acceptor.open(tcp::v4());
    m_acceptor.set_option(tcp::acceptor::reuse_address(true));
    m_acceptor.bind({asio::ip::address_v4::loopback(), wanted}, error);
    if (!error)
        m_acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        throw std::runtime_error(
            "The port " + std::to_string(wanted) + " can't be used. Is another server running there?");
}

void Http::Private::start(Service &service)
{
    m_hall.service = &service;
    m_hall.messages = std::make_unique<Messages>(service, m_hall.workers);
    accept();
    m_thread = std::thread([this] { m_hall.io.run(); });
}

void Http::Private::accept()
{
    m_acceptor.async_accept([this](error_code error, tcp::socket socket) {
        if (error == asio::error::operation_aborted)
            return;
        if (error) { // too many files are open: some will be closed
            m_retry.expires_after(std::chrono::milliseconds(100));
            m_retry.async_wait([this](error_code stopped) {
                if (!stopped)
                    accept();
            });
            return;
        }
        socket.set_option(tcp::no_delay(true), error);
        std::make_shared<Client>(m_hall, std::move(socket))->awaitRequest();
        accept();
    });
}

Http::Private::~Private()
{
    if (!m_thread.joinable())
        return;
    m_hall.closing = true;
    m_hall.io.stop();
    m_thread.join();
    {
        const std::lock_guard guard(m_hall.lock);
        for (Client *connection : m_hall.connections)
            connection->stopReading();
    }
    m_hall.workers.finish();
}

Http::Http(std::uint16_t port) : d(std::make_unique<Private>(port)) { }

Http::~Http() = default;

std::uint16_t Http::port() const
{
    return d->port();
}

void Http::start(Service &service)
{
    d->start(service);
}

} // namespace localserver
