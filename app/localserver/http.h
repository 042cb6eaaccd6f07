// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/service.h"

#include <cstdint>
#include <memory>

namespace localserver {

// The HTTP side: takes connections on 127.0.0.1, checks who asks, reads bodies within limits, hands
// the request to its route and sends the answer. The only place that knows cpp-httplib.
class Http {
public:
    // Takes the port, any free one for 0; throws std::runtime_error where that fails.
    explicit Http(std::uint16_t port);
    ~Http(); // finishes requests under way, drops idle connections
    Http(const Http &) = delete;
    Http &operator=(const Http &) = delete;

    std::uint16_t port() const;
    // Starts answering from threads of its own. The service must outlive this.
    void start(Service &service);

private:
    class Private;
    std::unique_ptr<Private> d;
};

// Whether a Host header names this machine's loopback: a page of another site, whose name was made to
// point to 127.0.0.1, has to send that name (DNS rebinding).
bool isLoopbackHost(std::string host);
// Takes as long for a wrong key as for the right one.
bool sameKey(const std::string &given, const std::string &right);

} // namespace localserver
