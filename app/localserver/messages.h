// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/service.h"
#include "app/localserver/workers.h"

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace localserver {

// What scripts of the old SDK send over websockets (PROTOCOL-ONLINE 7). Nobody waits for an acknowledgement,
// so what comes while a commit is under way goes into the next one.
class Messages {
public:
    // Both must outlive this; the workers run what is left when they finish.
    Messages(Service &service, Workers &workers) : m_service(service), m_workers(workers) { }

    // One text, which is a message or an array of such.
    void add(std::string_view text);

private:
    void keep();

    Service &m_service;
    Workers &m_workers;
    std::mutex m_lock;
    std::vector<std::string> m_texts; // that wait for the next commit
    bool m_keeping = false;
};

// Logs a text as Messages::add() takes it. What is wrong with a message is told on stderr and costs no other.
void logText(Writing &writing, Service &service, const std::string &text);

} // namespace localserver
