// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/reply.h"

#include <QSignalSpy>

#include <memory>

// How a call ended (what changes call Outcome is another thing), kept beyond the life of its reply.
class CallOutcome : public QObject
{
    Q_OBJECT
public:
    int values = 0;
    int errors = 0;
    int ends = 0; // must become 1
    api::Error error; // also where it was cancelled

    bool wait(int milliseconds = 30'000)
    {
        if (ends == 0)
            QSignalSpy(this, &CallOutcome::ended).wait(milliseconds);
        return ends > 0;
    }

signals:
    void ended();
};

template<class T>
std::shared_ptr<CallOutcome> watch(api::Reply<T> *reply)
{
    auto outcome = std::make_shared<CallOutcome>();
    auto *context = outcome.get(); // keep the outcome for as long as you want to know
    reply->then(context, [context](const T &) { ++context->values; });
    reply->otherwise(context, [context](const api::Error &) { ++context->errors; });
    QObject::connect(reply, &api::ReplyBase::finished, context, [context, reply] {
        ++context->ends;
        if (!reply->result())
            context->error = reply->result().error();
        emit context->ended();
    });
    return outcome;
}
