// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/reply.h"
#include "models/api/transport.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QPointer>

namespace api {

// One request from send() to its outcome, through queue, attempts and redirects; the body is kept in memory.
// Owned by Transport. For transport.cpp and transportdownload.cpp only.
class Transport::Exchange : public QObject
{
public:
    Exchange(Transport &transport, const Request &request, ReplyBase *owner, Done done);

    Priority priority() const { return m_request.priority; }
    virtual void start(); // a new attempt
    void stop(); // without an outcome
    void fail(Error error);

protected:
    virtual QNetworkRequest networkRequest() const;
    virtual bool mayFollow(const QUrl &target) const;
    virtual void takeHeaders();
    virtual void takeProgress(qint64 done, qint64 total);
    virtual void drain();
    virtual void conclude();
    virtual void succeed();
    virtual qint64 received() const { return m_body.size(); } // bytes of this answer's body

    void ask(); // sends, also where a redirect led
    int status() const { return m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(); }
    void retryOrFail(Error error, std::optional<std::chrono::seconds> wait);
    void tell(qint64 done, qint64 total); // the owner
    void drop(); // the network's reply
    void finish(Result<QByteArray> outcome); // may delete the Client, and with it this: call it last
    void record(const QString &error);

    Transport &m_transport;
    Request m_request;
    QPointer<ReplyBase> m_owner;
    Done m_done;
    QUrl m_url;
    QNetworkReply *m_reply = nullptr;
    int m_attempt = 0;
    int m_redirects = 0;
    bool m_hasLeft = false; // a redirect led to another server: the key stays here, also on the way back
    bool m_hasEnded = false; // the network has nothing more to say
    bool m_isOver = false; // waits for its deletion

private:
    QNetworkReply *dispatch();
    bool readSlice();
    char *roomFor(qsizetype size);
    void concludeFailure(int status);
    void follow(int status);

    QByteArray m_body;
    QString m_tlsErrors;
    QElapsedTimer m_clock;
    qint64 m_sentAt = 0;
    QTimer m_backOff;
    bool m_isDraining = false; // drain() comes on the next turn
};

} // namespace api
