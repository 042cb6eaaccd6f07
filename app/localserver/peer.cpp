// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/peer.h"

#include "app/localserver/request.h"

#include <cerrno>

#include <poll.h>
#include <sys/socket.h>

namespace localserver {

namespace {

constexpr std::chrono::seconds patience(60);
// What is still read of a body that was refused.
constexpr std::chrono::milliseconds longestEnd(500);
constexpr std::size_t largestEnd = std::size_t(64) << 20;

} // namespace

bool Peer::wait(short events, std::chrono::milliseconds time) const
{
    pollfd waiting = {m_socket, events, 0};
    int result = 0;
    do {
        result = ::poll(&waiting, 1, int(time.count()));
    } while (result < 0 && errno == EINTR);
    return result > 0;
}

std::size_t Peer::read(char *to, std::size_t most)
{
    for (;;) {
        const ssize_t length = ::recv(m_socket, to, most, MSG_DONTWAIT);
        if (length >= 0)
            return std::size_t(length);
        if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
            return 0;
        if (errno != EINTR && !wait(POLLIN, patience))
            throw Failure(408, "The body of the request did not come in time.");
    }
}

bool Peer::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t length = ::send(m_socket, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (length > 0) {
            bytes.remove_prefix(std::size_t(length));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (!wait(POLLOUT, patience))
                return false;
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

void Peer::end()
{
    ::shutdown(m_socket, SHUT_WR);
    const auto until = std::chrono::steady_clock::now() + longestEnd;
    constexpr std::size_t piece = std::size_t(1) << 20;
    for (std::size_t read = 0; read < largestEnd;) {
        // Of a stream MSG_TRUNC throws bytes away without copying them (tcp(7)).
        const ssize_t length = ::recv(m_socket, nullptr, piece, MSG_DONTWAIT | MSG_TRUNC);
        if (length > 0) {
            read += std::size_t(length);
            continue;
        }
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        if (length == 0 || (errno != EAGAIN && errno != EINTR) || left.count() <= 0 || !wait(POLLIN, left))
            return;
    }
}

} // namespace localserver
