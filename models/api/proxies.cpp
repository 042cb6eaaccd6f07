// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/proxies.h"

#include <QHostAddress>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace api {

namespace {

bool isInNetwork(const QHostAddress &address, const QString &network)
{
    const auto subnet = QHostAddress::parseSubnet(network);
    return !address.isNull() && network.contains(u'/') && subnet.second > 0 && address.isInSubnet(subnet);
}

} // namespace

bool isWithoutProxy(const QString &host, int port, const QString &list)
{
    if (list.trimmed() == "*"_L1)
        return true;
    QString wanted = host.toLower();
    if (wanted.endsWith(u'.')) // the root of all names
        wanted.chop(1);
    const QHostAddress address(wanted);
    const QString withPort = u"%1:%2"_s.arg(wanted.contains(u':') ? u'[' + wanted + u']' : wanted).arg(port);
    static const QRegularExpression separators(u"[,\\s]+"_s);
    for (QString name : list.toLower().split(separators, Qt::SkipEmptyParts)) {
        while (name.startsWith(u'.'))
            name.remove(0, 1);
        if (name.isEmpty())
            continue;
        if (name == wanted || name == withPort || name == u'[' + wanted + u']' || isInNetwork(address, name))
            return true;
        const bool isBelow = wanted.endsWith(u'.' + name) || withPort.endsWith(u'.' + name);
        if (address.isNull() && isBelow)
            return true;
    }
    return false;
}

QList<QNetworkProxy> Proxies::queryProxy(const QNetworkProxyQuery &query)
{
    const QString host = query.peerHostName();
    const QString lower = qEnvironmentVariable("no_proxy");
    const QString list = lower.isEmpty() ? qEnvironmentVariable("NO_PROXY") : lower;
    if (host == "localhost"_L1 || host == "::1"_L1 || host.startsWith("127."_L1)
        || isWithoutProxy(host, query.peerPort(), list))
        return {QNetworkProxy(QNetworkProxy::NoProxy)};
    return systemProxyForQuery(query);
}

} // namespace api
