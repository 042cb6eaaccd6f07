// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/background.h"
#include "models/api/cache.h"
#include "models/api/client.h"
#include "models/api/error.h"
#include "models/api/request.h"
#include "models/api/transport.h"

#include <QPointer>

// What the calls of Client are written with; for its own files only.
namespace api {

// From this size on an answer is decoded on another thread: below it the way there costs more.
inline constexpr qsizetype smallAnswer = 256 << 10;

using Query = std::vector<std::pair<QString, QString>>;

inline Request get(const QString &path, Query query = {}, Priority priority = Priority::Visible)
{
    return {.path = path, .query = std::move(query), .priority = priority};
}

inline Request post(const QString &path, const QByteArray &body)
{
    return {.verb = "POST", .path = path, .body = body};
}

inline Request getOfProject(const QString &path, const QString &workspace, const QString &project)
{
    return get(path, {{QStringLiteral("workspaceName"), workspace}, {QStringLiteral("projectName"), project}});
}

inline Request getOfExperiment(const QString &path, const QString &key, Priority priority = Priority::Visible)
{
    return get(path, {{QStringLiteral("experimentKey"), key}}, priority);
}

template<class T>
void finish(Reply<T> *reply, Result<T> result, const QString &title)
{
    if (!result) {
        Error error = result.error();
        error.request = title;
        result = std::move(error);
    }
    reply->finish(std::move(result));
}

void recordKept(Client &client, const Request &request, qint64 bytes); // in the log: nothing was sent

// Decodes an answer and settles reply. decode takes the body over and may run on another thread.
template<class T, class Decode>
void settle(Reply<T> *reply, Result<QByteArray> answer, const QString &title, Decode decode)
{
    if (!answer) {
        reply->finish(answer.error());
    } else if (answer.value().size() <= smallAnswer) {
        finish(reply, decode(std::move(answer.value())), title);
    } else {
        runInBackground(
            reply, [decode, body = std::move(answer.value())]() mutable { return decode(std::move(body)); },
            [reply, title](Result<T> result) { finish(reply, std::move(result), title); });
    }
}

// Asks the cache or the server.
template<class T, class Decode>
void ask(Client &client, Reply<T> *reply, const Request &request, Decode decode)
{
    Cache &cache = client.cache();
    if (const std::optional<QByteArray> kept = client.isFresh() ? std::nullopt : cache.find(request)) {
        recordKept(client, request, kept->size());
        QMetaObject::invokeMethod(
            reply, [reply, body = *kept, decode, title = request.title()] { settle(reply, Result(body), title, decode); },
            Qt::QueuedConnection);
        return;
    }
    const bool writes = request.isWrite();
    if (writes)
        cache.written();
    client.transport().send(request, reply,
        [reply, decode, request, writes, cache = QPointer(&cache), sentAt = cache.time()](Result<QByteArray> answer) {
            if (writes && cache)
                cache->written();
            else if (cache && answer)
                cache->keep(request, answer.value(), sentAt);
            settle(reply, std::move(answer), request.title(), decode);
        });
}

template<class T>
Reply<T> *Client::newReply()
{
    auto *reply = new Reply<T>(this);
    connect(reply, &ReplyBase::unhandled, this, &Client::unhandledError);
    return reply;
}

template<class T, class Decode>
Reply<T> *Client::call(const Request &request, Decode decode)
{
    auto *reply = newReply<T>();
    if (m_isReadOnly && request.isWrite()) {
        QMetaObject::invokeMethod(
            reply, [reply, title = request.title()] { reply->finish(readOnlyError(title)); }, Qt::QueuedConnection);
        return reply;
    }
    ask(*this, reply, request, std::move(decode));
    return reply;
}

} // namespace api
