// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/transport.h"

#include "models/api/background.h"
#include "models/api/decode.h"
#include "models/api/error.h"
#include "models/api/oncedevice.h"
#include "models/api/proxies.h"
#include "models/api/reply.h"
#include "models/api/requestlog.h"
#include "models/api/transportexchange.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QProcessEnvironment>
#include <QRandomGenerator>
#include <QSslError>
#include <QSslSocket>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace api {

namespace {

using std::chrono::milliseconds;

} // namespace

QNetworkRequest Transport::Exchange::networkRequest() const
{
    QNetworkRequest request(m_url);
    if (!m_hasLeft) {
        request.setRawHeader("Authorization", m_transport.m_key);
        request.setRawHeader("X-COMET-SDK-SOURCE", "API");
    }
    request.setRawHeader("Accept", "application/json, application/octet-stream;q=0.9, */*;q=0.1");
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Perihelion/" PERIHELION_VERSION));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::HttpPipeliningAllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    // Charts of equal values shrink far below what Qt takes for an attack; our own limit counts instead.
    request.setDecompressedSafetyCheckThreshold(-1);
    if (const auto &trust = m_transport.m_trust; trust && m_url.scheme() == "https"_L1) {
        QSslConfiguration configuration = trust->configuration;
        // Whoever does not check our server's certificate has said nothing of where a redirect leads.
        if (!trust->isChecked && !m_hasLeft)
            configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        request.setSslConfiguration(configuration);
    }
    request.setTransferTimeout(static_cast<int>(m_transport.m_policy.silence.count()));
    if (m_request.body)
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json;charset=utf-8"_s);
    return request;
}

QNetworkReply *Transport::Exchange::dispatch()
{
    QNetworkAccessManager *network = m_transport.m_network;
    QNetworkRequest request = networkRequest();
    if (m_request.isWrite()) {
        const QByteArray body = m_request.body.value_or(QByteArray());
        request.setHeader(QNetworkRequest::ContentLengthHeader, body.size());
        request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        auto *device = new OnceDevice(body, nullptr);
        QNetworkReply *reply = network->sendCustomRequest(request, m_request.verb, device);
        device->setParent(reply);
        return reply;
    }
    if (m_request.body)
        return network->sendCustomRequest(request, m_request.verb, *m_request.body);
    return network->get(request);
}

Transport::Exchange::Exchange(Transport &transport, const Request &request, ReplyBase *owner, Done done)
    : QObject(&transport), m_transport(transport), m_request(request), m_owner(owner), m_done(std::move(done)),
      m_url(request.url(transport.m_root))
{
    connect(owner, &ReplyBase::cancelled, this, &Exchange::stop);
    connect(owner, &QObject::destroyed, this, &Exchange::stop);
    m_backOff.setSingleShot(true);
    connect(&m_backOff, &QTimer::timeout, this, [this] { m_transport.enqueue(this, true); });
}

void Transport::Exchange::start()
{
    ++m_attempt;
    ask();
}

void Transport::Exchange::ask()
{
    m_body = QByteArray();
    m_tlsErrors.clear();
    m_hasEnded = false;
    m_isDraining = false;
    m_sentAt = QDateTime::currentMSecsSinceEpoch();
    m_clock.start();
    m_reply = dispatch();
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Exchange::takeHeaders);
    connect(m_reply, &QNetworkReply::readyRead, this, &Exchange::drain);
    connect(m_reply, &QNetworkReply::finished, this, [this] {
        m_hasEnded = true;
        drain();
    });
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        m_tlsErrors = certificateProblem(m_url, errors);
    });
    connect(m_reply, &QNetworkReply::downloadProgress, this, &Exchange::takeProgress);
}

void Transport::Exchange::takeProgress(qint64 done, qint64 total)
{
    tell(done, total);
}

void Transport::Exchange::tell(qint64 done, qint64 total)
{
    if (m_owner && !m_owner->isFinished())
        emit m_owner->progress(done, total);
}

void Transport::Exchange::takeHeaders()
{
    const qint64 length = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    if (length > m_request.limit) {
        fail(Error{Error::Kind::TooLarge, {}, 0, 0, {}});
        return;
    }
    if (length > 0 && m_body.isEmpty())
        m_body.reserve(length + decode::padding);
}

// Reads what has come, in slices: unpacking a big answer must not hold up the window.
void Transport::Exchange::drain()
{
    if (!m_reply || m_isDraining)
        return;
    const bool isAll = readSlice();
    if (m_body.size() > m_request.limit) {
        fail(Error{Error::Kind::TooLarge, {}, 0, 0, {}});
    } else if (!isAll) {
        m_isDraining = true;
        QMetaObject::invokeMethod(this, [this] {
            m_isDraining = false;
            drain();
        }, Qt::QueuedConnection);
    } else if (m_hasEnded) {
        conclude();
    }
}

// True where nothing is left for now.
bool Transport::Exchange::readSlice()
{
    constexpr qsizetype slice = 2 << 20;
    constexpr qsizetype step = 256 << 10;
    if (!m_reply->isOpen()) // after a time-out
        return true;
    for (qsizetype taken = 0; taken < slice && m_body.size() <= m_request.limit;) {
        const qsizetype before = m_body.size();
        const qint64 count = m_reply->read(roomFor(step), step);
        m_body.resize(before + std::max<qint64>(0, count));
        if (count <= 0)
            return true;
        taken += count;
    }
    return false;
}

// The end of the body, lengthened by size.
char *Transport::Exchange::roomFor(qsizetype size)
{
    const qsizetype before = m_body.size();
    if (m_body.capacity() < before + size + decode::padding)
        m_body.reserve(std::max(before + size, before * 2) + decode::padding);
    m_body.resize(before + size);
    return m_body.data() + before;
}

void Transport::Exchange::conclude()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool isTransfer = m_reply->error() < QNetworkReply::ContentAccessDenied // below HTTP
        || m_reply->error() == QNetworkReply::ContentReSendError
        || m_reply->error() == QNetworkReply::ProtocolFailure
        || (m_reply->error() == QNetworkReply::UnknownContentError && status < 400);
    if (m_reply->error() != QNetworkReply::NoError && isTransfer) {
        const QString text = m_tlsErrors.isEmpty() ? m_reply->errorString() : m_tlsErrors;
        retryOrFail(errorFromNetwork(m_reply->error(), text), std::nullopt);
    } else if (status >= 300 && status < 400 && m_reply->hasRawHeader("Location")) {
        follow(status);
    } else if (status < 200 || status >= 300) {
        concludeFailure(status);
    } else if (received() < m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong()) {
        // Qt does not notice every connection that ends too early (seen with 6.4.2).
        retryOrFail(errorFromNetwork(QNetworkReply::ContentReSendError, {}), std::nullopt);
    } else {
        succeed();
    }
}

void Transport::Exchange::concludeFailure(int status)
{
    const std::optional<std::chrono::seconds> wait = secondsToWait(m_reply->rawHeader("Retry-After"));
    Error error = errorFromStatus(status, m_body, wait ? static_cast<int>(wait->count()) : 0);
    const bool isAskedToWait = status == 429 || (status == 503 && wait);
    retryOrFail(std::move(error), isAskedToWait ? wait : std::nullopt);
}

void Transport::Exchange::follow(int status)
{
    const QUrl target = m_url.resolved(QUrl::fromEncoded(m_reply->rawHeader("Location")));
    const bool keepsVerb = m_request.verb == "GET" || status == 307 || status == 308;
    if (m_request.isWrite() || !keepsVerb || m_redirects == m_transport.m_policy.redirects
        || !mayFollow(target)) {
        QUrl place;
        place.setScheme(target.scheme());
        place.setHost(target.host());
        place.setPort(target.port());
        fail(Error{Error::Kind::Redirected, place.toString(), status, 0, {}});
        return;
    }
    record({});
    drop();
    ++m_redirects;
    m_url = target;
    m_url.setUserInfo({});
    m_hasLeft = m_hasLeft || !m_transport.isOwn(target);
    ask();
}

bool Transport::Exchange::mayFollow(const QUrl &target) const
{
    return m_transport.isOwn(target);
}

void Transport::Exchange::retryOrFail(Error error, std::optional<std::chrono::seconds> wait)
{
    const Policy &policy = m_transport.m_policy;
    if (wait)
        m_transport.pauseFor(*wait);
    if (m_request.isWrite() || !error.isRetryable() || m_attempt > policy.retries
        || (wait && *wait > policy.longestPause)) {
        fail(std::move(error));
        return;
    }
    record(error.sentence());
    drop();
    m_transport.release(this);
    const qint64 base = policy.backOff.count() << (m_attempt - 1);
    m_backOff.start(milliseconds(base / 2 + QRandomGenerator::global()->bounded(base + 1)));
}

void Transport::Exchange::succeed()
{
    record({});
    finish(std::move(m_body));
}

void Transport::Exchange::fail(Error error)
{
    error.request = m_request.title();
    error.message = m_transport.withoutKey(error.message);
    if (m_reply)
        record(error.sentence());
    finish(std::move(error));
}

void Transport::Exchange::finish(Result<QByteArray> outcome)
{
    m_isOver = true;
    drop();
    m_transport.release(this);
    m_transport.forget(this);
    const Done done = std::move(m_done);
    done(std::move(outcome));
}

void Transport::Exchange::stop()
{
    if (m_reply)
        record(QCoreApplication::translate("api::Transport", "cancelled"));
    m_isOver = true;
    m_backOff.stop();
    drop();
    m_transport.release(this);
    m_transport.forget(this);
}

void Transport::Exchange::drop()
{
    if (!m_reply)
        return;
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    reply->disconnect(this); // abort() emits at once
    if (!reply->isFinished())
        reply->abort();
    reply->deleteLater();
}

void Transport::Exchange::record(const QString &error)
{
    RequestLog::Entry entry;
    entry.time = m_sentAt;
    entry.method = m_request.verb;
    entry.path = m_url.path().mid(1);
    for (const auto &[name, value] : m_request.query)
        entry.queryNames += name;
    entry.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    entry.milliseconds = m_clock.elapsed();
    entry.bytes = received();
    entry.attempt = m_attempt;
    entry.cached = m_reply->attribute(QNetworkRequest::SourceIsFromCacheAttribute).toBool();
    entry.error = m_transport.withoutKey(error);
    entry.url = QUrl(m_transport.withoutKey(m_url.toString(QUrl::FullyEncoded)));
    if (m_hasLeft)
        entry.url.setQuery(QString()); // what a storage is asked with opens it to anybody
    entry.isElsewhere = m_hasLeft;
    if (m_request.body)
        entry.body = m_transport.withoutKey(QString::fromUtf8(*m_request.body)).toUtf8();
    m_transport.m_log->add(std::move(entry));
}

Transport::Transport(const QUrl &root, const QString &apiKey, QObject *parent)
    : QObject(parent), m_network(new QNetworkAccessManager(this)), m_log(new RequestLog(this))
{
    m_root.setScheme(root.scheme());
    m_root.setHost(root.host());
    m_root.setPort(root.port());
    // A line break in a key would be another header.
    for (const char c : apiKey.trimmed().toUtf8()) {
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f)
            m_key += c;
    }
    m_network->setProxyFactory(new Proxies);
    m_network->setAutoDeleteReplies(false);
    m_wake.setSingleShot(true);
    connect(&m_wake, &QTimer::timeout, this, &Transport::startWaiting);
    if (m_root.scheme() == "https"_L1) // hundreds of certificates take a quarter of a second
        runOnDisk(this, [environment = QProcessEnvironment::systemEnvironment()] { return Trust::of(environment); },
            [this](const Trust &trust) {
                m_trust = trust;
                startWaiting();
            });
}

Transport::~Transport() = default;

void Transport::send(const Request &request, ReplyBase *owner, Done done)
{
    begin(new Exchange(*this, request, owner, std::move(done)));
}

void Transport::begin(Exchange *exchange)
{
    const QString scheme = m_root.scheme();
    if ((scheme != "http"_L1 && scheme != "https"_L1) || m_root.host().isEmpty()) {
        QMetaObject::invokeMethod(exchange, [exchange] {
            exchange->fail(Error{Error::Kind::Invalid,
                tr("the address must begin with http:// or https:// and name a host"), 0, 0, {}});
        }, Qt::QueuedConnection);
        return;
    }
    enqueue(exchange, false);
}

void Transport::download(
    const Request &request, const std::shared_ptr<DownloadFile> &file, ReplyBase *owner, Done done)
{
    begin(newDownload(request, file, owner, std::move(done)));
}

bool Transport::isOwn(const QUrl &url) const
{
    const auto port = [](const QUrl &of) { return of.port(of.scheme() == "https"_L1 ? 443 : 80); };
    return url.scheme() == m_root.scheme() && url.host() == m_root.host() && port(url) == port(m_root);
}

void Transport::enqueue(Exchange *exchange, bool first)
{
    auto &queue = exchange->priority() == Priority::Visible ? m_visible : m_background;
    if (first)
        queue.push_front(exchange);
    else
        queue.push_back(exchange);
    schedule();
}

void Transport::schedule()
{
    if (m_pause.hasExpired())
        m_wake.start(0);
    else if (m_pause.remainingTime() > m_policy.longestPause.count())
        m_wake.start(0); // to fail what waits
    else
        m_wake.start(static_cast<int>(m_pause.remainingTime()) + 1);
}

void Transport::startWaiting()
{
    if (m_root.scheme() == "https"_L1 && !m_trust)
        return; // called again once it is known whom to believe
    if (!m_pause.hasExpired() && m_pause.remainingTime() <= m_policy.longestPause.count()) {
        schedule();
        return;
    }
    const bool isTooLong = !m_pause.hasExpired();
    while (Exchange *exchange = nextWaiting()) {
        if (isTooLong || (m_trust && !m_trust->problem.isEmpty())) {
            Error error{Error::Kind::RateLimited, {}, 429, 0, {}};
            error.retryAfter = static_cast<int>((m_pause.remainingTime() + 999) / 1000);
            if (!isTooLong)
                error = Error{Error::Kind::Storage, m_trust->problem, 0, 0, {}};
            const QPointer<Transport> self(this);
            exchange->fail(std::move(error));
            if (!self)
                return;
            continue;
        }
        m_underWay.push_back(exchange);
        exchange->start();
    }
}

Transport::Exchange *Transport::nextWaiting()
{
    if (static_cast<int>(m_underWay.size()) >= m_policy.inFlight)
        return nullptr;
    const auto inBackground = std::count_if(m_underWay.begin(), m_underWay.end(),
        [](const Exchange *exchange) { return exchange->priority() == Priority::Background; });
    auto *queue = &m_visible;
    if (queue->empty() && inBackground < m_policy.backgroundInFlight)
        queue = &m_background;
    if (queue->empty())
        return nullptr;
    Exchange *next = queue->front();
    queue->pop_front();
    return next;
}

void Transport::release(Exchange *exchange)
{
    if (std::erase(m_underWay, exchange) > 0)
        schedule();
}

void Transport::forget(Exchange *exchange)
{
    std::erase(m_visible, exchange);
    std::erase(m_background, exchange);
    exchange->disconnect();
    exchange->deleteLater();
}

void Transport::pauseFor(milliseconds time)
{
    if (time.count() > m_pause.remainingTime())
        m_pause.setRemainingTime(time.count());
}

QString Transport::withoutKey(QString text) const
{
    const QString key = QString::fromUtf8(m_key);
    if (key.isEmpty())
        return text;
    return text.replace(key, "$COMET_API_KEY"_L1).replace(queryEncoded(key), "$COMET_API_KEY"_L1);
}

} // namespace api
