// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/body.h"
#include "app/localserver/service.h"

#include <functional>
#include <string>

namespace localserver {

// How one request went.
struct Exchange {
    Answer answer;
    bool bodyWasRead = false; // else the rest of it must not be taken for the next request
    // Of the request, for an answer in parts.
    std::string range;
    std::string ifRange;
};

// Answers the request whose head the parser has read. Who asks is looked at before the body is: without the
// key no more is read than a small body that may hold it. `goOn` tells a client that waits for it to send
// the body. Throws nothing.
Exchange exchange(Service &service, Parser &parser, Buffer &buffer, Source &source, resent::Delivery &delivery,
    const std::function<void()> &goOn);

// The answer to what is no HTTP, or not within the limits of a head.
Answer refused(boost::system::error_code problem);

} // namespace localserver
