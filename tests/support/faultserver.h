// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>

#include <deque>
#include <memory>
#include <vector>

// An HTTP server on 127.0.0.1 that answers as told: rightly, wrongly, late, half or never. It counts what
// it is asked. Owned by a test; lives on the test's thread and needs its event loop.
class FaultServer : public QObject
{
    Q_OBJECT
public:
    struct Seen
    {
        QByteArray verb;
        QByteArray path; // "/api/rest/v2/experiments"
        QByteArray query;
        QHash<QByteArray, QByteArray> headers; // names in lower case
        QByteArray body;
    };

    struct Answer
    {
        int status = 200;
        QByteArray body = "{}";
        QByteArray contentType = "application/json";
        QList<QPair<QByteArray, QByteArray>> headers = {};
        qint64 repeat = 1; // the body is sent so many times
        qint64 claimedLength = -1; // what Content-Length says; -1 for the truth
        qint64 cutAfter = -1; // the connection is closed after so many bytes of the body
        bool hasLength = true; // else the end of the connection is the end of the body
        bool isClosedAtOnce = false; // the connection is closed without an answer
        bool isSilent = false; // nothing is ever said
        bool waitsToClose = false; // where the connection is to be closed, that waits for closeWaiting()
        int drip = 0; // milliseconds between single bytes
    };

    static Answer json(const QByteArray &body);
    static Answer failure(int status, const QByteArray &message = "no", int retryAfter = -1);
    static Answer webPage(int status = 200);
    static Answer redirect(const QUrl &target, int status = 302);
    static Answer closed();
    static Answer silent();
    static Answer gzipped(const QByteArray &body);

    explicit FaultServer(QObject *parent = nullptr);
    ~FaultServer() override;

    QUrl url() const; // "http://127.0.0.1:40123"
    // Answers to a path (without "/api/rest/v2/"), one after the other; the last one stays. Where there is a
    // script for path and "#range", that one answers who asks for a part.
    void script(const QByteArray &path, std::deque<Answer> answers);
    void setDefault(const Answer &answer) { m_default = answer; }

    const std::vector<Seen> &seen() const { return m_seen; }
    int count(const QByteArray &path) const; // how often it was asked for
    int mostAtOnce() const { return m_mostAtOnce; } // requests unanswered at the same time
    void clear();

    void hold() { m_isHolding = true; } // answers wait ...
    void release(); // ... for this
    // Before the client has begun to read, Qt takes a closed connection for a stale one and asks again by itself.
    void closeWaiting();

signals:
    void asked();

private:
    struct Connection
    {
        QPointer<QTcpSocket> socket;
        QByteArray input;
        QByteArray piece; // of the body, sent m_left times
        qint64 left = 0;
        qint64 bytesLeft = 0; // of the whole body, cut included
        bool closeAfter = false;
        bool waitsToClose = false;
        bool isBusy = false; // has a request without its whole answer
        int drip = 0;
    };

    void accept();
    void read(Connection *connection);
    bool takeRequest(Connection *connection);
    void answer(Connection *connection, const Answer &answer);
    void sendMore(Connection *connection);
    void finish(Connection *connection);
    Answer nextAnswer(const QByteArray &path);

    QTcpServer m_server;
    QHash<QByteArray, std::deque<Answer>> m_scripts;
    Answer m_default;
    std::vector<Seen> m_seen;
    std::vector<std::pair<Connection *, QByteArray>> m_held;
    std::vector<QPointer<QTcpSocket>> m_waiting; // to be closed
    std::vector<std::unique_ptr<Connection>> m_connections;
    bool m_isHolding = false;
    int m_underWay = 0;
    int m_mostAtOnce = 0;
};
