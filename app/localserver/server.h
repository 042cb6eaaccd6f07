// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <memory>
#include <string>

// A Comet-compatible REST server on 127.0.0.1 for one person, over one SQLite file. It shares no code
// with models/: a misspelt JSON key must not agree with itself.
namespace localserver {

struct Options {
    std::uint16_t port = 0; // 0: the one of last time where it is free, else any
    std::string
        data; // path of the database, created where there is none; empty: one in the person's data folder
    std::string apiKey; // empty: the one stored in the database, or a new one
};

// Serves from its own threads between construction and destruction. The constructor throws std::runtime_error with a sentence for people where the file is not ours,
// can't be opened or the port is taken.
class Server {
public:
    explicit Server(const Options &options);
    ~Server();
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    const std::string &url() const; // "http://127.0.0.1:5000"
    const std::string &apiKey() const;
    const std::string &data() const; // the path in use

private:
    class Private;
    std::unique_ptr<Private> d;
};

// What a person reads who starts a server: what to set for scripts, where the data lie, how it ends.
std::string instructions(const Server &server);

// perihelion --serve: prints {"url","apiKey","data"} on one line when connections are accepted, and at a
// terminal the instructions after it; runs until SIGTERM or SIGINT. Returns the exit code.
int serve(const Options &options);

} // namespace localserver
