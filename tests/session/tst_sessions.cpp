// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/keychain.h"
#include "models/session/requestlogmodel.h"
#include "models/session/servers.h"
#include "models/session/settings.h"
#include "tests/support/answerserver.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using KeySource = Profile::KeySource;

// Connecting to servers, remembering them, and what they were asked.
class SessionsTest : public QObject
{
    Q_OBJECT

    static Profile profileOf(const AnswerServer &server, const QString &id, KeySource source = KeySource::Keychain)
    {
        return {id, id.toUpper(), server.root(), source, source == KeySource::Found ? u"COMET_API_KEY"_s : QString()};
    }
    // Keys by id; answers the later the shorter the id, so that order is not by chance.
    static Keychain::Backend backend(QHash<QString, QString> &secrets)
    {
        return [&secrets](Keychain::Operation operation, const QString &id, const QString &secret,
                   Keychain::Answered answered) {
            Keychain::Answer answer;
            if (operation == Keychain::Operation::Write)
                secrets.insert(id, secret);
            else if (operation == Keychain::Operation::Remove)
                secrets.remove(id);
            answer.secret = secrets.value(id);
            QTimer::singleShot(30 / static_cast<int>(id.size()), QCoreApplication::instance(), [answered, answer] { answered(answer); });
        };
    }

private slots:
    void signsIn()
    {
        AnswerServer server;
        server.workspaces = {u"home"_s};
        Sessions sessions;
        QSignalSpy added(&sessions, &Sessions::added);
        Session *session = sessions.add(profileOf(server, u"lab"_s), server.apiKey);
        QCOMPARE(added.count(), 1);
        QVERIFY(session->state() == Session::State::Connecting);
        QTRY_VERIFY(session->state() == Session::State::Ready);
        QCOMPARE(session->account().userName, u"ada"_s);
        QCOMPARE(session->account().defaultWorkspace, u"home"_s);
        QCOMPARE(session->version(), u"3.60.0"_s);
        QVERIFY(sessions.find(u"lab"_s) == session);
        QVERIFY(!sessions.find(u"else"_s));

        QSignalSpy removed(&sessions, &Sessions::removed);
        const QPointer<Session> gone = session;
        sessions.remove(u"lab"_s);
        sessions.remove(u"lab"_s);
        QCOMPARE(removed.count(), 1);
        QVERIFY(sessions.all().empty());
        QTRY_VERIFY(!gone);
    }

    void needsNoVersionProbe()
    {
        AnswerServer server;
        server.failures[u"/clientlib/isAlive/ver"_s] = 404;
        Sessions sessions;
        Session *session = sessions.add(profileOf(server, u"lab"_s), server.apiKey);
        QTRY_VERIFY(session->state() == Session::State::Ready);
        QVERIFY(session->version().isEmpty());
    }

    void failureStaysUntilAskedAgain()
    {
        AnswerServer server;
        Sessions sessions;
        Session *session = sessions.add(profileOf(server, u"lab"_s), u"wrong"_s);
        QTRY_VERIFY(session->state() == Session::State::Failed);
        QVERIFY(session->error().kind == api::Error::Kind::Unauthorized);
        server.apiKey = u"wrong"_s;
        session->connectToServer();
        QVERIFY(session->state() == Session::State::Connecting);
        QTRY_VERIFY(session->state() == Session::State::Ready);
    }

    void restoresInOrder()
    {
        AnswerServer server;
        QTemporaryDir folder;
        QHash<QString, QString> secrets{{u"a"_s, server.apiKey}, {u"bb"_s, server.apiKey}};
        Settings settings(folder.filePath(u"settings"_s));
        settings.setProfiles({profileOf(server, u"a"_s), profileOf(server, u"run"_s, KeySource::ThisRun),
            profileOf(server, u"found"_s, KeySource::Found), profileOf(server, u"bb"_s)});
        Keychain keychain(backend(secrets));
        Sessions sessions;
        Environment environment;
        environment.variables = {{u"COMET_API_KEY"_s, server.apiKey},
            {u"COMET_URL_OVERRIDE"_s, server.root().toString() + u"/clientlib/"_s}};
        Servers servers(sessions, settings, keychain, environment);
        QSignalSpy restored(&servers, &Servers::restored);
        QSignalSpy missing(&servers, &Servers::keyMissing);
        servers.restore();
        QVERIFY(restored.wait());
        QStringList ids;
        for (const Session *session : sessions.all())
            ids << session->profile().id;
        QCOMPARE(ids, QStringList({u"a"_s, u"found"_s, u"bb"_s}));
        QCOMPARE(missing.count(), 1); // the key of "run" went with the run
        QCOMPARE(missing.first().first().value<Profile>().id, u"run"_s);
    }

    // What is configured now is another server's key: it must not travel to the remembered one.
    void foundKeyOfAnotherServerStaysAtHome()
    {
        AnswerServer server;
        QTemporaryDir folder;
        QHash<QString, QString> secrets;
        Settings settings(folder.filePath(u"settings"_s));
        settings.setProfiles({profileOf(server, u"found"_s, KeySource::Found)});
        Keychain keychain(backend(secrets));
        Sessions sessions;
        Environment environment;
        environment.variables = {{u"COMET_API_KEY"_s, u"of-another"_s}};
        Servers servers(sessions, settings, keychain, environment);
        QSignalSpy missing(&servers, &Servers::keyMissing);
        servers.restore();
        QVERIFY(sessions.all().empty());
        QCOMPARE(missing.count(), 1);
        QVERIFY(server.asked.isEmpty());
    }

    void remembersAndForgets()
    {
        AnswerServer server;
        QTemporaryDir folder;
        QHash<QString, QString> secrets{{u"lab"_s, server.apiKey}};
        Settings settings(folder.filePath(u"settings"_s));
        Keychain keychain(backend(secrets));
        Sessions sessions;
        Servers servers(sessions, settings, keychain, Environment());
        servers.connectTo(profileOf(server, u"lab"_s), server.apiKey);
        servers.connectTo(profileOf(server, u"demo"_s, KeySource::Demo), server.apiKey);
        QCOMPARE(sessions.all().size(), std::size_t(2));
        QCOMPARE(settings.profiles().size(), std::size_t(1)); // the demo is always there

        Profile renamed = profileOf(server, u"lab"_s);
        renamed.name = u"New name"_s;
        servers.connectTo(renamed, server.apiKey);
        QCOMPARE(sessions.all().size(), std::size_t(2));
        QCOMPARE(settings.profiles().front().name, u"New name"_s);

        servers.forget(u"lab"_s);
        QVERIFY(settings.profiles().empty());
        QVERIFY(!sessions.find(u"lab"_s));
        QVERIFY(secrets.isEmpty());
        QFile file(settings.path());
        settings.save();
        QVERIFY(!file.open(QIODevice::ReadOnly) || !file.readAll().contains(server.apiKey.toUtf8()));
    }

    void requestsAreLogged()
    {
        AnswerServer server;
        Sessions sessions;
        RequestLogModel model(sessions);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        sessions.add(profileOf(server, u"lab"_s), u"wrong"_s);
        QTRY_COMPARE(model.rowCount(), 2);
        const auto text = [&model](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(text(0, RequestLogModel::Path), u"api/rest/v2/account-details"_s); // the newest first
        QCOMPARE(text(0, RequestLogModel::Server), u"LAB"_s);
        QCOMPARE(text(0, RequestLogModel::Method), u"GET"_s);
        QCOMPARE(text(0, RequestLogModel::Status), u"401"_s);
        QVERIFY(model.index(0, 0).data(RequestLogModel::FailedRole).toBool());
        QCOMPARE(text(1, RequestLogModel::Path), u"clientlib/isAlive/ver"_s);
        QCOMPARE(text(1, RequestLogModel::Status), u"200"_s);
        QVERIFY(!model.index(1, 0).data(RequestLogModel::FailedRole).toBool());
        QVERIFY(model.index(1, RequestLogModel::Size).data(RequestLogModel::SortRole).toLongLong() > 0);
        const QString curl = model.curl(model.index(0, 0));
        QVERIFY(curl.startsWith(u"curl"_s) && curl.contains(u"account-details"_s));
        QVERIFY(curl.contains(u"$COMET_API_KEY"_s) && !curl.contains(u"wrong"_s));
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void onlyTheLastRequestsAreKept()
    {
        AnswerServer server;
        Sessions sessions;
        RequestLogModel model(sessions);
        Session *session = sessions.add(profileOf(server, u"lab"_s), server.apiKey);
        QTRY_VERIFY(session->state() == Session::State::Ready);
        for (int i = 0; i < 600; ++i) {
            api::RequestLog::Entry entry;
            entry.path = QString::number(i);
            session->client().requestLog().add(entry);
        }
        QCOMPARE(model.rowCount(), 500);
        QCOMPARE(model.index(0, RequestLogModel::Path).data().toString(), u"599"_s);
        QCOMPARE(model.index(499, RequestLogModel::Path).data().toString(), u"100"_s);
    }
};

QTEST_GUILESS_MAIN(SessionsTest)
#include "tst_sessions.moc"
