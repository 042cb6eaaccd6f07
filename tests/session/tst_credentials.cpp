// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/credentials.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

// Where a key and an address come from (PROTOCOL 1.1, 1.3).
class CredentialsTest : public QObject
{
    Q_OBJECT

    // A person's machine: a home and a folder to be in.
    struct Machine
    {
        QTemporaryDir folder;
        Environment environment;

        Machine()
        {
            QDir(folder.path()).mkdir(u"home"_s);
            QDir(folder.path()).mkdir(u"work"_s);
            environment.home = folder.filePath(u"home"_s);
            environment.currentFolder = folder.filePath(u"work"_s);
        }
        void write(const QString &name, const QByteArray &text) const
        {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        }
        Credentials find() const { return Credentials::find(environment); }
    };

private slots:
    void nothing()
    {
        const Credentials found = Machine().find();
        QVERIFY(found.isEmpty());
        QCOMPARE(found.root, QUrl(u"https://www.comet.com"_s));
        QVERIFY(found.remarks.isEmpty());
    }

    // Every layer that is closer wins over the ones below, each value by itself.
    void layers()
    {
        Machine machine;
        const auto expect = [&machine](const QString &key, const QString &where) {
            const Credentials found = machine.find();
            QCOMPARE(found.apiKey, key);
            QCOMPARE(found.keyFoundIn, where);
            QCOMPARE(found.root, QUrl(u"http://home.example:5000"_s)); // said at home only
            QCOMPARE(found.rootFoundIn, u"~/.comet.config"_s);
        };
        machine.write(u"home/.comet.config"_s,
            "[comet]\napi_key = at-home\nurl_override = http://home.example:5000/clientlib/\n");
        expect(u"at-home"_s, u"~/.comet.config"_s);
        machine.write(u"work/.comet.config"_s, "[comet]\napi_key = at-work\n");
        expect(u"at-work"_s, u"./.comet.config"_s);
        machine.write(u"home/other.ini"_s, "[comet]\napi_key = named\n");
        machine.environment.variables[u"COMET_INI"_s] = u"~/other.ini"_s;
        expect(u"named"_s, u"~/other.ini"_s);
        machine.write(u"work/.env"_s, "# ours\nexport COMET_API_KEY=\"in-env-file\"\n");
        expect(u"in-env-file"_s, u"./.env"_s);
        machine.environment.variables[u"COMET_API_KEY"_s] = u"in-environment"_s;
        expect(u"in-environment"_s, u"COMET_API_KEY"_s);
    }

    void configMayNameAFolder()
    {
        Machine machine;
        QDir(machine.folder.path()).mkdir(u"etc"_s);
        machine.write(u"etc/.comet.config"_s, "[comet]\napi_key=there\n");
        machine.environment.variables[u"COMET_CONFIG"_s] = machine.folder.filePath(u"etc"_s);
        machine.environment.variables[u"COMET_INI"_s] = u"/nowhere"_s; // the deprecated name loses
        QCOMPARE(machine.find().apiKey, u"there"_s);
        machine.environment.variables[u"COMET_CONFIG"_s] = u"/nowhere/at/all"_s;
        const Credentials found = machine.find();
        QVERIFY(found.apiKey.isEmpty());
        QCOMPARE(found.remarks, QStringList{u"COMET_CONFIG names /nowhere/at/all, which can't be read."_s});
    }

    void emptyCountsAsUnset()
    {
        Machine machine;
        machine.environment.variables[u"COMET_API_KEY"_s] = QString();
        machine.environment.variables[u"COMET_URL_OVERRIDE"_s] = QString();
        machine.write(u"home/.comet.config"_s, "[comet]\napi_key = k\nurl_override = https://a.example\n");
        QCOMPARE(machine.find().apiKey, u"k"_s);
        QCOMPARE(machine.find().root, QUrl(u"https://a.example"_s));
    }

    // As measured with SDK 3.58.8.
    void ini_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("key");
        QTest::newRow("plain") << QByteArray("[comet]\napi_key=ABC\n") << u"ABC"_s;
        QTest::newRow("case and spaces") << QByteArray("[Comet]\n  API_Key  =  ABC  \n") << u"ABC"_s;
        QTest::newRow("comment behind") << QByteArray("[comet]\napi_key=ABC # mine\n") << u"ABC"_s;
        QTest::newRow("hash inside") << QByteArray("[comet]\napi_key=A#BC\n") << u"A#BC"_s;
        QTest::newRow("commas stay") << QByteArray("[comet]\napi_key=A,B\n") << u"A,B"_s;
        QTest::newRow("windows lines") << QByteArray("[comet]\r\napi_key=ABC\r\n") << u"ABC"_s;
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF[comet]\napi_key=ABC\n") << u"ABC"_s;
        QTest::newRow("commented out") << QByteArray("[comet]\n# api_key=ABC\n; api_key=DEF\n") << QString();
        QTest::newRow("other section") << QByteArray("[comet_logging]\napi_key=ABC\n") << QString();
        QTest::newRow("no section") << QByteArray("api_key=ABC\n") << QString();
        QTest::newRow("broken") << QByteArray("[comet\n]]\n=\napi_key\n") << QString();
    }
    void ini()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, key);
        Machine machine;
        machine.write(u"home/.comet.config"_s, text);
        QCOMPARE(machine.find().apiKey, key);
        QVERIFY(machine.find().remarks.isEmpty());
    }

    void quotesAreRemovedAndSaid()
    {
        Machine machine;
        machine.write(u"home/.comet.config"_s, "[comet]\napi_key = \"ABC\"\n");
        const Credentials found = machine.find();
        QCOMPARE(found.apiKey, u"ABC"_s);
        QCOMPARE(found.remarks, QStringList{u"The quotes around the API key in ~/.comet.config were left out."_s});
    }

    void secretPointersArePassedOver()
    {
        Machine machine;
        machine.environment.variables[u"COMET_API_KEY"_s] = u"_SECRET_-eyJ0"_s;
        machine.write(u"home/.comet.config"_s, "[comet]\napi_key = real\n");
        const Credentials found = machine.find();
        QCOMPARE(found.apiKey, u"real"_s);
        QCOMPARE(found.remarks.size(), 1);
    }

    void smartKeys()
    {
        const QString smart
            = u"abc*"_s + QString::fromLatin1(QByteArray("{\"baseUrl\":\"https://team.example/x\"}").toBase64());
        QCOMPARE(baseUrlInKey(smart), QUrl(u"https://team.example"_s));
        QVERIFY(!baseUrlInKey(u"abc"_s).isValid());
        QVERIFY(!baseUrlInKey(u"abc*not base64 {"_s).isValid());

        Machine machine;
        machine.environment.variables[u"COMET_API_KEY"_s] = smart;
        QCOMPARE(machine.find().apiKey, smart); // the whole string is the key
        QCOMPARE(machine.find().root, QUrl(u"https://team.example"_s));
        machine.environment.variables[u"COMET_URL_OVERRIDE"_s] = u"https://said.example/clientlib/"_s;
        QCOMPARE(machine.find().root, QUrl(u"https://said.example"_s));
    }

    void address_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("root");
        QTest::addColumn<QString>("dropped");
        QTest::addColumn<bool>("schemeAdded");
        QTest::newRow("whole") << u"https://comet.example.org"_s << u"https://comet.example.org"_s << QString() << false;
        QTest::newRow("sdk's") << u"http://localhost:5000/anything/clientlib/"_s << u"http://localhost:5000"_s
                               << u"/anything/clientlib/"_s << false;
        QTest::newRow("no scheme") << u" comet.example.org/ "_s << u"https://comet.example.org"_s << QString() << true;
        QTest::newRow("this machine") << u"localhost:5000"_s << u"http://localhost:5000"_s << QString() << true;
        QTest::newRow("IPv6") << u"http://[::1]:5000"_s << u"http://[::1]:5000"_s << QString() << false;
        QTest::newRow("user and query") << u"https://me:secret@a.example/x?y=1#z"_s << u"https://a.example"_s
                                        << u"/x?y=1"_s << false;
    }
    void address()
    {
        QFETCH(QString, typed);
        QFETCH(QString, root);
        QFETCH(QString, dropped);
        QFETCH(bool, schemeAdded);
        const ServerAddress address = ServerAddress::parse(typed);
        QCOMPARE(address.problem, QString());
        QCOMPARE(address.root.toString(), root);
        QCOMPARE(address.dropped, dropped);
        QCOMPARE(address.schemeAdded, schemeAdded);
    }

    void wrongAddress_data()
    {
        QTest::addColumn<QString>("typed");
        for (const char *typed : {"", "   ", "http://", "ftp://a.example", "file:///etc", "two words", "https://a b"})
            QTest::newRow(typed) << QString::fromLatin1(typed);
    }
    void wrongAddress()
    {
        QFETCH(QString, typed);
        const ServerAddress address = ServerAddress::parse(typed);
        QVERIFY(!address.problem.isEmpty());
        QVERIFY(!address.root.isValid() || address.root.isEmpty());
    }
};

QTEST_GUILESS_MAIN(CredentialsTest)
#include "tst_credentials.moc"
