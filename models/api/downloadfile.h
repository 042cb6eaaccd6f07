// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QFile>
#include <QMutex>
#include <QString>

#include <functional>

namespace api {

// The file that a download is written to while it is on its way ("net_1.0.0.zip.part"), from its first
// attempt to its last. Facts are for the main thread; the functions block on the disk and are called from
// runInBackground(). Each attempt begins anew: what an earlier one had still under way is then ignored.
class DownloadFile
{
public:
    using Space = std::function<qint64(const QString &folder)>; // bytes that can still be written there
    static constexpr qint64 stretch = 64 << 20; // bytes after which the space is looked at again

    explicit DownloadFile(const QString &path, Space space = {});

    const QString &path() const { return m_path; }

    struct Facts
    {
        QByteArray validator; // ETag or Last-Modified of what the file holds, for If-Range; empty: start over
        QByteArray contentType;
        qint64 size = -1; // once the download is whole
    };
    Facts facts;

    struct Begun
    {
        int attempt = 0; // to be handed to what follows
        qint64 size = 0; // what is there already
        QString problem; // a sentence; empty where all is well
    };
    Begun begin();
    // Everything from offset on is replaced by bytes. expected is how much follows behind them, -1 where unknown.
    // Returns a sentence where that failed.
    QString write(int attempt, qint64 offset, const QByteArray &bytes, qint64 expected);
    QString end(int attempt, qint64 size);
    void remove();

private:
    const QString m_path;
    const Space m_space;
    QMutex m_mutex;
    QFile m_file;
    int m_attempt = 0;
    qint64 m_unchecked = 0; // bytes written since the space was looked at
};

// A disk that fills up takes a part first, and says why only when asked to take the rest.
bool writeWhole(QFile &file, const char *data, qint64 size);

// A sentence where needed bytes do not fit there any more, with something kept free. Without space the disk
// itself is asked.
QString missingSpace(const DownloadFile::Space &space, const QString &folder, qint64 needed);

} // namespace api
