// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QString>

class QProcessEnvironment;
class QSslError;
class QUrl;

namespace api {

// Whose certificates are believed, as Python's packages are told by the environment: beside the authorities of the system
// those of the files or folders that REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE and SSL_CERT_FILE name. All of them: which one
// counts differs from package to package.
struct Trust
{
    QList<QSslCertificate> authorities; // beside those of the system
    QSslConfiguration configuration; // that believes both
    QString problem; // why the file can't be used, for people; empty where it can
    bool isChecked = true; // false where COMET_INTERNAL_CHECK_TLS_CERTIFICATE says so, in the words that comet_ml takes

    static Trust of(const QProcessEnvironment &environment);
};

// "comet.corp, by “Company CA”: …": what is wrong with a server's certificate, and who has issued it.
QString certificateProblem(const QUrl &url, const QList<QSslError> &errors);

// What to tell people about a server whose certificate nobody looks at; empty where it is looked at, or has none.
QString uncheckedSentence(const QUrl &root);

} // namespace api
