// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/service.h"

#include <cstdint>
#include <memory>

namespace localserver {

// Takes connections on 127.0.0.1. Heads of requests and idle connections are waited for by one thread,
// whatever their number; a request whose head is there goes to a worker, which reads its body, answers it
// and gives the connection back. Websockets, on which scripts of the old SDK send what they log
// (PROTOCOL-ONLINE 7), are taken at the same port.
class Http {
public:
    // Takes the port, any free one for 0; throws std::runtime_error where that fails.
    explicit Http(std::uint16_t port);
    ~Http(); // finishes requests under way and keeps what websockets have brought, drops idle connections
    Http(const Http &) = delete;
    Http &operator=(const Http &) = delete;

    std::uint16_t port() const;
    // From now on connections are answered. The service must outlive this.
    void start(Service &service);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace localserver
