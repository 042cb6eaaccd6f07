// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/server.h"
#include "bench.h"
#include "seeding.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QTemporaryDir>

#include <SQLiteCpp/SQLiteCpp.h>
#include <nlohmann/json.hpp>

#include <thread>

// The local server: 1,000 experiments of 15,000 points in one project, one chart call of 100 full series,
// single metric writes over four connections. The rivals, without any network: the same answer as a
// nlohmann document written as text, and one SQLite commit for each write.
namespace {

constexpr int experimentCount = 1000;
constexpr int pointCount = 15'000;

QByteArray chartQuestion(Poster &poster)
{
    const QByteArray listing = poster.get("/api/rest/v2/experiments?workspaceName=bench&projectName=large");
    const QJsonArray experiments
        = QJsonDocument::fromJson(listing).object().value(QLatin1String("experiments")).toArray();
    QByteArray keys;
    for (int i = 0; i < 100; ++i)
        keys += (i ? ",\"" : "\"")
            + experiments.at(i * 10).toObject().value(QLatin1String("experimentKey")).toString().toLatin1() + '"';
    return "{\"targetedExperiments\":[" + keys
        + "],\"metrics\":[\"loss\"],\"params\":null,\"independentMetrics\":true,\"fetchFull\":true}";
}

double writesPerSecond(const QUrl &root, const QByteArray &apiKey)
{
    constexpr int connections = 4;
    constexpr int each = 2000;
    std::vector<std::thread> threads;
    const double spent = bench::milliseconds([&] {
        for (int i = 0; i < connections; ++i) {
            threads.emplace_back([&, i] {
                Poster poster(root, apiKey);
                const QByteArray key = poster.create("bench", "writes", "w" + QByteArray::number(i)).toLatin1();
                for (int step = 0; step < each; ++step)
                    poster.post("/api/rest/v2/write/experiment/metric",
                        "{\"experimentKey\":\"" + key + "\",\"metricName\":\"loss\",\"metricValue\":0.5,\"step\":"
                            + QByteArray::number(step) + '}');
            });
        }
        for (std::thread &thread : threads)
            thread.join();
    }, 1);
    return connections * each / spent * 1000;
}

double rivalChartMilliseconds()
{
    return bench::milliseconds([] {
        nlohmann::json answer;
        for (int experiment = 0; experiment < 100; ++experiment) {
            nlohmann::json metric;
            for (int step = 0; step < pointCount; ++step) {
                metric["values"].push_back(2 * std::exp(-4.0 * step / pointCount));
                metric["steps"].push_back(step);
                metric["epochs"].push_back(nullptr);
                metric["timestamps"].push_back(1'700'000'000'000 + step * 40);
                metric["durations"].push_back(step * 40);
            }
            answer["experiments"][std::to_string(experiment)]["metrics"].push_back(std::move(metric));
        }
        return answer.dump().size();
    }, 1);
}

double rivalWritesPerSecond(const std::string &path)
{
    constexpr int writes = 500;
    SQLite::Database db(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "CREATE TABLE point(experiment TEXT, metric TEXT, value REAL, step INTEGER)");
    return writes / bench::milliseconds([&] {
        for (int step = 0; step < writes; ++step)
            db.exec("INSERT INTO point VALUES('w', 'loss', 0.5, " + std::to_string(step) + ")");
    }, 1) * 1000;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QTemporaryDir folder;
    localserver::Options options;
    options.data = folder.filePath(QStringLiteral("bench.sqlite")).toStdString();
    const localserver::Server server(options);
    const QUrl root(QString::fromStdString(server.url()));
    const QByteArray key = QByteArray::fromStdString(server.apiKey());

    const double filling = bench::milliseconds([&] {
        seeding::fill(root, key, {.name = "large", .experiments = experimentCount, .points = pointCount});
    }, 1);
    bench::note("local server: logging 1,000 × 15,000 points",
        qPrintable(QStringLiteral("%1 s").arg(filling / 1000, 0, 'f', 1)));

    Poster poster(root, key);
    const QByteArray question = chartQuestion(poster);
    qsizetype size = 0;
    const double chart = bench::milliseconds([&] {
        size = poster.post("/api/rest/v2/experiments/multi-metric-chart", question).size();
    }, 3);
    bench::row("local server: chart call of 100 full series of 15,000",
        qPrintable(QStringLiteral("%1 ms, %2 MB, %3 × nlohmann")
                       .arg(chart, 0, 'f', 0).arg(double(size) / 1e6, 0, 'f', 1)
                       .arg(rivalChartMilliseconds() / chart, 0, 'f', 1)),
        "<= 1000 ms", chart <= 1000);

    const double writes = writesPerSecond(root, key);
    const double rival = rivalWritesPerSecond(folder.filePath(QStringLiteral("rival.sqlite")).toStdString());
    bench::row("local server: single metric writes, 4 connections",
        qPrintable(QStringLiteral("%1 a second, %2 × a commit each").arg(writes, 0, 'f', 0).arg(writes / rival, 0, 'f', 1)),
        ">= 2000", writes >= 2000);
    return bench::isMissed ? 1 : 0;
}
