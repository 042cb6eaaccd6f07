// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/reply.h"

namespace api {

void ReplyBase::cancel()
{
    if (m_finished)
        return;
    settleAsCancelled();
    settled();
    emit cancelled();
}

void ReplyBase::settled()
{
    m_finished = true;
    emit finished();
    deleteLater();
}

} // namespace api
