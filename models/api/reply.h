// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/result.h"

#include <QObject>
#include <QPointer>

#include <memory>

namespace api {

// A call under way. Owned by whoever made it (the Client) until it has finished; it finishes exactly
// once and then deletes itself from the event loop. Lives on the main thread.
class ReplyBase : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    bool isFinished() const { return m_finished; }
    // Settles as Cancelled before anything is aborted: QNetworkReply::abort() emits at once.
    void cancel();

signals:
    void finished();
    void progress(qint64 done, qint64 total); // bytes or items; total is -1 where unknown
    void cancelled();
    void unhandled(const api::Error &error); // after finished(), where nobody has installed otherwise()

protected:
    virtual void settleAsCancelled() = 0;
    // Emits finished() and schedules the deletion; error is nullptr for a value.
    void settled(const Error *error);
    void markHandled() { m_handled = true; }

private:
    bool m_finished = false;
    bool m_handled = false;
};

// The typed half. Handlers run from the event loop on the main thread, never inside the call that
// started the request, and never after their context has died. otherwise() is never called for Cancelled.
template<class T>
class Reply : public ReplyBase
{
public:
    using Value = T;
    using ReplyBase::ReplyBase;

    const Result<T> &result() const { return *m_result; } // only once isFinished()

    void finish(Result<T> result)
    {
        if (isFinished())
            return;
        m_result = std::make_shared<const Result<T>>(std::move(result));
        settled(*m_result ? nullptr : &m_result->error());
    }

    template<class F>
    Reply *then(const QObject *context, F onValue)
    {
        connect(this, &ReplyBase::finished, context, [this, onValue = std::move(onValue)]() mutable {
            const auto result = m_result; // a handler may delete the Client, and with it this reply
            if (*result)
                onValue(result->value());
        });
        return this;
    }

    template<class F>
    Reply *otherwise(const QObject *context, F onError)
    {
        markHandled();
        connect(this, &ReplyBase::finished, context, [this, onError = std::move(onError)]() mutable {
            const auto result = m_result;
            if (!*result && result->error().kind != Error::Kind::Cancelled)
                onError(result->error());
        });
        return this;
    }

protected:
    void settleAsCancelled() override
    {
        m_result = std::make_shared<const Result<T>>(Error{Error::Kind::Cancelled, {}, 0, 0, {}});
    }

private:
    std::shared_ptr<const Result<T>> m_result;
};

// A place for at most one live reply: a new one cancels the one before, and dying cancels what is left.
// A member of models and pages; it rules out the answer that arrives for a subject already left.
class Latest
{
public:
    Latest() = default;
    Latest(const Latest &) = delete;
    Latest &operator=(const Latest &) = delete;
    ~Latest() { cancel(); }

    template<class R>
    R *operator()(R *reply)
    {
        cancel();
        m_reply = reply;
        return reply;
    }
    void cancel()
    {
        if (m_reply && !m_reply->isFinished())
            m_reply->cancel();
        m_reply.clear();
    }
    bool isRunning() const { return m_reply && !m_reply->isFinished(); }

private:
    QPointer<ReplyBase> m_reply;
};

} // namespace api
