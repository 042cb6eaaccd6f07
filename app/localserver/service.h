// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/request.h"
#include "app/localserver/resent.h"
#include "app/localserver/store.h"

#include <string>

namespace localserver {

// What every handler works with. Lives as long as the server; handlers run in many threads at once.
struct Service {
    Store &store;
    std::string root; // "http://127.0.0.1:5000"
    std::string webSocketUrl; // where scripts of the old SDK send their messages
    std::string apiKey;
    std::string user; // the one account, also the name of its default workspace
    resent::Settled settled = {};
};

using Handler = Answer (*)(Service &service, const Request &request);

} // namespace localserver
