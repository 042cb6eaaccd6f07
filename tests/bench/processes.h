// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>

// What is measured from outside: the program's server, curl beside it, and a file that nothing can compress.
namespace bench {

// What the process printed; empty where it failed.
inline QByteArray run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    process.waitForFinished(600'000);
    return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0 ? process.readAllStandardOutput()
                                                                                  : QByteArray();
}

inline bool writeNoise(const QString &path, qint64 size)
{
    QByteArray block(1 << 20, Qt::Uninitialized);
    QRandomGenerator random(1);
    random.fillRange(reinterpret_cast<quint32 *>(block.data()), block.size() / qsizetype(sizeof(quint32)));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    for (qint64 written = 0; written < size; written += block.size()) {
        if (file.write(block) != block.size())
            return false;
    }
    return true;
}

// The local server as a process of its own.
class ServerProcess {
public:
    explicit ServerProcess(const QString &data)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(PERIHELION_PROGRAM),
            {QStringLiteral("--serve"), QStringLiteral("--data"), data});
        m_process.waitForReadyRead(10'000);
        const QJsonObject ready = QJsonDocument::fromJson(m_process.readLine()).object();
        url = ready.value(QLatin1String("url")).toString();
        key = ready.value(QLatin1String("apiKey")).toString();
    }
    ~ServerProcess()
    {
        m_process.terminate();
        m_process.waitForFinished(10'000);
    }
    qint64 id() const { return m_process.processId(); }

    QString url; // empty where it did not start
    QString key;

private:
    QProcess m_process;
};

} // namespace bench
