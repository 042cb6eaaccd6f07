// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/beast.h"
#include "app/localserver/request.h"

#include <map>
#include <optional>
#include <string>

namespace localserver {

// What is known of a request before any of its body is read.
struct Head {
    std::string method;
    std::optional<Verb> verb; // none for those no path answers to
    std::string path; // decoded, without query
    std::multimap<std::string, std::string> query; // decoded
    std::string key; // where it is outside of the body (PROTOCOL-ONLINE 2)
    std::string contentType;
    std::string encoding; // of the body
    bool fromScript = false;
    bool waitsForContinue = false;

    // Throws Failure 403 and 400 where somebody else than a program of this machine asks: another Host than
    // this machine's names, which a page gets by rebinding its own name, or an Origin elsewhere, which a
    // browser adds to what a page sends by itself.
    static Head of(const http::request_header<> &fields);
};

// 127.0.0.1, localhost or [::1], with a port or without, and nothing else.
bool isLoopbackHost(std::string_view host);
// Takes as long for every wrong one of the same length.
bool sameKey(const std::string &given, const std::string &right);

// "%2F" and the like as bytes, and with `plusIsBlank` "+" as a blank; what is no UTF-8 then is U+FFFD.
std::string percentDecoded(std::string_view text, bool plusIsBlank);

} // namespace localserver
