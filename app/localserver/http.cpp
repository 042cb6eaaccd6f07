// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/http.h"

#include "app/localserver/byterange.h"
#include "app/localserver/content.h"
#include "app/localserver/routes.h"
#include "app/localserver/workers.h"

#include <httplib.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <future>

#include <netinet/in.h>
#include <sys/socket.h>

namespace localserver {

namespace {

constexpr std::size_t largestBody = std::size_t(900)
    << 20; // of an upload; SQLite keeps up to 1e9 bytes in a field
constexpr std::size_t largestJson = std::size_t(64) << 20; // unpacked
constexpr std::size_t largestPiece = std::size_t(1) << 18; // of what is sent at once
constexpr int idleSeconds = 15; // a connection that asks nothing for so long is closed

// cpp-httplib's own pool has a fixed number of threads, and a connection that is kept alive holds one:
// a few idle clients would lock all others out.
class Pool : public httplib::TaskQueue {
public:
    using Enqueued =
        decltype(std::declval<httplib::TaskQueue &>().enqueue(std::declval<std::function<void()>>()));
    Enqueued enqueue(std::function<void()> task) override
    {
        m_workers.add(std::move(task));
        return Enqueued(true);
    }
    void shutdown() override { m_workers.finish(); }

private:
    Workers m_workers;
};

// Query values become database texts and JSON: bytes that are no UTF-8 are replaced.
std::string cleaned(const std::string &text)
{
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x80)
            return Json::parse(dumped(text)).get<std::string>();
    }
    return text;
}

struct Body {
    std::string text;
    std::vector<Part> parts;
    bool tooLarge = false;
};

// Reads all of it even where it is too large, or the rest would be taken for the next request.
Body readBody(
    Store &store, const httplib::Request &request, const httplib::ContentReader &reader, bool multipart)
{
    Body body;
    std::size_t size = 0;
    const std::size_t limit = multipart ? largestBody : largestJson;
    const auto fits = [&](std::size_t more) {
        size += more;
        body.tooLarge = body.tooLarge || size > limit;
        return !body.tooLarge;
    };
    if (request.is_multipart_form_data()) {
        reader(
            [&](const httplib::MultipartFormData &header) {
                body.parts.push_back({header.name, header.filename, std::make_shared<Content>(store)});
                return true;
            },
            [&](const char *data, std::size_t length) {
                if (fits(length) && !body.parts.empty())
                    body.parts.back().content->append({data, length});
                return true;
            });
    } else {
        reader([&](const char *data, std::size_t length) {
            if (fits(length))
                body.text.append(data, length);
            return true;
        });
    }
    return body;
}

std::string keyOf(const httplib::Request &request)
{
    for (const char *header : {"Authorization", "Comet-Sdk-Api"}) {
        if (request.has_header(header))
            return request.get_header_value(header);
    }
    return request.get_param_value("apiKey");
}

std::string keyOf(const Json &body)
{
    if (!body.is_object())
        return {};
    return optionalText(body, "apiKey").value_or(optionalText(body, "api_key").value_or(""));
}

// A wrong key deserves 401, but a starting script reads only this (PROTOCOL-ONLINE 3.2).
Answer wrongKey(const Route *route)
{
    if (route && route->base == Route::Script && std::string_view(route->path).substr(0, 7) == "logger/")
        return failure(400, "The API key is not the one of this server.", 90212);
    return failure(401, "The API key is not the one of this server.", 90212);
}

Answer noSuchPath(const std::string &path)
{
    return failure(404, "This server has no " + path + ".", 0);
}

Answer handled(
    Service &service, Verb verb, const httplib::Request &asked, const httplib::ContentReader *reader)
{
    if (!isLoopbackHost(asked.get_header_value("Host")))
        return failure(403, "This server only answers to 127.0.0.1 and localhost.", 0);
    const Route *route = findRoute(verb, asked.path);

    Request request;
    request.verb = verb;
    request.path = asked.path;
    for (const auto &[name, value] : asked.params)
        request.query.emplace(name, cleaned(value));
    request.fromScript = (route && route->base == Route::Script)
        || asked.get_header_value("X-COMET-SDK-SOURCE") == "Experiment";

    Body body;
    if (reader)
        body = readBody(service.store, asked, *reader, route && route->body == Route::Multipart);
    std::string key = keyOf(asked);
    if (!key.empty() && !sameKey(key, service.apiKey) && !(route && route->access == Route::Open))
        return wrongKey(route);
    if (body.tooLarge)
        return failure(413, "The body of the request is too large.", 0);
    if (route && route->body == Route::JsonBody) {
        // Without a key outside, it can only be inside; a body that is no JSON holds none.
        try {
            request.body = body.text.empty() ? Json::object() : parsed(body.text);
        } catch (const Failure &) {
            if (key.empty())
                return wrongKey(route);
            throw;
        }
        if (key.empty())
            key = keyOf(request.body);
    }
    if (!sameKey(key, service.apiKey) && !(route && route->access == Route::Open))
        return wrongKey(route);
    if (!route) {
        std::fprintf(stderr, "404 %s %s\n", asked.method.c_str(), asked.path.c_str());
        return noSuchPath(asked.path);
    }
    if (route->body == Route::JsonBody && !request.body.is_structured())
        return failure(400, "The body of the request is not a JSON object.", 0);
    request.parts = std::move(body.parts);
    return route->handler(service, request);
}

Answer answered(
    Service &service, Verb verb, const httplib::Request &asked, const httplib::ContentReader *reader)
{
    try {
        return handled(service, verb, asked, reader);
    } catch (const Failure &problem) {
        return failure(problem.status, problem.what(), problem.code);
    } catch (const Json::exception &problem) {
        return failure(400, std::string("A field of the body has the wrong type: ") + problem.what(), 0);
    } catch (const std::exception &problem) {
        std::fprintf(stderr, "500 %s: %s\n", asked.path.c_str(), problem.what());
        return failure(500, std::string("The server failed: ") + problem.what(), 0);
    }
}

// A body that is there already, as a stream.
class Text : public Stream {
public:
    explicit Text(std::string &&text) : m_text(std::move(text)) { }
    std::uint64_t size() const override { return m_text.size(); }
    void read(std::uint64_t offset, char *to, std::size_t length) override
    {
        std::copy_n(m_text.data() + offset, length, to);
    }

private:
    const std::string m_text;
};

// Sends `range` of the stream, in pieces. By a provider even where the body is small: cpp-httplib packs
// plain content for everybody who accepts gzip, which on loopback costs ten times what it saves.
void sendStream(const std::shared_ptr<Stream> &stream, const ByteRange &range, const char *type,
    httplib::Response &response)
{
    if (range.length == 0) {
        response.set_content("", type);
        return;
    }
    const auto piece =
        std::make_shared<std::vector<char>>(std::min<std::uint64_t>(largestPiece, range.length));
    response.set_content_provider(std::size_t(range.length), type,
        [stream, piece, start = range.start](
            std::size_t offset, std::size_t length, httplib::DataSink &sink) {
            try {
                length = std::min(length, piece->size());
                stream->read(start + offset, piece->data(), length);
                return sink.write(piece->data(), length);
            } catch (const std::exception &problem) {
                // The head is sent already: the client sees a body that is too short.
                std::fprintf(stderr, "A download was cut: %s\n", problem.what());
                return false;
            }
        });
}

void send(Answer &&answer, const httplib::Request &request, httplib::Response &response)
{
    const std::shared_ptr<Stream> stream =
        answer.stream ? answer.stream : std::make_shared<Text>(std::move(answer.body));
    const std::uint64_t size = stream->size();
    ByteRange range{ByteRange::Whole, 0, size};
    response.status = answer.status;
    if (!answer.etag.empty()) {
        range = byteRange(
            request.get_header_value("Range"), request.get_header_value("If-Range"), size, answer.etag);
        response.set_header("ETag", answer.etag);
        response.set_header("Accept-Ranges", "bytes");
    }
    // cpp-httplib applies a range to whatever is answered and knows no If-Range. The request is its own
    // and not constant there.
    const_cast<httplib::Request &>(request).ranges.clear();
    if (range.kind == ByteRange::Beyond) {
        response.status = 416;
        response.set_header("Content-Range", "bytes */" + std::to_string(size));
        response.set_content(failure(416, "The file ends before that.", 0).body, "application/json");
        return;
    }
    if (range.kind == ByteRange::Part) {
        response.status = 206;
        response.set_header("Content-Range",
            "bytes " + std::to_string(range.start) + '-' + std::to_string(range.start + range.length - 1)
                + '/' + std::to_string(size));
    }
    sendStream(stream, range, answer.type, response);
}

} // namespace

class Http::Private {
public:
    explicit Private(std::uint16_t wanted);
    ~Private();
    void start(Service &service);

    std::uint16_t m_port = 0;

private:
    void dropIdle() const;

    httplib::Server m_server;
    std::thread m_thread;
    std::promise<void> m_finished;
};

Http::Private::Private(std::uint16_t wanted)
{
    m_server.new_task_queue = [] { return new Pool; };
    m_server.set_tcp_nodelay(true);
    m_server.set_keep_alive_max_count(1'000'000);
    m_server.set_keep_alive_timeout(idleSeconds);
    m_server.set_read_timeout(60);
    m_server.set_write_timeout(60);
    m_server.set_payload_max_length(largestBody);
    // The default shares the port with any other process that asks for it.
    m_server.set_socket_options([](socket_t socket) {
        const int yes = 1;
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    const int bound = wanted ? (m_server.bind_to_port("127.0.0.1", wanted) ? wanted : -1)
                             : m_server.bind_to_any_port("127.0.0.1");
    if (bound <= 0)
        throw std::runtime_error(
            "The port " + std::to_string(wanted) + " can't be used. Is another server running there?");
    m_port = std::uint16_t(bound);
}

void Http::Private::start(Service &service)
{
    m_server.Get(".*", [&service](const httplib::Request &request, httplib::Response &response) {
        send(answered(service, Verb::Get, request, nullptr), request, response);
    });
    m_server.Post(".*",
        [&service](const httplib::Request &request, httplib::Response &response,
            const httplib::ContentReader &reader) {
            send(answered(service, Verb::Post, request, &reader), request, response);
        });
    m_server.Put(".*",
        [&service](const httplib::Request &request, httplib::Response &response,
            const httplib::ContentReader &reader) {
            send(answered(service, Verb::Put, request, &reader), request, response);
        });
    // What cpp-httplib refuses by itself: other verbs, endless headers, bodies beyond the limit.
    m_server.set_error_handler([](const httplib::Request &, httplib::Response &response) {
        if (!response.has_header("Content-Type")) {
            const Answer refused = failure(response.status,
                response.status == 413 ? "The body of the request is too large."
                                       : "This is no request that the server understands.",
                0);
            response.set_content(refused.body, refused.type);
        }
    });
    m_thread = std::thread([this] {
        m_server.listen_after_bind();
        m_finished.set_value();
    });
}

Http::Private::~Private()
{
    if (!m_thread.joinable())
        return;
    while (!m_server.is_running())
        std::this_thread::yield(); // stop() before that would be lost
    m_server.stop();
    const auto finished = m_finished.get_future();
    do {
        dropIdle();
    } while (finished.wait_for(std::chrono::milliseconds(20)) != std::future_status::ready);
    m_thread.join();
}

// cpp-httplib waits for connections that are kept alive until they time out, and does not tell which
// they are: found by their local port. Answers under way are still sent.
void Http::Private::dropIdle() const
{
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator("/proc/self/fd", error)) {
        const int descriptor = std::atoi(entry.path().filename().c_str());
        sockaddr_in address = {};
        socklen_t length = sizeof address;
        if (getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &length) == 0
            && address.sin_family == AF_INET && ntohs(address.sin_port) == m_port)
            ::shutdown(descriptor, SHUT_RD);
    }
}

Http::Http(std::uint16_t port) : d(std::make_unique<Private>(port)) { }

Http::~Http() = default;

std::uint16_t Http::port() const
{
    return d->m_port;
}

void Http::start(Service &service)
{
    d->start(service);
}

bool isLoopbackHost(std::string host)
{
    const auto colon = host.rfind(':');
    if (colon != std::string::npos && host.find(']', colon) == std::string::npos)
        host.erase(colon);
    for (char &c : host)
        c = char(std::tolower(static_cast<unsigned char>(c)));
    return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

bool sameKey(const std::string &given, const std::string &right)
{
    unsigned difference = given.size() == right.size() ? 0 : 1;
    for (std::size_t i = 0; i < given.size() && !right.empty(); ++i)
        difference |= static_cast<unsigned char>(given[i] ^ right[i % right.size()]);
    return difference == 0 && !right.empty();
}

} // namespace localserver
