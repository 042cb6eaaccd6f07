// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/downloads/downloadjob.h"

#include "models/api/background.h"
#include "models/api/client.h"
#include "models/downloads/placing.h"

#include <QDir>
#include <QFileInfo>

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using Answer = DownloadQuestion::Answer;
using State = Download::State;
using Kind = Expansion::Kind;

namespace {

constexpr qint64 speedWindow = 3000; // milliseconds that the speed is averaged over

// A new, empty ".part" that nobody else has: also what a run that was killed has left stays as it is. Gone
// again where nobody takes it.
struct Claim
{
    QString path;
    QString madeFolder; // empty where the folder was there
    QString problem; // a sentence
    bool isTaken = false;

    Claim() = default;
    Claim(const Claim &) = delete;
    Claim &operator=(const Claim &) = delete;
    ~Claim()
    {
        if (isTaken || path.isEmpty())
            return;
        QFile::remove(path);
        if (!madeFolder.isEmpty())
            QDir().rmdir(madeFolder);
    }
};

std::shared_ptr<Claim> claimPart(const QString &folder, const QString &name)
{
    auto claim = std::make_shared<Claim>();
    if (!QFileInfo::exists(folder))
        claim->madeFolder = folder;
    int attempts = 0;
    for (int number = 1;; ++number) {
        if (!QDir().mkpath(folder)) {
            claim->problem = DownloadJob::tr("The folder “%1” can’t be made. Choose another one.").arg(folder);
            return claim;
        }
        const QString path = folder + u'/' + (number == 1 ? name : numberedName(name, number)) + u".part"_s;
        const int descriptor
            = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
        const int problem = errno;
        if (descriptor >= 0) {
            ::close(descriptor);
            claim->path = path;
            return claim;
        }
        if (problem == ENOENT && ++attempts < 10) { // another download has just left the folder, and taken it along
            --number;
        } else if (problem != EEXIST) {
            claim->problem = DownloadJob::tr("Nothing can be written in “%1”: %2. Choose another folder.")
                                 .arg(folder, qt_error_string(problem));
            return claim;
        }
    }
}

// A server may answer with a page or a message in a zip's place; why is then a sentence.
QString notAZip(const QString &path)
{
    QFile file(path);
    if (file.open(QIODevice::ReadOnly) && file.peek(2) == "PK")
        return {};
    try {
        listZip(path);
    } catch (const ZipProblem &problem) {
        return problem.sentence;
    }
    return {};
}

struct Placed
{
    QString target;
    QString problem; // a sentence; both empty where something has the name
};

Placed placeFile(const QString &part, const QString &folder, const QString &name, std::optional<Answer> answer)
{
    const QString target = folder + u'/' + name;
    try {
        if (renameToNew(part, target))
            return {target, {}};
        for (int number = 2; answer == Answer::KeepBoth; ++number) {
            const QString other = folder + u'/' + numberedName(name, number);
            if (renameToNew(part, other))
                return {other, {}};
        }
    } catch (const PlacingProblem &problem) {
        return {{}, problem.sentence};
    }
    if (answer != Answer::Replace)
        return {};
    if (::rename(QFile::encodeName(part).constData(), QFile::encodeName(target).constData()) != 0)
        return {{}, DownloadJob::tr("“%1” can’t be replaced: %2.").arg(target, qt_error_string(errno))};
    return {target, {}};
}

} // namespace

DownloadJob::DownloadJob(int id, api::Client &client, const DownloadRequest &request, DownloadSpace space)
    : m_request(request)
    , m_space(std::move(space))
    , m_client(&client)
{
    m_row.id = id;
    m_row.title = request.title;
    m_row.folder = request.folder;
    connect(&client, &QObject::destroyed, this, [this] {
        if (m_row.state == State::Running || m_row.state == State::Waiting)
            fail(tr("The connection to this server was closed. Connect to it and start the download again."));
    });
}

DownloadJob::~DownloadJob()
{
    m_expansion.shared->isCancelled = true;
    dropFile();
}

void DownloadJob::setState(State state)
{
    m_row.state = state;
    m_row.speed = 0;
    m_row.timeLeft = -1;
    m_samples.clear();
    m_clock.start();
    if (state != State::Failed)
        m_row.error.clear();
    if (state != State::Asking)
        m_row.question.reset();
    emit stateChanged();
}

void DownloadJob::measure()
{
    if (!isUnderWay())
        return;
    if (m_row.state == State::Expanding)
        m_row.done = m_expansion.shared->done;
    const qint64 now = m_clock.elapsed();
    m_samples.push_back({now, m_row.done});
    while (m_samples.size() > 2 && now - m_samples[1].time >= speedWindow)
        m_samples.pop_front();
    const qint64 time = now - m_samples.front().time;
    const qint64 bytes = m_row.done - m_samples.front().done;
    m_row.speed = time > 0 && bytes > 0 ? bytes * 1000 / time : 0;
    m_row.timeLeft = m_row.speed > 0 && m_row.total >= m_row.done ? (m_row.total - m_row.done) * 1000 / m_row.speed : -1;
}

void DownloadJob::wait()
{
    setState(State::Waiting);
}

void DownloadJob::start()
{
    ++m_turn;
    if (m_isWhole) {
        arrive();
        return;
    }
    if (!m_client) {
        fail(tr("The connection to this server was closed. Connect to it and start the download again."));
        return;
    }
    setState(State::Running);
    if (m_file)
        request();
    else
        claim();
}

void DownloadJob::claim()
{
    runOnDisk(
        this,
        [folder = m_request.folder, name = downloadFileName(m_request.source)] { return claimPart(folder, name); },
        [this, turn = m_turn](const std::shared_ptr<Claim> &claim) {
            if (turn != m_turn)
                return;
            if (!claim->problem.isEmpty()) {
                fail(claim->problem);
                return;
            }
            claim->isTaken = true;
            m_madeFolder = claim->madeFolder;
            m_file = std::make_shared<api::DownloadFile>(claim->path, m_space);
            request();
        });
}

void DownloadJob::request()
{
    if (!m_client)
        return; // said already
    api::Reply<qint64> *reply = nullptr;
    if (const auto *registry = std::get_if<RegistryDownload>(&m_request.source)) {
        reply = m_client->downloadRegistryModel(
            registry->workspace, registry->name, registry->version, registry->stage, m_file);
    } else if (const auto *model = std::get_if<ModelDownload>(&m_request.source)) {
        reply = m_client->downloadModel(model->experimentKey, model->name, m_file);
    } else {
        const auto &asset = std::get<AssetDownload>(m_request.source);
        reply = m_client->downloadAsset(asset.experimentKey, asset.assetId, m_file);
    }
    connect(reply, &api::ReplyBase::progress, this, [this](qint64 done, qint64 total) {
        m_row.done = done;
        m_row.total = total;
        emit progressed();
    });
    m_reply(reply)
        ->then(this, [this](qint64 size) {
            m_isWhole = true;
            m_wasExpanded = false;
            m_row.done = size;
            m_row.total = size;
            arrive();
        })
        ->otherwise(this, [this](const api::Error &error) { fail(error.sentence()); });
}

// The ".part" is whole: it becomes what was asked for.
void DownloadJob::arrive()
{
    if (m_request.expand && isZip(m_request.source))
        look();
    else
        place(std::nullopt);
}

void DownloadJob::look()
{
    m_expansion = {};
    m_expansion.zip = m_file->path();
    m_expansion.folder = m_request.folder;
    m_expansion.space = m_space;
    m_row.done = 0;
    m_row.total = -1;
    setState(State::Expanding);
    struct Looked
    {
        Expansion expansion;
        Expansion::Outcome outcome;
    };
    runOnDisk(
        this,
        [expansion = m_expansion]() mutable {
            Expansion::Outcome outcome = expansion.list();
            return Looked{std::move(expansion), std::move(outcome)};
        },
        [this, turn = m_turn](Looked looked) {
            if (turn != m_turn)
                return;
            if (looked.outcome.kind == Kind::Failed) { // no retry makes this zip a good one
                dropFile();
                fail(looked.outcome.problem);
                return;
            }
            m_expansion = std::move(looked.expansion);
            if (m_expansion.shared->isCancelled)
                setState(State::Cancelled);
            else if (looked.outcome.kind == Kind::Conflict)
                ask(looked.outcome.question);
            else
                expand(std::nullopt);
        });
}

void DownloadJob::expand(std::optional<Answer> answer)
{
    m_row.done = 0;
    m_row.total = m_expansion.size();
    setState(State::Expanding);
    runOnDisk(
        this, [expansion = m_expansion, answer] { return expansion.expand(answer); },
        [this, turn = m_turn](const Expansion::Outcome &outcome) {
            if (turn != m_turn)
                return;
            switch (outcome.kind) {
            case Kind::Whole:
                dropFile();
                finish(m_request.folder);
                break;
            case Kind::Conflict:
                ask(outcome.question);
                break;
            case Kind::Cancelled:
                setState(State::Cancelled);
                break;
            case Kind::Failed:
                if (std::exchange(m_wasExpanded, true)) // a second time: it may be the zip and not the disk
                    dropFile();
                fail(outcome.problem);
                break;
            }
        });
}

void DownloadJob::place(std::optional<Answer> answer)
{
    setState(State::Running);
    struct Step
    {
        QString notAZip;
        Placed placed;
    };
    const QString name = downloadFileName(m_request.source);
    runOnDisk(
        this,
        [part = m_file->path(), folder = m_request.folder, name, isZip = isZip(m_request.source), answer] {
            Step step;
            step.notAZip = isZip ? notAZip(part) : QString();
            if (step.notAZip.isEmpty())
                step.placed = placeFile(part, folder, name, answer);
            return step;
        },
        [this, turn = m_turn, name](const Step &step) {
            if (!step.placed.target.isEmpty()) { // also where it was cancelled too late
                m_file.reset();
                m_isWhole = false;
                finish(step.placed.target);
            } else if (turn != m_turn) {
                return;
            } else if (!step.notAZip.isEmpty()) {
                dropFile();
                fail(step.notAZip);
            } else if (!step.placed.problem.isEmpty()) {
                fail(step.placed.problem);
            } else {
                ask({m_request.folder, {name}, false});
            }
        });
}

void DownloadJob::ask(const DownloadQuestion &question)
{
    m_row.question = question;
    setState(State::Asking);
}

void DownloadJob::answer(Answer answer)
{
    if (m_row.state != State::Asking)
        return;
    if (answer == Answer::Cancel)
        cancel();
    else if (m_request.expand && isZip(m_request.source))
        expand(answer);
    else
        place(answer);
}

void DownloadJob::cancel()
{
    if (m_row.isFinished())
        return;
    m_reply.cancel();
    if (m_row.state == State::Expanding) {
        m_expansion.shared->isCancelled = true; // it says itself when all is as it was
        return;
    }
    ++m_turn;
    setState(State::Cancelled);
}

void DownloadJob::discard()
{
    if (m_row.isFinished())
        return dropFile();
    m_reply.cancel();
    m_expansion.shared->isCancelled = true;
    ++m_turn;
    dropFile();
}

void DownloadJob::fail(const QString &sentence)
{
    m_row.error = sentence;
    setState(State::Failed);
}

void DownloadJob::finish(const QString &target)
{
    m_row.target = target;
    setState(State::Done);
}

void DownloadJob::dropFile()
{
    m_isWhole = false;
    if (!m_file)
        return;
    // A large file takes its time to go.
    diskThreads().start([file = std::exchange(m_file, nullptr), folder = std::exchange(m_madeFolder, {})] {
        file->remove();
        if (!folder.isEmpty())
            QDir().rmdir(folder); // where nothing else is in it
    });
}
