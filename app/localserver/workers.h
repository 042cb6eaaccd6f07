// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace localserver {

// Threads that run tasks at once: a new one is started where all are busy, up to a limit, and stays.
class Workers {
public:
    void add(std::function<void()> task);
    // Runs what is waiting and joins all threads.
    void finish();

private:
    static constexpr std::size_t most = 512;
    void run();

    std::mutex m_lock;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_tasks;
    std::vector<std::thread> m_threads;
    std::size_t m_idle = 0;
    bool m_finish = false;
};

} // namespace localserver
