// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/workers.h"

namespace localserver {

void Workers::add(std::function<void()> task)
{
    const std::lock_guard guard(m_lock);
    m_tasks.push_back(std::move(task));
    if (m_idle < m_tasks.size() && m_threads.size() < most)
        m_threads.emplace_back([this] { run(); });
    m_wake.notify_one();
}

void Workers::finish()
{
    {
        const std::lock_guard guard(m_lock);
        m_finish = true;
    }
    m_wake.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
    m_threads.clear();
}

void Workers::run()
{
    std::unique_lock guard(m_lock);
    for (;;) {
        ++m_idle;
        m_wake.wait(guard, [&] { return m_finish || !m_tasks.empty(); });
        --m_idle;
        if (m_tasks.empty())
            return;
        const std::function<void()> task = std::move(m_tasks.front());
        m_tasks.pop_front();
        guard.unlock();
        task();
        guard.lock();
    }
}

} // namespace localserver
