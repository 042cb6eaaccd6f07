// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>
#include <QUrlQuery>

#include <functional>
#include <vector>

// A small Comet on loopback for tests of models and widgets: workspaces, projects and experiments are
// plain members that a test changes as it likes, and any path can be made to fail. Lives on the test's
// thread and needs its event loop.
class AnswerServer : public QObject
{
public:
    struct Project
    {
        QString id;
        QString name;
        qint64 count = 0;
        bool isPublic = false;
    };
    struct Experiment
    {
        QString key;
        QString name;
        qint64 start = 0;
        bool running = false;
    };

    struct Model
    {
        QString id;
        QString name;
        int versions = 1;
    };

    QString apiKey = QStringLiteral("test-key");
    QStringList workspaces;
    QHash<QString, std::vector<Project>> projects; // by workspace
    QHash<QString, std::vector<Experiment>> experiments; // by "workspace/project"
    QHash<QString, std::vector<Model>> models; // by workspace; one that is missing here has no registry
    QHash<QString, int> failures; // path below api/rest/v2/, or with "?workspaceName=x": its HTTP status
    QHash<QString, int> asked; // how often, by path

    AnswerServer()
    {
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = m_server.nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
                connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
                    m_input.remove(socket);
                    socket->deleteLater();
                });
            }
        });
        m_server.listen(QHostAddress::LocalHost);
    }

    ~AnswerServer() override
    {
        for (QTcpSocket *socket : m_server.findChildren<QTcpSocket *>())
            socket->disconnect(this); // they die after the members here
    }

    QUrl root() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort())); }
    void stop() { m_server.close(); } // nothing answers any more

    void addExperiments(const QString &project, int count)
    {
        std::vector<Experiment> &all = experiments[project];
        for (int i = 0; i < count; ++i) {
            const auto number = static_cast<qint64>(all.size()) + 1;
            all.push_back({QStringLiteral("%1").arg(number, 32, 16, QLatin1Char('0')),
                QStringLiteral("run-%1").arg(number), 1'700'000'000'000 + number * 60'000, false});
        }
    }

private:
    void read(QTcpSocket *socket)
    {
        QByteArray &input = m_input[socket];
        input += socket->readAll();
        for (qsizetype end = input.indexOf("\r\n\r\n"); end >= 0; end = input.indexOf("\r\n\r\n")) {
            const QByteArray head = input.left(end);
            input.remove(0, end + 4);
            answer(socket, head);
        }
    }

    void answer(QTcpSocket *socket, const QByteArray &head)
    {
        const QUrl url = QUrl::fromEncoded(head.split(' ').value(1));
        QString path = url.path();
        path.remove(QStringLiteral("/api/rest/v2/"));
        ++asked[path];
        const QUrlQuery query(url);
        const QString workspace = query.queryItemValue(QStringLiteral("workspaceName"));
        int status = failures.value(path, 200);
        status = failures.value(path + QStringLiteral("?workspaceName=") + workspace, status);
        if (status == 200 && !path.contains(QStringLiteral("isAlive"))
            && !(head + "\r\n").toLower().contains("authorization: " + apiKey.toUtf8().toLower() + "\r\n"))
            status = 401;
        QJsonObject body;
        if (status == 200)
            status = fill(body, path, query);
        if (status != 200)
            body = {{QStringLiteral("msg"), QStringLiteral("no")}, {QStringLiteral("code"), status}};
        const QByteArray json = QJsonDocument(body).toJson(QJsonDocument::Compact);
        socket->write("HTTP/1.1 " + QByteArray::number(status)
            + " X\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(json.size())
            + "\r\n\r\n" + json);
    }

    int fill(QJsonObject &body, const QString &path, const QUrlQuery &query) const
    {
        const QString workspace = query.queryItemValue(QStringLiteral("workspaceName"));
        const QString project = query.queryItemValue(QStringLiteral("projectName"));
        if (path.endsWith(QStringLiteral("isAlive/ver"))) {
            body[QStringLiteral("version")] = QStringLiteral("3.60.0");
        } else if (path == QStringLiteral("account-details")) {
            body[QStringLiteral("userName")] = QStringLiteral("ada");
            body[QStringLiteral("defaultWorkspaceName")] = workspaces.value(0);
        } else if (path == QStringLiteral("workspaces")) {
            body[QStringLiteral("workspaceNames")] = QJsonArray::fromStringList(workspaces);
        } else if (path == QStringLiteral("projects")) {
            QJsonArray list;
            for (const Project &one : projects.value(workspace))
                list << json(workspace, one);
            body[QStringLiteral("projects")] = list;
        } else if (path == QStringLiteral("project")) {
            const QString id = query.queryItemValue(QStringLiteral("projectId"));
            for (auto it = projects.cbegin(); it != projects.cend(); ++it) {
                for (const Project &one : it.value()) {
                    if (id.isEmpty() ? it.key() == workspace && one.name == project : one.id == id)
                        body = json(it.key(), one);
                }
            }
            return body.isEmpty() ? 404 : 200;
        } else if (path == QStringLiteral("experiments")) {
            QJsonArray list;
            if (query.queryItemValue(QStringLiteral("archived")).toLower() != QStringLiteral("true")) {
                for (const Experiment &one : experiments.value(workspace + QLatin1Char('/') + project))
                    list << json(one);
            }
            body[QStringLiteral("experiments")] = list;
        } else if (path == QStringLiteral("registry-model") && models.contains(workspace)) {
            QJsonArray list;
            for (const Model &one : models.value(workspace)) {
                list << QJsonObject{{QStringLiteral("registryModelId"), one.id},
                    {QStringLiteral("modelName"), one.name}, {QStringLiteral("numberOfVersions"), one.versions}};
            }
            body[QStringLiteral("registryModels")] = list;
        } else if (path == QStringLiteral("experiment/metadata")) {
            return fillMetadata(body, query.queryItemValue(QStringLiteral("experimentKey")));
        } else {
            return 404;
        }
        return 200;
    }

    int fillMetadata(QJsonObject &body, const QString &key) const
    {
        for (auto it = experiments.cbegin(); it != experiments.cend(); ++it) {
            for (const Experiment &one : it.value()) {
                if (one.key != key)
                    continue;
                body = json(one);
                body[QStringLiteral("workspaceName")] = it.key().section(QLatin1Char('/'), 0, 0);
                body[QStringLiteral("projectName")] = it.key().section(QLatin1Char('/'), 1);
                return 200;
            }
        }
        return 400;
    }

    static QJsonObject json(const QString &workspace, const Project &one)
    {
        return {{QStringLiteral("projectId"), one.id}, {QStringLiteral("projectName"), one.name},
            {QStringLiteral("workspaceName"), workspace}, {QStringLiteral("public"), one.isPublic},
            {QStringLiteral("numberOfExperiments"), one.count},
            {QStringLiteral("lastUpdated"), qint64(1'700'000'000'000)}};
    }

    static QJsonObject json(const Experiment &one)
    {
        return {{QStringLiteral("experimentKey"), one.key}, {QStringLiteral("experimentName"), one.name},
            {QStringLiteral("startTimeMillis"), one.start}, {QStringLiteral("running"), one.running}};
    }

    QTcpServer m_server;
    QHash<QTcpSocket *, QByteArray> m_input;
};
