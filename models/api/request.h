// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "models/api/client.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <optional>
#include <utility>
#include <vector>

namespace api {

// What is asked, before it is a URL.
struct Request
{
    QByteArray verb = "GET";
    QString path; // below api/rest/v2/: "experiments"
    std::vector<std::pair<QString, QString>> query = {};
    std::optional<QByteArray> body = {}; // JSON
    Priority priority = Priority::Visible;
    static constexpr qint64 shortLimit = 1 << 20; // where the answer is a few words
    qint64 limit = 64 << 20; // of the answer's body, unpacked; more is refused
    bool isFromRoot = false; // path is below the server's root: "clientlib/isAlive/ver"

    // Told by path, because many of this server's writes are GETs (PROTOCOL 3). A write is never
    // repeated, cached or prefetched. What is not known to be a read counts as a write.
    bool isWrite() const;
    QString title() const; // "GET experiments", for Error::request
    QUrl url(const QUrl &root) const;
};

// A text as it stands in a query: as Python's requests writes it, with + for a space.
QString queryEncoded(const QString &text);

} // namespace api
