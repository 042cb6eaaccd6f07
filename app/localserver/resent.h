// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/connection.h"

#include <cstdint>
#include <mutex>
#include <vector>

// Table `requests`: recognises what a script sends a second time because an answer was lost. By the request
// and never by equal values: a loop that logs the same value a thousand times in a millisecond means it.
//
// A client that gets no answer repeats the request as it was, and where that fails too (the server was
// killed) it later replays what the request held, item by item, grouped anew with newer items between and
// the end in another request (PROTOCOL-ONLINE 9). So a request is known by its whole content, and as long as
// its client may not have the answer its items are awaited: in their order, up to its end or the end of what
// has arrived. A client that asks again on the same connection has the answer.
namespace localserver::resent {

// What is compared with each other.
enum Kind { Metrics = 1, Output = 2, Messages = 3, Html = 4 };

// What one connection has brought and not yet asked again after.
class Delivery {
public:
    // Something else was asked on the connection, or it was idle for long: the answers have arrived.
    // Returns the rows of `requests` that this settles.
    std::vector<std::int64_t> askedAgain();
    void add(std::int64_t row, Kind kind);

private:
    struct Open {
        std::int64_t row;
        int questions; // so many more settle it
    };
    std::vector<Open> m_open;
};

// The rows that are settled, until the writer comes to them.
class Settled {
public:
    void add(const std::vector<std::int64_t> &rows);
    std::vector<std::int64_t> take();

private:
    std::mutex m_lock;
    std::vector<std::int64_t> m_rows;
};

struct Arrival {
    Kind kind;
    std::uint64_t content; // hash of all that the script sent
    std::vector<std::uint64_t> items; // hash of each, in order; none where only the whole comes again
    std::int64_t row = 0; // set by the functions below: its row; 0 where the request was there before
};

// In a write job: whether the whole request was there before. Remembers it.
bool isRepeated(Connection &db, std::int64_t experiment, Arrival &arrival);
// The same, and which of the items are new.
std::vector<bool> takeIn(Connection &db, Settled &settled, std::int64_t experiment, Arrival &arrival);

} // namespace localserver::resent
