// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whom the client believes, and which way it goes there: certificates of an authority of one's own, and proxies.

#include "models/api/client.h"
#include "models/api/proxies.h"
#include "models/api/transport.h"
#include "models/api/trust.h"
#include "tests/support/outcome.h"

#include <QDir>
#include <QProcessEnvironment>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace api;
using namespace Qt::StringLiterals;
using Kind = Error::Kind;

namespace {

// An authority that no system knows, and a certificate of its own for localhost and 127.0.0.1; valid until 2124.
const QByteArray authority =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBhDCCASqgAwIBAgICEAAwCgYIKoZIzj0EAwIwMDETMBEGA1UEAwwKSGFyYm91\n"
    "ciBDQTEZMBcGA1UECgwQUGVyaWhlbGlvbiB0ZXN0czAgFw0yNDAxMDEwMDAwMDBa\n"
    "GA8yMTI1MDEwMTAwMDAwMFowMDETMBEGA1UEAwwKSGFyYm91ciBDQTEZMBcGA1UE\n"
    "CgwQUGVyaWhlbGlvbiB0ZXN0czBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABLQd\n"
    "AhlO69wZVaQFio7FgdGcfC9VMAkw9RAi0cXh+2CNDWYaKOgfPBszypypYN+mZts/\n"
    "HzGqcpZY6TjKMnyTZ1ijMjAwMA8GA1UdEwEB/wQFMAMBAf8wHQYDVR0OBBYEFH0q\n"
    "LWgMIecMlTzmM8JwcCU0GMbUMAoGCCqGSM49BAMCA0gAMEUCICKtJLsAyRswqh/a\n"
    "kM8GbIbvHXzERJTBk40Of/RTrjVPAiEAkeuwly/V5r+r/AugRvMfr1hhwklkpnvi\n"
    "Bv6qda+Y4eg=\n"
    "-----END CERTIFICATE-----\n";
const QByteArray certificate =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBlDCCATqgAwIBAgICEAEwCgYIKoZIzj0EAwIwMDETMBEGA1UEAwwKSGFyYm91\n"
    "ciBDQTEZMBcGA1UECgwQUGVyaWhlbGlvbiB0ZXN0czAgFw0yNDAxMDEwMDAwMDBa\n"
    "GA8yMTI0MDEwMTAwMDAwMFowFDESMBAGA1UEAwwJbG9jYWxob3N0MFkwEwYHKoZI\n"
    "zj0CAQYIKoZIzj0DAQcDQgAEQnGq7dbVvFHGwLGWiTL50snVI6DVKUf7JvsPZ2tB\n"
    "YJYzsrPh3qQlxid74ZBme/bYJZUetXuwGDRJjWhPBNRZIaNeMFwwGgYDVR0RBBMw\n"
    "EYIJbG9jYWxob3N0hwR/AAABMB0GA1UdDgQWBBQwwVC4XfgzEA7MMQYDUfaFwcMH\n"
    "JzAfBgNVHSMEGDAWgBR9Ki1oDCHnDJU85jPCcHAlNBjG1DAKBggqhkjOPQQDAgNI\n"
    "ADBFAiEAyZ9PF6zi4z71RJOePAadLNxS7dXcp9JlY9UDE4nDztsCID2OZVQr0bmB\n"
    "9J+wkMH/Sf+lJsfhZ4onKuJ0aJxmyVNO\n"
    "-----END CERTIFICATE-----\n";
const QByteArray privateKey =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgdnHQYb+WtYWMXY3E\n"
    "qnPh95i/gPQCgq2UQrMNdDj3S3ChRANCAARCcart1tW8UcbAsZaJMvnSydUjoNUp\n"
    "R/sm+w9na0FgljOys+HepCXGJ3vhkGZ79tgllR61e7AYNEmNaE8E1Fkh\n"
    "-----END PRIVATE KEY-----\n";

const QList<QByteArray> variables{"REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE",
    "COMET_INTERNAL_CHECK_TLS_CERTIFICATE", "http_proxy", "https_proxy", "no_proxy", "NO_PROXY"};

QUrl address(const QString &scheme, const QString &host, quint16 port)
{
    QUrl url(scheme + u"://"_s + host);
    url.setPort(port);
    return url;
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s can't be written", qPrintable(path));
}

// Says to every request that there are two workspaces, or what it is told to.
class Answering : public QObject
{
public:
    QByteArray answer = R"({"workspaceNames": ["a", "b"]})";
    QByteArray heard;

    explicit Answering(QTcpServer *server)
    {
        connect(server, &QTcpServer::pendingConnectionAvailable, this, [this, server] {
            QTcpSocket *socket = server->nextPendingConnection();
            const auto read = [this, socket] {
                heard += socket->readAll();
                if (heard.endsWith("\r\n\r\n"))
                    socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                        + QByteArray::number(answer.size()) + "\r\n\r\n" + answer);
            };
            connect(socket, &QTcpSocket::readyRead, this, read);
            read();
        });
    }
};

struct SecureServer
{
    QSslServer server;
    Answering answering{&server};

    SecureServer()
    {
        QSslConfiguration configuration;
        configuration.setLocalCertificate(QSslCertificate(certificate));
        configuration.setPrivateKey(QSslKey(privateKey, QSsl::Ec));
        server.setSslConfiguration(configuration);
        server.listen(QHostAddress::LocalHost);
    }
    QUrl root() const { return address(u"https"_s, u"127.0.0.1"_s, server.serverPort()); }
};

} // namespace

class TrustTest : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        for (const QByteArray &variable : variables)
            qunsetenv(variable.constData());
    }
    void cleanup() { init(); }

    void anAuthorityOfOnesOwnIsTrusted_data()
    {
        QTest::addColumn<QByteArray>("variable");
        QTest::addColumn<QString>("path");
        for (const QByteArray &variable : variables.first(3)) {
            QTest::addRow("file in %s", variable.constData()) << variable << u"/more.pem"_s;
            QTest::addRow("folder in %s", variable.constData()) << variable << QString();
        }
    }
    void anAuthorityOfOnesOwnIsTrusted()
    {
        QFETCH(QByteArray, variable);
        QFETCH(QString, path);
        QTemporaryDir folder;
        write(folder.filePath(u"more.pem"_s), "Subject: of another\n" + certificate + authority);
        write(folder.filePath(u"readme"_s), "no certificate");
        SecureServer server;
        qputenv(variable.constData(), (folder.path() + path).toUtf8());
        Client client(server.root(), u"key"_s);
        const auto outcome = watch(client.workspaces());
        QVERIFY(outcome->wait());
        QVERIFY2(outcome->values == 1, qPrintable(outcome->error.sentence()));
        QVERIFY(server.answering.heard.contains("key"));
    }

    void allVariablesCount()
    {
        QTemporaryDir folder;
        write(folder.filePath(u"one.pem"_s), authority);
        write(folder.filePath(u"two.pem"_s), authority + certificate);
        QProcessEnvironment environment;
        environment.insert(u"SSL_CERT_FILE"_s, folder.filePath(u"one.pem"_s));
        environment.insert(u"CURL_CA_BUNDLE"_s, folder.filePath(u"two.pem"_s));
        environment.insert(u"REQUESTS_CA_BUNDLE"_s, QString());
        QCOMPARE(Trust::of(environment).authorities.size(), 3);
        environment.insert(u"REQUESTS_CA_BUNDLE"_s, folder.filePath(u"one.pem"_s));
        QCOMPARE(Trust::of(environment).authorities.size(), 4);
        QVERIFY(Trust::of(environment).problem.isEmpty());
        QVERIFY(Trust::of(QProcessEnvironment()).authorities.isEmpty());
    }

    void aFileThatCannotBeUsedIsNamed_data()
    {
        QTest::addColumn<QByteArray>("variable");
        QTest::addColumn<QString>("name");
        QTest::newRow("missing") << QByteArray("CURL_CA_BUNDLE") << u"missing.pem"_s;
        QTest::newRow("no certificate") << QByteArray("SSL_CERT_FILE") << u"words"_s;
        QTest::newRow("empty folder") << QByteArray("REQUESTS_CA_BUNDLE") << u"nothing"_s;
    }
    void aFileThatCannotBeUsedIsNamed()
    {
        QFETCH(QByteArray, variable);
        QFETCH(QString, name);
        QTemporaryDir folder;
        write(folder.filePath(u"words"_s), "BEGIN CERTIFICATE");
        QVERIFY(QDir(folder.path()).mkdir(u"nothing"_s));
        SecureServer server;
        qputenv(variable.constData(), folder.filePath(name).toUtf8());
        Client client(server.root(), u"key"_s);
        const auto outcome = watch(client.workspaces());
        QVERIFY(outcome->wait());
        const QString sentence = outcome->error.sentence();
        QVERIFY2(sentence.startsWith(QString::fromUtf8(variable) + u" names "_s + folder.filePath(name)), qPrintable(sentence));
        QCOMPARE(server.answering.heard, QByteArray());
        QTcpServer plain; // no certificate is needed there
        Answering answering(&plain);
        QVERIFY(plain.listen(QHostAddress::LocalHost));
        Client other(address(u"http"_s, u"127.0.0.1"_s, plain.serverPort()), u"key"_s);
        const auto answered = watch(other.workspaces());
        QVERIFY(answered->wait());
        QVERIFY(answered->values == 1);
    }

    void aCertificateThatIsNotTrustedIsExplained()
    {
        SecureServer server;
        Client client(server.root(), u"key"_s);
        const auto outcome = watch(client.workspaces());
        QVERIFY(outcome->wait());
        QCOMPARE(outcome->error.kind, Kind::Tls);
        const QString sentence = outcome->error.sentence();
        for (const QString &part : {u"127.0.0.1"_s, u"Harbour CA"_s, u"REQUESTS_CA_BUNDLE"_s})
            QVERIFY2(sentence.contains(part), qPrintable(sentence));
        QCOMPARE(server.answering.heard, QByteArray());
        QVERIFY(uncheckedSentence(server.root()).isEmpty());
    }

    void nothingIsCheckedOnlyWhereOneSaysSo_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("isChecked");
        for (const char *value : {"f", "False", "no", "N", "0", "OFF"})
            QTest::addRow("%s", value) << QByteArray(value) << false;
        for (const char *value : {"t", "true", "yes", "1", "on", "", " ", "none"})
            QTest::addRow("'%s'", value) << QByteArray(value) << true;
    }
    void nothingIsCheckedOnlyWhereOneSaysSo()
    {
        QFETCH(QByteArray, value);
        QFETCH(bool, isChecked);
        SecureServer server;
        qputenv("COMET_INTERNAL_CHECK_TLS_CERTIFICATE", value);
        Client client(server.root(), u"key"_s);
        const auto outcome = watch(client.workspaces());
        QVERIFY(outcome->wait());
        QCOMPARE(outcome->values == 1, !isChecked);
        QCOMPARE(uncheckedSentence(server.root()).contains("127.0.0.1"_L1), !isChecked);
        QVERIFY(uncheckedSentence(address(u"http"_s, u"127.0.0.1"_s, 80)).isEmpty());
    }

    void whatNeedsNoProxy_data()
    {
        QTest::addColumn<QString>("list");
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("isNamed");
        QTest::newRow("nothing") << QString() << u"comet.corp"_s << false;
        QTest::newRow("all") << u" * "_s << u"comet.corp"_s << true;
        QTest::newRow("host") << u"comet.corp"_s << u"comet.corp"_s << true;
        QTest::newRow("case") << u"Comet.CORP"_s << u"COMET.corp"_s << true;
        QTest::newRow("domain") << u"corp"_s << u"comet.corp"_s << true;
        QTest::newRow("domain with a dot") << u".corp"_s << u"a.comet.corp"_s << true;
        QTest::newRow("the domain itself") << u".corp"_s << u"corp"_s << true;
        QTest::newRow("end of a word") << u"met.corp"_s << u"comet.corp"_s << false;
        QTest::newRow("begin") << u"comet"_s << u"comet.corp"_s << false;
        QTest::newRow("absolute") << u"corp"_s << u"comet.corp."_s << true;
        QTest::newRow("one of several") << u"a.org , corp,"_s << u"comet.corp"_s << true;
        QTest::newRow("by blanks") << u"a.org corp"_s << u"comet.corp"_s << true;
        QTest::newRow("commas only") << u" ,., "_s << u"comet.corp"_s << false;
        QTest::newRow("port") << u"comet.corp:8080"_s << u"comet.corp"_s << true;
        QTest::newRow("domain and port") << u"corp:8080"_s << u"comet.corp"_s << true;
        QTest::newRow("another port") << u"comet.corp:80"_s << u"comet.corp"_s << false;
        QTest::newRow("address") << u"10.1.2.3"_s << u"10.1.2.3"_s << true;
        QTest::newRow("end of an address") << u"2.3"_s << u"10.1.2.3"_s << false;
        QTest::newRow("network") << u"corp,10.0.0.0/8"_s << u"10.1.2.3"_s << true;
        QTest::newRow("another network") << u"10.0.0.0/16"_s << u"10.1.2.3"_s << false;
        QTest::newRow("a name is in no network") << u"10.0.0.0/8"_s << u"10.corp"_s << false;
        QTest::newRow("not the whole net") << u"0.0.0.0/0"_s << u"10.1.2.3"_s << false;
        QTest::newRow("no network without a mask") << u"10"_s << u"10.1.2.3"_s << false;
        QTest::newRow("IPv6") << u"[fd00::1]"_s << u"fd00::1"_s << true;
        QTest::newRow("IPv6 network") << u"fd00::/8"_s << u"fd12::1"_s << true;
    }
    void whatNeedsNoProxy()
    {
        QFETCH(QString, list);
        QFETCH(QString, host);
        QTEST(isWithoutProxy(host, 8080, list), "isNamed");
    }

    void hostsThatAreNamedAreAskedWithoutTheProxy_data()
    {
        QTest::addColumn<QByteArray>("variable");
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<bool>("isAsked");
        QTest::newRow("none") << QByteArray("no_proxy") << QByteArray() << true;
        QTest::newRow("another") << QByteArray("NO_PROXY") << QByteArray("example.org") << true;
        QTest::newRow("domain") << QByteArray("NO_PROXY") << QByteArray("invalid") << false;
        QTest::newRow("lower case") << QByteArray("no_proxy") << QByteArray(".invalid") << false;
        QTest::newRow("all") << QByteArray("NO_PROXY") << QByteArray("*") << false;
    }
    void hostsThatAreNamedAreAskedWithoutTheProxy()
    {
        QFETCH(QByteArray, variable);
        QFETCH(QByteArray, list);
        QFETCH(bool, isAsked);
        QTcpServer proxy;
        Answering answering(&proxy);
        QVERIFY(proxy.listen(QHostAddress::LocalHost));
        qputenv("http_proxy", address(u"http"_s, u"127.0.0.1"_s, proxy.serverPort()).toEncoded());
        qputenv(variable.constData(), list);
        // The name that no machine ever has (RFC 2606): only a proxy can answer.
        Client client(QUrl(u"http://comet.invalid:8080"_s), u"key"_s);
        Transport::Policy policy;
        policy.retries = 0;
        client.transport().setPolicy(policy);
        const auto outcome = watch(client.workspaces());
        QVERIFY(outcome->wait());
        QCOMPARE(outcome->values == 1, isAsked);
        QCOMPARE(answering.heard.startsWith("GET http://comet.invalid:8080/"), isAsked);
    }
};

QTEST_GUILESS_MAIN(TrustTest)
#include "tst_trust.moc"
