// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/reply.h"

namespace api {

void ReplyBase::cancel()
{
    if (m_finished)
        return;
    const QPointer<ReplyBase> self(this);
    settleAsCancelled();
    settled(nullptr); // a cancelled call is no error for people
    if (self)
        emit cancelled();
}

void ReplyBase::settled(const Error *error)
{
    m_finished = true;
    const QPointer<ReplyBase> self(this);
    emit finished();
    if (!self) // a listener has deleted the Client
        return;
    if (error && !m_handled && error->kind != Error::Kind::Cancelled)
        emit unhandled(*error);
    if (self)
        deleteLater();
}

} // namespace api
