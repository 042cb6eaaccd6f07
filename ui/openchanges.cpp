// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/openchanges.h"

#include "models/changes/changes.h"
#include "models/changes/stepkinds.h"
#include "models/values/format.h"
#include "ui/widgets/choicedialog.h"
#include "ui/widgets/messagebar.h"

#include <QCoreApplication>
#include <QEvent>
#include <QWidget>

#include <functional>

using namespace Qt::StringLiterals;
using Way = Outcome::Way;

namespace {

QString number(const std::vector<Step> &steps)
{
    return format::count(stepkinds::count(steps));
}

// "Tag 60 Experiments was broken off: 16 of 60 are done."
QString sentence(const Journal::BrokenOff &broken)
{
    const Outcome &outcome = broken.outcome;
    const QString what = stepkinds::verb(outcome.steps);
    QString text = OpenChanges::tr("“%1” was broken off when the program ended: %2 of %3 done.")
                       .arg(what, number(outcome.done), number(outcome.steps));
    if (broken.isUncertain)
        text += u' ' + OpenChanges::tr("Whether “%1” is done is not known yet.").arg(outcome.left.front().label);
    return text;
}

} // namespace

OpenChanges::OpenChanges(Changes &changes, MessageBar &messages, QWidget *window)
    : QObject(window)
    , m_changes(changes)
    , m_messages(messages)
    , m_window(window)
{
    window->installEventFilter(this);
    connect(&changes, &Changes::idle, this, [this] {
        if (m_isClosing)
            close();
    });
    // What was not sent must be seen, also by whoever let it go on in the background.
    connect(&changes, &Changes::finished, this, [this](const Outcome &outcome) {
        if (m_isClosing && !outcome.isWhole() && m_window->isHidden()) {
            m_isClosing = false;
            m_window->show();
        }
    });
    tell();
}

void OpenChanges::tell()
{
    if (m_changes.brokenOff().empty())
        return;
    const Journal::BrokenOff broken = m_changes.brokenOff().front();
    if (broken.outcome.way != Way::Done) { // undo and redo hold the rest of it
        m_changes.forget(broken);
        m_messages.post(MessageBar::Kind::Warning,
            tr("%1 %2 goes on with the rest.")
                .arg(sentence(broken), broken.outcome.way == Way::Undone ? tr("Undo") : tr("Redo")));
        tell();
        return;
    }
    m_messages.post(MessageBar::Kind::Warning, sentence(broken), tr("Decide…"), this, [this] { decide(); });
}

void OpenChanges::decide()
{
    if (m_changes.brokenOff().empty())
        return;
    const Journal::BrokenOff broken = m_changes.brokenOff().front();
    const Outcome &outcome = broken.outcome;
    QStringList verbs;
    std::vector<std::function<bool()>> deeds;
    if (!outcome.left.empty()) {
        verbs += tr("Go On with the Other %1").arg(number(outcome.left));
        deeds.emplace_back([this, broken] { return m_changes.goOn(broken); });
    }
    const bool canTakeBack = (!outcome.done.empty() && stepkinds::reversed(outcome.done.front()))
        || (broken.isUncertain && stepkinds::reversed(outcome.left.front()));
    if (canTakeBack) {
        verbs += tr("Undo What Is Done");
        deeds.emplace_back([this, broken] { return m_changes.takeBack(broken); });
    }
    verbs += tr("Leave It as It Is");
    deeds.emplace_back([this, broken] {
        m_changes.forget(broken);
        return true;
    });
    m_question = ChoiceDialog::ask({.title = tr("%1?").arg(stepkinds::verb(outcome.steps)),
                                       .sentence = sentence(broken), .verbs = verbs, .leave = tr("Later")},
        m_window, this, [this, deeds](int verb) {
            if (!deeds[static_cast<std::size_t>(verb)]())
                QMetaObject::invokeMethod(this, &OpenChanges::tell, Qt::QueuedConnection);
            else
                tell();
        });
    connect(m_question, &QDialog::rejected, this, &OpenChanges::tell);
}

bool OpenChanges::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::Close || watched != m_window || m_changes.unfinished().empty())
        return QObject::eventFilter(watched, event);
    event->ignore();
    if (!m_question)
        askBeforeClosing();
    return true;
}

void OpenChanges::askBeforeClosing()
{
    const std::vector<const ChangeRun *> runs = m_changes.unfinished();
    QStringList sentences;
    for (const ChangeRun *run : runs) {
        const Outcome &outcome = run->outcome();
        sentences += tr("“%1”: %2 of %3 done.")
                         .arg(stepkinds::verb(outcome.steps), number(outcome.done), number(outcome.steps));
    }
    m_question = ChoiceDialog::ask(
        {.title = tr("Quit While Changes Are Being Sent?"), .sentence = sentences.join(u'\n'),
            .verbs = {tr("Wait for Them, Then Quit"), tr("Go On in the Background, Then Quit"), tr("Stop Here and Quit")},
            .leave = tr("Cancel")},
        m_window, this, [this](int verb) {
            m_isClosing = true;
            if (verb == 1)
                m_window->hide();
            if (verb == 2)
                m_changes.cancelAll();
            if (m_changes.unfinished().empty()) // meanwhile
                close();
        });
}

void OpenChanges::close()
{
    const bool wasHidden = m_window->isHidden();
    m_window->close();
    if (wasHidden) // the last window that is seen ends the program, and this one isn't
        QCoreApplication::quit();
}
