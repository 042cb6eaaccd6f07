// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/notes/draftkeeper.h"

#include "models/session/session.h"

#include <QDateTime>

using namespace std::chrono_literals;

DraftKeeper::DraftKeeper(const Settings &settings, QObject *parent)
    : QObject(parent)
    , m_drafts(Drafts::folderBeside(settings))
{
    m_keeping.setSingleShot(true);
    m_keeping.setInterval(1s);
    connect(&m_keeping, &QTimer::timeout, this, &DraftKeeper::keep);
}

DraftKeeper::~DraftKeeper()
{
    keep();
}

std::optional<Draft> DraftKeeper::open(const Session *session, const QString &subject)
{
    close();
    if (!session || subject.isEmpty() || session->client().isReadOnly())
        return std::nullopt;
    m_key = Drafts::keyOf(session, subject);
    return m_drafts.open(*m_key);
}

void DraftKeeper::close()
{
    keep();
    m_drafts.close();
    m_key.reset();
}

bool DraftKeeper::isOpenFor(const Session *session, const QString &subject) const
{
    return m_key == Drafts::keyOf(session, subject);
}

void DraftKeeper::edited(const QString &base, const QString &text)
{
    if (!m_key)
        return;
    if (base == text) {
        forget();
        return;
    }
    m_typed = Draft{base, text, QDateTime::currentMSecsSinceEpoch()};
    m_keeping.start();
}

void DraftKeeper::keep()
{
    m_keeping.stop();
    if (m_key && m_typed)
        m_drafts.keep(*m_typed);
    m_typed.reset();
}

void DraftKeeper::forget()
{
    m_keeping.stop();
    m_typed.reset();
    if (m_key)
        m_drafts.forget();
}

void DraftKeeper::forget(const Session *session, const QString &subject, const QString &text)
{
    if (isOpenFor(session, subject)) // what was typed since stays
        return;
    m_drafts.forget(Drafts::keyOf(session, subject), text);
}
