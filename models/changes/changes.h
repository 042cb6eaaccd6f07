// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/changes/journal.h"
#include "models/changes/outcome.h"
#include "models/changes/undolog.h"

#include "models/session/sessions.h"
#include "models/session/tasks.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <vector>

// Steps being sent to one server, one at a time and in order. Made by Changes::run(); deletes itself after
// finished().
class ChangeRun : public QObject
{
    Q_OBJECT
public:
    const Outcome &outcome() const { return m_outcome; }
    // The one who started it shows failures: Changes::finished() then tells the window not to.
    void keepFailures() { m_keepsFailures = true; }
    bool keepsFailures() const { return m_keepsFailures; }
    void cancel(); // before the next call; the one under way is awaited

signals:
    void finished(const Outcome &outcome);
    void ended(); // for Changes, which then emits finished()

private:
    friend class Changes;
    ChangeRun(Session *session, std::vector<Step> steps, Outcome::Way way, QObject *parent);

    void start(Tasks &tasks);
    void next();
    void lookThenSend(const Step &step);
    void checkThenSend(const Step &step);
    void send(const Step &step);
    void settle(const api::Result<api::Acknowledgement> &result);
    void lookWhether(const api::Error &error);
    void done(const api::Acknowledgement &answer);
    void failed(Outcome::Failure::Why why, const QString &reason, const QJsonValue &now = {});
    void end();

    QPointer<Session> m_session;
    QPointer<Task> m_task;
    Outcome m_outcome;
    std::shared_ptr<Journal> m_journal; // none where nothing of it is to be kept
    std::size_t m_at = 0;
    bool m_checksFirst = false;
    bool m_firstMayBeDone = false;
    bool m_isCancelled = false;
    bool m_keepsFailures = false;
    bool m_isBeingWritten = false; // into its journal
    bool m_mayStart = false; // the person has said yes, or need not be asked
    bool m_isRunning = false;
    bool m_isEnded = false;
};

// Everything a person changes on servers goes through here: it is sent step by step, can be watched and
// cancelled, and what can be taken back is remembered, also after the program has ended. Owned by main;
// lives on the main thread.
class Changes : public QObject
{
    Q_OBJECT
public:
    // path is the file of the undo log, beside which the journals lie; empty keeps all of it in memory.
    Changes(Sessions &sessions, Tasks &tasks, const QString &path, QObject *parent = nullptr);
    ~Changes() override;

    struct Options
    {
        // Looks at each thing first, and leaves alone what isn't as Step::before says.
        bool checksFirst = false;
        // The person has just said yes to exactly this.
        bool isConfirmed = false;
        // An earlier start was ended while it sent the first step: looks whether it happened.
        bool firstMayBeDone = false;
    };
    // The steps are of one kind. Runs for the same server wait for each other. steps must not be empty.
    ChangeRun *run(Session *session, std::vector<Step> steps, const Options &options);
    ChangeRun *run(Session *session, std::vector<Step> steps) { return run(session, std::move(steps), Options()); }
    ChangeRun *run(Session *session, const Step &step) { return run(session, std::vector<Step>{step}, Options()); }

    // Runs that are being sent or wait to be.
    std::vector<const ChangeRun *> unfinished() const;
    void cancelAll();

    // Runs that an earlier start did not finish, until it is said what becomes of them. What they did is
    // remembered for undo. False where their server is not connected, or read-only: problem() says so.
    const std::vector<Journal::BrokenOff> &brokenOff() const { return m_brokenOff; }
    bool goOn(const Journal::BrokenOff &broken);
    bool takeBack(const Journal::BrokenOff &broken);
    void forget(const Journal::BrokenOff &broken);

    // Asks the person before anything is sent to a server whose profile wants it so. The window sets it.
    using Gate = std::function<void(const QString &verb, std::function<void(bool yes)> answered)>;
    void setGate(Gate gate) { m_gate = std::move(gate); }

    QString undoText() const; // "Archive 12 Experiments"; empty where there is nothing to undo
    QString redoText() const;
    bool canUndo() const; // else there is nothing, or the last change can't be taken back, nor what is older
    // Null where there is nothing, or its server is not connected: problem() then says so.
    ChangeRun *undo();
    ChangeRun *redo();

signals:
    void undoChanged();
    void problem(const QString &sentence);
    // Once each run: what was done is on the server, whatever failed. Before ChangeRun::finished().
    void applied(const QString &server, const std::vector<Step> &steps);
    // Nothing is under way any more.
    void idle();
    // After ChangeRun::finished(). The window says what happened.
    void finished(const Outcome &outcome, bool failuresAreKept);

private:
    ChangeRun *add(Session *session, std::vector<Step> steps, Outcome::Way way, const Options &options);
    void admit(ChangeRun *run);
    void startWaiting();
    void settle(ChangeRun *run);
    bool isKept(const QString &server) const;
    void recall();
    Session *ready(const QString &server, const std::vector<Step> &steps);
    void remember(const Outcome &outcome, bool isKept);
    ChangeRun *replay(const std::vector<UndoLog::Entry> &entries, Outcome::Way way);

    Sessions &m_sessions;
    Tasks &m_tasks;
    UndoLog m_log;
    Gate m_gate;
    std::vector<ChangeRun *> m_waiting;
    std::vector<ChangeRun *> m_running;
    QString m_journals; // a folder
    std::vector<Journal::BrokenOff> m_brokenOff;
};
