// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <utility>
#include <variant>

namespace api {

// What went wrong, as a value. Made in two places only: error.cpp (network) and the decoders.
struct Error
{
    enum class Kind {
        Cancelled, // by us; never shown to a person
        Offline, // no connection: refused, name not found, cut
        Timeout,
        Tls,
        Unauthorized, // 401: the key is not accepted
        Forbidden, // 402, 403
        NotFound, // 404
        Invalid, // other 4xx: the server did not like the request
        RateLimited, // 429
        Server, // 5xx
        Redirected, // to another host or scheme: not followed, because the key must not travel
        TooLarge, // the answer is over the limit of the call
        Storage, // this computer's disk: no room, no permission; message is the sentence
        ReadOnly, // a write to a server that the person has made read-only: not sent
        BadAnswer, // not JSON, half JSON, HTML, or JSON of another shape
    };

    Kind kind = Kind::BadAnswer;
    QString message; // what the server or the system said
    int httpStatus = 0;
    int serverCode = 0; // sdk_error_code of PROTOCOL 1.5
    QString request; // "GET experiments"; never query values, never the key
    int retryAfter = 0; // seconds, of RateLimited; 0 where the server does not say

    bool isRetryable() const; // worth sending again by itself, where the call is a read
    QString sentence() const; // translated, says what happened and what to do next
};

// A value or an Error.
template<class T>
class [[nodiscard]] Result
{
public:
    Result(T value) : m_content(std::move(value)) { }
    Result(Error error) : m_content(std::move(error)) { }

    explicit operator bool() const { return m_content.index() == 0; }
    const T &value() const { return std::get<0>(m_content); }
    T &value() { return std::get<0>(m_content); }
    const Error &error() const { return std::get<1>(m_content); }

private:
    std::variant<T, Error> m_content;
};

} // namespace api
