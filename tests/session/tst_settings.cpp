// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/settings.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class SettingsTest : public QObject
{
    Q_OBJECT
private slots:
    void remembersValues()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"sub/settings.conf"_s);
        const Place place{u"lab"_s, u"vision"_s, u"a, b; \"c\"/d"_s, u"key"_s};
        {
            Settings settings(path);
            QVERIFY(settings.problem().isEmpty());
            QVERIFY(settings.scheme.value() == Settings::Scheme::System);
            QVERIFY(settings.navigatorVisible.value());
            QVERIFY(settings.lastPlace.value().isNull());
            QSignalSpy changes(&settings, &Settings::changed);
            settings.scheme.set(Settings::Scheme::Dark);
            settings.scheme.set(Settings::Scheme::Dark); // the same is no change
            settings.navigatorVisible.set(false);
            settings.lastPlace.set(place);
            settings.windowState.set(QByteArray("\0\x01\xff", 3));
            QCOMPARE(changes.count(), 4);
            QCOMPARE(changes.first().first().toString(), u"appearance/scheme"_s);
        }
        Settings settings(path);
        QVERIFY(settings.scheme.value() == Settings::Scheme::Dark);
        QVERIFY(!settings.navigatorVisible.value());
        QVERIFY(settings.lastPlace.value() == place);
        for (const QString &model : {QString(), u"net; \"a\", b"_s}) {
            settings.lastPlace.set(Place::ofRegistry(u"lab"_s, u"vision"_s, model));
            settings.save();
            QCOMPARE(Settings(settings.path()).lastPlace.value(), Place::ofRegistry(u"lab"_s, u"vision"_s, model));
        }
        QCOMPARE(settings.windowState.value(), QByteArray("\0\x01\xff", 3));
    }

    void remembersServersInOrder()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"settings.conf"_s);
        const std::vector<Profile> profiles{
            {u"1"_s, u"Lab"_s, QUrl(u"https://lab.example:8443"_s), Profile::KeySource::Keychain, {}},
            {u"2"_s, u"Local"_s, QUrl(u"http://[::1]:5000"_s), Profile::KeySource::Found, u"~/.comet.config"_s},
            {u"3"_s, u"Other"_s, QUrl(u"https://o.example"_s), Profile::KeySource::ThisRun, {}}};
        {
            Settings settings(path);
            settings.setProfiles(profiles);
        }
        Settings settings(path);
        QVERIFY(settings.profiles() == profiles);
        settings.setProfiles({profiles[2]});
        QVERIFY(settings.profiles() == std::vector<Profile>{profiles[2]});
    }

    void remembersLayoutsBySubject()
    {
        QTemporaryDir folder;
        Settings settings(folder.filePath(u"settings.conf"_s));
        const QString subject = u"lab/ws/a%2Fb c"_s;
        settings.setLayout(u"columns"_s, subject, "state");
        settings.setNames(u"metrics"_s, subject, {u"loss, val"_s, u"acc"_s});
        QCOMPARE(settings.layout(u"columns"_s, subject), QByteArray("state"));
        QCOMPARE(settings.names(u"metrics"_s, subject), QStringList({u"loss, val"_s, u"acc"_s}));
        QVERIFY(settings.layout(u"columns"_s, u"lab/ws"_s).isNull());
        QVERIFY(settings.names(u"columns2"_s, subject).isEmpty());
        settings.setLayout(u"columns"_s, subject, {});
        QVERIFY(settings.layout(u"columns"_s, subject).isNull());
    }

    void damagedFileIsSaidAndKept()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"settings.conf"_s);
        const QByteArray damaged = "[window1]\nnavigatorVisible=false\n\x01\x02 this is no line\n[[[\n";
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(damaged);
        file.close();
        {
            Settings settings(path);
            QVERIFY(settings.problem().contains(u"damaged"_s));
            QVERIFY(!settings.navigatorVisible.value()); // what could be read
            settings.scheme.set(Settings::Scheme::Light);
        }
        QFile copy(path + u".broken"_s);
        QVERIFY(copy.open(QIODevice::ReadOnly));
        QCOMPARE(copy.readAll(), damaged);
        QVERIFY(Settings(path).scheme.value() == Settings::Scheme::Light);
    }

    void valuesOfAnotherShapeFallBack()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"settings.conf"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[appearance]\nscheme=Purple\n[window1]\nlastPlace=one, two\n[servers]\nsize=2\n"
                   "1\\id=x\n1\\address=not a url\n2\\name=no id\n");
        file.close();
        const Settings settings(path);
        QVERIFY(settings.scheme.value() == Settings::Scheme::System);
        QVERIFY(settings.lastPlace.value().isNull());
        QVERIFY(settings.profiles().empty());
    }

    // Where the file can't be written (a folder is in its place: that stops root as well) all goes on.
    void unwritableIsSaidOnce()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"settings.conf"_s);
        QVERIFY(QDir().mkpath(path));
        Settings settings(path);
        QSignalSpy problems(&settings, &Settings::problemFound);
        settings.scheme.set(Settings::Scheme::Dark);
        settings.navigatorVisible.set(false);
        settings.save();
        settings.save();
        QVERIFY(!settings.problem().isEmpty());
        QVERIFY(problems.count() <= 1);
        QVERIFY(settings.scheme.value() == Settings::Scheme::Dark); // for this run
    }
};

QTEST_GUILESS_MAIN(SettingsTest)
#include "tst_settings.moc"
