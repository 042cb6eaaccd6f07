// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/connection.h"

namespace localserver {

Rows::Rows(Connection &connection, const char *sql, std::unique_ptr<SQLite::Statement> statement)
    : m_connection(&connection), m_sql(sql), m_statement(std::move(statement))
{
}

Rows::~Rows()
{
    if (m_statement)
        m_connection->giveBack(m_sql, std::move(m_statement));
}

std::optional<std::int64_t> Rows::optionalInteger(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(integer(column));
}

Number Rows::optionalNumber(int column) const
{
    if (isNull(column))
        return noNumber;
    const SQLite::Column value = m_statement->getColumn(column);
    return value.isInteger() ? Number(value.getInt64()) : Number(value.getDouble());
}

std::string_view Rows::view(int column) const
{
    const SQLite::Column value = m_statement->getColumn(column);
    // The order matters: SQLite converts on the first call and counts on the second.
    const void *data = value.getBlob();
    return {static_cast<const char *>(data), data ? std::size_t(value.getBytes()) : 0};
}

Connection::Connection(const std::string &path, Mode mode)
    : m_database(path,
        mode == Mode::Write ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE : SQLite::OPEN_READONLY, 10'000)
{
    // A mapped page counts as the process's own memory, and a download touches as many as it is long. What
    // the writer writes stays in its cache, though hardly anybody asks it for that again.
    const char *cache = mode == Mode::Read ? "PRAGMA cache_size=-32000"
        : mode == Mode::Write              ? "PRAGMA cache_size=-8000"
                                           : "PRAGMA cache_size=-1000";
    m_database.exec(cache);
    m_database.exec(mode == Mode::Stream ? "PRAGMA mmap_size=0" : "PRAGMA mmap_size=4294967296");
    m_database.exec("PRAGMA temp_store=MEMORY");
}

void Connection::bindOne(SQLite::Statement &statement, int index, Number value)
{
    constexpr Number beyond = 9223372036854775808.0L; // 2^63
    if (!isGiven(value))
        statement.bind(index);
    else if (value == std::floor(value) && value >= -beyond && value < beyond)
        statement.bind(index, static_cast<std::int64_t>(value));
    else
        statement.bind(index, static_cast<double>(value));
}

std::unique_ptr<SQLite::Statement> Connection::taken(const char *sql)
{
    auto &free = m_free[sql];
    if (free.empty())
        return std::make_unique<SQLite::Statement>(m_database, sql);
    auto statement = std::move(free.back());
    free.pop_back();
    return statement;
}

void Connection::giveBack(const char *sql, std::unique_ptr<SQLite::Statement> statement)
{
    statement->tryReset();
    try {
        statement->clearBindings();
    } catch (const SQLite::Exception &) {
        return;
    }
    m_free[sql].push_back(std::move(statement));
}

} // namespace localserver
