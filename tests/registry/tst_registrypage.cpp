// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/registry/scene.h"
#include "tests/support/faultserver.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

namespace {

// The page alone, on a server that answers as told.
struct Alone
{
    FaultServer server;
    Sessions sessions;
    RegistryPage page{nullptr};
    QSignalSpy settled{&page, &RegistryPage::settled};
    QSignalSpy failed{&page, &RegistryPage::refreshFailed};

    void open()
    {
        Profile profile;
        profile.id = u"lab"_s;
        profile.root = server.url();
        page.resize(900, 500);
        page.show();
        page.setWorkspace(sessions.add(profile, u"key"_s), u"w"_s);
    }
    EmptyState *state() const
    {
        auto *state = page.findChild<EmptyState *>();
        return state->isVisible() ? state : nullptr;
    }
    bool says(const QString &title) const
    {
        for (const QLabel *label : page.findChildren<QLabel *>()) {
            if (label->isVisible() && label->text() == title)
                return true;
        }
        return false;
    }
};

} // namespace

class RegistryPageTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    void showsTheModelsAndOpensOne()
    {
        RegistryScene scene;
        QVERIFY(scene.open(scene.registry()));
        auto *page = qobject_cast<RegistryPage *>(scene.house.window.pages().currentWidget());
        QVERIFY(page);
        auto *table = page->findChild<RowTableView *>();
        QTRY_COMPARE(table->model()->rowCount(), 1);
        const auto text = [table](int column) { return table->model()->index(0, column).data().toString(); };
        QCOMPARE(text(RegistryTable::Name), u"net"_s);
        QCOMPARE(text(RegistryTable::Versions), u"3"_s);
        QCOMPARE(text(RegistryTable::Visibility), u"Private"_s);
        QCOMPARE(text(RegistryTable::Description), u"Tells <b>digits</b> apart"_s);
        click(table, table->model()->index(0, 0));
        table->setFocus();
        scene.key(Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(u"net\t3\t"_s));
        scene.key(Qt::Key_Return);
        QVERIFY(scene.isAt(scene.model(u"net"_s)));
        scene.house.action(Actions::Up)->trigger();
        QVERIFY(scene.isAt(scene.registry()));
    }

    void theRegistryIsReachedByKeyboard()
    {
        RegistryScene scene;
        QVERIFY(scene.open({u"lab"_s, scene.project.workspace, scene.project.name, {}}));
        scene.key(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(scene.isAt(scene.registry()));
    }

    void theMenuCopies()
    {
        RegistryScene scene;
        QVERIFY(scene.open(scene.registry()));
        auto *table = scene.house.window.pages().currentWidget()->findChild<RowTableView *>();
        QTRY_COMPARE(table->model()->rowCount(), 1);
        click(table, table->model()->index(0, 0));
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());
        QApplication::sendEvent(table->viewport(), &event);
        auto *menu = shown<QMenu>(scene.house.window);
        QVERIFY(menu);
        for (QAction *action : menu->actions()) {
            if (action->text() == u"Copy as Python"_s)
                action->trigger();
        }
        QCOMPARE(QGuiApplication::clipboard()->text(), pythonText(scene.model(u"net"_s)));
        menu->close();
    }

    void emptyAndMissingAreSaid()
    {
        Alone empty;
        empty.server.script("registry-model", {FaultServer::json(R"({"registryModels": []})")});
        empty.open();
        QTRY_COMPARE(empty.settled.count(), 1);
        QVERIFY(empty.says(u"No models yet"_s));

        Alone none;
        none.server.setDefault(FaultServer::failure(404));
        none.open();
        QTRY_COMPARE(none.settled.count(), 1);
        QVERIFY(none.says(u"This server has no model registry"_s));
    }

    void errorsAreSaidAndRetried()
    {
        Alone alone;
        const QByteArray good = R"({"registryModels": [{"registryModelId": "1", "modelName": "a/b <i>c</i>"}]})";
        alone.server.script("registry-model",
            {FaultServer::failure(403), FaultServer::json(good), FaultServer::json("[garbage"),
                FaultServer::json(good)});
        alone.open();
        QTRY_COMPARE(alone.settled.count(), 1);
        QVERIFY(alone.state());
        QVERIFY(press(alone.state(), u"Retry"_s));
        QTRY_COMPARE(alone.settled.count(), 2);
        auto *table = alone.page.findChild<RowTableView *>();
        QVERIFY(table->isVisible());
        QCOMPARE(table->model()->index(0, 0).data().toString(), u"a/b <i>c</i>"_s);
        alone.page.refresh(); // garbage: what is shown stays
        QTRY_COMPARE(alone.failed.count(), 1);
        QVERIFY(table->isVisible());
        QCOMPARE(table->model()->rowCount(), 1);
    }
};

QTEST_MAIN(RegistryPageTest)
#include "tst_registrypage.moc"
