// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/reply.h"
#include "models/api/values.h"

#include <QObject>
#include <QUrl>

#include <memory>

namespace api {

class Cache;
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
    Cache &cache() const { return *m_cache; }

    // While one of these lives, calls ask the server whatever the cache has.
    class Freshly
    {
    public:
        explicit Freshly(Client &client) : m_client(client) { ++m_client.m_fresh; }
        ~Freshly() { --m_client.m_fresh; }
        Freshly(const Freshly &) = delete;
        Freshly &operator=(const Freshly &) = delete;

    private:
        Client &m_client;
    };
    bool isFresh() const { return m_fresh > 0; }

    Reply<QString> *serverVersion(); // PROTOCOL 1.2: "3.60.0"
    Reply<Account> *accountDetails();
    Reply<QStringList> *workspaces();
    Reply<std::vector<Project>> *projects(const QString &workspace, Priority priority = Priority::Visible);
    Reply<Project> *project(const QString &workspace, const QString &name);
    Reply<Project> *projectById(const QString &id);
    Reply<QString> *projectNotes(const QString &projectId);
    Reply<Columns> *columnNames(const QString &workspace, const QString &project);

    Reply<Experiments> *experiments(const QString &workspace, const QString &project,
        Archived archived = Archived::No, Priority priority = Priority::Visible);
    // Keys of the experiments that satisfy all predicates, a list in JSON (PROTOCOL 5.3, 5.7).
    Reply<QStringList> *query(const QString &workspace, const QString &project,
        const QByteArray &predicates, bool archived, Priority priority = Priority::Visible);
    // PROTOCOL 5.8, of newer servers: a page of searchPage experiments, from 1; a shorter one is the last.
    Reply<Experiments> *search(
        const QString &projectId, const QByteArray &rulesTree, bool archived, int page);
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

    // What changes something, PROTOCOL 3.1, 3.2 and 4b. Sent once, never again by itself.
    Reply<Acknowledgement> *createProject(
        const QString &workspace, const QString &name, const QString &description, bool isPublic);
    Reply<Acknowledgement> *updateProject(
        const QString &workspace, const QString &name, const PropertyChange &change);
    Reply<Acknowledgement> *updateProjectById(const QString &id, const PropertyChange &change);
    Reply<Acknowledgement> *deleteProject(const QString &workspace, const QString &name, bool deleteExperiments);
    Reply<Acknowledgement> *deleteProjectById(const QString &id, bool deleteExperiments);
    Reply<Acknowledgement> *setProjectNotes(const QString &projectId, const QString &notes);
    Reply<QStringList> *projectShareKeys(const QString &projectId); // a read
    Reply<Acknowledgement> *createProjectShareKey(const QString &projectId);
    Reply<Acknowledgement> *deleteProjectShareKey(const QString &projectId, const QString &shareKey);

    Reply<Acknowledgement> *archiveExperiment(const QString &key);
    Reply<Acknowledgement> *restoreExperiment(const QString &key);
    Reply<Acknowledgement> *deleteExperiment(const QString &key);
    Reply<Acknowledgement> *stopExperiment(const QString &key);
    // At most 100 keys, as newer SDKs do it. With symlink they stay where they are and are linked.
    Reply<Acknowledgement> *moveExperiments(
        const QStringList &keys, const QString &workspace, const QString &project, bool symlink);
    Reply<Acknowledgement> *createSymlink(const QString &key, const QString &project); // same workspace
    Reply<Acknowledgement> *addTags(const QString &key, const QStringList &tags);
    Reply<Acknowledgement> *deleteTags(const QString &key, const QStringList &tags); // from 3.12.26 on
    // The name "Name" is what the experiment is called.
    Reply<Acknowledgement> *logOther(const QString &key, const QString &name, const QString &value);

    // The model registry, PROTOCOL 3.3 and 7.
    Reply<std::vector<RegistryModel>> *registryModels(const QString &workspace);
    Reply<qint64> *registryModelCount(const QString &workspace);
    Reply<RegistryModel> *registryModelDetails(const QString &workspace, const QString &model);
    Reply<QString> *registryModelNotes(const QString &workspace, const QString &model);
    Reply<QStringList> *allowedStatusValues(const QString &workspace); // newer servers
    Reply<std::vector<ExperimentModel>> *experimentModels(const QString &key);
    Reply<std::vector<Asset>> *modelAssets(const QString &key, const QString &model);
    Reply<std::vector<Asset>> *assets(const QString &key, const QString &type = QStringLiteral("all"));
    Reply<Acknowledgement> *registerModel(const QString &workspace, const Registration &registration);
    Reply<Acknowledgement> *updateRegistryModel(const QString &modelId, const PropertyChange &change);
    Reply<Acknowledgement> *updateRegistryModelNotes(
        const QString &workspace, const QString &model, const QString &notes);
    Reply<Acknowledgement> *updateRegistryModelVersion(const QString &itemId,
        const std::optional<QString> &comment, const std::optional<QStringList> &stages);
    Reply<Acknowledgement> *addRegistryModelVersionStage(const QString &itemId, const QString &stage);
    Reply<Acknowledgement> *deleteRegistryModelVersionStage(const QString &itemId, const QString &stage);
    Reply<Acknowledgement> *setRegistryModelVersionStatus(const QString &itemId, const QString &status);
    Reply<Acknowledgement> *deleteRegistryModel(const QString &workspace, const QString &model);
    Reply<Acknowledgement> *deleteRegistryModelVersion(const QString &itemId);

    // A read-only client sends no write: it fails as Forbidden.
    void setReadOnly(bool readOnly) { m_isReadOnly = readOnly; }
    bool isReadOnly() const { return m_isReadOnly; }

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
    Cache *m_cache;
    int m_fresh = 0;
    bool m_isReadOnly = false;
};

} // namespace api
