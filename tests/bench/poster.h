// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QUrl>

#include <stdexcept>

// One keep-alive connection to a local server, for filling it and for timing it: it blocks, in a thread of
// its own, and costs next to nothing beside the server it measures. An empty key is sent to nobody.
class Poster
{
public:
    Poster(const QUrl &root, QByteArray apiKey)
        : m_root(root), m_key(std::move(apiKey))
    {
        m_socket.connectToHost(root.host(), quint16(root.port()));
        if (!m_socket.waitForConnected(10'000))
            throw std::runtime_error("the local server can't be reached");
        m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    }

    QByteArray post(const QByteArray &path, const QByteArray &body) { return ask("POST", path, body); }
    // The status of the answer, which may come before all was sent; the connection can't be used afterwards.
    int refusal(const QByteArray &path, const QByteArray &body)
    {
        send("POST", path, body);
        QByteArray answer;
        while (!answer.contains('\n'))
            answer += more();
        return answer.mid(9, 3).toInt();
    }
    QByteArray get(const QByteArray &path) { return ask("GET", path, {}); }
    QString create(const QByteArray &workspace, const QByteArray &project, const QByteArray &name)
    {
        const QByteArray answer = post("/api/rest/v2/write/experiment/create",
            "{\"workspaceName\":\"" + workspace + "\",\"projectName\":\"" + project + "\",\"experimentName\":\"" + name
                + "\"}");
        return QJsonDocument::fromJson(answer).object().value(QLatin1String("experimentKey")).toString();
    }

private:
    void send(const QByteArray &verb, const QByteArray &path, const QByteArray &body)
    {
        m_socket.write(verb + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + (m_key.isEmpty() ? QByteArray() : "Authorization: " + m_key + "\r\n")
            + "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n");
        m_socket.write(body);
    }
    QByteArray ask(const QByteArray &verb, const QByteArray &path, const QByteArray &body)
    {
        send(verb, path, body);
        QByteArray answer;
        qsizetype head = -1;
        while ((head = answer.indexOf("\r\n\r\n")) < 0)
            answer += more();
        if (!answer.startsWith("HTTP/1.1 200"))
            throw std::runtime_error(answer.left(200).toStdString());
        const qsizetype at = answer.toLower().indexOf("content-length:") + 15;
        const qsizetype size = answer.mid(at, answer.indexOf('\r', at) - at).trimmed().toLongLong();
        answer.remove(0, head + 4);
        answer.reserve(size);
        while (answer.size() < size)
            answer += more();
        return answer;
    }
    QByteArray more()
    {
        if (m_socket.bytesAvailable() == 0 && !m_socket.waitForReadyRead(60'000))
            throw std::runtime_error("the local server doesn't answer");
        return m_socket.readAll();
    }

    QUrl m_root;
    QByteArray m_key;
    QTcpSocket m_socket;
};
