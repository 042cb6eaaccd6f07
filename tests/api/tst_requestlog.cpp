// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/api/requestlog.h"

#include <QDateTime>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace api;
using namespace Qt::StringLiterals;

class TestRequestLog : public QObject
{
    Q_OBJECT
private slots:
    void keepsTheLast500();
    void countsTheLastHour();
    void writesCurlForAShell_data();
    void writesCurlForAShell();
};

void TestRequestLog::keepsTheLast500()
{
    RequestLog log;
    QSignalSpy added(&log, &RequestLog::added);
    for (int i = 0; i < 612; ++i)
        log.add({.time = QDateTime::currentMSecsSinceEpoch(), .method = "GET"});
    QCOMPARE(added.count(), 612);
    QCOMPARE(int(log.entries().size()), 500);
    QCOMPARE(log.entries().front().number, 113);
    QCOMPARE(log.entries().back().number, 612);
    QCOMPARE(log.sentInLastHour(), 612);
}

void TestRequestLog::countsTheLastHour()
{
    RequestLog log;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    log.add({.time = now - 2 * 3'600'000});
    log.add({.time = now - 3'590'000});
    log.add({.time = now - 3'700'000}); // a slow one that ends last
    log.add({.time = now});
    QCOMPARE(log.sentInLastHour(), 2);
}

void TestRequestLog::writesCurlForAShell_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("plain") << QByteArray() << QByteArray("a=1");
    QTest::newRow("quotes") << QByteArray("{\"a\": \"it's $HOME `x` \\\\\"}") << QByteArray("a='1'&b=%22");
    QTest::newRow("lines") << QByteArray("{\"a\": \"1\n2\"}") << QByteArray();
    QTest::newRow("other scripts") << QByteArray("{\"a\": \"Grün 📈\"}") << QByteArray("a=Gr%C3%BCn");
}

// A real shell takes the command apart; a function stands in for curl.
void TestRequestLog::writesCurlForAShell()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, query);
    RequestLog::Entry entry;
    entry.method = body.isEmpty() ? "GET" : "POST";
    entry.body = body;
    entry.url = QUrl(u"http://127.0.0.1:5000/api/rest/v2/experiments"_s);
    entry.url.setQuery(QString::fromLatin1(query), QUrl::StrictMode);
    QProcess shell;
    shell.setProcessEnvironment([] {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"COMET_API_KEY"_s, u"the key"_s);
        return environment;
    }());
    shell.start(u"/bin/sh"_s, {u"-c"_s, u"curl() { for word; do printf '%s\\0' \"$word\"; done; }; "_s + RequestLog::curl(entry)});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.readAllStandardError(), QByteArray());
    QList<QByteArray> words = shell.readAllStandardOutput().split('\0');
    QCOMPARE(words.takeLast(), QByteArray());
    QVERIFY(words.contains("Authorization: the key"));
    QCOMPARE(words.last(), entry.url.toEncoded());
    if (!body.isEmpty())
        QCOMPARE(words.value(words.indexOf("--data-raw") + 1), body);
}

QTEST_GUILESS_MAIN(TestRequestLog)
#include "tst_requestlog.moc"
