// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/changes/changes.h"

#include "models/changes/stepkinds.h"

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
}

Changes::~Changes()
{
    // What the runs under way have done so far can be taken back the next time.
    for (ChangeRun *run : std::exchange(m_running, {})) {
        remember(run->outcome());
        delete run;
    }
}

ChangeRun *Changes::run(Session *session, std::vector<Step> steps, const Options &options)
{
    return add(session, std::move(steps), Way::Done, options);
}

ChangeRun *Changes::add(Session *session, std::vector<Step> steps, Way way, const Options &options)
{
    auto *run = new ChangeRun(session, std::move(steps), way, options.checksFirst, this);
    connect(run, &ChangeRun::ended, this, [this, run] { settle(run); });
    const bool asks = m_gate && !options.isConfirmed && session->profile().asksBeforeWriting
        && !session->client().isReadOnly();
    m_waiting.push_back(run);
    if (!asks) {
        run->m_mayStart = true;
        startWaiting();
        return run;
    }
    m_gate(stepkinds::verb(run->outcome().steps), [this, run = QPointer<ChangeRun>(run)](bool yes) {
        if (!run)
            return;
        run->m_mayStart = yes;
        if (yes)
            startWaiting();
        else
            run->cancel();
    });
    return run;
}

// From the event loop, so that whoever asked can connect to the run first.
void Changes::startWaiting()
{
    QMetaObject::invokeMethod(this, [this] {
        const std::vector<ChangeRun *> waiting = m_waiting;
        for (ChangeRun *run : waiting) {
            const QString server = run->outcome().server;
            const bool isBusy = std::ranges::any_of(
                m_running, [&](const ChangeRun *other) { return other->outcome().server == server; });
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
    remember(outcome);
    if (!outcome.done.empty())
        emit applied(outcome.server, outcome.done);
    emit run->finished(outcome);
    emit finished(outcome, run->keepsFailures());
    run->deleteLater();
    startWaiting();
}

void Changes::remember(const Outcome &outcome)
{
    const Session *session = m_sessions.find(outcome.server);
    // The sample data are new with every start.
    const bool isKept = session && session->profile().keySource != Profile::KeySource::Demo;
    const UndoLog::Entry again{outcome.server, reversed(outcome.done), isKept};
    switch (outcome.way) {
    case Way::Done: {
        std::vector<Step> undoable = outcome.done;
        std::erase_if(undoable, [](const Step &step) { return !stepkinds::reversed(step); });
        m_log.done({outcome.server, std::move(undoable), isKept});
        break;
    }
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

ChangeRun *Changes::undo()
{
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
    const UndoLog::Entry &last = entries.back();
    Session *session = m_sessions.find(last.server);
    if (!session || session->state() != Session::State::Ready) {
        emit problem(tr("“%1” was done on a server that is not connected now. Connect to it first.")
                         .arg(stepkinds::verb(last.steps)));
        return nullptr;
    }
    if (session->client().isReadOnly()) {
        emit problem(tr("%1 is read-only here: nothing can be undone on it.").arg(session->profile().name));
        return nullptr;
    }
    const UndoLog::Entry entry = way == Way::Undone ? m_log.takeUndo() : m_log.takeRedo();
    std::vector<Step> steps = way == Way::Undone ? reversed(entry.steps) : entry.steps;
    return add(session, std::move(steps), way, {.checksFirst = true, .isConfirmed = false});
}
