// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/reply.h"
#include "models/api/values.h"

#include <QObject>
#include <QUrl>

#include <memory>

namespace api {

class DownloadFile;
class RequestLog;
class Transport;
struct Request;

// What is on screen goes first; the rest waits behind it.
enum class Priority : quint8 { Visible, Background };

// The REST API v2 of one Comet server with one key, as typed calls (PROTOCOL 3 to 6). Functions carry
// the API's names. Owned by a Session; lives on the main thread. Every call gives a Reply that finishes
// exactly once, also when the Client dies (as Cancelled).
class Client : public QObject
{
    Q_OBJECT
public:
    // root is scheme, host and port; anything else of it is dropped (PROTOCOL 1.1).
    Client(const QUrl &root, const QString &apiKey, QObject *parent = nullptr);
    ~Client() override;

    const QUrl &root() const;
    RequestLog &requestLog() const;
    Transport &transport() const;

    Reply<QString> *serverVersion(); // PROTOCOL 1.2: "3.60.0"
    Reply<Account> *accountDetails();
    Reply<QStringList> *workspaces();
    Reply<std::vector<Project>> *projects(const QString &workspace);
    Reply<Project> *project(const QString &workspace, const QString &name);
    Reply<Project> *projectById(const QString &id);
    Reply<QString> *projectNotes(const QString &projectId);
    Reply<Columns> *columnNames(const QString &workspace, const QString &project);

    Reply<Experiments> *experiments(const QString &workspace, const QString &project,
        Archived archived = Archived::No, Priority priority = Priority::Visible);
    // Keys of the experiments that satisfy all rules (project/query).
    Reply<QStringList> *query(const QString &workspace, const QString &project,
        const std::vector<Rule> &rules, bool archived, Priority priority = Priority::Visible);
    Reply<ChartAnswer> *metricsForChart(
        const ChartQuestion &question, Priority priority = Priority::Visible);

    Reply<Metadata> *experimentMetadata(const QString &key, Priority priority = Priority::Visible);
    Reply<Summaries> *metricsSummary(const QString &key, Priority priority = Priority::Visible);
    Reply<Summaries> *parameters(const QString &key);
    Reply<Summaries> *others(const QString &key);
    Reply<QStringList> *tags(const QString &key, Priority priority = Priority::Visible);

    // Downloads: the bytes go to file, gone on with where it holds the beginning from an earlier call and the
    // server can do so. The value is the size in bytes. Neither version nor stage: the latest version; never both.
    Reply<qint64> *downloadRegistryModel(const QString &workspace, const QString &name, const QString &version,
        const QString &stage, const std::shared_ptr<DownloadFile> &file); // PROTOCOL 3.3: a zip
    Reply<qint64> *downloadModel(const QString &experimentKey, const QString &name,
        const std::shared_ptr<DownloadFile> &file); // 4: a zip
    Reply<qint64> *downloadAsset(const QString &experimentKey, const QString &assetId,
        const std::shared_ptr<DownloadFile> &file); // 4.6

signals:
    // An error for which nobody has installed otherwise(): the window shows it, none vanishes.
    void unhandledError(const api::Error &error);

private:
    template<class T>
    Reply<T> *newReply();
    template<class T, class Decode>
    Reply<T> *call(const Request &request, Decode decode);
    Reply<qint64> *download(const Request &request, const std::shared_ptr<DownloadFile> &file);

    std::unique_ptr<Transport> m_transport;
};

} // namespace api
