// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/browse/localproject.h"

#include "models/session/keychain.h"
#include "models/session/servers.h"
#include "models/session/servertable.h"
#include "models/session/settings.h"
#include "ui/preferences/serverspage.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/rowtableview.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

Profile profileOf(const QString &id, const QString &name, const QUrl &root)
{
    Profile profile;
    profile.id = id;
    profile.name = name;
    profile.root = root;
    return profile;
}

struct Scene
{
    QTemporaryDir folder;
    Settings settings{folder.filePath(u"settings.conf"_s)};
    Keychain keychain{[](Keychain::Operation, const QString &, const QString &, const Keychain::Answered &answered) {
        answered({Keychain::Answer::Status::NoKeychain, {}, {}});
    }};
    Sessions sessions;
    Servers servers{sessions, settings, keychain, Environment()};
    ServersPage page{settings, sessions};
    RowTableView *table = page.findChild<RowTableView *>();
    QSignalSpy added{&page, &ServersPage::addRequested};
    QSignalSpy edited{&page, &ServersPage::editRequested};
    QSignalSpy removed{&page, &ServersPage::removeRequested};

    Scene()
    {
        page.resize(760, 400);
        page.show();
    }
    QString cell(int row, ServerTable::Column column) const { return table->model()->index(row, column).data().toString(); }
    void choose(int row)
    {
        const QModelIndex index = table->model()->index(row, 0);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(index).center());
    }
    QPushButton *button(const QString &text) const
    {
        for (QPushButton *button : page.findChildren<QPushButton *>()) {
            if (button->text().remove(u'&') == text)
                return button;
        }
        return nullptr;
    }
    void press(const QString &text) { QTest::mouseClick(button(text), Qt::LeftButton); }
};

} // namespace

class ServersPageTest : public QObject
{
    Q_OBJECT

private slots:
    void withoutServersOneIsOffered()
    {
        Scene scene;
        QVERIFY(!scene.table->isVisible());
        QVERIFY(scene.page.findChild<EmptyState *>()->isVisible());
        QVERIFY(!scene.button(u"Edit…"_s)->isEnabled());
        QVERIFY(!scene.button(u"Remove"_s)->isEnabled());
        scene.press(u"Add…"_s);
        QCOMPARE(scene.added.count(), 1);
        scene.settings.setProfiles({profileOf(u"lab"_s, u"Lab"_s, QUrl(u"https://lab.example.org"_s))});
        QVERIFY(scene.table->isVisible());
        QVERIFY(!scene.page.findChild<EmptyState *>()->isVisible());
    }

    void everythingAboutAServerIsShown()
    {
        LocalProject project;
        Scene scene;
        Profile lab = profileOf(u"lab"_s, u"A lab"_s, project.root());
        lab.keySource = Profile::KeySource::ThisRun;
        lab.isReadOnly = true;
        lab.asksBeforeWriting = true;
        lab.colour = u"#0f8f96"_s;
        scene.servers.connectTo(lab, project.apiKey());
        QTRY_COMPARE(scene.cell(0, ServerTable::Connection), u"Connected"_s);
        QCOMPARE(scene.cell(0, ServerTable::Name), u"A lab"_s);
        QCOMPARE(scene.cell(0, ServerTable::Address), project.root().toString());
        QCOMPARE(scene.cell(0, ServerTable::KeySource), u"This run only"_s);
        QCOMPARE(scene.cell(0, ServerTable::Colour), u"Teal"_s);
        QCOMPARE(scene.cell(0, ServerTable::Protection), u"Read only"_s);

        lab.isReadOnly = false;
        lab.colour.clear();
        lab.name = u"A lab <b>∞</b> مختبر"_s;
        scene.servers.connectTo(lab, u"not the key"_s);
        QTRY_COMPARE(scene.cell(0, ServerTable::Connection), u"Not connected"_s);
        QVERIFY(scene.table->model()->index(0, ServerTable::Connection).data(Qt::ToolTipRole).toString().contains(u"key"_s));
        QCOMPARE(scene.table->model()->rowCount(), 1);
        QCOMPARE(scene.cell(0, ServerTable::Name), lab.name);
        QCOMPARE(scene.cell(0, ServerTable::Colour), QString());
        QCOMPARE(scene.cell(0, ServerTable::Protection), u"Ask first"_s);
    }

    void serversWithoutAKeyAreThere()
    {
        Scene scene;
        Profile found = profileOf(u"found"_s, u"Found"_s, QUrl(u"https://found.example.org"_s));
        found.keySource = Profile::KeySource::Found;
        found.foundIn = u"~/.comet.config"_s;
        scene.settings.setProfiles({profileOf(u"far"_s, u"Far"_s, QUrl(u"https://far.example.org"_s)), found});
        QCOMPARE(scene.cell(0, ServerTable::Connection), u"No API key"_s);
        QCOMPARE(scene.cell(0, ServerTable::KeySource), u"Keychain"_s);
        QCOMPARE(scene.cell(0, ServerTable::Protection), u"Allowed"_s);
        QCOMPARE(scene.cell(1, ServerTable::KeySource), u"~/.comet.config"_s);

        QVERIFY(!scene.button(u"Edit…"_s)->isEnabled());
        scene.choose(1);
        scene.press(u"Edit…"_s);
        QCOMPARE(scene.edited.last().first().toString(), u"found"_s);
        scene.choose(0);
        QTest::keyClick(scene.table, Qt::Key_Return);
        QCOMPARE(scene.edited.last().first().toString(), u"far"_s);
        QCOMPARE(scene.edited.count(), 2);

        scene.press(u"Remove"_s);
        QCOMPARE(scene.removed.last().first().toString(), u"far"_s);
        scene.servers.forget(u"far"_s);
        QCOMPARE(scene.table->model()->rowCount(), 1);
        scene.servers.forget(u"found"_s);
        QVERIFY(!scene.button(u"Remove"_s)->isEnabled());
        QVERIFY(scene.page.findChild<EmptyState *>()->isVisible());
    }
};

QTEST_MAIN(ServersPageTest)
#include "tst_serverspage.moc"
