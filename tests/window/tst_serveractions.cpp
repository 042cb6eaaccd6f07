// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/browse/localproject.h"
#include "tests/window/house.h"

#include "ui/locationbar.h"
#include "ui/navigator.h"
#include "ui/preferences/preferencesdialog.h"
#include "ui/preferences/serverspage.h"
#include "ui/session/connectdialog.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/rowtableview.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QTabWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace {

constexpr QRgb purple = 0xff9461dc;

bool shows(QWidget *widget, const QRect &area, QRgb colour)
{
    const QImage image = widget->grab(area).toImage();
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) == colour)
                return true;
        }
    }
    return false;
}

QAbstractButton *readOnlyMark(const MainWindow &window)
{
    for (QAbstractButton *button : window.findChild<LocationBar *>()->findChildren<QAbstractButton *>()) {
        if (button->accessibleName() == u"Read only"_s)
            return button;
    }
    return nullptr;
}

QLineEdit *field(const ConnectDialog *dialog, const QString &name)
{
    for (const QLabel *label : dialog->findChildren<QLabel *>()) {
        if (label->text().remove(u'&') == name)
            return qobject_cast<QLineEdit *>(label->buddy());
    }
    return nullptr;
}

} // namespace

// What a person does with servers as a whole, and how the window tells them apart.
class ServerActionsTest : public QObject
{
    Q_OBJECT

    QString settingsPath() const { return m_folder->filePath(u"settings.conf"_s); }
    Profile lab() const
    {
        Profile profile;
        profile.id = u"lab"_s;
        profile.name = u"Lab"_s;
        profile.root = m_project->root();
        profile.keySource = Profile::KeySource::ThisRun;
        return profile;
    }
    // With the key where ConnectDialog would have put it.
    Session *connectTo(House &house, const Profile &profile) const
    {
        house.keychain.keepForThisRun(profile.id, m_project->apiKey());
        Session *session = house.servers.connectTo(profile, m_project->apiKey());
        return QTest::qWaitFor([session] { return session->state() == Session::State::Ready; }) ? session : nullptr;
    }

    std::optional<QTemporaryDir> m_folder;
    std::unique_ptr<LocalProject> m_project;

private slots:
    void initTestCase()
    {
        theme::apply(*qApp, theme::Scheme::Light);
        m_project = std::make_unique<LocalProject>();
        m_project->addExperiment(u"run"_s);
    }
    void init() { m_folder.emplace(); }

    void marksAreSeenAndSaid()
    {
        House house(settingsPath());
        auto *bar = house.window.findChild<LocationBar *>();
        const QRect line(0, bar->height() - 3, bar->width(), 3);
        QVERIFY(!readOnlyMark(house.window)->isVisible());
        Profile profile = lab();
        QVERIFY(connectTo(house, profile));
        QVERIFY(!readOnlyMark(house.window)->isVisible());
        QVERIFY(!shows(bar, line, purple));

        profile.isReadOnly = true;
        profile.colour = u"#9461dc"_s;
        QVERIFY(connectTo(house, profile));
        house.window.navigator().go({u"lab"_s, {}, {}, {}});
        QVERIFY(readOnlyMark(house.window)->isVisible());
        QVERIFY(readOnlyMark(house.window)->toolTip().contains(u"Nothing is changed"_s));
        QVERIFY(shows(bar, line, purple));
        QToolButton *step = nullptr;
        for (QToolButton *button : bar->findChildren<QToolButton *>()) {
            if (button->accessibleName() == u"Lab"_s && button->isVisible())
                step = button;
        }
        QVERIFY(step);
        QCOMPARE(step->accessibleDescription(), u"Read only: nothing is changed there\nMarked purple"_s);
        QTreeView *tree = house.tree();
        const QModelIndex row = child(tree->model(), u"Lab"_s);
        QVERIFY(row.isValid());
        QVERIFY(shows(tree->viewport(), tree->visualRect(row), purple));
        QVERIFY(row.data(WorkspaceTree::ReadOnlyRole).toBool());
        QVERIFY(row.data(Qt::AccessibleDescriptionRole).toString().contains(u"Read only"_s));
        QVERIFY(row.data(Qt::ToolTipRole).toString().contains(u"Marked purple"_s));
        QTRY_VERIFY(tree->model()->index(0, 0, row).data(WorkspaceTree::KindRole).value<WorkspaceTree::Kind>()
            == WorkspaceTree::Kind::Workspace);
        const QModelIndex workspace = tree->model()->index(0, 0, row);
        QVERIFY(!workspace.data(WorkspaceTree::ReadOnlyRole).toBool());
        QVERIFY(!shows(tree->viewport(), tree->visualRect(workspace), purple));

        house.window.navigator().go({}); // no server is shown
        QVERIFY(!readOnlyMark(house.window)->isVisible());
        QVERIFY(!shows(bar, line, purple));
    }

    void theMarkLeadsToWhereItIsDecided()
    {
        House house(settingsPath());
        Profile profile = lab();
        profile.isReadOnly = true;
        QVERIFY(connectTo(house, profile));
        const Place project{u"lab"_s, m_project->workspace, m_project->name, {}};
        house.window.navigator().go(project);
        QTest::mouseClick(readOnlyMark(house.window), Qt::LeftButton);
        auto *dialog = shown<ConnectDialog>(house.window);
        QVERIFY(dialog);
        for (QCheckBox *box : dialog->findChildren<QCheckBox *>()) {
            if (box->isChecked())
                QTest::mouseClick(box, Qt::LeftButton, {}, {8, box->height() / 2});
        }
        QTRY_VERIFY(button(dialog, u"Save Changes"_s)->isEnabled()); // the key is known
        QVERIFY(press(dialog, u"Save Changes"_s));
        QTRY_VERIFY(!house.settings.profiles().front().isReadOnly);
        QCOMPARE(house.window.navigator().current(), project);
        QVERIFY(!readOnlyMark(house.window)->isVisible());
        QTRY_COMPARE(house.sessions.find(u"lab"_s)->state(), Session::State::Ready);
    }

    void aServerWithoutItsKeyIsEditedInThePreferences()
    {
        House house(settingsPath());
        house.settings.setProfiles({lab()});
        house.action(Actions::Preferences)->trigger();
        auto *preferences = shown<PreferencesDialog>(house.window);
        QVERIFY(preferences);
        auto *page = preferences->findChild<ServersPage *>();
        QVERIFY(page);
        auto *pages = preferences->findChild<QTabWidget *>();
        pages->setCurrentIndex(pages->indexOf(page));
        auto *table = page->findChild<RowTableView *>();
        click(table, table->model()->index(0, 0));
        QVERIFY(press(page, u"Edit"_s));
        auto *dialog = shown<ConnectDialog>(house.window);
        QVERIFY(dialog);
        QCOMPARE(field(dialog, u"Server address"_s)->text(), m_project->root().toString());
        QTest::keyClicks(field(dialog, u"API key"_s), m_project->apiKey());
        QVERIFY(press(dialog, u"Save Changes"_s));
        QTRY_VERIFY(house.sessions.find(u"lab"_s));
        QTRY_COMPARE(table->model()->index(0, 5).data().toString(), u"Connected"_s);
        QVERIFY(press(page, u"Remove"_s));
        QVERIFY(house.settings.profiles().empty());
        QVERIFY(!house.sessions.find(u"lab"_s));
    }

    void aServerThatDoesNotAnswerIsKept()
    {
        House house(settingsPath());
        house.action(Actions::Connect)->trigger();
        auto *dialog = shown<ConnectDialog>(house.window);
        QVERIFY(dialog);
        QTest::keyClicks(field(dialog, u"Name"_s), u"Asleep"_s);
        QTest::keyClicks(field(dialog, u"Server address"_s), u"http://127.0.0.1:1"_s);
        QTest::keyClicks(field(dialog, u"API key"_s), u"key"_s);
        QTest::keyClick(field(dialog, u"API key"_s), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(button(dialog, u"Save Anyway"_s), 20'000);
        // This machine has no keychain: the person sees that first.
        QVERIFY(press(dialog, u"Save Anyway"_s));
        QVERIFY(house.settings.profiles().empty());
        QVERIFY(press(dialog, u"Save Anyway"_s));
        QTRY_COMPARE(house.settings.profiles().size(), std::size_t{1});
        QCOMPARE(house.settings.profiles().front().name, u"Asleep"_s);
        QTRY_VERIFY_WITH_TIMEOUT(house.sessions.all().front()->state() == Session::State::Failed, 20'000);
        QVERIFY(child(house.tree()->model(), u"Asleep"_s).isValid());
    }
};

QTEST_MAIN(ServerActionsTest)
#include "tst_serveractions.moc"
