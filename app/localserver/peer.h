// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/body.h"

#include <chrono>
#include <string_view>

namespace localserver {

// A connected socket that a worker reads and writes, waiting at most a minute for the other side. Does not
// own it.
class Peer : public Source {
public:
    explicit Peer(int socket) : m_socket(socket) { }

    std::size_t read(char *to, std::size_t most) override;
    // False where the other side takes no more.
    bool write(std::string_view bytes);
    // Ends our side and lets the other one finish what it is sending, within limits: closing a socket with
    // unread bytes would destroy the answer on its way.
    void end();

private:
    bool wait(short events, std::chrono::milliseconds time) const;

    const int m_socket;
};

} // namespace localserver
