// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/notes/notes.h"

#include "models/session/settings.h"

#include <QDateTime>
#include <QFileInfo>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

QString withLineFeeds(QString text)
{
    return text.replace("\r\n"_L1, "\n"_L1).replace(u'\r', u'\n');
}

} // namespace

Notes::Notes(Changes &changes, const Settings &settings, QObject *parent)
    : QObject(parent)
    , m_changes(changes)
    , m_drafts(Drafts::folderBeside(settings))
{
    m_keeping.setSingleShot(true);
    m_keeping.setInterval(1s);
    connect(&m_keeping, &QTimer::timeout, this, &Notes::keepDraft);
}

Notes::~Notes()
{
    keepDraft();
}

void Notes::setSource(Session *session, const NotesSource &source)
{
    if (session == m_session && source.subject == m_source.subject && m_state != State::None) {
        m_source = source;
        refresh();
        return;
    }
    keepDraft();
    m_drafts.close();
    m_latest.cancel();
    m_session = session;
    m_source = source;
    m_base.clear();
    m_text.clear();
    m_reverted = QString();
    m_theirs.reset();
    m_draftFrom = 0;
    m_isEdited = m_isSaving = m_isOutdated = m_hasDraft = false;
    if (!session || source.subject.isEmpty()) {
        setState(State::None);
        return;
    }
    setState(State::Loading);
    refresh();
}

void Notes::refresh()
{
    if (!m_session || m_state == State::None)
        return;
    if (m_state == State::Failed)
        setState(State::Loading);
    const api::Client::Freshly freshly(m_session->client()); // what is edited must not be old
    m_latest(m_source.read(m_session->client()))
        ->then(this, [this](const QString &read) { take(read); })
        ->otherwise(this, [this](const api::Error &error) {
            m_error = error;
            if (m_state == State::Loading)
                setState(State::Failed);
            else
                emit saveFailed(error.sentence());
        });
}

void Notes::take(const QString &read)
{
    if (m_state == State::Loading) {
        m_base = read;
        m_text = withLineFeeds(read);
        // Where nothing can be saved nothing is begun, and a draft waits for better times.
        const auto draft = m_session->client().isReadOnly() ? std::nullopt : m_drafts.open(key());
        if (draft && withLineFeeds(read) == draft->text) {
            m_drafts.forget(); // saved, and the program ended before it heard of it
        } else if (draft) {
            m_base = draft->base;
            m_text = draft->text;
            m_draftFrom = draft->changed;
            m_isEdited = m_hasDraft = true;
            m_isOutdated = read != m_base;
        }
        setState(State::Ready);
        return;
    }
    if (m_isEdited) {
        m_isOutdated = read != m_base;
        emit statusChanged();
    } else if (read != m_base) {
        m_base = read;
        replaceText(withLineFeeds(read));
    }
}

QString Notes::original() const
{
    return withLineFeeds(m_base);
}

// A text that was written with carriage returns is not changed in every line because one was edited.
QString Notes::toServer(const QString &text) const
{
    QString wire = text;
    return m_base.contains("\r\n"_L1) ? wire.replace("\n"_L1, "\r\n"_L1) : wire;
}

Drafts::Key Notes::key() const
{
    return Drafts::keyOf(m_session, m_source.subject);
}

void Notes::setState(State state)
{
    m_state = state;
    emit stateChanged();
}

void Notes::replaceText(const QString &text)
{
    m_text = text;
    m_isEdited = m_text != original();
    if (!m_isEdited) {
        m_isOutdated = false;
        m_draftFrom = 0;
    }
    m_theirs.reset();
    keepSoon();
    emit textReplaced();
    emit statusChanged();
}

void Notes::setText(const QString &text)
{
    if (m_state != State::Ready || text == m_text)
        return;
    m_text = text;
    m_reverted = QString();
    m_isEdited = m_text != original();
    keepSoon();
    emit statusChanged();
}

// Not later for every letter: who types without a pause is kept as well.
void Notes::keepSoon()
{
    if (!m_keeping.isActive())
        m_keeping.start();
}

void Notes::keepDraft()
{
    m_keeping.stop();
    if (m_state != State::Ready)
        return;
    if (m_isEdited) {
        m_hasDraft = true;
        if (!m_drafts.keep({m_base, m_text, QDateTime::currentMSecsSinceEpoch()}))
            emit draftNotKept();
    } else if (m_hasDraft) {
        m_hasDraft = false;
        m_drafts.forget();
    }
}

void Notes::save()
{
    if (!m_session || m_state != State::Ready || m_isSaving || !m_isEdited)
        return;
    keepDraft(); // whatever comes of it, the text is safe
    m_isSaving = true;
    emit statusChanged();
    const QString sent = m_text;
    ChangeRun *run = m_changes.run(m_session, {m_source.write(m_base, toServer(sent))},
        {.checksFirst = true, .isConfirmed = false});
    run->keepFailures();
    connect(run, &ChangeRun::finished, this, [this, sent, key = key()](const Outcome &outcome) {
        if (key == this->key())
            settle(outcome, sent);
        else if (!outcome.done.empty())
            m_drafts.forget(key, sent); // saved while another page was opened
    });
}

void Notes::settle(const Outcome &outcome, const QString &sent)
{
    m_isSaving = false;
    if (!outcome.failed.empty()) {
        const Outcome::Failure &failure = outcome.failed.front();
        if (failure.why == Outcome::Failure::Why::Conflict && failure.now.isString()) {
            m_theirs = failure.now.toString();
            m_isOutdated = true;
            emit conflictFound();
        } else {
            emit saveFailed(failure.reason);
        }
    } else if (!outcome.done.empty()) {
        m_latest.cancel(); // an answer from before must not take the text away
        m_base = outcome.done.front().after.toString();
        m_isEdited = m_text != sent;
        m_isOutdated = false;
        m_draftFrom = 0;
        keepDraft();
        if (!m_isEdited)
            emit saved();
    }
    emit statusChanged();
}

void Notes::revert()
{
    m_reverted = m_text;
    replaceText(original());
}

void Notes::bringBack()
{
    const QString text = std::exchange(m_reverted, QString());
    replaceText(text);
}

void Notes::overwrite()
{
    keepEditing();
    save();
}

void Notes::keepEditing()
{
    if (!m_theirs)
        return;
    m_base = *std::exchange(m_theirs, std::nullopt);
    m_isOutdated = false;
    m_isEdited = m_text != original();
    keepSoon();
    emit statusChanged();
}

void Notes::discardMine()
{
    if (!m_theirs)
        return;
    keepEditing();
    revert();
}
