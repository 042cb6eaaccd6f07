// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/websocket.h"

#include "app/localserver/http.h"
#include "app/localserver/messages.h"

#include <QHostAddress>
#include <QNetworkRequest>
#include <QObject>
#include <QThread>
#include <QTimer>
#include <QUrlQuery>
#include <QWebSocket>
#include <QWebSocketServer>

#include <cstdio>

namespace localserver {

using namespace Qt::StringLiterals;

namespace {

constexpr quint64 largestMessage = quint64(64) << 20;
// So long messages are gathered for one commit: nobody waits for an acknowledgement.
constexpr int gatherMillis = 20;

// Lives in the thread. Messages that arrive together are committed together.
class Listener : public QObject {
public:
    explicit Listener(Service &service)
        : m_service(service), m_server(u"Perihelion"_s, QWebSocketServer::NonSecureMode)
    {
        m_flush.setSingleShot(true);
        connect(&m_flush, &QTimer::timeout, this, &Listener::flush);
        connect(&m_server, &QWebSocketServer::newConnection, this, &Listener::accept);
        m_server.listen(QHostAddress::LocalHost);
    }
    ~Listener() override { flush(); }

    quint16 port() const { return m_server.serverPort(); }

private:
    void accept();
    void take(const QString &text);
    void flush();

    Service &m_service;
    QWebSocketServer m_server;
    QTimer m_flush;
    std::vector<Json> m_messages;
};

void Listener::accept()
{
    while (QWebSocket *socket = m_server.nextPendingConnection()) {
        socket->setParent(this);
        connect(socket, &QWebSocket::disconnected, socket, &QObject::deleteLater);
        const std::string host = socket->request().rawHeader("Host").toStdString();
        const std::string key =
            QUrlQuery(socket->requestUrl()).queryItemValue(u"apiKey"_s, QUrl::FullyDecoded).toStdString();
        if (!isLoopbackHost(host.empty() ? socket->requestUrl().host().toStdString() : host)
            || !sameKey(key, m_service.apiKey)) {
            socket->close(QWebSocketProtocol::CloseCodePolicyViolated);
            continue;
        }
        socket->setMaxAllowedIncomingMessageSize(largestMessage);
        socket->setMaxAllowedIncomingFrameSize(largestMessage);
        connect(socket, &QWebSocket::textMessageReceived, this, &Listener::take);
    }
}

void Listener::take(const QString &text)
{
    try {
        Json messages = parsed(text.toStdString());
        if (!messages.is_array())
            messages = Json::array({std::move(messages)});
        for (Json &message : messages)
            m_messages.push_back(std::move(message));
    } catch (const std::exception &problem) {
        std::fprintf(stderr, "websocket: %s\n", problem.what());
    }
    if (!m_flush.isActive())
        m_flush.start(gatherMillis);
}

void Listener::flush()
{
    if (m_messages.empty())
        return;
    const std::vector<Json> messages = std::exchange(m_messages, {});
    try {
        m_service.store.write([&](Writing &writing) {
            for (const Json &message : messages) {
                // One that can't be understood must not take the others with it.
                try {
                    logMessage(writing, message, m_service.user);
                } catch (const std::exception &problem) {
                    std::fprintf(stderr, "websocket: %s\n", problem.what());
                }
            }
        });
    } catch (const std::exception &problem) {
        std::fprintf(stderr, "websocket: %zu messages were lost: %s\n", messages.size(), problem.what());
    }
}

} // namespace

class WebSocket::Private {
public:
    explicit Private(Service &service)
    {
        m_thread.start();
        QMetaObject::invokeMethod(
            &m_anchor, [&] { m_listener = std::make_unique<Listener>(service); },
            Qt::BlockingQueuedConnection);
        if (m_listener->port() == 0) {
            stop();
            throw std::runtime_error("No port for the websocket can be had.");
        }
    }
    ~Private() { stop(); }
    quint16 port() const { return m_listener->port(); }

private:
    // Made and destroyed in its thread, where its sockets and timers belong.
    void stop()
    {
        QMetaObject::invokeMethod(
            &m_anchor, [&] { m_listener.reset(); }, Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }

    struct Anchor : QObject {
        explicit Anchor(QThread &thread) { moveToThread(&thread); }
    };
    QThread m_thread;
    Anchor m_anchor{m_thread};
    std::unique_ptr<Listener> m_listener;
};

WebSocket::WebSocket(Service &service) : d(std::make_unique<Private>(service)) { }

WebSocket::~WebSocket() = default;

std::string WebSocket::url() const
{
    return "ws://127.0.0.1:" + std::to_string(d->port()) + "/ws";
}

} // namespace localserver
