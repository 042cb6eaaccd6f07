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

#include <algorithm>

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

void recordKept(Client &client, const Request &request, qint64 bytes); // in the log: nothing was sent

// Decodes an answer and settles reply; decoded runs before, where it could be read. decode takes the body
// over and may run on another thread.
template<class T, class Decode, class Decoded>
void settle(Reply<T> *reply, Result<QByteArray> answer, const QString &title, Decode decode, Decoded decoded)
{
    if (!answer) {
        reply->finish(answer.error());
        return;
    }
    const auto finish = [reply, title, decoded](Result<T> result) {
        if (result) {
            decoded();
        } else {
            Error error = result.error();
            error.request = title;
            result = std::move(error);
        }
        reply->finish(std::move(result));
    };
    if (answer.value().size() <= smallAnswer)
        finish(decode(std::move(answer.value())));
    else
        runInBackground(
            reply, [decode, body = std::move(answer.value())]() mutable { return decode(std::move(body)); }, finish);
}

// Asks the cache or the server.
template<class T, class Decode>
void ask(Client &client, Reply<T> *reply, const Request &request, Decode decode)
{
    Cache &cache = client.cache();
    if (const std::optional<QByteArray> kept = client.isFresh() ? std::nullopt : cache.find(request)) {
        recordKept(client, request, kept->size());
        QMetaObject::invokeMethod(
            reply, [reply, body = *kept, decode, title = request.title()] {
                settle(reply, Result(body), title, decode, [] { });
            },
            Qt::QueuedConnection);
        return;
    }
    if (request.isWrite()) {
        cache.clear();
        QObject::connect(reply, &ReplyBase::cancelled, &cache, &Cache::clear); // it may have happened all the same
        client.transport().send(
            request, reply, [reply, decode, title = request.title(), cache = QPointer(&cache)](Result<QByteArray> answer) {
                if (cache)
                    cache->clear();
                settle(reply, std::move(answer), title, decode, [] { });
            });
        return;
    }
    client.transport().send(
        request, reply, [reply, decode, request, cache = QPointer(&cache), sentAt = cache.time()](Result<QByteArray> answer) {
            // Only what can be read is kept.
            const QByteArray body = answer && cache && cache->mayKeep(request) ? answer.value() : QByteArray();
            settle(reply, std::move(answer), request.title(), decode, [request, cache, sentAt, body] {
                if (cache && !body.isNull())
                    cache->keep(request, body, sentAt);
            });
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
    Request bounded = request;
    if (request.isWrite())
        bounded.limit = std::min(bounded.limit, Request::shortLimit);
    ask(*this, reply, bounded, std::move(decode));
    return reply;
}

} // namespace api
