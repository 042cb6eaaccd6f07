// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/session/keychain.h"
#include "models/session/profilemarks.h"
#include "models/session/sessions.h"
#include "tests/support/answerserver.h"
#include "ui/session/connectdialog.h"
#include "ui/session/inlinenote.h"
#include "ui/session/requestsdock.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using KeySource = Profile::KeySource;
using Status = Keychain::Answer::Status;

// The dialogs and docks of a session, used as a person does.
class ConnectDialogTest : public QObject
{
    Q_OBJECT

    struct Form
    {
        Status keychainSays = Status::Done;
        QHash<QString, QString> secrets;
        int writes = 0;
        Keychain keychain;
        ConnectDialog dialog;
        QSignalSpy accepted{&dialog, &QDialog::accepted};

        explicit Form(const Environment &environment = {})
            : keychain([this](Keychain::Operation operation, const QString &id, const QString &secret,
                           Keychain::Answered answered) {
                if (keychainSays != Status::Done) {
                    answered({keychainSays, {}, {}});
                    return;
                }
                if (operation == Keychain::Operation::Read) {
                    answered({secrets.contains(id) ? Status::Done : Status::NotFound, secrets.value(id), {}});
                    return;
                }
                if (operation == Keychain::Operation::Write) {
                    secrets.insert(id, secret);
                    ++writes;
                } else {
                    secrets.remove(id);
                }
                answered({Status::Done, {}, {}});
            })
            , dialog(keychain, environment)
        {
            dialog.show();
        }
        template<class Widget>
        Widget *named(const QString &name) const
        {
            for (Widget *widget : dialog.findChildren<Widget *>()) {
                if constexpr (std::is_base_of_v<QAbstractButton, Widget> && !std::is_same_v<Widget, QToolButton>) {
                    if (widget->text().remove(u'&') == name)
                        return widget;
                } else if (widget->accessibleName() == name) {
                    return widget;
                }
            }
            // A field is named by its label.
            for (const QLabel *label : dialog.findChildren<QLabel *>()) {
                if (label->text().remove(u'&') == name)
                    return qobject_cast<Widget *>(label->buddy());
            }
            return nullptr;
        }
        void fill(const QString &address, const QString &key)
        {
            named<QLineEdit>(u"Server address"_s)->clear();
            named<QLineEdit>(u"API key"_s)->clear();
            QTest::keyClicks(named<QLineEdit>(u"Server address"_s), address);
            QTest::keyClicks(named<QLineEdit>(u"API key"_s), key);
        }
        bool says(const QString &words) const
        {
            for (const InlineNote *note : dialog.findChildren<InlineNote *>()) {
                if (note->isVisible() && note->text().contains(words))
                    return true;
            }
            return false;
        }
        void press(const QString &name) { QTest::mouseClick(named<QPushButton>(name), Qt::LeftButton); }
    };

private slots:
    void connectsAndKeepsTheKey()
    {
        AnswerServer server;
        Form form;
        QVERIFY(!form.named<QPushButton>(u"Connect"_s)->isEnabled());
        QVERIFY(!form.named<QPushButton>(u"Test"_s)->isEnabled());
        form.fill(server.root().toString() + u"/clientlib/"_s, server.apiKey);
        QVERIFY(form.says(u"“/clientlib/” is not part"_s));
        form.press(u"Test"_s);
        QTRY_VERIFY(form.says(u"Signed in as ada, API 3.60.0, "_s));
        QCOMPARE(form.accepted.count(), 0);
        QTest::keyClicks(form.named<QLineEdit>(u"Name"_s), u"Lab"_s);
        form.press(u"Connect"_s);
        QTRY_COMPARE(form.accepted.count(), 1);
        const Profile profile = form.dialog.profile();
        QCOMPARE(profile.name, u"Lab"_s);
        QCOMPARE(profile.root, server.root());
        QVERIFY(profile.keySource == KeySource::Keychain);
        QVERIFY(!profile.id.isEmpty());
        QCOMPARE(form.secrets.value(profile.id), server.apiKey);
    }

    void enterConnects()
    {
        AnswerServer server;
        Form form;
        form.fill(server.root().toString(), server.apiKey);
        QTest::keyClick(form.named<QLineEdit>(u"API key"_s), Qt::Key_Return);
        QTRY_COMPARE(form.accepted.count(), 1);
        QCOMPARE(form.dialog.profile().name, u"127.0.0.1"_s); // no name typed: the host's
    }

    void wrongKeyIsSaidBesideTheKey()
    {
        AnswerServer server;
        Form form;
        form.fill(server.root().toString(), u"nonsense"_s);
        form.press(u"Connect"_s);
        QTRY_VERIFY(form.says(u"didn’t accept this API key"_s));
        QCOMPARE(form.accepted.count(), 0);
        QVERIFY(form.named<QPushButton>(u"Connect"_s)->isEnabled());
        form.fill(server.root().toString(), server.apiKey); // what was said is gone with what it was about
        QVERIFY(!form.says(u"didn’t accept"_s));
        form.press(u"Connect"_s);
        QTRY_COMPARE(form.accepted.count(), 1);
    }

    void otherServersAreTold()
    {
        AnswerServer server;
        server.failures[u"/clientlib/isAlive/ver"_s] = 404;
        server.failures[u"account-details"_s] = 404;
        Form form;
        form.fill(server.root().toString(), u"key"_s);
        form.press(u"Test"_s);
        QTRY_VERIFY(form.says(u"isn’t a Comet server"_s));
        server.stop();
        form.fill(server.root().toString(), u"key2"_s);
        form.press(u"Test"_s);
        QTRY_VERIFY_WITH_TIMEOUT(form.says(u"Nothing answers at 127.0.0.1"_s), 20'000);
    }

    void addressIsCheckedWhileTyped()
    {
        Form form;
        form.fill(u"comet.example.org"_s, u"key"_s);
        QVERIFY(form.says(u"Connects to https://comet.example.org."_s));
        QVERIFY(form.named<QPushButton>(u"Connect"_s)->isEnabled());
        form.fill(u"http://comet.example.org"_s, u"key"_s);
        QVERIFY(form.says(u"Without https://"_s));
        form.fill(u"ftp://comet.example.org"_s, u"key"_s);
        QVERIFY(form.says(u"not with ftp://"_s));
        QVERIFY(!form.named<QPushButton>(u"Connect"_s)->isEnabled());
        form.fill(u"https://comet.example.org"_s, u"two words"_s);
        QVERIFY(form.says(u"no spaces"_s));
        QVERIFY(!form.named<QPushButton>(u"Connect"_s)->isEnabled());
    }

    void foundIsOffered()
    {
        AnswerServer server;
        QTemporaryDir home;
        QFile config(home.filePath(u".comet.config"_s));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("[comet]\napi_key = \"" + server.apiKey.toUtf8() + "\"\nurl_override = "
            + server.root().toEncoded() + "/clientlib/\n");
        config.close();
        Environment environment;
        environment.home = home.path();
        Form form(environment);
        auto *link = form.named<QLabel>(u"Use the address and key found in ~/.comet.config"_s);
        QVERIFY(link && link->isVisible());
        emit link->linkActivated(u"use"_s);
        QVERIFY(form.says(u"quotes around the API key"_s));
        form.press(u"Connect"_s);
        QTRY_COMPARE(form.accepted.count(), 1);
        QVERIFY(form.dialog.profile().keySource == KeySource::Found);
        QCOMPARE(form.dialog.profile().foundIn, u"~/.comet.config"_s);
        QCOMPARE(form.dialog.apiKey(), server.apiKey);
        QVERIFY(form.secrets.isEmpty()); // it stays where it is
        QVERIFY(!Form().named<QLabel>(u"Use the address and key found in "_s)->isVisible());
    }

    void withoutKeychainThePersonIsAsked()
    {
        AnswerServer server;
        Form form;
        form.keychainSays = Status::NoKeychain;
        form.fill(server.root().toString(), server.apiKey);
        form.press(u"Connect"_s);
        QTRY_VERIFY(form.says(u"This system has no keychain"_s));
        QCOMPARE(form.accepted.count(), 0);
        QCOMPARE(form.named<QComboBox>(u"Keep the key"_s)->currentText(), u"Until the program ends"_s);
        form.press(u"Connect"_s);
        QTRY_COMPARE(form.accepted.count(), 1);
        QVERIFY(form.dialog.profile().keySource == KeySource::ThisRun);
    }

    void keyCanBeSeenAndPasted()
    {
        Form form;
        auto *key = form.named<QLineEdit>(u"API key"_s);
        QCOMPARE(key->echoMode(), QLineEdit::Password);
        QTest::mouseClick(form.named<QToolButton>(u"Show the key"_s), Qt::LeftButton);
        QCOMPARE(key->echoMode(), QLineEdit::Normal);
        QTest::mouseClick(form.named<QToolButton>(u"Hide the key"_s), Qt::LeftButton);
        QCOMPARE(key->echoMode(), QLineEdit::Password);
        QGuiApplication::clipboard()->setText(u" pasted \n"_s);
        QTest::mouseClick(form.named<QToolButton>(u"Paste the key"_s), Qt::LeftButton);
        QCOMPARE(key->text(), u"pasted"_s);
    }

    void editKeepsTheIdentity()
    {
        AnswerServer server;
        Form form;
        const Profile profile{u"same"_s, u"Lab"_s, server.root(), KeySource::Keychain, {}};
        form.keychain.keepForThisRun(profile.id, server.apiKey);
        form.dialog.edit(profile);
        QTRY_VERIFY(form.named<QPushButton>(u"Save Changes"_s)->isEnabled());
        QTest::keyClicks(form.named<QLineEdit>(u"Name"_s), u" 2"_s);
        form.press(u"Save Changes"_s);
        QTRY_COMPARE(form.accepted.count(), 1);
        QCOMPARE(form.dialog.profile().id, u"same"_s);
        QCOMPARE(form.dialog.profile().name, u"Lab 2"_s);
    }

    void editNeedsNoKeyAgain()
    {
        AnswerServer server;
        Form form;
        form.secrets.insert(u"same"_s, server.apiKey);
        form.dialog.edit({u"same"_s, u"Lab"_s, server.root(), KeySource::Keychain, {}});
        QTRY_VERIFY(form.named<QPushButton>(u"Save Changes"_s)->isEnabled());
        QCOMPARE(form.named<QLineEdit>(u"API key"_s)->text(), QString()); // never shown
        QVERIFY(form.named<QLineEdit>(u"API key"_s)->placeholderText().startsWith(u"Unchanged"_s));
        // The key is not sent to another host.
        auto *address = form.named<QLineEdit>(u"Server address"_s);
        address->selectAll();
        QTest::keyClicks(address, u"https://elsewhere.example.org"_s);
        QVERIFY(!form.named<QPushButton>(u"Save Changes"_s)->isEnabled());
        QVERIFY(form.named<QLineEdit>(u"API key"_s)->placeholderText().startsWith(u"Another server"_s));
        address->selectAll();
        QTest::keyClicks(address, server.root().toString());
        form.press(u"Save Changes"_s);
        QTRY_COMPARE(form.accepted.count(), 1);
        QCOMPARE(form.dialog.apiKey(), server.apiKey);
        QCOMPARE(form.writes, 0); // it is where it was
    }

    void anotherKeyReplacesTheKnownOne()
    {
        AnswerServer server;
        Form form;
        form.secrets.insert(u"same"_s, u"old"_s);
        form.dialog.edit({u"same"_s, u"Lab"_s, server.root(), KeySource::Keychain, {}});
        QTRY_VERIFY(form.named<QPushButton>(u"Save Changes"_s)->isEnabled());
        QTest::keyClicks(form.named<QLineEdit>(u"API key"_s), server.apiKey);
        form.press(u"Save Changes"_s);
        QTRY_COMPARE(form.accepted.count(), 1);
        QCOMPARE(form.secrets.value(u"same"_s), server.apiKey);
    }

    void missingKeyIsAskedFor()
    {
        AnswerServer server;
        Form form;
        form.dialog.edit({u"same"_s, u"Lab"_s, server.root(), KeySource::Keychain, {}});
        QTRY_VERIFY(form.says(u"is not stored"_s));
        QVERIFY(!form.named<QPushButton>(u"Save Changes"_s)->isEnabled());
        QTest::keyClicks(form.named<QLineEdit>(u"API key"_s), server.apiKey);
        form.press(u"Save Changes"_s);
        QTRY_COMPARE(form.accepted.count(), 1);
        QCOMPARE(form.secrets.value(u"same"_s), server.apiKey);
    }

    void keyOfAConfigurationThatIsGoneIsSaid()
    {
        Form form;
        form.dialog.edit({u"same"_s, u"Lab"_s, QUrl(u"https://lab.example.org"_s), KeySource::Found, u"COMET_API_KEY"_s});
        QVERIFY(form.says(u"that was in COMET_API_KEY is not there any more"_s));
        QVERIFY(!form.named<QPushButton>(u"Save Changes"_s)->isEnabled());
    }

    void keyLeavesTheKeychainByWish()
    {
        AnswerServer server;
        Form form;
        form.secrets.insert(u"same"_s, server.apiKey);
        form.dialog.edit({u"same"_s, u"Lab"_s, server.root(), KeySource::Keychain, {}});
        QTRY_VERIFY(form.named<QPushButton>(u"Save Changes"_s)->isEnabled());
        QTest::keyClick(form.named<QComboBox>(u"Keep the key"_s), Qt::Key_Down);
        form.press(u"Save Changes"_s);
        QTRY_COMPARE(form.accepted.count(), 1);
        QVERIFY(form.secrets.isEmpty());
        QVERIFY(form.dialog.profile().keySource == KeySource::ThisRun);
        QCOMPARE(form.dialog.apiKey(), server.apiKey);
        QString kept;
        form.keychain.read(u"same"_s, this, [&kept](const QString &key, const QString &) { kept = key; });
        QTRY_COMPARE(kept, server.apiKey);
    }

    void protectionAndColourAreChosen()
    {
        AnswerServer server;
        Form form;
        form.fill(server.root().toString(), server.apiKey);
        auto *colour = form.named<QComboBox>(u"Colour"_s);
        auto *asks = form.named<QCheckBox>(u"Ask before every change"_s);
        QCOMPARE(colour->count(), 9);
        QCOMPARE(colour->currentText(), u"None"_s);
        QTest::keyClicks(colour, u"Gr"_s);
        QTest::mouseClick(asks, Qt::LeftButton, {}, {8, asks->height() / 2});
        auto *readOnly = form.named<QCheckBox>(u"Read only: nothing is changed there"_s);
        QTest::mouseClick(readOnly, Qt::LeftButton, {}, {8, readOnly->height() / 2});
        QVERIFY(!asks->isEnabled()); // there is nothing to ask about
        form.press(u"Connect"_s);
        QTRY_COMPARE(form.accepted.count(), 1);
        const Profile profile = form.dialog.profile();
        QVERIFY(profile.isReadOnly);
        QVERIFY(profile.asksBeforeWriting);
        QCOMPARE(profilemarks::colourName(profile.colour), u"Green"_s);
        QCOMPARE(profilemarks::sentences(profile),
            QStringList({u"Read only: nothing is changed there"_s, u"Marked green"_s}));

        Form again;
        again.dialog.edit(profile);
        QCOMPARE(again.dialog.profile(), profile);
        Profile odd = profile;
        odd.colour = u"#123456"_s; // by hand in the settings
        again.dialog.edit(odd);
        QCOMPARE(again.dialog.profile().colour, u"#123456"_s);
        odd.colour = u"no colour"_s;
        again.dialog.edit(odd);
        QCOMPARE(again.dialog.profile().colour, QString());
    }

    void unreachableServerIsKeptByWish()
    {
        AnswerServer server;
        const QUrl root = server.root();
        server.stop();
        Form form;
        QVERIFY(!form.named<QPushButton>(u"Save Anyway"_s)->isVisible());
        form.fill(root.toString(), server.apiKey);
        form.press(u"Connect"_s);
        QTRY_VERIFY_WITH_TIMEOUT(form.named<QPushButton>(u"Save Anyway"_s)->isVisible(), 20'000);
        QCOMPARE(form.accepted.count(), 0);
        QTest::keyClicks(form.named<QLineEdit>(u"Name"_s), u"Later"_s); // not about the connection
        QVERIFY(form.named<QPushButton>(u"Save Anyway"_s)->isVisible());
        form.press(u"Save Anyway"_s);
        QTRY_COMPARE(form.accepted.count(), 1);
        QCOMPARE(form.dialog.profile().root, root);
        QCOMPARE(form.dialog.profile().name, u"Later"_s);
        QCOMPARE(form.secrets.value(form.dialog.profile().id), server.apiKey);
    }

    void wrongKeyIsNotSavedAnyway()
    {
        AnswerServer server;
        Form form;
        form.fill(server.root().toString(), u"nonsense"_s);
        form.press(u"Connect"_s);
        QTRY_VERIFY(form.says(u"didn’t accept this API key"_s));
        QVERIFY(!form.named<QPushButton>(u"Save Anyway"_s)->isVisible());
    }

    void closingWhileAskingIsSafe()
    {
        AnswerServer server;
        {
            Form form;
            form.fill(server.root().toString(), server.apiKey);
            form.press(u"Connect"_s);
        }
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    void requestsDockCopiesWithoutTheKey()
    {
        AnswerServer server;
        Sessions sessions;
        RequestsDock dock(sessions);
        dock.show();
        Session *session = sessions.add({u"lab"_s, u"Lab"_s, server.root(), {}, {}}, server.apiKey);
        QTRY_VERIFY(session->state() == Session::State::Ready);
        auto *view = dock.findChild<QTreeView *>();
        QCOMPARE(view->model()->rowCount(), 2);
        QTest::keyClicks(dock.findChild<QLineEdit *>(), u"account"_s);
        QCOMPARE(view->model()->rowCount(), 1);
        for (QPushButton *button : dock.findChildren<QPushButton *>()) {
            if (button->text() == u"Copy as curl"_s)
                QTest::mouseClick(button, Qt::LeftButton);
        }
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY(copied.contains(u"account-details"_s));
        QVERIFY(!copied.contains(server.apiKey));
        for (QPushButton *button : dock.findChildren<QPushButton *>()) {
            if (button->text() == u"Clear"_s)
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QCOMPARE(view->model()->rowCount(), 0);
    }
};

QTEST_MAIN(ConnectDialogTest)
#include "tst_connectdialog.moc"
