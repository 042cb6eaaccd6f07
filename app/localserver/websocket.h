// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/service.h"

#include <cstdint>
#include <memory>

namespace localserver {

// Where scripts of the old SDK send what they log (PROTOCOL-ONLINE 7): a second port on 127.0.0.1, as
// cpp-httplib has no websockets. Works in a thread of its own from construction to destruction.
class WebSocket {
public:
    // Throws std::runtime_error where no port can be had. The service must outlive this.
    explicit WebSocket(Service &service);
    ~WebSocket(); // keeps what has arrived
    WebSocket(const WebSocket &) = delete;
    WebSocket &operator=(const WebSocket &) = delete;

    std::string url() const; // "ws://127.0.0.1:5001/ws"

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace localserver
