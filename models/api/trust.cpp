// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/trust.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QSslError>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace api {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(api::Trust)
};

// The bundle of all authorities of the world has 0.3 MB; what was named by mistake is not read to its end.
constexpr qint64 largestBundle = 16 << 20;

QList<QSslCertificate> certificatesIn(const QString &path, QString &problem)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        problem = file.errorString();
        return {};
    }
    return QSslCertificate::fromData(file.read(largestBundle), QSsl::Pem);
}

QList<QSslCertificate> certificatesAt(const QString &path, QString &problem)
{
    if (!QFileInfo(path).isDir())
        return certificatesIn(path, problem);
    QList<QSslCertificate> all;
    for (const QFileInfo &file : QDir(path).entryInfoList(QDir::Files))
        all += certificatesIn(file.filePath(), problem);
    if (!all.isEmpty())
        problem.clear(); // what else lies in the folder does not matter
    return all;
}

bool checksCertificates(const QProcessEnvironment &environment)
{
    const QString checked = environment.value(u"COMET_INTERNAL_CHECK_TLS_CERTIFICATE"_s).toLower();
    return !QStringList{u"f"_s, u"false"_s, u"no"_s, u"n"_s, u"0"_s, u"off"_s}.contains(checked);
}

} // namespace

Trust Trust::of(const QProcessEnvironment &environment)
{
    Trust trust;
    trust.configuration = QSslConfiguration::defaultConfiguration();
    trust.isChecked = checksCertificates(environment);
    for (const QString &variable : {u"REQUESTS_CA_BUNDLE"_s, u"CURL_CA_BUNDLE"_s, u"SSL_CERT_FILE"_s}) {
        const QString path = environment.value(variable);
        if (path.isEmpty())
            continue;
        QString problem;
        const QList<QSslCertificate> named = certificatesAt(path, problem);
        trust.authorities += named;
        if (!problem.isEmpty())
            trust.problem = Text::tr("%1 names %2, which can't be read: %3").arg(variable, path, problem);
        else if (named.isEmpty())
            trust.problem = Text::tr("%1 names %2, which holds no certificate in PEM.").arg(variable, path);
    }
    if (!trust.authorities.isEmpty())
        trust.configuration.setCaCertificates(QSslConfiguration::systemCaCertificates() + trust.authorities);
    return trust;
}

QString certificateProblem(const QUrl &url, const QList<QSslError> &errors)
{
    QStringList problems;
    QString issuer;
    for (const QSslError &error : errors) {
        problems << error.errorString();
        for (const auto name : {QSslCertificate::CommonName, QSslCertificate::Organization}) {
            if (issuer.isEmpty())
                issuer = error.certificate().issuerInfo(name).join(u", "_s);
        }
    }
    problems.removeDuplicates();
    const QString what = problems.join(u", "_s);
    return issuer.isEmpty() ? Text::tr("%1: %2").arg(url.host(), what)
                            : Text::tr("%1, by “%2”: %3", "host, issuer of its certificate, what is wrong with that")
                                  .arg(url.host(), issuer, what);
}

QString uncheckedSentence(const QUrl &root)
{
    if (root.scheme() != "https"_L1 || checksCertificates(QProcessEnvironment::systemEnvironment()))
        return {};
    return Text::tr("The certificate of %1 is not checked, because COMET_INTERNAL_CHECK_TLS_CERTIFICATE says so.")
        .arg(root.host());
}

} // namespace api
