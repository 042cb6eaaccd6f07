// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFile>
#include <QProcess>
#include <QStringList>
#include <QUrl>

// The built program, started as a person starts it: what it prints and how it ends.
namespace builtprogram {

struct Outcome
{
    int code = -1;
    QString out;
    QString error;
};

inline Outcome run(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(PERIHELION_PROGRAM), arguments);
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
        QString::fromUtf8(process.readAllStandardError())};
}

// With a server and its key, which goes through a file.
inline Outcome run(const QUrl &server, const QString &key, const QString &keyFile, const QStringList &arguments)
{
    QFile file(keyFile);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(key.toUtf8() + '\n');
    file.close();
    return run(QStringList{QStringLiteral("--url"), server.toString(), QStringLiteral("--api-key-file"), keyFile} + arguments);
}

} // namespace builtprogram
