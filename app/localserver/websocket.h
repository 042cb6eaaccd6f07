// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/beast.h"
#include "app/localserver/messages.h"

#include <boost/beast/core/tcp_stream.hpp>

namespace localserver {

// Takes over a connection that asked for a websocket (PROTOCOL-ONLINE 7) and hands what comes over it to
// `messages`, in the thread of its executor, until either side ends it.
void serveWebSocket(boost::beast::tcp_stream &&stream, const Parser::value_type &request, Service &service,
    Messages &messages);

} // namespace localserver
