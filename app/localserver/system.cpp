// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/handlers.h"

namespace localserver::handlers {

// PROTOCOL 1.2. The version decides which calls the SDKs make; this one lets them make all we answer.
Answer version(Service &, const Request &)
{
    return answer(Json{{"version", "3.60.0"}});
}

// PROTOCOL 1.2 and PROTOCOL-ONLINE 3.5
Answer ping(Service &, const Request &)
{
    return answer(Json::object());
}

} // namespace localserver::handlers
