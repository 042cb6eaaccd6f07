// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/downloads/downloads.h"

#include "models/downloads/downloadjob.h"
#include "models/values/format.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using State = Download::State;

namespace {

constexpr int mostAtOnce = 2;
constexpr auto pace = std::chrono::milliseconds(100);

QString timeLeftText(qint64 milliseconds)
{
    const qint64 seconds = milliseconds / 1000 + 1; // finer would flicker
    return seconds < 60 ? Downloads::tr("%1 s").arg(seconds) : format::duration(seconds * 1000);
}

QString stateText(const Download &download)
{
    switch (download.state) {
    case State::Waiting:
        return Downloads::tr("Waiting");
    case State::Asking:
        return Downloads::tr("Asks about existing files");
    case State::Running:
        return download.timeLeft < 0 ? Downloads::tr("Downloading")
                                     : Downloads::tr("Downloading, %1 left").arg(timeLeftText(download.timeLeft));
    case State::Expanding:
        return Downloads::tr("Expanding");
    case State::Done:
        return Downloads::tr("Done");
    case State::Failed:
        return Downloads::tr("Failed: %1").arg(download.error);
    case State::Cancelled:
        return Downloads::tr("Cancelled");
    }
    return {};
}

// Rounded down: 100 % is not said before all is there.
int percent(const Download &download)
{
    if (download.state == State::Done)
        return 100;
    return download.total <= 0 ? -1 : static_cast<int>(std::min<qint64>(download.done * 100 / download.total, 100));
}

QString progressText(const Download &download)
{
    const int part = percent(download);
    return part < 0 ? QString() : Downloads::tr("%1 %").arg(part);
}

QString sizeText(const Download &download)
{
    const bool isPart = download.state != State::Done && download.done > 0 && download.done != download.total;
    if (download.total < 0)
        return download.done > 0 ? format::bytes(download.done) : format::missing();
    return isPart ? Downloads::tr("%1 of %2").arg(format::bytes(download.done), format::bytes(download.total))
                  : format::bytes(download.total);
}

QString speedText(const Download &download)
{
    return download.speed > 0 ? Downloads::tr("%1/s").arg(format::bytes(download.speed)) : QString();
}

using D = Download;

} // namespace

Downloads::Downloads(QObject *parent)
    : RowTable<Download>(
        {
            {"name", tr("Name"), {}, Qt::AlignLeft, [](const D &row) { return row.title; }, {}, {}},
            {"state", tr("State"), {}, Qt::AlignLeft, stateText,
                [](const D &row) { return QVariant(static_cast<int>(row.state)); }, {}},
            {"progress", tr("Progress"), {}, Qt::AlignRight, progressText,
                [](const D &row) { return QVariant(percent(row)); }, {}},
            {"size", tr("Size"), {}, Qt::AlignRight, sizeText,
                [](const D &row) { return QVariant(std::max(row.total, row.done)); }, {}},
            {"speed", tr("Speed"), {}, Qt::AlignRight, speedText, [](const D &row) { return QVariant(row.speed); }, {}},
            {"folder", tr("Folder"), {}, Qt::AlignLeft, [](const D &row) { return row.folder; }, {}, {}},
        },
        [](const D &row) { return QString::number(row.id); }, parent)
{
    m_progress.setSingleShot(true);
    m_progress.setInterval(pace);
    connect(&m_progress, &QTimer::timeout, this, &Downloads::publish);
}

Downloads::~Downloads() = default;

int Downloads::add(api::Client &client, const DownloadRequest &request)
{
    const int id = ++m_lastId;
    m_jobs.push_back(std::make_unique<DownloadJob>(id, client, request, m_space));
    DownloadJob *added = m_jobs.back().get();
    connect(added, &DownloadJob::progressed, this, [this] {
        if (!m_progress.isActive())
            m_progress.start();
    });
    connect(added, &DownloadJob::stateChanged, this, [this, added, id] {
        startWaiting();
        publish();
        const Download &row = added->row();
        if (row.state == State::Asking)
            emit asked(id);
        else if (row.isFinished())
            emit ended(id);
    });
    startWaiting();
    publish();
    return id;
}

const Download *Downloads::find(int id) const
{
    const DownloadJob *found = job(id);
    return found ? &found->row() : nullptr;
}

int Downloads::unfinished() const
{
    return static_cast<int>(std::ranges::count_if(m_jobs, [](const auto &job) { return !job->row().isFinished(); }));
}

void Downloads::cancel(int id)
{
    if (DownloadJob *found = job(id))
        found->cancel();
}

void Downloads::retry(int id)
{
    DownloadJob *found = job(id);
    if (found && found->row().canRetry())
        found->wait();
}

void Downloads::answer(int id, DownloadQuestion::Answer answer)
{
    if (DownloadJob *found = job(id))
        found->answer(answer);
}

void Downloads::remove(int id)
{
    const auto found = std::ranges::find_if(m_jobs, [id](const auto &job) { return job->row().id == id; });
    if (found == m_jobs.end())
        return;
    (*found)->discard();
    found->release()->deleteLater(); // it may be what has called
    m_jobs.erase(found);
    startWaiting();
    publish();
}

void Downloads::removeDone()
{
    std::vector<int> ids;
    for (const auto &job : m_jobs) {
        if (job->row().isFinished())
            ids.push_back(job->row().id);
    }
    for (const int id : ids)
        remove(id);
}

DownloadJob *Downloads::job(int id) const
{
    const auto found = std::ranges::find_if(m_jobs, [id](const auto &job) { return job->row().id == id; });
    return found == m_jobs.end() ? nullptr : found->get();
}

// Oldest first. Starting one may end it at once, and comes back here.
void Downloads::startWaiting()
{
    while (std::ranges::count_if(m_jobs, [](const auto &job) { return job->isUnderWay(); }) < mostAtOnce) {
        const auto next
            = std::ranges::find_if(m_jobs, [](const auto &job) { return job->row().state == State::Waiting; });
        if (next == m_jobs.end())
            return;
        (*next)->start();
    }
}

void Downloads::publish()
{
    std::vector<Download> rows;
    for (auto job = m_jobs.rbegin(); job != m_jobs.rend(); ++job) {
        (*job)->measure();
        rows.push_back((*job)->row());
        if ((*job)->isUnderWay() && !m_progress.isActive())
            m_progress.start(); // what is expanded says nothing by itself
    }
    setRows(std::move(rows));
}
