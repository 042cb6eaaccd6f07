// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/changereporter.h"

#include "models/changes/changes.h"
#include "models/changes/stepkinds.h"
#include "ui/actions.h"
#include "ui/changes/outcomedialog.h"
#include "ui/openchanges.h"
#include "ui/widgets/confirmdialog.h"
#include "ui/widgets/messagebar.h"

#include <QAction>

using namespace Qt::StringLiterals;

ChangeReporter::ChangeReporter(Changes &changes, Sessions &sessions, MessageBar &messages,
    const Actions &actions, QWidget *window)
    : QObject(window)
    , m_changes(changes)
    , m_sessions(sessions)
    , m_messages(messages)
    , m_actions(actions)
    , m_window(window)
{
    connect(actions[Actions::Undo], &QAction::triggered, &changes, &Changes::undo);
    connect(actions[Actions::Redo], &QAction::triggered, &changes, &Changes::redo);
    connect(&changes, &Changes::undoChanged, this, &ChangeReporter::showUndo);
    connect(&changes, &Changes::finished, this, &ChangeReporter::report);
    connect(&changes, &Changes::problem, this,
        [this](const QString &sentence) { m_messages.post(MessageBar::Kind::Warning, sentence); });
    changes.setGate([this](const QString &verb, const std::function<void(bool)> &answered) {
        auto *question = new ConfirmDialog(
            {.title = tr("%1?").arg(verb), .sentence = tr("This server is set to ask before every change."),
                .verb = verb, .isDestructive = false},
            m_window);
        question->setAttribute(Qt::WA_DeleteOnClose);
        connect(question, &QDialog::finished, this,
            [answered](int result) { answered(result == QDialog::Accepted); });
        question->open();
    });
    showUndo();
    new OpenChanges(changes, messages, window);
}

void ChangeReporter::showUndo()
{
    const auto show = [this](Actions::Id id, QString text, bool isEnabled) {
        QAction *action = m_actions[id];
        action->setText(text.replace(u'&', u"&&"_s));
        action->setEnabled(isEnabled);
    };
    const QString undo = m_changes.undoText();
    const QString redo = m_changes.redoText();
    if (undo.isEmpty() || m_changes.canUndo())
        show(Actions::Undo, tr("Undo %1").arg(undo).trimmed(), !undo.isEmpty());
    else
        show(Actions::Undo, tr("Can’t Undo %1").arg(undo), false);
    show(Actions::Redo, tr("Redo %1").arg(redo).trimmed(), !redo.isEmpty());
}

void ChangeReporter::report(const Outcome &outcome, bool failuresAreKept)
{
    if (outcome.done.empty() && outcome.failed.empty())
        return; // the person has said no
    if (outcome.isWhole()) {
        const bool canUndo = outcome.way == Outcome::Way::Done && stepkinds::reversed(outcome.done.front());
        if (canUndo)
            m_messages.post(MessageBar::Kind::Success, outcome.sentence(), tr("Undo"), &m_changes,
                [this] { m_changes.undo(); });
        else
            m_messages.post(MessageBar::Kind::Success, outcome.sentence());
    } else if (!failuresAreKept) {
        const auto kind = outcome.done.empty() ? MessageBar::Kind::Error : MessageBar::Kind::Warning;
        if (outcome.failed.size() == 1 && outcome.left.empty() && outcome.done.empty())
            m_messages.post(kind, outcome.sentence());
        else
            m_messages.post(kind, outcome.sentence(), tr("Details…"), this,
                [this, outcome] { showFailures(outcome); });
    }
}

void ChangeReporter::showFailures(const Outcome &outcome)
{
    auto *dialog = new OutcomeDialog(outcome, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &OutcomeDialog::retryRequested, this, [this, outcome] {
        if (Session *session = m_sessions.find(outcome.server))
            m_changes.run(session, outcome.retryable());
    });
    dialog->open();
}
