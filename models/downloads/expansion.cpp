// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/downloads/expansion.h"

#include "models/downloads/inflation.h"
#include "models/downloads/placing.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>

#include <numeric>

#include <climits>

using namespace Qt::StringLiterals;

namespace {

using Answer = DownloadQuestion::Answer;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Expansion)
};

struct Stopped
{
};

// The hidden folder that a zip is expanded into first; gone with this value.
class Stage
{
public:
    explicit Stage(const Expansion &expansion)
    {
        const QString name = QFileInfo(expansion.zip).fileName();
        for (int number = 1; m_path.isEmpty(); ++number) {
            const QString path = expansion.folder + u"/."_s + (number == 1 ? name : numberedName(name, number));
            if (QDir().mkdir(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
                m_path = path;
            else if (!QFileInfo(path).isDir())
                throw ZipProblem{Text::tr("Nothing can be written in “%1”. Choose another folder.").arg(expansion.folder)};
        }
        if (!QDir(m_path).mkdir(u"new"_s) || !QDir(m_path).mkdir(u"old"_s))
            throw ZipProblem{Text::tr("Nothing can be written in “%1”. Choose another folder.").arg(expansion.folder)};
    }
    ~Stage() { QDir(m_path).removeRecursively(); }
    Stage(const Stage &) = delete;
    Stage &operator=(const Stage &) = delete;

    QString fresh() const { return m_path + u"/new"_s; }
    QString replaced() const { return m_path + u"/old"_s; }

private:
    QString m_path;
};

void checkSpace(const Expansion &expansion, qint64 needed)
{
    if (const QString problem = api::missingSpace(expansion.space, expansion.folder, needed); !problem.isEmpty())
        throw ZipProblem{problem};
}

void unpack(const Expansion &expansion, QFile &zip, const ZipEntry &entry, const QString &target, qint64 &unchecked)
{
    QFile file(target);
    if (!QDir().mkpath(QFileInfo(target).path()) || !file.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered)) {
        // Never two entries of one path: here names that differ only by case are one.
        const QString reason = QFileInfo::exists(target) ? Text::tr("here it is the same name as another’s") : file.errorString();
        throw ZipProblem{Text::tr("“%1” of the zip can’t be written: %2").arg(entry.path, reason)};
    }
    const auto take = [&](const char *data, qint64 size) {
        if (expansion.shared->isCancelled)
            return false;
        unchecked += size;
        if (unchecked >= api::DownloadFile::stretch) {
            unchecked = 0;
            checkSpace(expansion, size);
        }
        if (!api::writeWhole(file, data, size))
            throw ZipProblem{Text::tr("“%1” of the zip can’t be written: %2").arg(entry.path, file.errorString())};
        expansion.shared->done += size;
        return true;
    };
    if (!readZipEntry(zip, entry, take))
        throw Stopped{};
}

void unpackAll(const Expansion &expansion, const QString &fresh)
{
    QFile zip(expansion.zip);
    if (!zip.open(QIODevice::ReadOnly))
        throw ZipProblem{Text::tr("“%1” can’t be read: %2").arg(expansion.zip, zip.errorString())};
    checkSpace(expansion, expansion.size());
    qint64 unchecked = 0;
    for (const ZipEntry &entry : expansion.entries) {
        if (expansion.shared->isCancelled)
            throw Stopped{};
        if (!entry.isFolder)
            unpack(expansion, zip, entry, fresh + u'/' + entry.path, unchecked);
    }
}

// What stands at a path of the folder, links not followed; kept, because many files have one parent.
class Present
{
public:
    explicit Present(QString folder) : m_folder(std::move(folder)) { }

    enum class What { Nothing, File, Folder, Link };
    What at(const QString &path)
    {
        if (const auto known = m_known.constFind(path); known != m_known.cend())
            return *known;
        const qsizetype slash = path.lastIndexOf(u'/');
        What what = What::Nothing;
        if (slash < 0 || at(path.left(slash)) == What::Folder) {
            const QFileInfo info(m_folder + u'/' + path);
            what = info.isSymLink() ? What::Link : info.isDir() ? What::Folder : info.exists() ? What::File : What::Nothing;
        }
        m_known.insert(path, what);
        return what;
    }

private:
    QString m_folder;
    QHash<QString, What> m_known;
};

// Throws where a folder is needed and something else stands there.
void checkFolders(Present &present, const ZipEntry &entry, const QString &folder)
{
    const QString whole = entry.isFolder ? entry.path + u'/' : entry.path;
    for (qsizetype slash = whole.indexOf(u'/'); slash > 0; slash = whole.indexOf(u'/', slash + 1)) {
        const QString above = whole.left(slash);
        const Present::What what = present.at(above);
        if (what == Present::What::Link) {
            throw ZipProblem{Text::tr("“%1” in the folder “%2” is a link, and nothing is written through a link. Choose another folder.")
                                 .arg(above, folder)};
        }
        if (what == Present::What::File) {
            throw ZipProblem{Text::tr("“%1” is a file in the folder “%2”, and the zip has a folder of that name. Choose another folder.")
                                 .arg(above, folder)};
        }
    }
}

DownloadQuestion existing(const Expansion &expansion)
{
    DownloadQuestion question;
    question.folder = expansion.folder;
    Present present(expansion.folder);
    for (const ZipEntry &entry : expansion.entries) {
        checkFolders(present, entry, expansion.folder);
        if (entry.isFolder)
            continue;
        const Present::What what = present.at(entry.path);
        if (what == Present::What::Folder) {
            throw ZipProblem{Text::tr("“%1” is a folder in “%2”, and the zip has a file of that name. Choose another folder.")
                                 .arg(entry.path, expansion.folder)};
        }
        if (what == Present::What::Nothing)
            question.hasOthers = true;
        else
            question.existing << entry.path;
    }
    return question;
}

void checkNames(const Expansion &expansion)
{
    const QString own = QFileInfo(expansion.zip).fileName();
    const QString stage = u'.' + own.chopped(own.endsWith(".part"_L1) ? 5 : 0);
    const qsizetype room = PATH_MAX - QFile::encodeName(expansion.folder + u'/' + stage + u"/new/"_s).size() - 16;
    for (const ZipEntry &entry : expansion.entries) {
        const QString top = entry.path.section(u'/', 0, 0);
        if (top.compare(own, Qt::CaseInsensitive) == 0 || top.startsWith(stage, Qt::CaseInsensitive)) {
            throw ZipProblem{Text::tr("The zip holds “%1”, the name of the file that is being expanded. Choose another folder.")
                                 .arg(entry.path)};
        }
        if (QFile::encodeName(entry.path).size() >= room) {
            throw ZipProblem{Text::tr("The zip holds “%1”, whose name is too long in this folder. Choose a folder with a shorter path.")
                                 .arg(entry.path.left(80))};
        }
    }
}

// Runs one step and turns what it throws into its outcome.
template<class Step>
Expansion::Outcome outcomeOf(Step step)
{
    try {
        return step();
    } catch (const ZipProblem &problem) {
        return {Expansion::Kind::Failed, problem.sentence, {}};
    } catch (const PlacingProblem &problem) {
        return {problem.sentence.isEmpty() ? Expansion::Kind::Conflict : Expansion::Kind::Failed, problem.sentence, {}};
    } catch (const Stopped &) {
        return {Expansion::Kind::Cancelled, {}, {}};
    }
}

} // namespace

qint64 Expansion::size() const
{
    return std::accumulate(entries.begin(), entries.end(), qint64(0),
        [](qint64 sum, const ZipEntry &entry) { return sum + entry.size; });
}

Expansion::Outcome Expansion::list()
{
    return outcomeOf([this]() -> Outcome {
        entries = listZip(zip);
        checkNames(*this);
        const DownloadQuestion question = existing(*this);
        return {question.existing.isEmpty() ? Kind::Whole : Kind::Conflict, {}, question};
    });
}

Expansion::Outcome Expansion::expand(std::optional<Answer> answer) const
{
    shared->done = 0;
    Outcome outcome = outcomeOf([this, answer]() -> Outcome {
        const Stage stage(*this);
        unpackAll(*this, stage.fresh());
        Placing placing(folder, stage.replaced());
        for (const ZipEntry &entry : entries) {
            if (shared->isCancelled)
                throw Stopped{};
            if (entry.isFolder)
                placing.makeFolder(entry.path);
            else
                placing.place(stage.fresh() + u'/' + entry.path, entry.path, answer);
        }
        placing.keep();
        return {};
    });
    if (outcome.kind == Kind::Conflict) // something has come into the folder meanwhile
        outcome = outcomeOf([this]() -> Outcome { return {Kind::Conflict, {}, existing(*this)}; });
    return outcome;
}
