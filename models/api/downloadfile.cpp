// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/downloadfile.h"

#include "models/values/format.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStorageInfo>

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace api {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(api::DownloadFile)
};

constexpr qint64 keptFree = 16 << 20; // a disk that is full to the last byte troubles every program

qint64 bytesAvailable(const QString &folder)
{
    const QStorageInfo storage(folder);
    return storage.isValid() ? storage.bytesAvailable() : std::numeric_limits<qint64>::max();
}

} // namespace

DownloadFile::DownloadFile(const QString &path, Space space)
    : m_path(path), m_space(std::move(space))
{
}

DownloadFile::Begun DownloadFile::begin()
{
    const QMutexLocker lock(&m_mutex);
    Begun begun;
    begun.attempt = ++m_attempt;
    m_file.close();
    m_unchecked = stretch;
    // A link in its place would lead the bytes somewhere else.
    const int descriptor = ::open(
        QFile::encodeName(m_path).constData(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (descriptor < 0
        || !m_file.open(descriptor, QIODevice::ReadWrite | QIODevice::Unbuffered, QFileDevice::AutoCloseHandle)) {
        begun.problem = Text::tr("“%1” can’t be written: %2").arg(m_path, qt_error_string(errno));
        return begun;
    }
    begun.size = m_file.size();
    return begun;
}

QString DownloadFile::write(int attempt, qint64 offset, const QByteArray &bytes, qint64 expected)
{
    const QMutexLocker lock(&m_mutex);
    if (attempt != m_attempt || !m_file.isOpen())
        return {};
    m_unchecked += bytes.size();
    if (m_unchecked >= stretch) {
        m_unchecked = 0;
        const qint64 needed = bytes.size() + std::max<qint64>(0, expected);
        if (const QString problem = missingSpace(m_space, QFileInfo(m_path).path(), needed); !problem.isEmpty())
            return problem;
    }
    if (offset == 0 && m_file.size() > 0)
        m_file.resize(0);
    if (!m_file.seek(offset) || !writeWhole(m_file, bytes.constData(), bytes.size()))
        return Text::tr("“%1” can’t be written: %2").arg(m_path, m_file.errorString());
    return {};
}

QString DownloadFile::end(int attempt, qint64 size)
{
    const QMutexLocker lock(&m_mutex);
    if (attempt != m_attempt || !m_file.isOpen())
        return {};
    const bool isWhole = m_file.size() == size || m_file.resize(size);
    const bool isThere = QFileInfo(m_path).size() == size; // a folder that has vanished takes the file with it
    m_file.close();
    if (!isWhole || m_file.error() != QFileDevice::NoError)
        return Text::tr("“%1” can’t be written: %2").arg(m_path, m_file.errorString());
    return isThere ? QString() : Text::tr("“%1” has been removed meanwhile.").arg(m_path);
}

void DownloadFile::remove()
{
    const QMutexLocker lock(&m_mutex);
    ++m_attempt;
    m_file.close();
    QFile::remove(m_path);
}

bool writeWhole(QFile &file, const char *data, qint64 size)
{
    while (size > 0) {
        const qint64 count = file.write(data, size);
        if (count <= 0)
            return false;
        data += count;
        size -= count;
    }
    return true;
}

QString missingSpace(const DownloadFile::Space &space, const QString &folder, qint64 needed)
{
    const qint64 available = space ? space(folder) : bytesAvailable(folder);
    if (available - keptFree >= needed)
        return {};
    return Text::tr("There is not enough room in “%1”: %2 are needed and %3 are free. Make room, then try again.")
        .arg(folder, format::bytes(needed + keptFree), format::bytes(std::max<qint64>(0, available)));
}

} // namespace api
