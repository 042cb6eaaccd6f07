// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/localserver/server.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QUrl>

#include <optional>

// A project on a local server of its own, written to as a training script would: over the wire. The
// server answers from its own threads, so that waiting for it here is no deadlock.
class LocalProject
{
    QTemporaryDir m_folder;
    std::optional<localserver::Server> m_server; // before what is asked of it

public:
    const QString workspace;
    const QString name = QStringLiteral("sweep");

    LocalProject()
        : m_server(std::in_place, localserver::Options{0, m_folder.filePath(QStringLiteral("data.sqlite")).toStdString(), {}})
        , workspace(get("account-details")[QStringLiteral("defaultWorkspaceName")].toString())
    {
        post("write/project/create", {{QStringLiteral("workspaceName"), workspace},
                                         {QStringLiteral("projectName"), name}});
    }

    QUrl root() const { return QUrl(QString::fromStdString(m_server->url())); }
    QString apiKey() const { return QString::fromStdString(m_server->apiKey()); }
    void stopServer() { m_server.reset(); }

    void addProject(const QString &projectName)
    {
        post("write/project/create", {{QStringLiteral("workspaceName"), workspace},
                                         {QStringLiteral("projectName"), projectName}});
    }
    QString addExperiment(const QString &experimentName)
    {
        return post("write/experiment/create", {{QStringLiteral("workspaceName"), workspace},
                        {QStringLiteral("projectName"), name}, {QStringLiteral("experimentName"), experimentName}})
            [QStringLiteral("experimentKey")].toString();
    }
    void logParameter(const QString &key, const QString &parameter, const QJsonValue &value)
    {
        post("write/experiment/parameter", {{QStringLiteral("experimentKey"), key},
                                               {QStringLiteral("parameterName"), parameter},
                                               {QStringLiteral("parameterValue"), value}});
    }
    // A null step is none; more: epoch, timestamp.
    void logMetric(const QString &key, const QString &metric, const QJsonValue &value, const QJsonValue &step,
        const QJsonObject &more = {})
    {
        QJsonObject body = more;
        body[QStringLiteral("experimentKey")] = key;
        body[QStringLiteral("metricName")] = metric;
        body[QStringLiteral("metricValue")] = value;
        if (!step.isNull())
            body[QStringLiteral("step")] = step;
        post("write/experiment/metric", body);
    }
    void logOther(const QString &key, const QString &other, const QJsonValue &value)
    {
        post("write/experiment/log-other", {{QStringLiteral("experimentKey"), key}, {QStringLiteral("key"), other},
                                               {QStringLiteral("value"), value}});
    }
    // A file of the name and content.
    void upload(const QString &key, const QString &fileName, const QByteArray &content,
        const QByteArray &kind = QByteArrayLiteral("&type=asset"))
    {
        const QByteArray body = "--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n"
            + content + "\r\n--frontier--\r\n";
        send("POST", "write/experiment/upload-asset?experimentKey=" + key.toUtf8() + kind + "&fileName="
                + QUrl::toPercentEncoding(fileName), body, "multipart/form-data; boundary=frontier");
    }
    // The same as a part of a model of that name.
    void uploadModel(const QString &key, const QString &model, const QString &fileName, const QByteArray &content)
    {
        upload(key, fileName, content, "&type=model-element&groupingName=" + QUrl::toPercentEncoding(model));
    }
    // A model of one file, as a script logs it; the id of the model.
    QString logModel(const QString &key, const QString &model, const QByteArray &content)
    {
        uploadModel(key, model, QStringLiteral("weights.bin"), content);
        const QJsonArray models = get(QByteArrayLiteral("experiment/model?experimentKey=") + key.toUtf8())
            [QStringLiteral("models")].toArray();
        for (const QJsonValue &one : models) {
            if (one[QStringLiteral("modelName")].toString() == model)
                return one[QStringLiteral("experimentModelId")].toString();
        }
        return {};
    }
    // more: comment, stages, and description and isPublic of a model that is new.
    void registerModel(const QString &modelId, const QString &model, const QString &version, bool isNew,
        const QJsonObject &more = {})
    {
        QJsonObject body = more;
        body[QStringLiteral("experimentModelId")] = modelId;
        body[QStringLiteral("registryModelName")] = model;
        body[QStringLiteral("version")] = version;
        post(isNew ? "write/registry-model" : "write/registry-model/item", body);
    }
    QJsonObject registered(const QString &model)
    {
        return get("registry-model/details?workspaceName=" + workspace.toUtf8() + "&modelName="
            + QUrl::toPercentEncoding(model));
    }
    QJsonArray registeredModels()
    {
        return get("registry-model?workspaceName=" + workspace.toUtf8())[QStringLiteral("registryModels")].toArray();
    }
    void addTag(const QString &key, const QString &tag)
    {
        post("write/experiment/tags", {{QStringLiteral("experimentKey"), key},
                                          {QStringLiteral("addedTags"), QJsonArray{tag}}});
    }
    void beat(const QString &key) { get(QByteArrayLiteral("write/experiment/set-status?experimentKey=") + key.toUtf8()); }
    void remove(const QString &key) { get(QByteArrayLiteral("write/experiment/delete?experimentKey=") + key.toUtf8()); }
    QJsonArray tags(const QString &key)
    {
        return get(QByteArrayLiteral("experiment/tags?experimentKey=") + key.toUtf8())[QStringLiteral("tags")].toArray();
    }
    void archive(const QString &key) { get(QByteArrayLiteral("write/experiment/archive?experimentKey=") + key.toUtf8()); }

private:
    QJsonObject get(const QByteArray &path) { return send("GET", path, {}); }
    QJsonObject post(const QByteArray &path, const QJsonObject &body)
    {
        return send("POST", path, QJsonDocument(body).toJson(QJsonDocument::Compact));
    }
    QJsonObject send(const QByteArray &verb, const QByteArray &path, const QByteArray &body,
        const QByteArray &type = QByteArrayLiteral("application/json"))
    {
        QTcpSocket socket;
        socket.connectToHost(root().host(), static_cast<quint16>(root().port()));
        if (!socket.waitForConnected())
            qFatal("the local server does not answer");
        socket.write(verb + " /api/rest/v2/" + path + " HTTP/1.1\r\nHost: " + root().host().toUtf8()
            + "\r\nAuthorization: " + apiKey().toUtf8() + "\r\nConnection: close\r\nContent-Type: " + type
            + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QByteArray answer;
        while (socket.waitForReadyRead(10'000))
            answer += socket.readAll();
        if (!answer.startsWith("HTTP/1.1 200"))
            qFatal("%s failed: %s", path.constData(), answer.constData());
        return QJsonDocument::fromJson(answer.mid(answer.indexOf("\r\n\r\n") + 4)).object();
    }
};
