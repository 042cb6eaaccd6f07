// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/browse/localproject.h"

#include "models/api/cache.h"
#include "models/session/keychain.h"
#include "models/session/servers.h"
#include "models/session/sessions.h"
#include "models/session/settings.h"
#include "ui/preferences/preferencesdialog.h"

#include <QAction>
#include <QActionGroup>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

// The dialog beside one connected server.
struct Scene
{
    LocalProject project;
    QString key = project.addExperiment(u"run"_s);
    QTemporaryDir folder;
    Settings settings{folder.filePath(u"settings.conf"_s)};
    Keychain keychain{[](Keychain::Operation, const QString &, const QString &, const Keychain::Answered &answered) {
        answered({Keychain::Answer::Status::NoKeychain, {}, {}});
    }};
    Sessions sessions;
    Servers servers{sessions, settings, keychain, Environment()};
    QActionGroup group{nullptr};
    QList<QAction *> schemes;
    std::optional<PreferencesDialog> dialog;
    Session *session = nullptr;

    Scene()
    {
        for (const QString &text : {u"System"_s, u"Light"_s, u"Dark"_s}) {
            schemes += group.addAction(text);
            schemes.back()->setCheckable(true);
        }
        schemes.front()->setChecked(true);
        Profile profile;
        profile.id = u"lab"_s;
        profile.root = project.root();
        profile.keySource = Profile::KeySource::ThisRun;
        session = servers.connectTo(profile, project.apiKey());
        if (!QTest::qWaitFor([this] { return session->state() == Session::State::Ready; }))
            qFatal("the local server does not let us in");
        dialog.emplace(settings, sessions, schemes, nullptr);
        dialog->show();
    }
    void show(const QString &page)
    {
        auto *pages = dialog->findChild<QTabWidget *>();
        for (int i = 0; i < pages->count(); ++i) {
            if (pages->tabText(i) == page)
                pages->setCurrentIndex(i);
        }
    }
    template<typename Button = QPushButton>
    void press(const QString &text)
    {
        for (Button *button : dialog->findChildren<Button *>()) {
            if (button->isVisible() && button->text().remove(u'&') == text) {
                QTest::mouseClick(button, Qt::LeftButton, {}, QPoint(8, button->height() / 2));
                return;
            }
        }
        qFatal("no button says %s", qPrintable(text));
    }
    bool ask()
    {
        bool isThere = false;
        session->client().tags(key)->then(&*dialog, [&](const QStringList &) { isThere = true; });
        return QTest::qWaitFor([&] { return isThere; });
    }
    const api::Cache &cache() const { return session->client().cache(); }
    QString statistics() const
    {
        for (const QLabel *label : dialog->findChildren<QLabel *>()) {
            if (label->accessibleName() == u"What is in the cache"_s)
                return label->text();
        }
        return {};
    }
    QSpinBox *spinBox(int nth = 0) const // of the page shown
    {
        for (QSpinBox *box : dialog->findChildren<QSpinBox *>()) {
            if (box->isVisible() && nth-- == 0)
                return box;
        }
        qFatal("no spin box is seen");
    }
    QListWidget *never() const { return dialog->findChild<QListWidget *>(); }
    // What another start of the program would read.
    api::CachePolicy kept()
    {
        settings.save();
        return Settings(settings.path()).cachePolicy();
    }
};

} // namespace

class PreferencesTest : public QObject
{
    Q_OBJECT

private slots:
    void theLookIsChosen()
    {
        Scene scene;
        scene.show(u"Look"_s);
        scene.press<QRadioButton>(u"Dark"_s);
        QVERIFY(scene.schemes[2]->isChecked());
        scene.press(u"Restore Defaults"_s);
        QVERIFY(scene.schemes[0]->isChecked());
    }

    void theCacheIsShownAndCleared()
    {
        Scene scene;
        scene.show(u"Cache"_s);
        scene.session->client().cache().clear();
        QVERIFY(scene.ask());
        QVERIFY(scene.ask());
        QTRY_VERIFY2(scene.statistics().startsWith(u"1 answer, "_s), qPrintable(scene.statistics()));
        QVERIFY(scene.statistics().contains(u"questions were answered from memory"_s));
        scene.press(u"Clear Cache"_s);
        QCOMPARE(scene.cache().statistics().entries, 0);
        QTRY_VERIFY(scene.statistics().startsWith(u"0 answers"_s));
    }

    void theCacheIsSwitchedOff()
    {
        Scene scene;
        scene.show(u"Cache"_s);
        scene.press<QCheckBox>(u"Answer repeated questions from memory"_s);
        QVERIFY(!scene.cache().policy().isOn);
        QVERIFY(!scene.kept().isOn);
        QVERIFY(scene.ask());
        QCOMPARE(scene.cache().statistics().entries, 0);
        scene.spinBox()->setValue(60);
        QCOMPARE(scene.cache().policy().minutes, 60);
        scene.press(u"Restore Defaults"_s);
        QCOMPARE(scene.cache().policy(), api::CachePolicy());
    }

    void endpointsAreAddedAndRemoved()
    {
        Scene scene;
        scene.show(u"Cache"_s);
        const int before = scene.never()->count();
        scene.press(u"Add"_s);
        auto *field = scene.never()->findChild<QLineEdit *>();
        QVERIFY(field);
        QTest::keyClicks(field, u" experiment/tags "_s);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(scene.cache().policy().never.contains(u"experiment/tags"_s));
        QCOMPARE(scene.never()->count(), before + 1);
        QVERIFY(scene.kept().never.contains(u"experiment/tags"_s));
        scene.never()->setCurrentRow(before);
        scene.press(u"Remove"_s);
        QVERIFY(!scene.cache().policy().never.contains(u"experiment/tags"_s));

        // An empty list stays empty.
        while (scene.never()->count() > 0) {
            scene.never()->setCurrentRow(0);
            scene.press(u"Remove"_s);
        }
        QVERIFY(scene.kept().never.isEmpty());
    }

    void theBudgetOfRequestsIsSet()
    {
        Scene scene;
        scene.show(u"Requests"_s);
        QSpinBox *refresh = scene.spinBox();
        QCOMPARE(refresh->text(), u"only when asked to"_s);
        refresh->stepUp();
        QCOMPARE(scene.settings.refreshMinutes.value(), 1);
        QSpinBox *budget = scene.spinBox(1);
        budget->selectAll();
        QTest::keyClicks(budget, u"2000"_s);
        QTest::keyClick(budget, Qt::Key_Tab);
        QCOMPARE(scene.session->client().requestLog().budget(), 2000);
        scene.press(u"Restore Defaults"_s);
        QCOMPARE(scene.session->client().requestLog().budget(), api::RequestLog::usualBudget);
    }
};

QTEST_MAIN(PreferencesTest)
#include "tst_preferences.moc"
