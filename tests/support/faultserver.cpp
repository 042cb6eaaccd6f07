// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/faultserver.h"

#include <algorithm>

namespace {

const QByteArray base = "/api/rest/v2/";

quint32 crc32(const QByteArray &data)
{
    quint32 crc = 0xFFFFFFFF;
    for (const char c : data) {
        crc ^= static_cast<quint8>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1)));
    }
    return ~crc;
}

QByteArray littleEndian(quint32 value)
{
    QByteArray bytes;
    for (int shift = 0; shift < 32; shift += 8)
        bytes += static_cast<char>((value >> shift) & 0xFF);
    return bytes;
}

QByteArray scriptName(const QByteArray &path)
{
    return path.startsWith(base) ? path.mid(base.size()) : path;
}

} // namespace

FaultServer::FaultServer(QObject *parent)
    : QObject(parent)
{
    connect(&m_server, &QTcpServer::newConnection, this, &FaultServer::accept);
    m_server.listen(QHostAddress::LocalHost);
}

FaultServer::~FaultServer()
{
    for (const auto &connection : m_connections) {
        if (connection->socket)
            connection->socket->disconnect(this);
    }
}

FaultServer::Answer FaultServer::json(const QByteArray &body)
{
    Answer answer;
    answer.body = body;
    return answer;
}

FaultServer::Answer FaultServer::failure(int status, const QByteArray &message, int retryAfter)
{
    Answer answer;
    answer.status = status;
    answer.body = "{\"msg\": \"" + message + "\", \"code\": " + QByteArray::number(status)
        + ", \"data\": null, \"sdk_error_code\": 90212}";
    if (retryAfter >= 0)
        answer.headers.emplaceBack("Retry-After", QByteArray::number(retryAfter));
    return answer;
}

FaultServer::Answer FaultServer::webPage(int status)
{
    Answer answer;
    answer.status = status;
    answer.contentType = "text/html";
    answer.body = "<!doctype html><html><title>Log in</title></html>";
    return answer;
}

FaultServer::Answer FaultServer::redirect(const QUrl &target, int status)
{
    Answer answer;
    answer.status = status;
    answer.headers.emplaceBack("Location", target.toEncoded());
    return answer;
}

FaultServer::Answer FaultServer::closed()
{
    Answer answer;
    answer.isClosedAtOnce = true;
    return answer;
}

FaultServer::Answer FaultServer::silent()
{
    Answer answer;
    answer.isSilent = true;
    return answer;
}

FaultServer::Answer FaultServer::gzipped(const QByteArray &body)
{
    Answer answer;
    // qCompress() gives a length of 4 bytes, the 2 bytes of zlib, the deflated data and 4 bytes of check sum.
    const QByteArray packed = qCompress(body);
    answer.body = QByteArray("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10) + packed.mid(6, packed.size() - 10)
        + littleEndian(crc32(body)) + littleEndian(static_cast<quint32>(body.size()));
    answer.headers.emplaceBack("Content-Encoding", "gzip");
    return answer;
}

QUrl FaultServer::url() const
{
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPort(m_server.serverPort());
    return url;
}

void FaultServer::script(const QByteArray &path, std::deque<Answer> answers)
{
    m_scripts[path] = std::move(answers);
}

int FaultServer::count(const QByteArray &path) const
{
    return static_cast<int>(std::count_if(m_seen.begin(), m_seen.end(),
        [&](const Seen &seen) { return seen.path == path || seen.path == base + path; }));
}

void FaultServer::clear()
{
    m_seen.clear();
    m_scripts.clear();
    m_default = Answer();
    m_mostAtOnce = m_underWay;
}

void FaultServer::release()
{
    m_isHolding = false;
    for (const auto &[connection, path] : std::exchange(m_held, {}))
        answer(connection, nextAnswer(path));
}

void FaultServer::closeWaiting()
{
    for (const QPointer<QTcpSocket> &socket : std::exchange(m_waiting, {})) {
        if (socket)
            socket->disconnectFromHost();
    }
}

void FaultServer::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        auto *connection = m_connections.emplace_back(std::make_unique<Connection>()).get();
        connection->socket = socket;
        connect(socket, &QTcpSocket::readyRead, this, [this, connection] { read(connection); });
        connect(socket, &QTcpSocket::bytesWritten, this, [this, connection] {
            if (connection->drip == 0)
                sendMore(connection);
        });
        connect(socket, &QTcpSocket::disconnected, this, [this, connection] {
            std::erase_if(m_held, [&](const auto &held) { return held.first == connection; });
            finish(connection);
            connection->socket->deleteLater();
        });
    }
}

void FaultServer::read(Connection *connection)
{
    connection->input += connection->socket->readAll();
    while (takeRequest(connection)) { }
}

bool FaultServer::takeRequest(Connection *connection)
{
    const qsizetype end = connection->input.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    Seen seen;
    const QList<QByteArray> lines = connection->input.left(end).split('\n');
    const QList<QByteArray> first = lines.first().trimmed().split(' ');
    seen.verb = first.value(0);
    const QByteArray target = first.value(1);
    const qsizetype mark = target.indexOf('?');
    seen.path = target.left(mark < 0 ? target.size() : mark);
    seen.query = mark < 0 ? QByteArray() : target.mid(mark + 1);
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        seen.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    const qsizetype length = seen.headers.value("content-length").toLongLong();
    if (connection->input.size() < end + 4 + length)
        return false;
    seen.body = connection->input.mid(end + 4, length);
    connection->input.remove(0, end + 4 + length);
    const bool asksForPart = seen.headers.contains("range");
    const QByteArray path = seen.path + (asksForPart && m_scripts.contains(scriptName(seen.path) + "#range") ? "#range" : "");
    m_seen.push_back(std::move(seen));
    connection->isBusy = true;
    m_mostAtOnce = std::max(m_mostAtOnce, ++m_underWay);
    if (m_isHolding)
        m_held.emplace_back(connection, path);
    else
        answer(connection, nextAnswer(path));
    emit asked();
    return true;
}

FaultServer::Answer FaultServer::nextAnswer(const QByteArray &path)
{
    const auto script = m_scripts.find(scriptName(path));
    if (script == m_scripts.end() || script->empty())
        return m_default;
    const Answer answer = script->front();
    if (script->size() > 1)
        script->pop_front();
    return answer;
}

void FaultServer::answer(Connection *connection, const Answer &answer)
{
    QTcpSocket *socket = connection->socket;
    if (!socket || answer.isSilent)
        return;
    if (answer.isClosedAtOnce) {
        socket->disconnectFromHost();
        return;
    }
    const qint64 size = answer.body.size() * answer.repeat;
    QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + " Scripted\r\n";
    if (!answer.contentType.isEmpty())
        head += "Content-Type: " + answer.contentType + "\r\n";
    if (answer.hasLength)
        head += "Content-Length: " + QByteArray::number(answer.claimedLength < 0 ? size : answer.claimedLength) + "\r\n";
    else
        head += "Connection: close\r\n";
    for (const auto &[name, value] : answer.headers)
        head += name + ": " + value + "\r\n";
    connection->piece = answer.body;
    connection->left = answer.repeat;
    connection->bytesLeft = answer.cutAfter < 0 ? size : std::min(size, answer.cutAfter);
    connection->closeAfter = !answer.hasLength || answer.cutAfter >= 0 || answer.claimedLength > size;
    connection->waitsToClose = answer.waitsToClose;
    connection->drip = answer.drip;
    socket->write(head + "\r\n");
    sendMore(connection);
}

void FaultServer::sendMore(Connection *connection)
{
    QTcpSocket *socket = connection->socket;
    if (!socket || !connection->isBusy || connection->left == 0)
        return;
    if (connection->drip > 0 && connection->bytesLeft > 0) {
        const qint64 sent = connection->piece.size() - connection->bytesLeft;
        socket->write(connection->piece.mid(std::max<qint64>(0, sent), 1));
        --connection->bytesLeft;
        QTimer::singleShot(connection->drip, socket, [this, connection] { sendMore(connection); });
        return;
    }
    while (connection->left > 0 && connection->bytesLeft > 0 && socket->bytesToWrite() < (1 << 20)) {
        const QByteArray piece = connection->piece.left(connection->bytesLeft);
        connection->bytesLeft -= piece.size();
        --connection->left;
        socket->write(piece);
    }
    if (connection->left > 0 && connection->bytesLeft > 0)
        return;
    connection->left = 0;
    finish(connection);
    if (connection->closeAfter && connection->waitsToClose)
        m_waiting.emplace_back(socket);
    else if (connection->closeAfter)
        socket->disconnectFromHost();
}

void FaultServer::finish(Connection *connection)
{
    if (!connection->isBusy)
        return;
    connection->isBusy = false;
    --m_underWay;
}
