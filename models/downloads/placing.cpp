// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/downloads/placing.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>
#include <climits>

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using Answer = DownloadQuestion::Answer;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Placing)
};

QByteArray encoded(const QString &path)
{
    return QFile::encodeName(path);
}

[[noreturn]] void fail(const QString &path, int code)
{
    throw PlacingProblem{Text::tr("“%1” can’t be written: %2").arg(path, qt_error_string(code))};
}

QString nameOf(const QString &path)
{
    return path.mid(path.lastIndexOf(u'/') + 1);
}

// 0, or why not; EEXIST where something is there. Some file systems can't do it in one step.
int moveToNew(const QByteArray &from, int folder, const QByteArray &to)
{
    if (renameat2(AT_FDCWD, from.constData(), folder, to.constData(), RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    struct stat there{};
    if (fstatat(folder, to.constData(), &there, AT_SYMLINK_NOFOLLOW) == 0)
        return EEXIST;
    return renameat(AT_FDCWD, from.constData(), folder, to.constData()) == 0 ? 0 : errno;
}

} // namespace

QString numberedName(const QString &name, int number)
{
    const QString ending = u" (%1)"_s.arg(number);
    qsizetype dot = name.lastIndexOf(u'.');
    if (dot > 4 && name.mid(dot - 4, 4) == ".tar"_L1)
        dot -= 4;
    if (dot <= 0)
        dot = name.size();
    QString stem = name.left(dot);
    while (!stem.isEmpty() && (stem + ending + name.mid(dot)).toUtf8().size() > NAME_MAX)
        stem.chop(stem.back().isLowSurrogate() ? 2 : 1);
    return stem + ending + name.mid(dot);
}

bool renameToNew(const QString &from, const QString &to)
{
    const int problem = moveToNew(encoded(from), AT_FDCWD, encoded(to));
    if (problem != 0 && problem != EEXIST)
        fail(to, problem);
    return problem == 0;
}

Placing::Placing(const QString &folder, const QString &aside)
    : m_folder(folder), m_aside(aside)
{
    m_base = open(encoded(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); // the person chose it, link or not
    if (m_base < 0)
        fail(folder, errno);
}

Placing::~Placing()
{
    for (auto undo = m_undo.rbegin(); undo != m_undo.rend(); ++undo) {
        try {
            (*undo)();
        } catch (const PlacingProblem &) {
            continue; // somebody else has changed the folder; the rest can still be taken back
        }
    }
    closeFolders();
    close(m_base);
}

void Placing::closeFolders()
{
    for (const int descriptor : std::as_const(m_open))
        close(descriptor);
    m_open.clear();
}

int Placing::parentOf(const QString &path)
{
    const qsizetype slash = path.lastIndexOf(u'/');
    return slash < 0 ? m_base : folder(path.left(slash));
}

int Placing::folder(const QString &path)
{
    constexpr qsizetype mostOpen = 128;
    if (const auto known = m_open.constFind(path); known != m_open.cend())
        return *known;
    const int parent = parentOf(path);
    const QByteArray name = encoded(nameOf(path));
    if (mkdirat(parent, name.constData(), 0777) == 0)
        m_undo.push_back([this, path, name] { unlinkat(parentOf(path), name.constData(), AT_REMOVEDIR); });
    else if (errno != EEXIST)
        fail(m_folder + u'/' + path, errno);
    const int descriptor = openat(parent, name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0) {
        const int code = errno;
        struct stat there{};
        if (fstatat(parent, name.constData(), &there, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(there.st_mode)) {
            throw PlacingProblem{Text::tr("“%1” in the folder “%2” is a link, and nothing is written through a link. Choose another folder.")
                                     .arg(path, m_folder)};
        }
        fail(m_folder + u'/' + path, code);
    }
    if (m_open.size() >= mostOpen)
        closeFolders();
    m_open.insert(path, descriptor);
    return descriptor;
}

void Placing::makeFolder(const QString &path)
{
    folder(path);
}

void Placing::place(const QString &source, const QString &path, std::optional<Answer> answer)
{
    const int parent = parentOf(path);
    const QByteArray from = encoded(source);
    QByteArray to = encoded(nameOf(path));
    int problem = moveToNew(from, parent, to);
    for (int number = 2; problem == EEXIST && answer == Answer::KeepBoth; ++number) {
        to = encoded(numberedName(nameOf(path), number));
        problem = moveToNew(from, parent, to);
    }
    if (problem == EEXIST && answer == Answer::Skip)
        return;
    if (problem == EEXIST && answer == Answer::Replace) {
        struct stat there{};
        if (fstatat(parent, to.constData(), &there, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(there.st_mode))
            throw PlacingProblem{Text::tr("“%1” is a folder in “%2”, and a file can’t replace it.").arg(path, m_folder)};
        const QByteArray aside = encoded(m_aside + u'/' + QString::number(++m_replaced));
        if (renameat(parent, to.constData(), AT_FDCWD, aside.constData()) != 0)
            fail(m_folder + u'/' + path, errno);
        m_undo.push_back([this, path, to, aside] { renameat(AT_FDCWD, aside.constData(), parentOf(path), to.constData()); });
        problem = moveToNew(from, parent, to);
    }
    if (problem == EEXIST && !answer)
        throw PlacingProblem{};
    if (problem != 0)
        fail(m_folder + u'/' + path, problem);
    m_undo.push_back([this, path, to, from] { renameat(parentOf(path), to.constData(), AT_FDCWD, from.constData()); });
}
