// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a request may cost the local server, which is a process of its own here: one without a key, JSON that is
// too deep or too wide, an upload of 500 MB. The rival of the upload is curl, which writes the same file to the
// same disk. Measured on two shared cores of an AMD EPYC (virtual machine, Linux 6.18, ext4, Debian 12).

#include "bench.h"
#include "poster.h"
#include "processes.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTemporaryDir>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 uploadSize = 500 << 20;

struct Cost {
    int status = 0;
    double milliseconds = 0; // of the quickest
    double megabytes = 0; // the most the server held, more than before
};

Cost costOf(const bench::ServerProcess &server, const QByteArray &key, const QByteArray &path, const QByteArray &body)
{
    const QString process = QString::number(server.id());
    Cost cost{0, 1e300, 0};
    for (int run = 0; run < 5; ++run) {
        Poster poster(QUrl(server.url), key);
        bench::forgetPeak(process);
        const double before = bench::memory("VmRSS:", process);
        cost.milliseconds = std::min(cost.milliseconds,
            bench::milliseconds([&] { cost.status = poster.refusal(path, body); }, 1));
        cost.megabytes = std::max(cost.megabytes, bench::memory("VmHWM:", process) - before);
    }
    return cost;
}

void refusalRow(const char *name, const Cost &cost)
{
    bench::row(name,
        qPrintable(u"%1: %2 ms, %3 kB"_s.arg(cost.status).arg(cost.milliseconds, 0, 'f', 1)
                       .arg(cost.megabytes * 1024, 0, 'f', 0)),
        "< 10 ms, < 1 MB", cost.status == 413 && cost.milliseconds < 10 && cost.megabytes < 1);
}

void measureRefusals(const bench::ServerProcess &server)
{
    const QByteArray path = "/api/rest/v2/write/experiment/metric";
    const QByteArray key = server.key.toUtf8();
    refusalRow("server: request without a key, 60 MB", costOf(server, {}, path, QByteArray(60 << 20, ' ')));
    refusalRow("server: deep JSON without a key, 100 kB", costOf(server, {}, path, QByteArray(100 << 10, '[')));
    refusalRow("server: deep JSON with the key, 1 MB", costOf(server, key, path, QByteArray(1 << 20, '[')));
    refusalRow("server: 30,000,000 values with the key, 60 MB",
        costOf(server, key, path, '[' + QByteArray("0,").repeated(30'000'000) + "0]"));
}

void measureUpload(const bench::ServerProcess &server, const QString &folder)
{
    const QString process = QString::number(server.id());
    const QString noise = folder + u"/noise"_s;
    const QString copy = folder + u"/copy"_s;
    const QByteArray experiment = Poster(QUrl(server.url), server.key.toUtf8()).create("w", "p", "upload").toLatin1();
    if (!bench::writeNoise(noise, uploadSize)) {
        bench::row("server: upload of 500 MB", "the disk is full", "", false);
        return;
    }
    double ours = 1e300;
    double rival = 1e300;
    double most = 0;
    double left = 0;
    for (int round = 0; round < 3; ++round) { // in turns, as the disk has good and bad times
        ::sync();
        rival = std::min(rival, bench::milliseconds([&] {
            bench::run(u"curl"_s, {u"-sf"_s, u"-o"_s, copy, u"file://"_s + noise});
            ::sync(); // what the server has answered is on the disk as well
        }, 1));
        const bool isSame = QFileInfo(copy).size() == uploadSize;
        QFile::remove(copy);
        ::sync();
        bench::forgetPeak(process);
        const double before = bench::memory("VmRSS:", process);
        QByteArray answer;
        ours = std::min(ours, bench::milliseconds([&] {
            answer = bench::run(u"curl"_s,
                {u"-sf"_s, u"-H"_s, u"Authorization: "_s + server.key, u"-F"_s, u"file=@"_s + noise,
                    server.url + u"/api/rest/v2/write/experiment/upload-asset?type=asset&experimentKey="_s
                        + QString::fromLatin1(experiment) + u"&fileName=noise"_s + QString::number(round)});
        }, 1));
        most = std::max(most, bench::memory("VmHWM:", process) - before);
        left = std::max(left, bench::memory("VmRSS:", process) - before);
        if (!isSame || answer.isEmpty()) {
            bench::row("server: upload of 500 MB", "not uploaded", "", false);
            return;
        }
    }
    const double megabytes = double(uploadSize) / 1e6;
    bench::row("server: upload of 500 MB: speed",
        qPrintable(u"%1 MB/s, %2 % of curl's %3 MB/s to a file"_s.arg(megabytes / ours * 1000, 0, 'f', 0)
                       .arg(rival / ours * 100, 0, 'f', 0).arg(megabytes / rival * 1000, 0, 'f', 0)),
        ">= 25 %", rival / ours >= 0.25);
    bench::row("server: upload of 500 MB: memory",
        qPrintable(u"%1 MB more, %2 MB kept"_s.arg(most, 0, 'f', 1).arg(left, 0, 'f', 1)), "<= 40 MB", most <= 40);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QTemporaryDir folder;
    const bench::ServerProcess server(folder.filePath(u"bench.sqlite"_s));
    if (server.url.isEmpty()) {
        bench::row("the server's requests", "no server", "", false);
        return 1;
    }
    measureRefusals(server);
    measureUpload(server, folder.path());
    return bench::isMissed ? 1 : 0;
}
