// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFile>

#include <algorithm>
#include <chrono>
#include <cstdio>

// What the bench programs share: a clock, the memory of this process, and the row they print.
namespace bench {

// Milliseconds of the quickest of several runs: the one that was disturbed least.
template<class F>
double milliseconds(F work, int runs = 5)
{
    double best = 1e300;
    for (int run = 0; run < runs; ++run) {
        const auto start = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - start;
        best = std::min(best, spent.count());
    }
    return best;
}

// A line of /proc/PROCESS/status in MB: "VmRSS:" is what the process holds, "VmHWM:" the most it ever held.
inline double memory(const char *name, const QString &process = QStringLiteral("self"))
{
    QFile status(QStringLiteral("/proc/%1/status").arg(process));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith(name))
            return line.mid(qstrlen(name)).trimmed().split(' ').first().toDouble() / 1024;
    }
    return 0;
}

// Lets "VmHWM:" begin again at what is held now.
inline void forgetPeak(const QString &process = QStringLiteral("self"))
{
    QFile file(QStringLiteral("/proc/%1/clear_refs").arg(process));
    if (file.open(QIODevice::WriteOnly))
        file.write("5");
}

inline bool isMissed = false; // a target; the exit code of main

inline void row(const char *name, const char *value, const char *target, bool ok)
{
    std::printf("%s\t%s\t%s\t%s\n", name, value, target, ok ? "ok" : "MISSED");
    std::fflush(stdout);
    isMissed = isMissed || !ok;
}

// For what is only told beside the others.
inline void note(const char *name, const char *value)
{
    std::printf("%s\t%s\t\t\n", name, value);
    std::fflush(stdout);
}

} // namespace bench
