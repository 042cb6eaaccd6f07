// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/service.h"

namespace localserver {

struct Route {
    // Rest: under /api/rest/v2/ or rest/v2/. Script: where the SDKs of running scripts log. Both under
    // /clientlib/ or at the root. Root: as it is.
    enum Base { Rest, Script, Root };
    // Whether the body is read as JSON, as multipart, or not looked at.
    enum Body { None, JsonBody, Multipart };
    // Open routes need no key: the old SDK sends none there.
    enum Access { Keyed, Open };

    Verb verb;
    Base base;
    const char *path; // a segment "*" stands for any one
    Handler handler;
    Body body = None;
    Access access = Keyed;
};

// Null where the server has no such path.
const Route *findRoute(Verb verb, const std::string &path);

} // namespace localserver
