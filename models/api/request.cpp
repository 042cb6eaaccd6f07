// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/request.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace api {

namespace {

// POSTs that only ask (PROTOCOL 3.2, 5, 6, 7). Every write of 3.2, 3.3 and 4b has "write/" in its path,
// whatever its verb.
constexpr std::array readsByPost = {
    "project/query"_L1,
    "experiments/search"_L1,
    "experiments/multi-metric-chart"_L1,
    "registry-model/history/item"_L1,
};

} // namespace

QString queryEncoded(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text, " ").replace(' ', '+'));
}

bool Request::isWrite() const
{
    if (path.startsWith("write/"_L1) || path.contains("/write/"_L1))
        return true;
    return verb != "GET" && std::find(readsByPost.begin(), readsByPost.end(), path) == readsByPost.end();
}

QString Request::title() const
{
    return QString::fromLatin1(verb) + u' ' + path;
}

QUrl Request::url(const QUrl &root) const
{
    QUrl url = root;
    url.setPath((isFromRoot ? u"/"_s : u"/api/rest/v2/"_s) + path);
    QStringList pairs;
    for (const auto &[name, value] : query)
        pairs += queryEncoded(name) + u'=' + queryEncoded(value);
    if (!pairs.isEmpty())
        url.setQuery(pairs.join(u'&'), QUrl::StrictMode);
    return url;
}

} // namespace api
