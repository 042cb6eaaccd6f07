// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QNetworkProxyFactory>

namespace api {

// Whether a list as in NO_PROXY names the host, read as Python and curl do: host names with all below them, with a dot in
// front or not, and with a port or not; addresses; networks as 10.0.0.0/8; `*` alone for all.
bool isWithoutProxy(const QString &host, int port, const QString &list);

// The proxies of the system and the environment, but never for this machine itself and for what no_proxy or NO_PROXY names.
class Proxies : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override;
};

} // namespace api
