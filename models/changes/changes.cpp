// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/changes/changes.h"

#include "models/api/background.h"
#include "models/changes/stepkinds.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;
using Way = Outcome::Way;

namespace {

// The steps that take `steps` back, last first; empty where one of them can't be.
std::vector<Step> reversed(const std::vector<Step> &steps)
{
    std::vector<Step> back;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        if (auto one = stepkinds::reversed(*step))
            back.push_back(std::move(*one));
    }
    return back;
}

// What undo remembers of them. Where none can be taken back they bar the way to what is older, so that
// undo never surprises.
std::vector<Step> remembered(const std::vector<Step> &done)
{
    std::vector<Step> undoable = done;
    std::erase_if(undoable, [](const Step &step) { return !stepkinds::reversed(step); });
    return undoable.empty() ? done : undoable;
}

QString verbOf(const std::vector<UndoLog::Entry> &entries)
{
    return entries.empty() ? QString() : stepkinds::verb(entries.back().steps);
}

} // namespace

Changes::Changes(Sessions &sessions, Tasks &tasks, const QString &path, QObject *parent)
    : QObject(parent)
    , m_sessions(sessions)
    , m_tasks(tasks)
    , m_log(path)
{
    connect(&m_log, &UndoLog::changed, this, &Changes::undoChanged);
    if (!path.isEmpty())
        m_journals = path + ".open"_L1;
    recall();
}

Changes::~Changes()
{
    // What the runs under way have done so far can be taken back the next time, which also tells of them.
    for (ChangeRun *run : std::exchange(m_running, {})) {
        remember(run->outcome(), isKept(run->outcome().server));
        m_log.flush();
        if (run->m_journal)
            run->m_journal->remembered();
        delete run;
    }
}

ChangeRun *Changes::run(Session *session, std::vector<Step> steps, const Options &options)
{
    return add(session, std::move(steps), Way::Done, options);
}

ChangeRun *Changes::add(Session *session, std::vector<Step> steps, Way way, const Options &options)
{
    auto *run = new ChangeRun(session, std::move(steps), way, this);
    run->m_checksFirst = options.checksFirst;
    run->m_firstMayBeDone = options.firstMayBeDone;
    connect(run, &ChangeRun::ended, this, [this, run] { settle(run); });
    const bool asks = m_gate && !options.isConfirmed && session->profile().asksBeforeWriting
        && !session->client().isReadOnly();
    m_waiting.push_back(run);
    if (!asks) {
        admit(run);
        return run;
    }
    m_gate(stepkinds::verb(run->outcome().steps), [this, run = QPointer<ChangeRun>(run)](bool yes) {
        if (!run)
            return;
        if (yes)
            admit(run);
        else
            run->cancel();
    });
    return run;
}

void Changes::admit(ChangeRun *run)
{
    if (m_journals.isEmpty() || !isKept(run->outcome().server)) {
        run->m_mayStart = true;
        startWaiting();
        return;
    }
    run->m_isBeingWritten = true;
    runOnDisk(run,
        [folder = m_journals, begun = run->outcome()] { return std::make_shared<Journal>(folder, begun); },
        [this, run](const std::shared_ptr<Journal> &journal) {
            if (run->m_isEnded) // cancelled meanwhile
                return;
            journal->begin();
            run->m_journal = journal;
            run->m_isBeingWritten = false;
            run->m_mayStart = true;
            startWaiting();
        });
}

// From the event loop, so that whoever asked can connect to the run first.
void Changes::startWaiting()
{
    QMetaObject::invokeMethod(this, [this] {
        const std::vector<ChangeRun *> waiting = m_waiting;
        QSet<QString> ahead; // servers of runs that begin as soon as they are written down: nobody overtakes
        for (ChangeRun *run : waiting) {
            const QString server = run->outcome().server;
            const bool isBusy = ahead.contains(server)
                || std::ranges::any_of(
                    m_running, [&](const ChangeRun *other) { return other->outcome().server == server; });
            if (run->m_isBeingWritten)
                ahead.insert(server);
            if (!run->m_mayStart || isBusy)
                continue;
            std::erase(m_waiting, run);
            m_running.push_back(run);
            run->start(m_tasks);
        }
    }, Qt::QueuedConnection);
}

void Changes::settle(ChangeRun *run)
{
    std::erase(m_waiting, run);
    std::erase(m_running, run);
    const Outcome outcome = run->outcome();
    remember(outcome, isKept(outcome.server));
    if (run->m_journal) {
        m_log.flush(); // before what could tell of it goes
        run->m_journal->remove();
    }
    if (!outcome.done.empty())
        emit applied(outcome.server, outcome.done);
    emit run->finished(outcome);
    emit finished(outcome, run->keepsFailures());
    run->deleteLater();
    startWaiting();
    if (m_waiting.empty() && m_running.empty())
        emit idle();
}

std::vector<const ChangeRun *> Changes::unfinished() const
{
    std::vector<const ChangeRun *> all(m_running.begin(), m_running.end());
    all.insert(all.end(), m_waiting.begin(), m_waiting.end());
    return all;
}

void Changes::cancelAll()
{
    for (ChangeRun *run : m_running)
        run->cancel();
    for (ChangeRun *run : m_waiting)
        run->cancel();
}

// The sample data are new with every start.
bool Changes::isKept(const QString &server) const
{
    const Session *session = m_sessions.find(server);
    return session && session->profile().keySource != Profile::KeySource::Demo;
}

// What earlier starts did before they were ended can be taken back like everything else.
void Changes::recall()
{
    if (m_journals.isEmpty())
        return;
    m_brokenOff = Journal::brokenOff(m_journals);
    for (Journal::BrokenOff &broken : m_brokenOff) {
        if (broken.isRemembered)
            continue;
        remember(broken.outcome, true);
        m_log.flush();
        broken.journal->remembered();
    }
}

bool Changes::goOn(const Journal::BrokenOff &broken)
{
    Session *session = ready(broken.outcome.server, broken.outcome.steps);
    if (!session)
        return false;
    const std::vector<Step> left = broken.outcome.left;
    const bool firstMayBeDone = broken.isUncertain;
    forget(broken);
    if (!left.empty())
        add(session, left, Way::Done, {.firstMayBeDone = firstMayBeDone});
    return true;
}

bool Changes::takeBack(const Journal::BrokenOff &broken)
{
    Session *session = ready(broken.outcome.server, broken.outcome.steps);
    if (!session)
        return false;
    std::vector<Step> steps = broken.outcome.done;
    const bool firstMayBeDone = broken.isUncertain && stepkinds::reversed(broken.outcome.left.front());
    if (firstMayBeDone)
        steps.push_back(broken.outcome.left.front());
    m_log.drop(broken.outcome.server, remembered(broken.outcome.done));
    forget(broken);
    std::vector<Step> back = reversed(steps);
    if (!back.empty())
        add(session, std::move(back), Way::Undone, {.checksFirst = true, .firstMayBeDone = firstMayBeDone});
    return true;
}

void Changes::forget(const Journal::BrokenOff &broken)
{
    const std::shared_ptr<Journal> journal = broken.journal;
    journal->remove();
    std::erase_if(m_brokenOff, [&](const Journal::BrokenOff &one) { return one.journal == journal; });
}

void Changes::remember(const Outcome &outcome, bool isKept)
{
    const UndoLog::Entry again{outcome.server, reversed(outcome.done), isKept};
    switch (outcome.way) {
    case Way::Done:
        m_log.done({outcome.server, remembered(outcome.done), isKept});
        break;
    // What failed for now is tried by the next undo; a conflict would only come again.
    case Way::Undone:
        m_log.pushUndo({outcome.server, reversed(outcome.retryable()), isKept});
        m_log.pushRedo(again);
        break;
    case Way::Redone:
        m_log.pushRedo({outcome.server, outcome.retryable(), isKept});
        m_log.pushUndo({outcome.server, outcome.done, isKept});
        break;
    }
}

QString Changes::undoText() const
{
    return verbOf(m_log.undo());
}

QString Changes::redoText() const
{
    return verbOf(m_log.redo());
}

bool Changes::canUndo() const
{
    return !m_log.undo().empty() && stepkinds::reversed(m_log.undo().back().steps.front());
}

ChangeRun *Changes::undo()
{
    if (!canUndo())
        return nullptr;
    return replay(m_log.undo(), Way::Undone);
}

ChangeRun *Changes::redo()
{
    return replay(m_log.redo(), Way::Redone);
}

ChangeRun *Changes::replay(const std::vector<UndoLog::Entry> &entries, Way way)
{
    if (entries.empty())
        return nullptr;
    Session *session = ready(entries.back().server, entries.back().steps);
    if (!session)
        return nullptr;
    const UndoLog::Entry entry = way == Way::Undone ? m_log.takeUndo() : m_log.takeRedo();
    std::vector<Step> steps = way == Way::Undone ? reversed(entry.steps) : entry.steps;
    return add(session, std::move(steps), way, {.checksFirst = true});
}

// The server the steps were sent to, if it can be written to now.
Session *Changes::ready(const QString &server, const std::vector<Step> &steps)
{
    Session *session = m_sessions.find(server);
    if (!session || session->state() != Session::State::Ready) {
        emit problem(tr("“%1” was done on a server that is not connected now. Connect to it first.")
                         .arg(stepkinds::verb(steps)));
        return nullptr;
    }
    if (session->client().isReadOnly()) {
        emit problem(tr("%1 is read-only here: nothing can be changed on it.").arg(session->profile().name));
        return nullptr;
    }
    return session;
}
