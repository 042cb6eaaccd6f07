// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Boost.Asio and Boost.Beast as the few files use them that know of sockets and of HTTP as it is sent.
#include <utility> // Boost 1.74 uses std::exchange without it

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

namespace localserver {

namespace http = boost::beast::http;

using Buffer = boost::beast::flat_buffer; // what has arrived and was not read yet
using Parser = http::request_parser<http::buffer_body>;

} // namespace localserver
