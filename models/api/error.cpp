// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/error.h"

#include "models/api/decode.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>

namespace api {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(api::Error)
};

constexpr int noSuchExperiment = 90211; // an sdk_error_code

Error::Kind kindOfStatus(int status)
{
    switch (status) {
    case 401:
        return Error::Kind::Unauthorized;
    case 402:
    case 403:
        return Error::Kind::Forbidden;
    case 404:
        return Error::Kind::NotFound;
    case 429:
        return Error::Kind::RateLimited;
    default:
        return status >= 500 ? Error::Kind::Server : Error::Kind::Invalid;
    }
}

QString rateLimitSentence(int seconds)
{
    if (seconds <= 0)
        return Text::tr("The server asks us to slow down. Wait a minute, then try again.");
    if (seconds < 120)
        return Text::tr("The server asks us to slow down. Try again in %1 seconds.").arg(seconds);
    return Text::tr("The server asks us to slow down. Try again in %1 minutes.").arg((seconds + 59) / 60);
}

// What happened and what to do next, without the server's own words.
QString plainSentence(const Error &error)
{
    using Kind = Error::Kind;
    switch (error.kind) {
    case Kind::Cancelled:
        return Text::tr("The request was cancelled.");
    case Kind::Offline:
        return Text::tr("The server can't be reached. Check that it is running and that you are connected, "
                        "then try again.");
    case Kind::Timeout:
        return Text::tr("The server did not answer in time. Try again, or check that it is running.");
    case Kind::Tls:
        return Text::tr("No secure connection to the server: its certificate was not accepted. "
                        "Check the address, or ask whoever runs the server. Where an authority of your own has "
                        "issued it, name that authority's file (PEM) in REQUESTS_CA_BUNDLE, then start again.");
    case Kind::Unauthorized:
        return Text::tr("The server does not accept the API key. Check the key in the connection's settings.");
    case Kind::Forbidden:
        return Text::tr("The API key does not allow this. Ask the owner of the workspace for access.");
    case Kind::NotFound:
        return Text::tr("The server does not have this (any more). Refresh to see what there is.");
    case Kind::Invalid:
        return Text::tr("The server did not accept the request (status %1).").arg(error.httpStatus);
    case Kind::RateLimited:
        return rateLimitSentence(error.retryAfter);
    case Kind::Server:
        return Text::tr("The server has failed (status %1); the fault is on its side. Try again later.")
            .arg(error.httpStatus);
    case Kind::Redirected:
        return Text::tr("The server sends us to another address, and the API key must not travel there. "
                        "If you trust it, connect to that address instead.");
    case Kind::TooLarge:
        return Text::tr("The answer is larger than this program reads at once. Ask for less.");
    case Kind::Storage:
        return error.message;
    case Kind::ReadOnly:
        return Text::tr("This server is read-only here. Edit the server to allow changes.");
    case Kind::BadAnswer:
        return Text::tr("The server's answer can't be read. Check that the address is a Comet server's.");
    }
    return {};
}

} // namespace

Error readOnlyError(const QString &request)
{
    return {Error::Kind::ReadOnly, {}, 0, 0, request};
}

std::optional<std::chrono::seconds> secondsToWait(const QByteArray &retryAfter)
{
    constexpr qint64 day = 86'400;
    const QByteArray value = retryAfter.trimmed();
    if (value.isEmpty())
        return std::nullopt;
    bool isNumber = false;
    const qint64 seconds = value.toLongLong(&isNumber);
    if (isNumber)
        return std::chrono::seconds(std::clamp<qint64>(seconds, 0, day));
    const QDateTime read = QLocale::c().toDateTime(
        QString::fromLatin1(value), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (!read.isValid())
        return std::nullopt;
    const QDateTime date(read.date(), read.time(), QTimeZone::utc());
    const qint64 until = QDateTime::currentDateTimeUtc().secsTo(date);
    return std::chrono::seconds(std::clamp<qint64>(until, 0, day));
}

bool isWebPage(const QByteArray &body)
{
    for (const char c : body) {
        if (c == '<')
            return true;
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\xEF' && c != '\xBB' && c != '\xBF')
            return false;
    }
    return false;
}

QString webPageMessage()
{
    return Text::tr("a web page");
}

Error errorFromStatus(int status, const QByteArray &body, int retryAfter)
{
    Error error;
    error.kind = kindOfStatus(status);
    error.httpStatus = status;
    error.retryAfter = retryAfter;
    if (isWebPage(body)) {
        error.message = webPageMessage();
    } else {
        const decode::ServerMessage said = decode::serverMessage(body);
        error.message = said.text;
        error.serverCode = said.code;
        // Servers say with status 400 that they have no such experiment (PROTOCOL 1.5).
        if (said.code == noSuchExperiment)
            error.kind = Error::Kind::NotFound;
    }
    return error;
}

Error errorFromNetwork(QNetworkReply::NetworkError code, const QString &systemText)
{
    Error error;
    error.message = systemText;
    switch (code) {
    case QNetworkReply::OperationCanceledError: // ours are settled before abort(): this is Qt's timer
    case QNetworkReply::TimeoutError:
    case QNetworkReply::ProxyTimeoutError:
        error.kind = Error::Kind::Timeout;
        error.message.clear();
        break;
    case QNetworkReply::SslHandshakeFailedError:
        error.kind = Error::Kind::Tls;
        break;
    case QNetworkReply::ContentReSendError:
        error.kind = Error::Kind::Offline;
        error.message = Text::tr("the connection was closed before the answer came");
        break;
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::UnknownContentError:
        error.kind = Error::Kind::BadAnswer;
        break;
    default:
        error.kind = Error::Kind::Offline;
    }
    return error;
}

bool Error::isRetryable() const
{
    switch (kind) {
    case Kind::Offline:
    case Kind::RateLimited:
        return true;
    case Kind::Server:
        return httpStatus == 500 || httpStatus == 502 || httpStatus == 503 || httpStatus == 504;
    default:
        return false;
    }
}

QString Error::sentence() const
{
    if (message == webPageMessage()) {
        if (kind == Kind::BadAnswer || kind == Kind::NotFound || kind == Kind::Invalid)
            return Text::tr("This address isn't a Comet server: it answered with a web page. Check the address.");
        return plainSentence(*this);
    }
    if (message.isEmpty() || kind == Kind::Cancelled || kind == Kind::Storage)
        return plainSentence(*this);
    return Text::tr("%1 (%2)", "what to do, then what the server or the system said")
        .arg(plainSentence(*this), message);
}

} // namespace api
