// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/store.h"

#include "app/localserver/content.h"
#include "app/localserver/schema.h"
#include "app/localserver/upgrade.h"

#include <cerrno>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace localserver {

namespace {

// The first 100 bytes of a database say whose it is (sqlite.org/fileformat.html): read without SQLite,
// which could touch a journal left beside a file of somebody else.
bool isOurs(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    char header[100] = {};
    file.read(header, sizeof header);
    if (file.gcount() != sizeof header
        || std::string_view(header, 16) != std::string_view("SQLite format 3\0", 16))
        return false;
    std::uint32_t id = 0;
    for (int i = 68; i < 72; ++i)
        id = id << 8 | static_cast<unsigned char>(header[i]);
    return id == schema::applicationId;
}

} // namespace

// flock() does not meet the locks that SQLite itself takes. Must be closed after all of SQLite's own
// descriptors: closing one of the file's descriptors ends those locks.
Store::Claim::Claim(const std::string &path)
    : m_descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600))
{
    if (m_descriptor < 0)
        throw std::runtime_error(path + " can't be opened: " + std::strerror(errno));
    if (::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0) {
        ::close(m_descriptor);
        throw std::runtime_error(path + " is in use by another server.");
    }
}

Store::Claim::~Claim()
{
    ::close(m_descriptor);
}

struct Store::Waiting {
    std::function<void(Writing &)> job;
    std::exception_ptr failure;
    std::mutex lock;
    std::condition_variable finished;
    bool done = false;
};

Store::Store(const std::string &path) : m_path(path)
{
    namespace fs = std::filesystem;
    std::error_code error;
    const auto status = fs::status(path, error);
    if (fs::exists(status) && !fs::is_regular_file(status))
        throw std::runtime_error(path + " is not a file.");
    m_claim.emplace(path);
    if (fs::file_size(path, error) > 0 && !isOurs(path))
        throw std::runtime_error(path + " is not a database of Perihelion. It was left as it is.");
    try {
        open();
    } catch (const SQLite::Exception &exception) {
        throw std::runtime_error(path + " can't be opened: " + exception.what());
    }
    m_thread = std::thread([this] { runWriter(); });
}

Store::~Store()
{
    {
        const std::lock_guard guard(m_lock);
        m_stop = true;
    }
    m_wake.notify_all();
    m_thread.join();
    for (auto &free : m_free)
        free.clear();
    try {
        // So that the file is complete by itself and can be copied.
        m_writer->database().exec("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (const SQLite::Exception &) {
        // The log beside it stays and is read at the next start.
    }
}

void Store::open()
{
    m_writer = std::make_unique<Connection>(m_path, Connection::Mode::Write);
    SQLite::Database &database = m_writer->database();
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    if (version > schema::version)
        throw std::runtime_error(m_path + " was written by a newer version of Perihelion.");
    if (version < schema::version)
        upgradeSchema(*m_writer, version);
    Content::removeLeftOver(*m_writer);
    database.exec("PRAGMA journal_mode=WAL");
    // An acknowledged write survives a power cut too; the group commit pays for it.
    database.exec("PRAGMA synchronous=FULL");
    database.exec("PRAGMA wal_autocheckpoint=4000");
}

Store::View::View(Store &store, Connection::Mode mode) : m_store(store), m_mode(mode)
{
    auto &free = store.m_free[mode];
    {
        const std::lock_guard guard(store.m_freeLock);
        if (!free.empty()) {
            m_connection = std::move(free.back());
            free.pop_back();
        }
    }
    if (!m_connection)
        m_connection = std::make_unique<Connection>(store.m_path, mode);
    m_connection->database().exec("BEGIN");
}

Store::View::~View()
{
    try {
        m_connection->database().exec("COMMIT");
    } catch (const SQLite::Exception &) {
        return; // this connection is not lent again
    }
    const std::lock_guard guard(m_store.m_freeLock);
    m_store.m_free[m_mode].push_back(std::move(m_connection));
}

void Store::commit(std::function<void(Writing &)> job)
{
    Waiting waiting;
    waiting.job = std::move(job);
    {
        const std::lock_guard guard(m_lock);
        if (m_stop)
            throw std::runtime_error("The server is stopping.");
        m_waiting.push_back(&waiting);
    }
    m_wake.notify_one();
    std::unique_lock guard(waiting.lock);
    waiting.finished.wait(guard, [&] { return waiting.done; });
    if (waiting.failure)
        std::rethrow_exception(waiting.failure);
}

void Store::runWriter()
{
    std::vector<Waiting *> jobs;
    for (;;) {
        {
            std::unique_lock guard(m_lock);
            m_wake.wait(guard, [&] { return m_stop || !m_waiting.empty(); });
            if (m_waiting.empty())
                return;
            jobs.swap(m_waiting);
        }
        commitAll(jobs);
        for (Waiting *waiting : jobs) {
            // Notified under the lock: the waiting thread destroys it as soon as it can.
            const std::lock_guard guard(waiting->lock);
            waiting->done = true;
            waiting->finished.notify_one();
        }
        jobs.clear();
    }
}

void Store::commitAll(std::vector<Waiting *> &jobs)
{
    Writing writing{*m_writer, m_series};
    try {
        SQLite::Transaction transaction(m_writer->database(), SQLite::TransactionBehavior::IMMEDIATE);
        for (Waiting *waiting : jobs) {
            if (!runOne(writing, *waiting))
                m_series.forget();
        }
        transaction.commit();
    } catch (...) {
        // Nothing of this round is on the disk: everybody hears of it.
        m_series.forget();
        for (Waiting *waiting : jobs)
            waiting->failure = std::current_exception();
    }
}

bool Store::runOne(Writing &writing, Waiting &waiting)
{
    writing.db.run("SAVEPOINT job");
    try {
        waiting.job(writing);
        writing.db.run("RELEASE job");
        return true;
    } catch (...) {
        waiting.failure = std::current_exception();
        writing.db.run("ROLLBACK TO job");
        writing.db.run("RELEASE job");
        return false;
    }
}

} // namespace localserver
