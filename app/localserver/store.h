// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/connection.h"
#include "app/localserver/serieslog.h"

#include <array>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>

namespace localserver {

// What a job of Store::write() works with: the one writing connection and what is remembered beside it.
struct Writing {
    Connection &db;
    SeriesLog &series;
};

// The database file: any number of readers, one writer. Writes from all request threads go through
// one thread, which commits all that are waiting in one transaction: write() returns when its own is
// on the disk, so that thousands of clients' writes a second share a few hundred commits.
class Store {
public:
    // Creates the file where there is none. Throws std::runtime_error, with the file untouched, where
    // it is something else than a database of this program.
    explicit Store(const std::string &path);
    ~Store();
    Store(const Store &) = delete;
    Store &operator=(const Store &) = delete;

    // Runs job(Writing &) in the writer's thread and returns its result once it is committed. What the
    // job throws is thrown here, and nothing of it is kept.
    template<class Job>
    auto write(Job job) -> std::invoke_result_t<Job, Writing &>
    {
        using Result = std::invoke_result_t<Job, Writing &>;
        if constexpr (std::is_void_v<Result>) {
            commit([&](Writing &writing) { job(writing); });
        } else {
            std::optional<Result> result;
            commit([&](Writing &writing) { result.emplace(job(writing)); });
            return std::move(*result);
        }
    }

    // Runs job(Connection &) in the calling thread within one consistent view of what is committed.
    template<class Job>
    auto read(Job job) -> std::invoke_result_t<Job, Connection &>
    {
        const View view(*this, Connection::Mode::Read);
        return job(view.connection());
    }

    // One consistent view of what is committed, for as long as it is held. With Mode::Stream its connection
    // keeps little in memory: for what is read while it is sent. For one thread at a time.
    class View {
    public:
        View(Store &store, Connection::Mode mode);
        ~View();
        View(const View &) = delete;
        View &operator=(const View &) = delete;

        Connection &connection() const { return *m_connection; }

    private:
        Store &m_store;
        const Connection::Mode m_mode;
        std::unique_ptr<Connection> m_connection;
    };

private:
    struct Waiting;

    // Keeps other servers off the file: two would not know of each other's blocks.
    class Claim {
    public:
        explicit Claim(const std::string &path);
        ~Claim();
        Claim(const Claim &) = delete;
        Claim &operator=(const Claim &) = delete;

    private:
        int m_descriptor;
    };

    void open();
    void commit(std::function<void(Writing &)> job);
    void runWriter();
    void commitAll(std::vector<Waiting *> &jobs);
    static bool runOne(Writing &writing, Waiting &waiting);

    const std::string m_path;
    std::optional<Claim> m_claim; // goes last
    std::unique_ptr<Connection> m_writer;
    SeriesLog m_series;

    std::mutex m_freeLock;
    std::array<std::vector<std::unique_ptr<Connection>>, Connection::modes> m_free; // to be lent, by mode

    std::mutex m_lock;
    std::condition_variable m_wake;
    std::vector<Waiting *> m_waiting;
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace localserver
