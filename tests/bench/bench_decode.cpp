// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A chart answer of 100 runs of 15,000 points, read by our decoder, by QJsonDocument and by Python.

#include "models/api/decode.h"
#include "tests/bench/bench.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryFile>

#include <cmath>
#include <random>

namespace {

constexpr int runs = 100;
constexpr int points = 15'000;

QByteArray joined(const char *name, int count, auto entry)
{
    QByteArray text = QByteArray("\"") + name + "\": [";
    for (int i = 0; i < count; ++i) {
        if (i > 0)
            text += ", ";
        text += entry(i);
    }
    return text + "]";
}

// As PROTOCOL 6 has it: values as Python writes doubles, and all five columns.
QByteArray chartAnswer()
{
    std::mt19937 random(1);
    std::normal_distribution<double> noise(0, 0.05);
    QByteArray text = "{\"empty\": false, \"experiments\": {";
    for (int run = 0; run < runs; ++run) {
        const QByteArray key = QByteArray::number(run, 16).rightJustified(32, '0');
        if (run > 0)
            text += ", ";
        text += '"' + key + "\": {\"experiment_key\": \"" + key + "\", \"empty\": false, \"steps\": null, \"epochs\": null, "
            + "\"metrics\": [{\"metricName\": \"loss\", "
            + joined("values", points, [&](int i) {
                  return QByteArray::number(2 * std::exp(-i / 4000.0) + noise(random), 'g', 17);
              })
            + ", " + joined("steps", points, [](int i) { return QByteArray::number(i); }) + ", "
            + joined("epochs", points, [](int i) { return QByteArray::number(i / 1000); }) + ", "
            + joined("timestamps", points, [](int i) { return QByteArray::number(1'558'962'363'411 + i * 250LL); }) + ", "
            + joined("durations", points, [](int i) { return QByteArray::number(i == 0 ? 0 : 250); })
            + "}], \"params\": null}";
    }
    return text + "}}";
}

std::size_t decoded(QByteArray body)
{
    const auto answer = api::decode::chart(std::move(body), {});
    if (!answer)
        qFatal("our own answer can't be read: %s", qPrintable(answer.error().message));
    return answer.value().size() * answer.value()[0].metrics[0].values.size();
}

// The quickest of three json.loads() in milliseconds, or 0 where there is no Python.
double python(const QByteArray &text)
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("python3"));
    QTemporaryFile file;
    if (program.isEmpty() || !file.open())
        return 0;
    file.write(text);
    file.flush();
    QProcess process;
    process.start(program, {QStringLiteral("-c"),
        QStringLiteral("import json, sys, time\ntext = open(sys.argv[1], 'rb').read()\nbest = 1e9\n"
                       "for i in range(3):\n    start = time.perf_counter()\n    json.loads(text)\n"
                       "    best = min(best, time.perf_counter() - start)\nprint(best * 1000)"),
        file.fileName()});
    process.waitForFinished(-1);
    return process.readAllStandardOutput().trimmed().toDouble();
}

} // namespace

int main()
{
    double peak = 0;
    double size = 0;
    {
        QByteArray body = chartAnswer();
        body.reserve(body.size() + api::decode::padding);
        size = static_cast<double>(body.size()) / 1e6;
        const double before = bench::memory("VmRSS:") * 1.048576 - size;
        bench::forgetPeak();
        const auto answer = api::decode::chart(std::move(body), {});
        peak = bench::memory("VmHWM:") * 1.048576 - before;
        if (!answer)
            return 2;
    }
    const QByteArray text = chartAnswer();
    const double speed = size * 1000;
    double ours = 1e300;
    double qt = 1e300;
    for (int run = 0; run < 5; ++run) { // in turns, so that both meet the same machine
        QByteArray body = text; // the decoder takes it over: the copy is no part of its time
        body.detach();
        body.reserve(body.size() + api::decode::padding);
        ours = std::min(ours, bench::milliseconds([&body] { decoded(std::move(body)); }, 1));
        qt = std::min(qt, bench::milliseconds([&text] {
            if (QJsonDocument::fromJson(text).object().isEmpty())
                qFatal("QJsonDocument can't read it");
        }, 1));
    }
    const double json = python(text);

    bench::note("decode 100 x 15,000 points", qPrintable(QString::asprintf("%.1f MB", size)));
    bench::note("  ours", qPrintable(QString::asprintf("%.0f ms, %.0f MB/s", ours, speed / ours)));
    bench::note("  QJsonDocument", qPrintable(QString::asprintf("%.0f ms, %.0f MB/s", qt, speed / qt)));
    bench::row("  ratio to QJsonDocument", qPrintable(QString::asprintf("%.2f", qt / ours)), ">= 3.5", qt / ours >= 3.5);
    if (json > 0) {
        bench::note("  Python json.loads", qPrintable(QString::asprintf("%.0f ms, %.0f MB/s", json, speed / json)));
        bench::row("  ratio to Python", qPrintable(QString::asprintf("%.2f", json / ours)), ">= 6", json / ours >= 6);
    } else {
        bench::note("  ratio to Python", "no python3 here");
    }
    bench::row("  peak memory / answer", qPrintable(QString::asprintf("%.2f", peak / size)), "<= 2", peak / size <= 2);
    return bench::isMissed;
}
