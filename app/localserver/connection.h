// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/number.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace localserver {

// Bytes to bind as a BLOB. They are not copied: they must live as long as the Rows, or the call of run().
struct Blob {
    std::string_view bytes;
};

class Connection;

// The rows of one query, front to back: while (rows.next()) use(rows.text(0)). Gives its prepared
// statement back to the connection when it goes.
class Rows {
public:
    Rows(Connection &connection, const char *sql, std::unique_ptr<SQLite::Statement> statement);
    Rows(Rows &&) = default;
    Rows &operator=(Rows &&) = delete;
    ~Rows();

    bool next() { return m_statement->executeStep(); }
    bool isNull(int column) const { return m_statement->isColumnNull(column); }
    std::int64_t integer(int column) const { return m_statement->getColumn(column).getInt64(); }
    bool boolean(int column) const { return integer(column) != 0; }
    std::optional<std::int64_t> optionalInteger(int column) const;
    Number optionalNumber(int column) const; // a step or epoch, kept whole where it is whole
    // Text or bytes, valid until the next row; empty where the value is null.
    std::string_view view(int column) const;
    std::string text(int column) const { return std::string(view(column)); }

private:
    friend class Connection;
    Connection *m_connection;
    const char *m_sql;
    std::unique_ptr<SQLite::Statement> m_statement;
};

// One connection to the database with its prepared statements. For one thread at a time; Store lends it.
class Connection {
public:
    enum Mode { Read, Write, Stream }; // Stream reads too, but keeps little in memory
    static constexpr std::size_t modes = 3;
    Connection(const std::string &path, Mode mode);

    // The SQL must be a literal: prepared statements are kept by its address.
    template<class... Values>
    Rows query(const char *sql, const Values &...values)
    {
        Rows rows(*this, sql, taken(sql));
        bindAll(*rows.m_statement, values...);
        return rows;
    }

    // Runs a statement that has no rows and returns how many it changed.
    template<class... Values>
    int run(const char *sql, const Values &...values)
    {
        Rows rows = query(sql, values...);
        return rows.m_statement->exec();
    }

    std::int64_t lastId() const { return m_database.getLastInsertRowid(); }
    SQLite::Database &database() { return m_database; }

private:
    friend class Rows;
    std::unique_ptr<SQLite::Statement> taken(const char *sql);
    void giveBack(const char *sql, std::unique_ptr<SQLite::Statement> statement);

    template<class... Values>
    static void bindAll(SQLite::Statement &statement, const Values &...values)
    {
        int index = 0;
        (bindOne(statement, ++index, values), ...);
    }
    static void bindOne(SQLite::Statement &statement, int index, std::int64_t value)
    {
        statement.bind(index, value);
    }
    static void bindOne(SQLite::Statement &statement, int index, int value) { statement.bind(index, value); }
    static void bindOne(SQLite::Statement &statement, int index, bool value)
    {
        statement.bind(index, int(value));
    }
    static void bindOne(SQLite::Statement &statement, int index, Number value);
    static void bindOne(SQLite::Statement &statement, int index, const std::string &value)
    {
        statement.bind(index, value);
    }
    static void bindOne(SQLite::Statement &statement, int index, std::string_view value)
    {
        statement.bind(index, std::string(value));
    }
    static void bindOne(SQLite::Statement &statement, int index, const char *value)
    {
        statement.bind(index, value);
    }
    static void bindOne(SQLite::Statement &statement, int index, Blob value)
    {
        statement.bindNoCopy(index, static_cast<const void *>(value.bytes.data()), int(value.bytes.size()));
    }
    static void bindOne(SQLite::Statement &statement, int index, std::nullptr_t) { statement.bind(index); }
    template<class T>
    static void bindOne(SQLite::Statement &statement, int index, const std::optional<T> &value)
    {
        if (value)
            bindOne(statement, index, *value);
        else
            statement.bind(index);
    }

    SQLite::Database m_database;
    std::unordered_map<const char *, std::vector<std::unique_ptr<SQLite::Statement>>> m_free;
};

} // namespace localserver
