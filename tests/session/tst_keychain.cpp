// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/keychain.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using Status = Keychain::Answer::Status;

class KeychainTest : public QObject
{
    Q_OBJECT

    // A keychain in memory that answers from the event loop, or as told.
    struct Store
    {
        QHash<QString, QString> secrets;
        Status says = Status::Done;
        int asked = 0;

        Keychain::Backend backend()
        {
            return [this](Keychain::Operation operation, const QString &account, const QString &secret,
                       Keychain::Answered answered) {
                ++asked;
                Keychain::Answer answer{says, {}, u"locked"_s};
                if (says == Status::Done && operation == Keychain::Operation::Write)
                    secrets.insert(account, secret);
                else if (says == Status::Done && operation == Keychain::Operation::Remove)
                    secrets.remove(account);
                else if (says == Status::Done && secrets.contains(account))
                    answer.secret = secrets.value(account);
                else if (says == Status::Done)
                    answer.status = Status::NotFound;
                QTimer::singleShot(0, QCoreApplication::instance(), [answered, answer] { answered(answer); });
            };
        }
    };
    struct Heard
    {
        QString key = u"not yet"_s;
        QString problem;
        int times = 0;
    };
    Heard read(Keychain &keychain, const QString &id)
    {
        Heard heard;
        keychain.read(id, this, [&heard](const QString &key, const QString &problem) {
            heard = {key, problem, heard.times + 1};
        });
        if (heard.times != 0)
            qFatal("answered before the event loop");
        [&heard] { QTRY_COMPARE(heard.times, 1); }();
        return heard;
    }
    std::pair<Keychain::Where, QString> write(Keychain &keychain, const QString &id, const QString &key)
    {
        std::optional<std::pair<Keychain::Where, QString>> heard;
        keychain.write(id, key, this, [&heard](Keychain::Where where, const QString &problem) {
            heard = {where, problem};
        });
        [&heard] { QTRY_VERIFY(heard); }();
        return *heard;
    }

private slots:
    void keepsKeys()
    {
        Store store;
        {
            Keychain keychain(store.backend());
            const auto kept = write(keychain, u"lab"_s, u"secret"_s);
            QVERIFY(kept.first == Keychain::Where::System);
            QVERIFY(kept.second.isEmpty());
        }
        Keychain later(store.backend());
        QCOMPARE(read(later, u"lab"_s).key, u"secret"_s);
        QCOMPARE(read(later, u"other"_s).key, QString());
        QVERIFY(read(later, u"other"_s).problem.isEmpty());
        later.remove(u"lab"_s);
        QCOMPARE(read(later, u"lab"_s).key, QString());
        QVERIFY(store.secrets.isEmpty());
    }

    void withoutKeychainKeysLiveForTheRun()
    {
        Store store;
        store.says = Status::NoKeychain;
        Keychain keychain(store.backend());
        QSignalSpy changes(&keychain, &Keychain::whereChanged);
        const auto kept = write(keychain, u"lab"_s, u"secret"_s);
        QVERIFY(kept.first == Keychain::Where::ThisRun);
        QCOMPARE(kept.second, u"This system has no keychain. The API key is kept until the program ends."_s);
        QVERIFY(keychain.where() == Keychain::Where::ThisRun);
        QCOMPARE(changes.count(), 1);
        const int asked = store.asked;
        QCOMPARE(read(keychain, u"lab"_s).key, u"secret"_s);
        QCOMPARE(read(keychain, u"other"_s).key, QString());
        QCOMPARE(store.asked, asked); // what is not there is not asked again
    }

    void refusalIsSaid()
    {
        Store store;
        store.says = Status::Refused;
        Keychain keychain(store.backend());
        QVERIFY(read(keychain, u"lab"_s).problem.contains(u"locked"_s));
        QVERIFY(keychain.where() == Keychain::Where::System); // it is there, it said no
        QVERIFY(write(keychain, u"lab"_s, u"secret"_s).second.contains(u"until the program ends"_s));
        QCOMPARE(read(keychain, u"lab"_s).key, u"secret"_s);
    }

    void forThisRunNeverReachesTheSystem()
    {
        Store store;
        Keychain keychain(store.backend());
        keychain.keepForThisRun(u"lab"_s, u"secret"_s);
        QCOMPARE(read(keychain, u"lab"_s).key, u"secret"_s);
        QCOMPARE(store.asked, 0);
    }

    void answersAfterTheEndReachNobody()
    {
        Store store;
        auto keychain = std::make_unique<Keychain>(store.backend());
        auto asker = std::make_unique<QObject>();
        int heard = 0;
        keychain->read(u"lab"_s, asker.get(), [&heard](const QString &, const QString &) { ++heard; });
        keychain->read(u"lab"_s, this, [&heard](const QString &, const QString &) { ++heard; });
        asker.reset();
        keychain.reset();
        QCoreApplication::sendPostedEvents();
        QTimer done;
        done.setSingleShot(true);
        QSignalSpy waited(&done, &QTimer::timeout);
        done.start(20);
        QVERIFY(waited.wait());
        QCOMPARE(heard, 0);
    }
};

QTEST_GUILESS_MAIN(KeychainTest)
#include "tst_keychain.moc"
