// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "poster.h"

#include <atomic>
#include <cmath>
#include <thread>
#include <vector>

// Projects of any size for the bench programs, logged through the server's own endpoints.
namespace seeding {

struct Project
{
    QByteArray workspace = "bench";
    QByteArray name;
    int experiments = 0;
    int points = 0; // of the metric "loss", each
    int parameters = 0;
};

// A falling curve with noise, as JSON of a metric batch.
inline QByteArray metricBatch(const QString &key, int experiment, int points)
{
    QByteArray body = "{\"experimentKey\":\"" + key.toLatin1() + "\",\"values\":[";
    body.reserve(points * 100);
    unsigned noise = unsigned(experiment) * 2654435761u + 1;
    for (int step = 0; step < points; ++step) {
        noise = noise * 1664525u + 1013904223u;
        const double value = 2 * std::exp(-4.0 * step / points) + double(noise >> 8) / (1 << 24) * 0.1;
        body += (step ? "," : "") + QByteArray("{\"metricName\":\"loss\",\"metricValue\":")
            + QByteArray::number(value, 'g', 9) + ",\"step\":" + QByteArray::number(step)
            + ",\"epoch\":null,\"context\":null,\"timestamp\":" + QByteArray::number(1'700'000'000'000 + step * 40)
            + '}';
    }
    return body + "]}";
}

inline QByteArray parameterBatch(const QString &key, int experiment, int parameters)
{
    QByteArray body = "{\"experimentKey\":\"" + key.toLatin1() + "\",\"values\":[";
    for (int i = 0; i < parameters; ++i) {
        const QByteArray value = i % 3 == 2 ? "\"choice-" + QByteArray::number(experiment % (i + 2)) + '"'
                                            : QByteArray::number((experiment * 7 + i) % 1000 / 1000.0);
        body += (i ? "," : "") + QByteArray("{\"parameterName\":\"parameter_") + QByteArray::number(i)
            + "\",\"parameterValue\":" + value + ",\"step\":null,\"source\":\"manual\",\"context\":null}";
    }
    return body + "]}";
}

inline void fill(const QUrl &root, const QByteArray &apiKey, const Project &project)
{
    std::atomic<int> next = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            Poster poster(root, apiKey);
            for (int n = next++; n < project.experiments; n = next++) {
                const QString key = poster.create(project.workspace, project.name, "run-" + QByteArray::number(n));
                if (project.parameters > 0)
                    poster.post("/clientlib/batch/logger/experiment/parameter", parameterBatch(key, n, project.parameters));
                if (project.points > 0)
                    poster.post("/clientlib/batch/logger/experiment/metric", metricBatch(key, n, project.points));
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
}

} // namespace seeding
