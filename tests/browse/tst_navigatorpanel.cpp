// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/answerserver.h"
#include "ui/browse/gotopopup.h"
#include "ui/browse/navigatorpanel.h"
#include "ui/widgets/emptystate.h"

#include <QAbstractProxyModel>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using Kind = WorkspaceTree::Kind;
using LoadState = WorkspaceTree::LoadState;

// The navigator and Go To, used as a person does.
class NavigatorPanelTest : public QObject
{
    Q_OBJECT

    struct House
    {
        AnswerServer server;
        Sessions sessions;
        QWidget window;
        NavigatorPanel panel{sessions, &window};
        QTreeView *view = panel.findChild<QTreeView *>();
        QLineEdit *field = panel.findChild<QLineEdit *>();
        QSignalSpy opened{&panel, &NavigatorPanel::placeActivated};

        House()
        {
            server.workspaces = {u"vision"_s, u"speech"_s}; // the first is one's own
            server.projects[u"vision"_s] = {{u"1"_s, u"cifar"_s, 3, false}, {u"2"_s, u"digits"_s, 0, false}};
            server.projects[u"speech"_s] = {{u"3"_s, u"wake-word"_s, 0, true}};
            server.addExperiments(u"vision/cifar"_s, 300);
            window.resize(700, 500);
            panel.resize(264, 500);
            window.show();
        }
        void connectServer()
        {
            sessions.add({u"lab"_s, u"Lab"_s, server.root(), {}, {}}, server.apiKey);
            QTRY_VERIFY(at(u"vision/cifar"_s).data().toString() == u"cifar"_s);
        }
        // Of the view: by path below the server.
        QModelIndex at(const QString &path) const
        {
            const QModelIndex here = panel.model()->find({u"lab"_s, path.section(u'/', 0, 0),
                path.section(u'/', 1, 1), path.section(u'/', 2)});
            return static_cast<QAbstractProxyModel *>(view->model())->mapFromSource(here);
        }
        LoadState state(const QString &path) const { return at(path).data(WorkspaceTree::StateRole).value<LoadState>(); }
        void click(const QModelIndex &index)
        {
            view->scrollTo(index);
            QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
        }
        Place lastOpened() const { return opened.isEmpty() ? Place() : opened.last().first().value<Place>(); }
        QStringList shown() const
        {
            QStringList names;
            for (QModelIndex index = view->model()->index(0, 0); index.isValid(); index = view->indexBelow(index))
                names << index.data().toString();
            return names;
        }
        // Opens the menu by keyboard and takes the entry; the texts of all without one.
        QStringList menu(const QModelIndex &index, const QString &entry = {})
        {
            view->setCurrentIndex(index);
            QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());
            QCoreApplication::sendEvent(view->viewport(), &event);
            QStringList texts;
            for (QMenu *menu : panel.findChildren<QMenu *>()) {
                for (QAction *action : menu->actions()) {
                    if (!action->isSeparator())
                        texts << action->text();
                    if (action->text() == entry)
                        action->trigger();
                }
                menu->close();
                delete menu;
            }
            return texts;
        }
    };

private slots:
    void withoutServersOffersToConnect()
    {
        House house;
        QSignalSpy wanted(&house.panel, &NavigatorPanel::connectRequested);
        auto *none = house.panel.findChild<EmptyState *>();
        QVERIFY(none->isVisible());
        QTest::mouseClick(none->findChild<QPushButton *>(), Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
        house.connectServer();
        QVERIFY(!none->isVisible());
        house.sessions.remove(u"lab"_s);
        QVERIFY(none->isVisible());
    }

    void onesOwnWorkspaceIsOpenAtFirst()
    {
        House house;
        house.connectServer();
        QTRY_COMPARE(house.shown(),
            QStringList({u"Lab"_s, u"speech"_s, u"vision"_s, u"cifar"_s, u"digits"_s}));
        QCOMPARE(house.server.asked.value(u"projects"_s), 1);
        QCOMPARE(house.opened.count(), 0); // nothing was clicked
    }

    void clickOpens()
    {
        House house;
        house.connectServer();
        house.click(house.at(u"vision/cifar"_s));
        QVERIFY(house.lastOpened() == Place({u"lab"_s, u"vision"_s, u"cifar"_s, {}}));
        QVERIFY(!house.view->isExpanded(house.at(u"vision/cifar"_s)));
        house.click(house.at(u"speech"_s));
        QVERIFY(house.lastOpened() == Place({u"lab"_s, u"speech"_s, {}, {}}));
        QTRY_VERIFY(house.at(u"speech/wake-word"_s).data().toString() == u"wake-word"_s);
    }

    void keyboardWalksAndOpens()
    {
        House house;
        house.connectServer();
        house.view->setFocus();
        house.view->setCurrentIndex(house.at({}));
        QTest::keyClicks(house.view, u"cif"_s); // type-ahead
        QCOMPARE(house.view->currentIndex().data().toString(), u"cifar"_s);
        QTest::keyClick(house.view, Qt::Key_Right);
        QTRY_COMPARE(house.state(u"vision/cifar"_s), LoadState::Loaded);
        QTest::keyClick(house.view, Qt::Key_Down);
        QCOMPARE(house.opened.count(), 0);
        QTest::keyClick(house.view, Qt::Key_Return);
        const QString newest = house.server.experiments[u"vision/cifar"_s].back().key;
        QVERIFY(house.lastOpened() == Place({u"lab"_s, u"vision"_s, u"cifar"_s, newest}));
    }

    void longProjectsEndInTheTable()
    {
        House house;
        house.connectServer();
        house.view->expand(house.at(u"vision/cifar"_s));
        QTRY_COMPARE(house.state(u"vision/cifar"_s), LoadState::Loaded);
        const QModelIndex project = house.at(u"vision/cifar"_s);
        QCOMPARE(house.view->model()->rowCount(project), 202);
        house.click(house.view->model()->index(200, 0, project)); // Show 100 More
        QCOMPARE(house.view->model()->rowCount(project), 301);
        QCOMPARE(house.opened.count(), 0);
        house.click(house.view->model()->index(300, 0, project)); // Show All 300 in the Table
        QVERIFY(house.lastOpened() == Place({u"lab"_s, u"vision"_s, u"cifar"_s, {}}));
    }

    void failedPlaceIsRetriedByItsRow()
    {
        House house;
        house.server.failures[u"projects?workspaceName=speech"_s] = 403;
        house.connectServer();
        house.view->expand(house.at(u"speech"_s));
        QTRY_COMPARE(house.state(u"speech"_s), LoadState::Failed);
        const QModelIndex message = house.view->model()->index(0, 0, house.at(u"speech"_s));
        QVERIFY(house.view->visualRect(message).height() > 40); // the sentence wraps, Retry is below
        house.server.failures.clear();
        house.click(message);
        QTRY_VERIFY(house.at(u"speech/wake-word"_s).data().toString() == u"wake-word"_s);
        QCOMPARE(house.opened.count(), 0);
    }

    void refreshKeepsExpansionSelectionAndScroll()
    {
        House house;
        house.connectServer();
        house.view->expand(house.at(u"vision/cifar"_s));
        QTRY_COMPARE(house.state(u"vision/cifar"_s), LoadState::Loaded);
        const QModelIndex chosen = house.view->model()->index(150, 0, house.at(u"vision/cifar"_s));
        house.view->setCurrentIndex(chosen);
        house.view->scrollTo(chosen, QAbstractItemView::PositionAtTop);
        const QString name = chosen.data().toString();
        const int scroll = house.view->verticalScrollBar()->value();
        QVERIFY(scroll > 0);
        const int asked = house.server.asked.value(u"experiments"_s);
        house.panel.refresh();
        QTRY_VERIFY(house.server.asked.value(u"experiments"_s) > asked);
        QTRY_COMPARE(house.state(u"vision/cifar"_s), LoadState::Loaded);
        QTRY_COMPARE(house.state({}), LoadState::Loaded);
        QCOMPARE(house.view->currentIndex().data().toString(), name);
        QVERIFY(house.view->isExpanded(house.at(u"vision/cifar"_s)));
        QCOMPARE(house.view->verticalScrollBar()->value(), scroll);
    }

    void filterFindsProjectsThatWereNotLoaded()
    {
        House house;
        house.connectServer();
        QTest::keyClicks(house.field, u"wake"_s);
        QTRY_COMPARE(house.shown(), QStringList({u"Lab"_s, u"speech"_s, u"wake-word"_s}));
        house.field->clear();
        QTest::keyClicks(house.field, u"vision/dig"_s);
        QCOMPARE(house.shown(), QStringList({u"Lab"_s, u"vision"_s, u"digits"_s}));
        QTest::keyClick(house.field, Qt::Key_Escape);
        // As before: what was closed is closed again.
        QCOMPARE(house.shown(), QStringList({u"Lab"_s, u"speech"_s, u"vision"_s, u"cifar"_s, u"digits"_s}));
        QTest::keyClick(house.field, Qt::Key_Down);
        QVERIFY(house.view->currentIndex().isValid());
    }

    void placeIsShownWhenItArrives()
    {
        House house;
        house.panel.setCurrent({u"lab"_s, u"speech"_s, u"wake-word"_s, {}});
        house.connectServer();
        QTRY_COMPARE(house.view->currentIndex().data().toString(), u"wake-word"_s);
        QCOMPARE(house.opened.count(), 0);
        house.panel.setCurrent({u"lab"_s, u"vision"_s, u"cifar"_s, u"some experiment"_s});
        QCOMPARE(house.view->currentIndex().data().toString(), u"cifar"_s);
        QCOMPARE(house.server.asked.value(u"experiments"_s), 0); // not for the sake of one row
    }

    void whatIsNewIsShownAfterTheRefreshThatBringsIt()
    {
        House house;
        house.connectServer();
        house.panel.setCurrent({u"lab"_s, u"speech"_s, {}, {}});
        QTRY_COMPARE(house.view->currentIndex().data().toString(), u"speech"_s);
        house.view->expand(house.view->currentIndex());
        QTRY_VERIFY(house.at(u"speech/wake-word"_s).isValid());
        house.panel.setCurrent({u"lab"_s, u"speech"_s, u"new"_s, {}});
        QCOMPARE(house.view->currentIndex().data().toString(), u"speech"_s);
        house.server.projects[u"speech"_s].push_back({u"9"_s, u"new"_s, 0, false});
        house.panel.refresh(u"lab"_s);
        QTRY_COMPARE(house.view->currentIndex().data().toString(), u"new"_s);

        // Whoever walks on meanwhile is not fetched back.
        house.panel.setCurrent({u"lab"_s, u"speech"_s, u"later"_s, {}});
        house.view->setCurrentIndex(house.at(u"vision"_s));
        house.server.projects[u"speech"_s].push_back({u"10"_s, u"later"_s, 0, false});
        house.panel.refresh(u"lab"_s);
        QTRY_VERIFY(house.at(u"speech/later"_s).isValid());
        QCOMPARE(house.view->currentIndex().data().toString(), u"vision"_s);
    }

    void menuCopies()
    {
        House house;
        house.connectServer();
        const auto copied = [&house](const QString &entry) {
            house.menu(house.at(u"vision/cifar"_s), entry);
            return QGuiApplication::clipboard()->text();
        };
        QCOMPARE(house.menu(house.at(u"vision/cifar"_s)),
            QStringList({u"Open"_s, u"Refresh"_s, u"Copy Name"_s, u"Copy Project Id"_s, u"Copy Web Link"_s,
                u"Copy as Python"_s}));
        QCOMPARE(copied(u"Copy Name"_s), u"cifar"_s);
        QCOMPARE(copied(u"Copy Project Id"_s), u"1"_s);
        QCOMPARE(copied(u"Copy Web Link"_s), house.server.root().toString() + u"/vision/cifar"_s);
        QCOMPARE(copied(u"Copy as Python"_s), u"api.get(\"vision/cifar\")"_s);
        QSignalSpy edit(&house.panel, &NavigatorPanel::editServerRequested);
        house.menu(house.at({}), u"Edit Server…"_s);
        QCOMPARE(edit.count(), 1);
        QCOMPARE(edit.first().first().toString(), u"lab"_s);
    }

    void everythingHasAName()
    {
        House house;
        house.connectServer();
        for (const QWidget *widget : house.panel.findChildren<QWidget *>()) {
            if (widget->focusPolicy() != Qt::NoFocus && widget->isVisible()
                && !widget->objectName().startsWith(u"qt_"_s))
                QVERIFY2(!widget->accessibleName().isEmpty() || qobject_cast<const QPushButton *>(widget),
                    widget->metaObject()->className());
        }
    }

    void goToPrefersWhatIsFoundLaterToLookingUp()
    {
        House house;
        house.connectServer();
        GoToPopup popup(house.sessions, *house.panel.model(), &house.window);
        auto *list = popup.findChild<QListView *>();
        popup.open();
        QTest::keyClicks(popup.findChild<QLineEdit *>(), u"e/w"_s); // speech has not said yet what it has
        QTRY_COMPARE(list->model()->rowCount(), 2);
        QCOMPARE(list->model()->index(0, 0).data().toString(), u"speech/wake-word"_s);
        QCOMPARE(list->currentIndex().row(), 0);
    }

    void goToIsUsedByKeyboardOnly()
    {
        House house;
        house.connectServer();
        GoToPopup popup(house.sessions, *house.panel.model(), &house.window);
        QSignalSpy went(&popup, &GoToPopup::placeActivated);
        auto *field = popup.findChild<QLineEdit *>();
        auto *list = popup.findChild<QListView *>();
        QVERIFY(!popup.isVisible());
        popup.open();
        QVERIFY(popup.isVisible());
        QTRY_COMPARE(list->model()->rowCount(), 5); // two workspaces, and the projects of both
        QTest::keyClicks(field, u"i"_s);
        QTRY_COMPARE(list->model()->rowCount(), 3); // not speech
        QTest::keyClick(field, Qt::Key_Down);
        QCOMPARE(list->currentIndex().row(), 1);
        QTest::keyClick(field, Qt::Key_Up);
        QTest::keyClick(field, Qt::Key_Up);
        QCOMPARE(list->currentIndex().row(), 0);
        field->clear();
        QTest::keyClicks(field, u"digits"_s);
        QTRY_COMPARE(list->model()->rowCount(), 1);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(went.count(), 1);
        QVERIFY(went.first().first().value<Place>() == Place({u"lab"_s, u"vision"_s, u"digits"_s, {}}));
        QVERIFY(!popup.isVisible());

        popup.open();
        QCOMPARE(field->text(), QString());
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!popup.isVisible());
        QCOMPARE(went.count(), 1);
    }
};

QTEST_MAIN(NavigatorPanelTest)
#include "tst_navigatorpanel.moc"
