// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/changes/journal.h"

#include "models/changes/stepkinds.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace {

// The first line is the run; each further one says what became of a step, by its number.
QByteArray firstLine(const Outcome &begun)
{
    QJsonArray steps;
    for (const Step &step : begun.steps)
        steps.append(stepkinds::toJson(step));
    const QJsonObject run{{u"server"_s, begun.server}, {u"way"_s, static_cast<int>(begun.way)}, {u"steps"_s, steps}};
    return QJsonDocument(run).toJson(QJsonDocument::Compact);
}

// Names sort by the time they were made.
QString newPath(const QString &folder)
{
    const QString time = QString::number(QDateTime::currentMSecsSinceEpoch()).rightJustified(15, u'0');
    return u"%1/%2-%3.run"_s.arg(folder, time, QUuid::createUuid().toString(QUuid::Id128));
}

QString lockPath(const QString &path)
{
    return path + ".lock"_L1;
}

} // namespace

Journal::Journal(const QString &path)
    : m_file(path)
    , m_lock(lockPath(path))
{
    m_lock.setStaleLockTime(0); // however long a run takes
}

Journal::Journal(const QString &folder, const Outcome &begun)
    : Journal(newPath(folder))
{
    QDir().mkpath(folder);
    if (!lock() || !m_file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return;
    m_file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    write(firstLine(begun));
}

Journal::~Journal()
{
    if (!m_isBegun)
        remove();
}

void Journal::begin()
{
    m_isBegun = true;
}

bool Journal::lock()
{
    return m_lock.tryLock(0);
}

void Journal::write(const QByteArray &line)
{
    if (!m_file.isOpen())
        return;
    m_file.write(line + '\n');
    m_file.flush(); // to the system, which outlives the program
}

void Journal::sending(std::size_t step)
{
    write("sending " + QByteArray::number(step));
}

void Journal::done(std::size_t step)
{
    write("done " + QByteArray::number(step));
}

void Journal::failed(std::size_t step)
{
    write("failed " + QByteArray::number(step));
}

void Journal::remembered()
{
    write("remembered");
}

void Journal::remove()
{
    m_file.remove();
    m_lock.unlock();
}

std::optional<Journal::BrokenOff> Journal::read()
{
    if (!m_file.open(QIODevice::ReadWrite))
        return std::nullopt;
    const QJsonDocument run = QJsonDocument::fromJson(m_file.readLine());
    BrokenOff broken;
    Outcome &outcome = broken.outcome;
    outcome.server = run["server"_L1].toString();
    outcome.way = static_cast<Outcome::Way>(std::clamp(run["way"_L1].toInt(), 0, 2));
    for (const QJsonValue &each : run["steps"_L1].toArray()) {
        if (auto step = stepkinds::fromJson(each.toObject()))
            outcome.steps.push_back(std::move(*step));
    }
    if (outcome.server.isEmpty() || outcome.steps.empty())
        return std::nullopt; // killed before it was written, so nothing was sent
    std::vector<bool> isDone(outcome.steps.size());
    std::optional<std::size_t> underWay;
    while (!m_file.atEnd()) {
        const QByteArray line = m_file.readLine();
        const qsizetype blank = line.indexOf(' ');
        const auto step = static_cast<std::size_t>(line.mid(blank + 1).trimmed().toULongLong());
        if (line == "remembered\n")
            broken.isRemembered = true;
        if (!line.endsWith('\n') || step >= isDone.size())
            continue; // the last line may be cut
        if (line.startsWith("done "))
            isDone[step] = true;
        if (line.startsWith("sending "))
            underWay = step;
        else if (underWay == step)
            underWay.reset();
    }
    for (std::size_t step = 0; step < outcome.steps.size(); ++step)
        (isDone[step] ? outcome.done : outcome.left).push_back(outcome.steps[step]);
    if (underWay) { // what came before it and failed must not hide it
        const Step &step = outcome.steps[*underWay];
        std::erase(outcome.left, step);
        outcome.left.insert(outcome.left.begin(), step);
        broken.isUncertain = true;
    }
    return broken;
}

std::vector<Journal::BrokenOff> Journal::brokenOff(const QString &folder)
{
    std::vector<BrokenOff> all;
    for (const QFileInfo &file : QDir(folder).entryInfoList({u"*.run"_s}, QDir::Files, QDir::Name)) {
        const std::shared_ptr<Journal> journal(new Journal(file.filePath()));
        if (!journal->lock()) {
            journal->begin(); // somebody else's
            continue;
        }
        auto broken = journal->read();
        if (!broken)
            continue; // goes
        journal->begin();
        broken->journal = journal;
        all.push_back(std::move(*broken));
    }
    return all;
}
