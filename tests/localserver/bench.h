// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/server.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>

// A server over a fresh database, or a given one, and a client that asks it and waits.
class Bench {
public:
    struct Answer {
        int status = 0;
        QByteArray type;
        QByteArray body;

        QJsonObject object() const { return QJsonDocument::fromJson(body).object(); }
        QString message() const { return object()[QStringLiteral("msg")].toString(); }
        int code() const { return object()[QStringLiteral("sdk_error_code")].toInt(); }
    };
    using Headers = QList<std::pair<QByteArray, QByteArray>>;

    explicit Bench(const QByteArray &database = {})
    {
        QFile data(file());
        if (!database.isEmpty() && data.open(QIODevice::WriteOnly))
            data.write(database);
        data.close();
        start();
    }

    QString file() const { return m_folder.filePath(QStringLiteral("data.db")); }
    QString url() const { return QString::fromStdString(m_server->url()); }
    void stop() { m_server.reset(); }
    void start()
    {
        localserver::Options options;
        options.data = file().toStdString();
        options.apiKey = "the-key";
        m_server = std::make_unique<localserver::Server>(options);
    }

    // `path` is below /api/rest/v2/, or from the root where it begins with a slash.
    Answer ask(const QByteArray &verb, const QString &path, const QByteArray &body = {},
        Headers headers = {{"Authorization", "the-key"}})
    {
        QNetworkRequest request(
            QUrl(url() + (path.startsWith(u'/') ? path : QStringLiteral("/api/rest/v2/") + path)));
        for (const auto &[name, value] : headers)
            request.setRawHeader(name, value);
        if (!body.isEmpty() && !request.hasRawHeader("Content-Type"))
            request.setRawHeader("Content-Type", "application/json;charset=utf-8");
        const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, verb, body));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        if (!reply->isFinished() && !finished.wait(30'000))
            return {};
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
            reply->rawHeader("Content-Type"), reply->readAll()};
    }
    Answer get(const QString &path) { return ask("GET", path); }
    Answer post(const QString &path, const QJsonObject &body)
    {
        return ask("POST", path, QJsonDocument(body).toJson(QJsonDocument::Compact));
    }

    // One part named file.
    Answer upload(const QString &path, const QByteArray &content, const QByteArray &part = "file")
    {
        const QByteArray body = "--frontier\r\nContent-Disposition: form-data; name=\"" + part
            + "\"; filename=\"file\"\r\n\r\n" + content
            + "\r\n--frontier\r\nContent-Disposition: form-data; "
              "name=\"metadata\"\r\n\r\n{\"k\":\"v\"}\r\n--frontier--\r\n";
        return ask("POST", path, body,
            {{"Authorization", "the-key"}, {"Content-Type", "multipart/form-data; boundary=frontier"}});
    }

    QString newExperiment(const QString &project = QStringLiteral("p"), const QString &name = {})
    {
        QJsonObject body{
            {QStringLiteral("workspaceName"), QStringLiteral("w")}, {QStringLiteral("projectName"), project}};
        if (!name.isEmpty())
            body[QStringLiteral("experimentName")] = name;
        return post(QStringLiteral("write/experiment/create"), body)
            .object()[QStringLiteral("experimentKey")]
            .toString();
    }

private:
    QTemporaryDir m_folder;
    QNetworkAccessManager m_network;
    std::unique_ptr<localserver::Server> m_server;
};
