// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/json.h"
#include "app/localserver/store.h"

#include <string>

namespace localserver {

// One message of the old SDK's websocket, {"log_data":{...}} or {"stdout":{...}}: PROTOCOL-ONLINE 7.
// Throws where it can't be understood.
void logMessage(Writing &writing, const Json &message, const std::string &user);

} // namespace localserver
