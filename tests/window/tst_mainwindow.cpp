// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/browse/localproject.h"
#include "tests/window/house.h"

#include "models/api/cache.h"
#include "ui/browse/experimentspage.h"
#include "ui/browse/gotopopup.h"
#include "ui/charts/chartpane.h"
#include "ui/experiment/experimentpage.h"
#include "ui/locationbar.h"
#include "ui/navigator.h"
#include "ui/session/connectdialog.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTableView>
#include <QToolButton>

using namespace Qt::StringLiterals;

class tst_mainwindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { m_folder.emplace(); }
    void startPageOffersBothWays();
    void walksFromTheTreeToAnExperiment();
    void goesBackAndForward();
    void goesToAKey();
    void saysThatTheKeyIsWrong();
    void saysThatTheServerIsDead();
    void survivesAServerThatDiesMeanwhile();
    void forgetsAServerWithItsPlaces();
    void remembersWhereItWas();
    void copiesThePlace();
    void enablesWhatIsPossible();
    void clearsTheCache();
    void everythingThatTakesFocusHasAName();

private:
    QString settingsPath() const { return m_folder->filePath(u"settings.conf"_s); }

    std::optional<QTemporaryDir> m_folder;
    std::unique_ptr<LocalProject> m_project;
    QString m_firstKey;
};

void tst_mainwindow::initTestCase()
{
    theme::apply(*qApp, theme::Scheme::Light);
    m_project = std::make_unique<LocalProject>();
    for (const char *name : {"first", "second", "third"}) {
        const QString key = m_project->addExperiment(QString::fromLatin1(name));
        m_project->logParameter(key, u"lr"_s, 0.1);
        for (int step = 0; step < 10; ++step)
            m_project->logMetric(key, u"loss"_s, 1.0 / (step + 1), step);
        if (m_firstKey.isEmpty())
            m_firstKey = key;
    }
}

void tst_mainwindow::startPageOffersBothWays()
{
    House house(settingsPath());
    QVERIFY(house.state());
    const QList<QPushButton *> buttons = house.state()->findChildren<QPushButton *>();
    QCOMPARE(buttons.size(), 2);
    QSignalSpy sample(&house.window, &MainWindow::sampleDataRequested);
    QTest::mouseClick(buttons[1], Qt::LeftButton);
    QCOMPARE(sample.count(), 1);
    QTest::mouseClick(buttons[0], Qt::LeftButton);
    QTRY_VERIFY(house.window.findChild<ConnectDialog *>());
    QVERIFY(house.window.findChild<ConnectDialog *>()->isVisible());
}

void tst_mainwindow::walksFromTheTreeToAnExperiment()
{
    House house(settingsPath());
    house.connectTo(m_project->root(), m_project->apiKey());
    QTreeView *tree = house.tree();
    const QAbstractItemModel *model = tree->model();
    QTRY_VERIFY(child(model, u"Lab"_s).isValid());
    QTRY_VERIFY(child(model, m_project->workspace, child(model, u"Lab"_s)).isValid());
    const QModelIndex workspace = child(model, m_project->workspace, child(model, u"Lab"_s));
    tree->expand(workspace);
    QTRY_VERIFY(child(model, m_project->name, workspace).isValid());
    click(tree, child(model, m_project->name, workspace));

    QTRY_VERIFY(house.window.pages().experimentsShown());
    ExperimentsPage *page = house.window.pages().experimentsShown();
    QTRY_COMPARE(page->table()->rowCount(), 3);
    QVERIFY(house.window.windowTitle().startsWith(m_project->name));
    QTRY_VERIFY(page->loader()->isLoaded());

    // The chart follows the selection; opening a row leads to its page.
    house.action(Actions::SelectAll)->trigger();
    QCOMPARE(page->selectedKeys().size(), 3);
    house.window.navigator().go({u"lab"_s, m_project->workspace, m_project->name, m_firstKey});
    QTRY_VERIFY(house.window.pages().experimentShown());
    ExperimentPage *experiment = house.window.pages().experimentShown();
    QTRY_VERIFY(!experiment->values().isLoading());
    QCOMPARE(experiment->values().metadata().name, u"first"_s);
    QCOMPARE(experiment->values().metrics().rowCount(), 1);
    QCOMPARE(experiment->chart()->metrics(), QStringList{u"loss"_s});
    QTRY_VERIFY(house.window.windowTitle().startsWith(u"first"_s));
}

void tst_mainwindow::goesBackAndForward()
{
    House house(settingsPath());
    house.connectTo(m_project->root(), m_project->apiKey());
    Navigator &navigator = house.window.navigator();
    QVERIFY(QTest::qWaitForWindowActive(&house.window)); // else it hears no keys
    const Place server{u"lab"_s, {}, {}, {}};
    const Place workspace{u"lab"_s, m_project->workspace, {}, {}};
    const Place project{u"lab"_s, m_project->workspace, m_project->name, {}};
    QTRY_COMPARE(navigator.current(), server);
    navigator.go(workspace);
    navigator.go(project);
    QTest::keyClick(&house.window, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(navigator.current(), workspace);
    QTest::keyClick(&house.window, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(navigator.current(), server);
    QTest::keyClick(&house.window, Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(navigator.current(), workspace);
    QTest::keyClick(&house.window, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(navigator.current(), server);
    QVERIFY(!house.action(Actions::Forward)->isEnabled()); // a new way cuts the old one off

    // The workspace page lists its projects; Return opens one.
    navigator.go(workspace);
    QTableView *table = nullptr;
    QTRY_VERIFY((table = house.window.pages().currentWidget()->findChild<QTableView *>()) && table->isVisible()
        && table->model()->rowCount() == 1);
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(navigator.current(), project);
}

void tst_mainwindow::goesToAKey()
{
    House house(settingsPath());
    house.connectTo(m_project->root(), m_project->apiKey());
    QTRY_VERIFY(!house.window.navigator().current().isNull());
    QTRY_COMPARE(house.sessions.all().front()->state(), Session::State::Ready);
    QVERIFY(QTest::qWaitForWindowActive(&house.window));
    QTest::keyClick(&house.window, Qt::Key_K, Qt::ControlModifier);
    auto *popup = house.window.findChild<GoToPopup *>();
    QVERIFY(popup);
    QTRY_VERIFY(popup->isVisible());
    auto *field = popup->findChild<QLineEdit *>();
    QTest::keyClicks(field, m_firstKey);
    QTRY_VERIFY_WITH_TIMEOUT((QTest::keyClick(field, Qt::Key_Return),
                                 house.window.navigator().current().experiment == m_firstKey),
        10'000);
}

void tst_mainwindow::saysThatTheKeyIsWrong()
{
    House house(settingsPath());
    house.connectTo(m_project->root(), u"not-the-key"_s);
    QTRY_VERIFY(house.state() && house.state()->title().contains(u"API key"_s));
    QVERIFY(!house.state()->sentence().isEmpty());
    const QList<QPushButton *> buttons = house.state()->findChildren<QPushButton *>();
    QVERIFY(!buttons.isEmpty());
    QTest::mouseClick(buttons.front(), Qt::LeftButton); // Edit Key...
    QTRY_VERIFY(house.window.findChild<ConnectDialog *>());
    auto *field = qobject_cast<QLineEdit *>(house.window.findChild<ConnectDialog *>()->focusWidget());
    QVERIFY(field);
    QCOMPARE(field->accessibleName(), u"API key"_s);
}

void tst_mainwindow::saysThatTheServerIsDead()
{
    House house(settingsPath());
    house.connectTo(QUrl(u"http://127.0.0.1:1"_s), u"any"_s);
    QTRY_VERIFY_WITH_TIMEOUT(house.state() && house.state()->title().contains(u"reached"_s), 20'000);
    QVERIFY(!house.state()->sentence().isEmpty());
    QVERIFY(!house.state()->findChildren<QPushButton *>().isEmpty());
}

void tst_mainwindow::survivesAServerThatDiesMeanwhile()
{
    LocalProject project;
    const QString key = project.addExperiment(u"only"_s);
    House house(settingsPath());
    Session *session = house.connectTo(project.root(), project.apiKey());
    QTRY_COMPARE(session->state(), Session::State::Ready);
    house.window.navigator().go({u"lab"_s, project.workspace, project.name, {}});
    QTRY_VERIFY(house.window.pages().experimentsShown());
    QTRY_COMPARE(house.window.pages().experimentsShown()->table()->rowCount(), 1);
    project.stopServer();
    house.window.navigator().go({u"lab"_s, project.workspace, project.name, key});
    QTRY_VERIFY_WITH_TIMEOUT(house.state() && !house.state()->findChildren<QPushButton *>().isEmpty(), 30'000);
    // What was loaded is still there.
    house.window.navigator().back();
    QCOMPARE(house.window.pages().experimentsShown()->table()->rowCount(), 1);
}

void tst_mainwindow::forgetsAServerWithItsPlaces()
{
    House house(settingsPath());
    house.connectTo(m_project->root(), m_project->apiKey());
    QTRY_VERIFY(!house.window.navigator().current().isNull());
    house.window.navigator().go({u"lab"_s, m_project->workspace, m_project->name, {}});
    QCOMPARE(house.settings.profiles().size(), std::size_t{1});
    house.action(Actions::RemoveServer)->trigger();
    QVERIFY(house.window.navigator().current().isNull());
    QVERIFY(house.sessions.all().empty());
    QVERIFY(house.settings.profiles().empty());
    QVERIFY(!house.action(Actions::Back)->isEnabled());
    QVERIFY(!house.window.messages().text().isEmpty());
}

void tst_mainwindow::remembersWhereItWas()
{
    const Place project{u"lab"_s, m_project->workspace, m_project->name, {}};
    {
        House house(settingsPath());
        house.connectTo(m_project->root(), m_project->apiKey());
        house.window.navigator().go(project);
        house.action(Actions::ShowNavigator)->trigger(); // away
        house.window.close();
    }
    House house(settingsPath());
    QVERIFY(!house.window.panel().isVisible());
    house.connectTo(m_project->root(), m_project->apiKey());
    QTRY_COMPARE(house.window.navigator().current(), project);
    QTRY_VERIFY(house.window.pages().experimentsShown());
}

void tst_mainwindow::copiesThePlace()
{
    House house(settingsPath());
    house.connectTo(m_project->root(), m_project->apiKey());
    house.window.navigator().go({u"lab"_s, m_project->workspace, m_project->name, m_firstKey});
    house.action(Actions::CopyPath)->trigger();
    QCOMPARE(QApplication::clipboard()->text(),
        m_project->workspace + u'/' + m_project->name + u'/' + m_firstKey);
    house.action(Actions::CopyKey)->trigger();
    QCOMPARE(QApplication::clipboard()->text(), m_firstKey);
    QVERIFY(!house.window.statusBar()->currentMessage().isEmpty());
}

void tst_mainwindow::enablesWhatIsPossible()
{
    House house(settingsPath());
    for (const Actions::Id id : {Actions::Refresh, Actions::Back, Actions::CopyKey, Actions::ExportShown})
        QVERIFY(!house.action(id)->isEnabled());
    QVERIFY(house.action(Actions::Connect)->isEnabled());
    house.connectTo(m_project->root(), m_project->apiKey());
    house.window.navigator().go({u"lab"_s, m_project->workspace, m_project->name, {}});
    QTRY_VERIFY(house.action(Actions::ExportShown)->isEnabled());
    QVERIFY(house.action(Actions::Refresh)->isEnabled());
    QVERIFY(!house.action(Actions::CopyKey)->isEnabled()); // nothing is selected
    QTRY_COMPARE(house.window.pages().experimentsShown()->table()->rowCount(), 3);
    house.action(Actions::SelectAll)->trigger();
    QTRY_VERIFY(house.action(Actions::CopyKey)->isEnabled());
}

void tst_mainwindow::clearsTheCache()
{
    House house(settingsPath());
    Session *session = house.connectTo(m_project->root(), m_project->apiKey());
    QTRY_COMPARE(session->state(), Session::State::Ready);
    house.window.navigator().go({u"lab"_s, m_project->workspace, m_project->name, m_firstKey});
    QTRY_VERIFY(house.window.pages().experimentShown());
    QTRY_VERIFY(!house.window.pages().experimentShown()->values().isLoading());
    QVERIFY(session->client().cache().statistics().entries > 0);
    house.action(Actions::ClearCache)->trigger();
    QCOMPARE(session->client().cache().statistics().entries, 0);
    QVERIFY(house.window.messages().text().startsWith(u"Cache cleared: "_s));
}

void tst_mainwindow::everythingThatTakesFocusHasAName()
{
    House house(settingsPath());
    house.connectTo(m_project->root(), m_project->apiKey());
    house.action(Actions::ShowRequests)->trigger();
    const Place places[] = {{}, {u"lab"_s, {}, {}, {}}, {u"lab"_s, m_project->workspace, {}, {}},
        {u"lab"_s, m_project->workspace, m_project->name, {}},
        {u"lab"_s, m_project->workspace, m_project->name, m_firstKey}};
    QTRY_COMPARE(house.sessions.all().front()->state(), Session::State::Ready);
    QStringList nameless;
    for (const Place &place : places) {
        house.window.navigator().go(place);
        for (QWidget *widget : house.window.findChildren<QWidget *>()) {
            if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus))
                continue;
            const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
            if (face && face->text(QAccessible::Name).isEmpty())
                nameless.append(QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName());
        }
    }
    nameless.removeDuplicates();
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u", "_s)));
}

QTEST_MAIN(tst_mainwindow)
#include "tst_mainwindow.moc"
