// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/server.h"

#include "app/localserver/catalog.h"
#include "app/localserver/http.h"
#include "app/localserver/service.h"
#include "app/localserver/store.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include <unistd.h>

namespace localserver {

namespace {

// The one account's name, which is its default workspace too.
constexpr const char *accountName = "local";

std::string defaultData()
{
    namespace fs = std::filesystem;
    const char *data = std::getenv("XDG_DATA_HOME");
    const char *home = std::getenv("HOME");
    if (!(data && *data) && !(home && *home))
        throw std::runtime_error("There is no home directory to keep the data in. Name a file with --data.");
    const fs::path folder = (data && *data ? fs::path(data) : fs::path(home) / ".local/share") / "perihelion";
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw std::runtime_error(folder.string() + " can't be made: " + error.message());
    return folder / "server.db";
}

std::string withPath(const std::string &data)
{
    return data.empty() ? defaultData() : data;
}

// The key given, else the one kept in the database, else a new one; kept for the next time.
std::string agreedKey(Store &store, const std::string &given)
{
    return store.write([&](Writing &writing) {
        std::string key = given;
        if (key.empty()) {
            Rows rows = writing.db.query("SELECT value FROM settings WHERE name='api_key'");
            key = rows.next() ? rows.text(0) : newKey();
        }
        writing.db.run("INSERT INTO settings(name, value) VALUES('api_key', ?) ON CONFLICT DO UPDATE SET "
                       "value=excluded.value",
            key);
        catalog::ensureWorkspace(writing.db, accountName);
        return key;
    });
}

// Where no port is wanted, the one of last time: scripts that log still know it.
std::unique_ptr<Http> listening(Store &store, std::uint16_t wanted)
{
    const std::int64_t last = store.read([](Connection &db) {
        Rows rows = db.query("SELECT value FROM settings WHERE name='port'");
        return rows.next() ? rows.integer(0) : 0;
    });
    std::unique_ptr<Http> http;
    if (wanted == 0 && last > 0 && last <= 65535) {
        try {
            http = std::make_unique<Http>(std::uint16_t(last));
        } catch (const std::runtime_error &) {
            // Somebody else has it now.
        }
    }
    if (!http)
        http = std::make_unique<Http>(wanted);
    store.write([&](Writing &writing) {
        writing.db.run("INSERT INTO settings(name, value) VALUES('port', ?) ON CONFLICT DO UPDATE SET "
                       "value=excluded.value",
            std::int64_t(http->port()));
    });
    return http;
}

} // namespace

class Server::Private {
public:
    explicit Private(const Options &options)
        : data(withPath(options.data)),
          store(data), service{store, {}, {}, agreedKey(store, options.apiKey), accountName},
          http(listening(store, options.port))
    {
        const std::string host = "127.0.0.1:" + std::to_string(http->port());
        service.root = "http://" + host;
        service.webSocketUrl = "ws://" + host + "/ws/logger-ws";
        http->start(service);
    }

    // Taken apart from below: first nobody asks any more, then the database closes.
    const std::string data;
    Store store;
    Service service;
    std::unique_ptr<Http> http;
};

Server::Server(const Options &options) : d(std::make_unique<Private>(options)) { }

Server::~Server() = default;

const std::string &Server::url() const
{
    return d->service.root;
}

const std::string &Server::apiKey() const
{
    return d->service.apiKey;
}

const std::string &Server::data() const
{
    return d->data;
}

std::string instructions(const Server &server)
{
    return "\nThe server runs. Scripts log to it in every terminal where this was set:\n\n"
           "    export COMET_URL_OVERRIDE="
        + server.url() + "/clientlib/\n    export COMET_API_KEY=" + server.apiKey()
        + "\n\nWhat they log is kept in " + server.data()
        + "\nTo look at it, start perihelion in such a terminal. Ctrl+C stops the server.\n";
}

int serve(const Options &options)
{
    // Blocked before any thread starts, so that only the wait below sees them.
    sigset_t stopSignals;
    sigemptyset(&stopSignals);
    sigaddset(&stopSignals, SIGTERM);
    sigaddset(&stopSignals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stopSignals, nullptr);
    try {
        const Server server(options);
        JsonWriter line;
        line.beginObject();
        line.key("url").string(server.url());
        line.key("apiKey").string(server.apiKey());
        line.key("data").string(server.data());
        line.endObject();
        std::printf("%s\n", std::move(line).text().c_str());
        if (isatty(STDOUT_FILENO))
            std::printf("%s", instructions(server).c_str());
        std::fflush(stdout);
        int received = 0;
        sigwait(&stopSignals, &received);
    } catch (const std::exception &problem) {
        std::fprintf(stderr, "%s\n", problem.what());
        return 1;
    }
    return 0;
}

} // namespace localserver
