// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/client.h"

#include "models/api/call.h"
#include "models/api/decode.h"
#include "models/api/downloadfile.h"
#include "models/api/json.h"
#include "models/api/querybody.h"
#include "models/api/requestlog.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace api {

namespace {

void append(Experiments &all, const Experiments &more)
{
    for (std::size_t row = 0; row < more.size(); ++row) {
        all.keys.append(more.keys.view(row));
        all.names.append(more.names.view(row));
        all.users.append(more.users.view(row));
    }
    all.starts.insert(all.starts.end(), more.starts.begin(), more.starts.end());
    all.ends.insert(all.ends.end(), more.ends.begin(), more.ends.end());
    all.durations.insert(all.durations.end(), more.durations.begin(), more.durations.end());
    all.archived.insert(all.archived.end(), more.archived.begin(), more.archived.end());
    all.states.insert(all.states.end(), more.states.begin(), more.states.end());
}

} // namespace

void recordKept(Client &client, const Request &request, qint64 bytes)
{
    RequestLog::Entry entry;
    entry.time = QDateTime::currentMSecsSinceEpoch();
    entry.method = request.verb;
    entry.url = request.url(client.root());
    entry.path = entry.url.path().mid(1);
    for (const auto &[name, value] : request.query)
        entry.queryNames += name;
    entry.status = 200;
    entry.bytes = bytes;
    entry.cached = true;
    client.requestLog().add(std::move(entry));
}

Client::Client(const QUrl &root, const QString &apiKey, QObject *parent)
    : QObject(parent), m_transport(std::make_unique<Transport>(root, apiKey)), m_cache(new Cache(this))
{
}

Client::~Client()
{
    const auto replies = findChildren<ReplyBase *>(QString(), Qt::FindDirectChildrenOnly);
    for (const QPointer<ReplyBase> reply : replies) {
        if (reply)
            reply->cancel();
    }
}

const QUrl &Client::root() const
{
    return m_transport->root();
}

RequestLog &Client::requestLog() const
{
    return m_transport->requestLog();
}

Transport &Client::transport() const
{
    return *m_transport;
}

Reply<QString> *Client::serverVersion()
{
    Request request = get(u"clientlib/isAlive/ver"_s);
    request.isFromRoot = true;
    request.limit = Request::shortLimit;
    return call<QString>(request, decode::version);
}

Reply<Account> *Client::accountDetails()
{
    Request request = get(u"account-details"_s);
    request.limit = Request::shortLimit;
    return call<Account>(request, decode::account);
}

Reply<QStringList> *Client::workspaces()
{
    return call<QStringList>(get(u"workspaces"_s), decode::workspaces);
}

Reply<std::vector<Project>> *Client::projects(const QString &workspace, Priority priority)
{
    Request request = get(u"projects"_s, {{u"workspaceName"_s, workspace}});
    request.priority = priority;
    return call<std::vector<Project>>(request, decode::projects);
}

Reply<Project> *Client::project(const QString &workspace, const QString &name)
{
    return call<Project>(getOfProject(u"project"_s, workspace, name), decode::project);
}

Reply<Project> *Client::projectById(const QString &id)
{
    return call<Project>(get(u"project"_s, {{u"projectId"_s, id}}), decode::project);
}

Reply<QString> *Client::projectNotes(const QString &projectId)
{
    return call<QString>(get(u"project/notes"_s, {{u"projectId"_s, projectId}}), decode::notes);
}

Reply<Columns> *Client::columnNames(const QString &workspace, const QString &project)
{
    Request request = getOfProject(u"project/column-names"_s, workspace, project);
    request.query.emplace_back(u"ver"_s, u"2"_s); // else older servers leave out some sources
    return call<Columns>(request, decode::columns);
}

Reply<Experiments> *Client::experiments(
    const QString &workspace, const QString &project, Archived archived, Priority priority)
{
    const auto request = [&](bool isArchived) {
        Request request = getOfProject(u"experiments"_s, workspace, project);
        request.query.emplace_back(u"archived"_s, isArchived ? u"True"_s : u"False"_s);
        request.priority = priority;
        return request;
    };
    const auto reader = [](Archived wanted) {
        return [wanted](QByteArray body) { return decode::experiments(std::move(body), wanted); };
    };
    if (archived != Archived::Both)
        return call<Experiments>(request(archived == Archived::Yes), reader(archived));
    // What a server lists without "archived" is not known for all of them (PROTOCOL 12, U5b): ask twice.
    auto *both = newReply<Experiments>();
    auto *first = new Reply<Experiments>(both);
    connect(first, &ReplyBase::progress, both, &ReplyBase::progress);
    ask(*this, first, request(false), reader(Archived::No));
    first->otherwise(both, [both](const Error &error) { both->finish(error); });
    first->then(both, [this, both, request = request(true), reader](const Experiments &active) {
        auto *second = new Reply<Experiments>(both);
        connect(second, &ReplyBase::progress, both, &ReplyBase::progress);
        ask(*this, second, request, reader(Archived::Yes));
        second->otherwise(both, [both](const Error &error) { both->finish(error); });
        second->then(both, [both, all = active](const Experiments &rest) mutable {
            append(all, rest);
            both->finish(std::move(all));
        });
    });
    return both;
}

Reply<QStringList> *Client::query(const QString &workspace, const QString &project,
    const QByteArray &predicates, bool archived, Priority priority)
{
    Request request = post(u"project/query"_s, queryBody(workspace, project, predicates, archived));
    request.priority = priority;
    return call<QStringList>(request, decode::experimentKeys);
}

Reply<Experiments> *Client::search(
    const QString &projectId, const QByteArray &rulesTree, bool archived, int page)
{
    const Request request = post(u"experiments/search"_s, searchBody(projectId, rulesTree, archived, page));
    return call<Experiments>(
        request, [](QByteArray body) { return decode::experiments(std::move(body), Archived::Both); });
}

Reply<ChartAnswer> *Client::metricsForChart(const ChartQuestion &question, Priority priority)
{
    if (question.experiments.isEmpty()) {
        auto *nothing = newReply<ChartAnswer>();
        QMetaObject::invokeMethod(nothing, [nothing] { nothing->finish(ChartAnswer()); }, Qt::QueuedConnection);
        return nothing;
    }
    const auto listOrNull = [](const std::optional<QStringList> &texts) {
        return texts ? json::list(*texts) : QByteArray("null");
    };
    Request request = post(u"experiments/multi-metric-chart"_s,
        json::object({{"targetedExperiments", json::list(question.experiments)},
            {"metrics", listOrNull(question.metrics)}, {"params", listOrNull(question.parameters)},
            {"independentMetrics", json::boolean(question.independent)},
            {"fetchFull", json::boolean(question.full)}}));
    request.priority = priority;
    request.limit = 256 << 20;
    return call<ChartAnswer>(request,
        [parameters = question.parameters.value_or(QStringList())](
            QByteArray answer) { return decode::chart(std::move(answer), parameters); });
}

Reply<Metadata> *Client::experimentMetadata(const QString &key, Priority priority)
{
    return call<Metadata>(getOfExperiment(u"experiment/metadata"_s, key, priority), decode::metadata);
}

Reply<Summaries> *Client::metricsSummary(const QString &key, Priority priority)
{
    return call<Summaries>(getOfExperiment(u"experiment/metrics/summary"_s, key, priority), decode::summaries);
}

Reply<Summaries> *Client::parameters(const QString &key)
{
    return call<Summaries>(getOfExperiment(u"experiment/parameters"_s, key), decode::summaries);
}

Reply<Summaries> *Client::others(const QString &key)
{
    return call<Summaries>(getOfExperiment(u"experiment/log-other"_s, key), decode::summaries);
}

Reply<QStringList> *Client::tags(const QString &key, Priority priority)
{
    return call<QStringList>(getOfExperiment(u"experiment/tags"_s, key, priority), decode::tags);
}

Reply<qint64> *Client::download(const Request &request, const std::shared_ptr<DownloadFile> &file)
{
    auto *reply = newReply<qint64>();
    m_transport->download(request, file, reply, [reply, file](Result<QByteArray> answer) {
        if (answer)
            reply->finish(file->facts.size);
        else
            reply->finish(answer.error());
    });
    return reply;
}

Reply<qint64> *Client::downloadRegistryModel(const QString &workspace, const QString &name,
    const QString &version, const QString &stage, const std::shared_ptr<DownloadFile> &file)
{
    Query query{{u"workspaceName"_s, workspace}, {u"modelName"_s, name}};
    if (!version.isEmpty())
        query.emplace_back(u"version"_s, version);
    else if (!stage.isEmpty())
        query.emplace_back(u"stage"_s, stage);
    return download(get(u"registry-model/item/download"_s, std::move(query), Priority::Background), file);
}

Reply<qint64> *Client::downloadModel(
    const QString &experimentKey, const QString &name, const std::shared_ptr<DownloadFile> &file)
{
    Request request = getOfExperiment(u"experiment/model/download"_s, experimentKey, Priority::Background);
    request.query.emplace_back(u"modelName"_s, name);
    return download(request, file);
}

Reply<qint64> *Client::downloadAsset(
    const QString &experimentKey, const QString &assetId, const std::shared_ptr<DownloadFile> &file)
{
    Request request = getOfExperiment(u"experiment/asset/get-asset"_s, experimentKey, Priority::Background);
    request.query.emplace_back(u"assetId"_s, assetId);
    return download(request, file);
}

} // namespace api
