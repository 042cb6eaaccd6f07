// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/notes/drafts.h"

#include "models/session/session.h"
#include "models/session/settings.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace {

constexpr int places = 8; // editors of one subject at the same time
constexpr quint32 mark = 0x50444631; // "PDF1": what the file is, and in which form

std::optional<Draft> read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    QDataStream stream(&file);
    stream.setVersion(QDataStream::Qt_6_4);
    quint32 found = 0;
    QByteArray base;
    QByteArray text;
    Draft draft;
    stream >> found;
    if (found != mark)
        return std::nullopt;
    stream >> draft.changed >> base >> text;
    if (stream.status() != QDataStream::Ok)
        return std::nullopt;
    draft.base = QString::fromUtf8(base);
    draft.text = QString::fromUtf8(text);
    return draft;
}

bool write(const QString &path, const Draft &draft)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    QDataStream stream(&file);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << mark << draft.changed << draft.base.toUtf8() << draft.text.toUtf8();
    return file.commit();
}

} // namespace

Drafts::Key Drafts::keyOf(const Session *session, const QString &subject)
{
    // The sample data are new with every start.
    const bool isKept = session && session->profile().keySource != Profile::KeySource::Demo;
    return {session ? session->profile().id : QString(), subject, isKept};
}

QString Drafts::folderBeside(const Settings &settings)
{
    return QFileInfo(settings.path()).absolutePath() + "/drafts"_L1;
}

Drafts::Drafts(const QString &folder)
    : m_folder(folder)
{
}

Drafts::~Drafts() = default;

// Subjects hold slashes and any letter, and may be longer than a file's name can be.
QString Drafts::pathOf(const Key &key, int place) const
{
    const QByteArray whose = (key.server + u'\n' + key.subject).toUtf8();
    const QByteArray name = QCryptographicHash::hash(whose, QCryptographicHash::Sha256).toHex().left(32);
    return u"%1/%2-%3.draft"_s.arg(m_folder, QString::fromLatin1(name)).arg(place);
}

std::optional<Draft> Drafts::open(const Key &key)
{
    close();
    m_key = key;
    m_path = pathOf(key, 0);
    if (const auto kept = m_memory.constFind(m_path); kept != m_memory.cend())
        return *kept;
    if (!key.isKept || !QDir().mkpath(m_folder))
        return std::nullopt;
    // The first place with a draft that nobody has open, else the first free one.
    for (int place = 0; place < places; ++place) {
        const QString path = pathOf(key, place);
        const bool hasDraft = QFile::exists(path);
        if (m_lock && !hasDraft)
            continue;
        auto lock = std::make_unique<QLockFile>(path + ".lock"_L1);
        lock->setStaleLockTime(0); // only an ended program gives it up
        if (!lock->tryLock(0))
            continue;
        if (hasDraft) {
            if (const auto draft = read(path)) {
                m_lock = std::move(lock);
                m_path = path;
                return draft;
            }
        }
        if (!m_lock) {
            m_lock = std::move(lock);
            m_path = path;
        }
    }
    return std::nullopt;
}

void Drafts::close()
{
    m_path.clear();
    m_lock.reset();
}

bool Drafts::keep(const Draft &draft)
{
    if (m_path.isEmpty())
        return false;
    if (m_lock && write(m_path, draft)) {
        m_memory.remove(pathOf(m_key, 0));
        return true;
    }
    m_memory.insert(pathOf(m_key, 0), draft);
    return !m_key.isKept;
}

void Drafts::forget()
{
    m_memory.remove(pathOf(m_key, 0));
    if (m_lock)
        QFile::remove(m_path);
}

void Drafts::forget(const Key &key, const QString &text)
{
    if (const auto kept = m_memory.constFind(pathOf(key, 0)); kept != m_memory.cend() && kept->text == text)
        m_memory.erase(kept);
    for (int place = 0; key.isKept && place < places; ++place) {
        const QString path = pathOf(key, place);
        QLockFile lock(path + ".lock"_L1);
        lock.setStaleLockTime(0);
        if (!QFile::exists(path) || !lock.tryLock(0))
            continue;
        if (const auto draft = read(path); draft && draft->text == text)
            QFile::remove(path);
    }
}
