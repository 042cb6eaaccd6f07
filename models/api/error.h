// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/result.h"

#include <QByteArray>
#include <QNetworkReply>

#include <chrono>
#include <optional>

// How the network's failures become Errors; the other place that makes Errors is decode.cpp.
namespace api {

// An answer with a status that is no success (PROTOCOL 1.5). retryAfter is in seconds.
Error errorFromStatus(int status, const QByteArray &body, int retryAfter);

// A failure below HTTP: no connection, TLS, time, or bytes that are no HTTP.
Error errorFromNetwork(QNetworkReply::NetworkError code, const QString &systemText);

// A write that was not sent because the person has made the server read-only.
Error readOnlyError(const QString &request);

// The header Retry-After: seconds or a date. At most a day; nothing where there is none.
std::optional<std::chrono::seconds> secondsToWait(const QByteArray &retryAfter);

// True where body is a web page: most likely the address of something that isn't a Comet server.
bool isWebPage(const QByteArray &body);

// What stands in Error::message for such an answer.
QString webPageMessage();

} // namespace api
