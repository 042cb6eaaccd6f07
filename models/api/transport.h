// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/request.h"
#include "models/api/result.h"
#include "models/api/trust.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QNetworkAccessManager;

namespace api {

class DownloadFile;
class ReplyBase;
class RequestLog;

// Carries requests to one server: the only user of QNetworkAccessManager. At most six are under way, what
// is on screen before background work; reads are tried again after failures that pass. The key goes to
// the server's own scheme, host and port and nowhere else. Owned by Client; lives on the main thread.
class Transport : public QObject
{
    Q_OBJECT
public:
    struct Policy
    {
        int inFlight = 6;
        int backgroundInFlight = 4; // so that a click never waits for background answers only
        int retries = 3;
        int redirects = 5;
        std::chrono::milliseconds silence{30'000}; // longest time without a byte
        std::chrono::milliseconds backOff{300}; // before the first retry; doubles, with jitter
        std::chrono::milliseconds longestPause{60'000}; // asked for longer, we fail and say how long
    };
    using Done = std::function<void(Result<QByteArray>)>;

    Transport(const QUrl &root, const QString &apiKey, QObject *parent = nullptr);
    ~Transport() override;

    const QUrl &root() const { return m_root; }
    RequestLog &requestLog() const { return *m_log; }
    const Policy &policy() const { return m_policy; }
    void setPolicy(const Policy &policy) { m_policy = policy; }

    // Calls done exactly once, from the event loop; not at all once owner is cancelled or dead. owner's
    // progress() tells the bytes. The body has capacity to spare for decode::padding.
    void send(const Request &request, ReplyBase *owner, Done done);
    // The same for a read whose answer goes to file, of any size and with little memory: what file holds already
    // is gone on from where the server can do so, and the body that done gets is empty. progress() tells what is
    // on disk. A redirect to another host is followed, without the key (PROTOCOL 1.6, 4.6).
    void download(const Request &request, const std::shared_ptr<DownloadFile> &file, ReplyBase *owner, Done done);
    bool isIdle() const { return m_visible.empty() && m_background.empty() && m_underWay.empty(); }

private:
    class Exchange;
    class Download;
    friend class Exchange;

    Exchange *newDownload(
        const Request &request, const std::shared_ptr<DownloadFile> &file, ReplyBase *owner, Done done);
    void begin(Exchange *exchange);
    void schedule(); // startWaiting() on the next turn of the event loop
    void startWaiting();
    Exchange *nextWaiting();
    void enqueue(Exchange *exchange, bool first);
    void release(Exchange *exchange); // its place among those under way
    void forget(Exchange *exchange);
    void pauseFor(std::chrono::milliseconds time); // nothing is sent meanwhile (Retry-After)
    QString withoutKey(QString text) const;
    bool isOwn(const QUrl &url) const; // of our server, so that the key may go there

    QUrl m_root;
    QByteArray m_key;
    Policy m_policy;
    QNetworkAccessManager *m_network;
    RequestLog *m_log;
    std::deque<Exchange *> m_visible;
    std::deque<Exchange *> m_background;
    std::vector<Exchange *> m_underWay;
    QDeadlineTimer m_pause;
    QTimer m_wake;
    std::optional<Trust> m_trust; // of https only
};

} // namespace api
